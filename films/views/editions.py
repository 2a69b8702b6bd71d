"""The editions and their programmes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from films.crossing import topics_across
from films.models import Edition, Film, Interview
from films.shortcuts import find, moved, page_of


@require_safe
def edition_list(request: HttpRequest) -> HttpResponse:
    editions = Edition.objects.published().with_partners()
    return render(request, "films/edition_list.html", {"page": page_of(request, editions)})


@require_safe
def edition_detail(request: HttpRequest, slug: str) -> HttpResponse:
    edition = find(Edition.objects.published().with_partners(), slug)
    if edition.slug != slug:
        return moved(request, edition)
    films = Film.objects.published().with_card_data().of_edition(edition).prefetch_related("themes")
    context = {
        "edition": edition,
        "films": films,
        "grid": topics_across(films, edition),
        "interviews": Interview.objects.published().with_card_data().filter(edition=edition, film=None),
    }
    return render(request, "films/edition_detail.html", context)
