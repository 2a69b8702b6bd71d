"""The people who made the films."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from films.models import Creator, Exchange, Film
from films.shortcuts import find, moved, page_of


@require_safe
def creator_list(request: HttpRequest) -> HttpResponse:
    creators = Creator.objects.published().with_films()
    return render(request, "films/creator_list.html", {"page": page_of(request, creators)})


@require_safe
def creator_detail(request: HttpRequest, slug: str) -> HttpResponse:
    creator = find(Creator.objects.published(), slug)
    if creator.slug != slug:
        return moved(request, creator)
    context = {
        "creator": creator,
        "films": Film.objects.published().with_card_data().of_creator(creator),
        "answers": Exchange.objects.published().with_place().with_number().filter(speaker=creator),
    }
    return render(request, "films/creator_detail.html", context)
