"""The front page: the current edition and some questions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from films.models import Edition, Exchange, Film, Topic

FILMS_SHOWN = 24
TOPICS_SHOWN = 4


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The current edition with its films; the newest films as long as there is no edition."""
    edition = Edition.objects.published().with_partners().first()
    films = Film.objects.published().with_card_data()
    films = films.of_edition(edition) if edition else films
    context = {
        "edition": edition,
        "films": films[:FILMS_SHOWN],
        "question_total": Exchange.objects.published().asked_in(edition).count() if edition else 0,
        "quoted": Exchange.objects.published().with_place().pulled_for(edition).first() if edition else None,
        "topics": Topic.objects.published().with_answers()[:TOPICS_SHOWN],
    }
    return render(request, "films/home.html", context)
