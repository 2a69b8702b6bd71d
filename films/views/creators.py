"""The people who made the films."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from films.models import Creator, Exchange, Film
from films.pages.cards import answer_cards, film_cards
from films.pages.ids import kept_ids
from films.pages.people import creator_cards
from films.shortcuts import PAGE_SIZE, find, moved, page_in


@require_safe
def creator_list(request: HttpRequest) -> HttpResponse:
    ids = kept_ids("creators", Creator.objects.published)
    return render(request, "films/creator_list.html", {"page": page_in(request, ids, creator_cards)})


@require_safe
def creator_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A person with their films, page by page, and the first of their answers."""
    creator = find(Creator.objects.published().select_related("portrait"), slug)
    if creator.slug != slug:
        return moved(request, creator)
    films = kept_ids(("films of", creator.pk), Film.objects.published().of_creator(creator).all)
    answers = kept_ids(
        ("answers of", creator.pk), lambda: Exchange.objects.published().filter(speaker=creator).in_place()
    )
    context = {
        "creator": creator,
        "page": page_in(request, films, film_cards),
        "answers": answer_cards(list(answers[:PAGE_SIZE])),
        "answer_total": len(answers),
    }
    context["films"] = context["page"].object_list
    return render(request, "films/creator_detail.html", context)
