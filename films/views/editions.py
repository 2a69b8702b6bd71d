"""The editions and their programmes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from films.models import Edition, Exchange, Film, Interview
from films.pages.cards import film_cards
from films.pages.edition import edition_cards, edition_page
from films.pages.ids import kept_ids
from films.shortcuts import find, moved, page_in


@require_safe
def edition_list(request: HttpRequest) -> HttpResponse:
    ids = kept_ids("editions", Edition.objects.published)
    return render(request, "films/edition_list.html", {"page": page_in(request, ids, edition_cards)})


@require_safe
def edition_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """An edition with its programme, page by page, and what was asked across its films."""
    edition = find(Edition.objects.published().with_partners(), slug)
    if edition.slug != slug:
        return moved(request, edition)
    ids = kept_ids(("films of edition", edition.pk), Film.objects.published().of_edition(edition).all)
    edition.film_count = len(ids)
    page = page_in(request, ids, film_cards)
    talks = Interview.objects.shown().filter(edition=edition, film=None)
    tables = kept_ids(("talks in", edition.pk), talks.all)
    context = edition_page(edition, page, tables, Exchange.objects.published())
    return render(request, "films/edition_detail.html", context)
