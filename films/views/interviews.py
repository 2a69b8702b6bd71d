"""The list of interviews, and talk about no one film."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from films.filters import InterviewFilter
from films.models import Interview
from films.pages.cards import talk_cards
from films.pages.counts import with_counts
from films.shortcuts import find, moved
from films.views.filtered import filtered_list


@require_safe
def interview_list(request: HttpRequest) -> HttpResponse:
    chosen = InterviewFilter(request.GET, Interview.objects.published())
    return filtered_list(request, chosen, talk_cards, "films/interview_list.html")


@require_safe
def interview_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Talk about one film is read on the film's page."""
    interview = find(Interview.objects.published().with_page_data(), slug)
    if interview.film:
        return redirect(interview)
    if interview.slug != slug:
        return moved(request, interview)
    with_counts(interview.exchanges.all())
    return render(request, "films/interview_detail.html", {"interview": interview})
