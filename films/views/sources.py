"""The article as received, line by line."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from films.models import Source
from films.provenance import lines_of
from films.shortcuts import find, moved


@require_safe
def source_detail(request: HttpRequest, slug: str) -> HttpResponse:
    source = find(Source.objects.published(), slug)
    if source.slug != slug:
        return moved(request, source)
    return render(request, "films/source_detail.html", {"source": source, "lines": lines_of(source)})
