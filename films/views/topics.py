"""One question, several answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from films.models import Topic
from films.pages.cards import answer_cards
from films.pages.topics import answer_ids, topic_cards, topic_ids
from films.shortcuts import find, moved, page_in

OTHERS_SHOWN = 4


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    return render(request, "films/topic_list.html", {"page": page_in(request, topic_ids(), topic_cards)})


@require_safe
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    topic = find(Topic.objects.published(), slug)
    if topic.slug != slug:
        return moved(request, topic)
    others = [pk for pk in topic_ids()[: OTHERS_SHOWN + 1] if pk != topic.pk][:OTHERS_SHOWN]
    page = page_in(request, answer_ids(topic), answer_cards)
    return render(request, "films/topic_detail.html", {"topic": topic, "page": page, "others": topic_cards(others)})
