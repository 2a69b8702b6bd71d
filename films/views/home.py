"""The front page: the current edition and some questions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from films.kept import kept
from films.models import Edition, Exchange, Film
from films.pages.cards import answer_cards, film_cards
from films.pages.edition import counted
from films.pages.topics import topic_cards, topic_ids

FILMS_SHOWN = 24
TOPICS_SHOWN = 4


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The current edition with its films; the newest films as long as there is no edition."""
    edition = Edition.objects.published().with_partners().first()
    films = Film.objects.published()
    films = films.of_edition(edition) if edition else films.order_by("-first_published_at", "-pk")
    context = {
        "edition": counted([edition])[0] if edition else None,
        "films": film_cards(films.values_list("pk", flat=True)[:FILMS_SHOWN]),
        "question_total": kept("questions asked", lambda: questions_asked(edition)),
        "quoted": kept("quoted", lambda: quoted_in(edition)),
        "topics": topic_cards(topic_ids()[:TOPICS_SHOWN]),
    }
    return render(request, "films/home.html", context)


def questions_asked(edition: Edition | None) -> int:
    return Exchange.objects.published().asked_in(edition).count() if edition else 0


def quoted_in(edition: Edition | None) -> Any:
    """The answer from which the edition's first film with a quotation takes it (2 queries when content has changed)."""
    if edition is None:
        return None
    answer = Exchange.objects.published().pulled_for(edition).in_place().first()
    if answer is None:
        return None
    [exchange] = answer_cards([answer.pk])
    exchange.pulled = answer.pulled  # type: ignore[attr-defined]
    return exchange
