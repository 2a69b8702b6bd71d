"""Editions with the number of their films, and what an edition's page shows beside it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, QuerySet

from films.crossing import topics_across
from films.kept import kept
from films.models import Edition, Film
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


def films_by_edition() -> Mapping[int | None, int]:
    """Public films of each edition (one query when content has changed)."""
    rows = Film.objects.published().order_by().values("edition").annotate(total=Count("pk"))
    return kept("films by edition", lambda: dict(rows.values_list("edition", "total")))


def counted(editions: list[Edition]) -> list[Edition]:
    """The editions, each with `film_count` (one query when content has changed)."""
    totals = films_by_edition()
    for edition in editions:
        edition.film_count = totals.get(edition.pk, 0)  # type: ignore[attr-defined]
    return editions


def edition_cards(ids: Sequence[int]) -> list[Edition]:
    """Editions with their organisations and number of films, in the order of their ids (2 queries)."""
    found = Edition.objects.with_partners().in_bulk(ids)
    return counted([found[pk] for pk in ids if pk in found])
