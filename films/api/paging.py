"""Pages that hold still while entries are added: a page begins after a row, not at a number.

The cursor names the last row of the page before and where it stood. Around that place it is looked for first; only
where the list has moved by more than that are the keys of all that match read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django import forms
from django.http import HttpRequest

from films.api.responses import refuse
from films.shortcuts import PAGE_SIZE

Ids = Callable[[int, int], list[int]]

MOST = 100
# So many entries may come or go before a page between two requests until it takes longer to find its place.
NEARBY = 200
STALE = "Take the cursor from the `next` of the page before."
NO_SUCH = "There is no such parameter here."
CURSOR = r"\A[0-9]{1,18}-[0-9]{1,9}\Z"


class PageForm(forms.Form):
    """Where a page begins, and how long it is."""

    cursor = forms.RegexField(CURSOR, required=False, error_messages={"invalid": STALE})
    limit = forms.IntegerField(min_value=1, max_value=MOST, required=False)


def known(request: HttpRequest, *names: str) -> None:
    """Refuse parameters that mean nothing here, so that a misspelt filter is not taken for no filter."""
    refuse({name: [NO_SUCH] for name in request.GET if name not in names})


class Listing(NamedTuple):
    """Entries in an order: how many, their ids from one place on, and rows by their ids."""

    count: int  # type: ignore[assignment]  # tuples have a method of that name
    ids: Ids
    cards: Callable[[list[int]], list[Any]]


def of_ids(ids: Sequence[int], cards: Callable[[list[int]], list[Any]]) -> Listing:
    """Entries whose ids are at hand."""
    return Listing(len(ids), lambda offset, limit: list(ids[offset : offset + limit]), cards)


def page(request: HttpRequest, listing: Listing, show: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    """One page of a list (one query beside those of its rows; two where entries came or went before it)."""
    form = PageForm(request.GET)
    refuse(form.errors)
    first = start(listing, form.cleaned_data["cursor"])
    chosen = listing.ids(first, form.cleaned_data["limit"] or PAGE_SIZE)
    last = first + len(chosen)
    return {
        "count": listing.count,
        "next": following(request, f"{chosen[-1]}-{last}") if chosen and last < listing.count else None,
        "items": [show(row) for row in listing.cards(chosen)],
    }


def start(listing: Listing, cursor: str) -> int:
    """After the row that the cursor names; where it stood if it is gone."""
    if not cursor:
        return 0
    key, place = map(int, cursor.split("-"))
    nearby = max(0, place - NEARBY)
    for first, size in ((nearby, 2 * NEARBY), (0, listing.count)):
        found = listing.ids(first, size)
        if key in found:
            return first + found.index(key) + 1
    return min(place, listing.count)


def following(request: HttpRequest, cursor: str) -> str:
    query = request.GET.copy()
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
