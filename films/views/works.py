"""The books, films and stories that answers name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from films.models import Film, Work, WorkMention
from films.pages.cards import film_cards
from films.pages.ids import kept_ids
from films.shortcuts import find, moved, page_in


@require_safe
def work_detail(request: HttpRequest, slug: str) -> HttpResponse:
    work = find(Work.objects.published(), slug)
    if work.slug != slug:
        return moved(request, work)
    mentions = kept_ids(("mentions of", work.pk), WorkMention.objects.published().filter(work=work).all)
    adapted = kept_ids(("adaptations of", work.pk), Film.objects.published().filter(adapted_from=work).all)
    # Both lists are turned together: the address has one page.
    page = page_in(request, range(max(len(mentions), len(adapted))), list)
    shown = slice(page.start_index() - 1, page.end_index())
    context = {
        "work": work,
        "page": page,
        "mentions": mention_cards(list(mentions[shown])),
        "adaptations": film_cards(adapted[shown]),
    }
    return render(request, "films/work_detail.html", context)


def mention_cards(ids: list[int]) -> list[WorkMention]:
    """Mentions with film, makers and answer (3 queries)."""
    found = WorkMention.objects.with_place().in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]
