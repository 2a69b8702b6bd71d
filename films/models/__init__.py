"""What is stored. One noun a file; the query set stands right above its model."""

from films.models.check import LinkCheck, MediaCheck
from films.models.creator import Creator
from films.models.festival import Edition, Organisation, Partnership
from films.models.film import Credit, Film, ToolUse, WorkMention
from films.models.intake import Intake
from films.models.interview import Exchange, Interview
from films.models.picture import Portrait, Poster, Still
from films.models.preview import Preview
from films.models.search import SearchDocument, SearchKind
from films.models.security import SecurityEvent
from films.models.slugged import SlugRedirect
from films.models.source import ImportRun, Source
from films.models.user import User
from films.models.video import Caption, Video
from films.models.vocabulary import Theme, Tool, Topic, Work

__all__ = [
    "Caption",
    "Creator",
    "Credit",
    "Edition",
    "Exchange",
    "Film",
    "ImportRun",
    "Intake",
    "Interview",
    "LinkCheck",
    "MediaCheck",
    "Organisation",
    "Partnership",
    "Portrait",
    "Poster",
    "Preview",
    "SearchDocument",
    "SearchKind",
    "SecurityEvent",
    "SlugRedirect",
    "Source",
    "Still",
    "Theme",
    "Tool",
    "ToolUse",
    "Topic",
    "User",
    "Video",
    "Work",
    "WorkMention",
]
