"""The article as received, line by line."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from films.models import Source
from films.models.source import LINES_A_PAGE
from films.provenance import count_of, lines_of
from films.shortcuts import find, moved, page_of


@require_safe
def source_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The article, so many lines a page."""
    source = find(Source.objects.published(), slug)
    if source.slug != slug:
        return moved(request, source)
    page = page_of(
        request, numbers, lambda lines: lines_of(source, (lines[0], lines[-1])), count_of(source), LINES_A_PAGE
    )
    return render(request, "films/source_detail.html", {"source": source, "page": page})


def numbers(offset: int, limit: int) -> list[int]:
    """The numbers of the lines of a page."""
    return list(range(offset + 1, offset + limit + 1))
