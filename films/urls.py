"""What visitors can open, in each language, and what programs can."""

from django.urls import path, re_path
from django.views.decorators.http import require_safe

from films import feeds
from films.filters import FilmFilter, InterviewFilter
from films.views import (
    api,
    creators,
    editions,
    films,
    home,
    interviews,
    previews,
    search,
    sources,
    tools,
    topics,
    works,
)

app_name = "films"

urlpatterns = [
    path("", home.home, name="home"),
    path("films/", films.film_list, name="film_list"),
    path("films/<slug:slug>/", films.film_detail, name="film_detail"),
    path("interviews/", interviews.interview_list, name="interview_list"),
    path("interviews/<slug:slug>/", interviews.interview_detail, name="interview_detail"),
    path("creators/", creators.creator_list, name="creator_list"),
    path("creators/<slug:slug>/", creators.creator_detail, name="creator_detail"),
    path("editions/", editions.edition_list, name="edition_list"),
    path("editions/<slug:slug>/", editions.edition_detail, name="edition_detail"),
    path("topics/", topics.topic_list, name="topic_list"),
    path("topics/<slug:slug>/", topics.topic_detail, name="topic_detail"),
    path("tools/", tools.tool_list, name="tool_list"),
    path("tools/<slug:slug>/", tools.tool_detail, name="tool_detail"),
    path("works/<slug:slug>/", works.work_detail, name="work_detail"),
    path("sources/<slug:slug>/", sources.source_detail, name="source_detail"),
    path("search/", search.search_page, name="search"),
    path("preview/<str:token>/", previews.entry_preview, name="preview"),
    path("preview/<str:token>/poster.svg", previews.preview_poster, name="preview_poster"),
    path("preview/<str:token>/captions/<slug:name>.vtt", previews.preview_captions, name="preview_captions"),
    path("feeds/films.atom", require_safe(feeds.FilmFeed()), name="film_feed"),
    path("feeds/interviews.atom", require_safe(feeds.InterviewFeed()), name="interview_feed"),
    path("feeds/editions/<slug:slug>.atom", require_safe(feeds.EditionFeed()), name="edition_feed"),
]

# /api/v1/: one address for both languages
api_patterns = (
    [
        path("", api.index, name="index"),
        path("openapi.json", api.describe, name="description"),
        path("films/", api.film_list, name="film_list"),
        path("films/<slug:slug>/", api.film_detail, name="film_detail"),
        path("interviews/", api.interview_list, name="interview_list"),
        path("interviews/<slug:slug>/", api.interview_detail, name="interview_detail"),
        path("creators/", api.creator_list, name="creator_list"),
        path("creators/<slug:slug>/", api.creator_detail, name="creator_detail"),
        path("editions/", api.edition_list, name="edition_list"),
        path("editions/<slug:slug>/", api.edition_detail, name="edition_detail"),
        path("topics/", api.topic_list, name="topic_list"),
        path("topics/<slug:slug>/", api.topic_detail, name="topic_detail"),
        # Only with a slash at the end, so that Django still adds one where it is all that is missing.
        re_path(r"^(?P<rest>.*)/$", api.missing, name="missing"),
    ],
    "api",
)

PAGING = ("cursor", "limit")
FILM_LIST, INTERVIEW_LIST = tuple(FilmFilter.base_filters), tuple(InterviewFilter.base_filters)

# What everyone gets the same and elysium/pagecache may keep: the name of each address, and the keys of its query that
# count. An address that is not here is asked for anew each time; so is one whose query has another key.
QUERIES: dict[str, tuple[str, ...]] = {
    "films:home": (),
    "films:film_list": (*FILM_LIST, "page"),
    "films:film_detail": (),
    "films:interview_list": (*INTERVIEW_LIST, "page"),
    "films:interview_detail": (),
    "films:creator_list": ("page",),
    "films:creator_detail": ("page",),
    "films:edition_list": ("page",),
    "films:edition_detail": ("page",),
    "films:topic_list": ("page",),
    "films:topic_detail": ("page",),
    "films:tool_list": ("page",),
    "films:tool_detail": ("page",),
    "films:work_detail": ("page",),
    "films:source_detail": ("page",),
    "films:search": ("q", "kind", "page"),
    "films:film_feed": (),
    "films:interview_feed": (),
    "films:edition_feed": (),
    "api:index": (),
    "api:description": (),
    "api:film_list": (*FILM_LIST, *PAGING),
    "api:film_detail": (),
    "api:interview_list": (*INTERVIEW_LIST, *PAGING),
    "api:interview_detail": (),
    "api:creator_list": PAGING,
    "api:creator_detail": (),
    "api:edition_list": PAGING,
    "api:edition_detail": (),
    "api:topic_list": PAGING,
    "api:topic_detail": PAGING,
    "api:missing": (),
    "robots": (),
    "security": (),
    "sitemap": ("p",),
    "sitemap_section": ("p",),
    "share_image": ("v",),
    "wide_poster": ("v",),
    "captions": (),
}
