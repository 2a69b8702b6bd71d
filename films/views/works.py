"""The books, films and stories that answers name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from films.models import Film, Work, WorkMention
from films.pages.cards import film_cards
from films.pages.ids import kept_ids
from films.shortcuts import find, moved, page_in

ADAPTATIONS_SHOWN = 24


@require_safe
def work_detail(request: HttpRequest, slug: str) -> HttpResponse:
    work = find(Work.objects.published(), slug)
    if work.slug != slug:
        return moved(request, work)
    mentions = kept_ids(("mentions of", work.pk), WorkMention.objects.published().filter(work=work).all)
    adapted = kept_ids(("adaptations of", work.pk), Film.objects.published().filter(adapted_from=work).all)
    context = {
        "work": work,
        "page": page_in(request, mentions, mention_cards),
        "adaptations": film_cards(adapted[:ADAPTATIONS_SHOWN]),
    }
    return render(request, "films/work_detail.html", context)


def mention_cards(ids: list[int]) -> list[WorkMention]:
    """Mentions with film, makers and answer (3 queries)."""
    found = WorkMention.objects.with_place().in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]
