"""One question, several answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from films.models import Exchange, Topic
from films.shortcuts import find, moved, page_of


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    topics = Topic.objects.published().with_answers()
    return render(request, "films/topic_list.html", {"page": page_of(request, topics)})


@require_safe
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    topic = find(Topic.objects.published(), slug)
    if topic.slug != slug:
        return moved(request, topic)
    context = {
        "topic": topic,
        "page": page_of(request, Exchange.objects.published().with_place().filter(topic=topic)),
        "others": Topic.objects.published().with_answers().exclude(pk=topic.pk)[:4],
    }
    return render(request, "films/topic_detail.html", context)
