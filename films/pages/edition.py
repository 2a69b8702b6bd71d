"""What an edition's page shows beside the edition, for visitors and in a preview."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet

from films.crossing import topics_across
from films.models import Edition
from films.pages.cards import talk_cards
from films.pages.themes import with_themes


def edition_page(edition: Edition, page: Page[Any], talks: Sequence[int], answers: QuerySet[Any]) -> dict[str, Any]:
    """A page of the programme, the talk about no one film, and which of the answers meet in a question."""
    films, most = list(page.object_list), page.paginator.per_page
    return {
        "edition": edition,
        "page": page,
        "films": with_themes(films),
        "grid": topics_across(films, answers),
        "interviews": talk_cards(talks[:most]),
        "has_more_interviews": len(talks) > most,
    }
