"""The list of interviews, and talk about no one film."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from films.filters import InterviewFilter
from films.models import Interview
from films.shortcuts import find, moved, page_of


@require_safe
def interview_list(request: HttpRequest) -> HttpResponse:
    everything = Interview.objects.published()
    chosen = InterviewFilter(request.GET, everything)
    page = page_of(request, chosen.results.with_card_data())
    context = {
        "filter": chosen,
        "offers": chosen.offers(),
        "advice": None if page.object_list else chosen.advice(),
        "total": everything.count(),
        "page": page,
    }
    return render(request, "films/interview_list.html", context)


@require_safe
def interview_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Talk about one film is read on the film's page."""
    interview = find(Interview.objects.published().with_page_data(), slug)
    if interview.film:
        return redirect(interview)
    if interview.slug != slug:
        return moved(request, interview)
    return render(request, "films/interview_detail.html", {"interview": interview})
