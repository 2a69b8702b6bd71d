"""What a page of search results needs beside the hits."""

from typing import NamedTuple

from django import template

from films.models import SearchKind
from films.search import Hit, Results

register = template.Library()


class Tab(NamedTuple):
    """A kind of hit and how many there are, with a sign when there are more."""

    value: str
    label: str
    count: str  # type: ignore[assignment]  # tuples have a method of that name


@register.filter
def kinds(results: Results) -> list[Tab]:
    """The kinds that have hits, in the order in which they are shown."""
    return [
        Tab(kind.value, str(kind.label), f"{results.counts[kind]}{'+' * (kind in results.capped)}")
        for kind in SearchKind
        if results.counts.get(kind)
    ]


@register.filter
def is_titled(hit: Hit) -> bool:
    """Whether the heading is the Chinese title of a film or a work, which stands in title marks."""
    entry = hit.entry.film if hit.kind == SearchKind.CAPTION else hit.entry
    return hit.kind in (SearchKind.FILM, SearchKind.WORK, SearchKind.CAPTION) and hit.heading.text == entry.title


@register.filter
def is_of_titled_film(hit: Hit) -> bool:
    """Whether an answer's place is the Chinese title of its film."""
    film = hit.entry.interview.film if hit.kind == SearchKind.ANSWER else None
    return bool(film and film.title and hit.place.text == film.title)


@register.filter
def all_kinds(results: Results) -> str:
    """How many hits there are of all kinds together, with a sign when there are more."""
    return f"{sum(results.counts.values())}{'+' * bool(results.capped)}"
