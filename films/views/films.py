"""The list of films and one film."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from films.filters import FilmFilter
from films.models import Film
from films.shortcuts import find, moved, page_of


@require_safe
def film_list(request: HttpRequest) -> HttpResponse:
    everything = Film.objects.published()
    chosen = FilmFilter(request.GET, everything)
    page = page_of(request, chosen.results.with_card_data())
    context = {
        "filter": chosen,
        "offers": chosen.offers(),
        "advice": None if page.object_list else chosen.advice(),
        "total": everything.count(),
        "page": page,
    }
    return render(request, "films/film_list.html", context)


@require_safe
def film_detail(request: HttpRequest, slug: str) -> HttpResponse:
    film = find(Film.objects.published().with_page_data().with_public_interviews(), slug)
    if film.slug != slug:
        return moved(request, film)
    context = {
        "film": film,
        "others": Film.objects.published().with_card_data().of_edition(film.public_edition).exclude(pk=film.pk),
    }
    return render(request, "films/film_detail.html", context)
