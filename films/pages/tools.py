"""Which film used which tool."""

from collections.abc import Sequence

from django.db.models import Prefetch, prefetch_related_objects

from films.models import Film, ToolUse
from films.pages.cards import film_cards


def tool_films(ids: Sequence[int]) -> list[Film]:
    """Films with their makers and what they say of their tools (2 queries)."""
    films = film_cards(ids)
    prefetch_related_objects(films, Prefetch("tool_uses", ToolUse.objects.with_quotable()))
    return films


def use_cards(ids: Sequence[int]) -> list[ToolUse]:
    """Uses of a tool with film, makers and the sentence that says so (3 queries)."""
    found = ToolUse.objects.with_place().in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]
