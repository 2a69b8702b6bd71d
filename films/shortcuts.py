"""What every page does the same way: find the entry, turn the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from films.models import SlugRedirect

PAGE_SIZE = 24


def find(entries: QuerySet[Any], slug: str) -> Any:
    """The entry that has this slug, or once had it (one query; three when it has moved).

    A hidden entry is as missing as one that never was.
    """
    entry = entries.filter(slug=slug).first() or entries.filter(pk__in=former(entries, slug)).first()
    if entry is None:
        raise Http404
    return entry


def former(entries: QuerySet[Any], slug: str) -> list[int]:
    """The key of the entry that had this slug before (one query)."""
    old = SlugRedirect.objects.filter(model=entries.model._meta.model_name, slug=slug)
    return list(old.values_list("target_id", flat=True))


def framed(response: HttpResponse, video: Any) -> HttpResponse:
    """Let a page show in a frame what the one site of its film sends, after a click; other pages let in nobody."""
    if host := getattr(video, "frame_host", ""):
        # As django-csp's own decorator does, whose host would have to be known before the request.
        response._csp_update = {"frame-src": [host]}  # type: ignore[attr-defined]
        response.frame_host = host  # type: ignore[attr-defined]
    return response


def moved(request: HttpRequest, entry: Any) -> HttpResponsePermanentRedirect:
    """Send on to the present address, with the same query."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(entry.get_absolute_url() + (f"?{query}" if query else ""))


class CountedPaginator(Paginator):  # type: ignore[type-arg]  # not generic at run time
    """Pages of rows that are read by their ids, when it is known how many there are."""

    def __init__(
        self, ids: Callable[[int, int], list[int]], cards: Callable[[list[int]], list[Any]], count: int, size: int
    ) -> None:
        super().__init__([], size)
        self.ids, self.cards = ids, cards
        self.count = count

    def page(self, number: int | str) -> Page[Any]:
        number = self.validate_number(number)
        return Page(self.cards(self.ids((number - 1) * self.per_page, self.per_page)), number, self)


def page_of(
    request: HttpRequest, ids: Callable[[int, int], list[int]], cards: Any, count: int, size: int = PAGE_SIZE
) -> Page[Any]:
    """The page that the address asks for; a page that is not there is missing (two queries)."""
    try:
        return CountedPaginator(ids, cards, count, size).page(request.GET.get("page", 1))
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error


def page_in(request: HttpRequest, ids: Sequence[int], cards: Callable[[list[int]], list[Any]]) -> Page[Any]:
    """The page that the address asks for, of rows whose ids are at hand (one query)."""
    return page_of(request, lambda offset, limit: list(ids[offset : offset + limit]), cards, len(ids))
