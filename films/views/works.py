"""The books, films and stories that answers name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from films.models import Film, Work, WorkMention
from films.shortcuts import find, moved, page_of


@require_safe
def work_detail(request: HttpRequest, slug: str) -> HttpResponse:
    work = find(Work.objects.published(), slug)
    if work.slug != slug:
        return moved(request, work)
    context = {
        "work": work,
        "page": page_of(request, WorkMention.objects.published().with_place().filter(work=work)),
        "adaptations": Film.objects.published().with_card_data().filter(adapted_from=work),
    }
    return render(request, "films/work_detail.html", context)
