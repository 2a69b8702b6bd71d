"""The list of films and one film."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from films.filters import FilmFilter
from films.models import Film
from films.pages.cards import film_cards
from films.pages.film import film_page, others_of
from films.shortcuts import find, framed, moved
from films.views.filtered import filtered_list


@require_safe
def film_list(request: HttpRequest) -> HttpResponse:
    return filtered_list(
        request, FilmFilter(request.GET, Film.objects.published()), film_cards, "films/film_list.html"
    )


@require_safe
def film_detail(request: HttpRequest, slug: str) -> HttpResponse:
    film = film_page(slug)
    if film is None:
        return moved(request, find(Film.objects.published(), slug))
    others, has_more = others_of(film)
    context = {"film": film, "others": others, "has_more_others": has_more}
    return framed(render(request, "films/film_detail.html", context), getattr(film, "video", None))
