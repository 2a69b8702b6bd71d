"""The same two pages as an ordinary Django site makes them: ORM, prefetch, `annotate(Count)`, template.

Also the settings and the addresses of such a site: `DJANGO_SETTINGS_MODULE=tests.bench.ordinary_settings`.
"""

from typing import Any

from django.conf.urls.i18n import i18n_patterns
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import include, path

from elysium import urls as project
from films import urls as ours
from films.facets import Offer, named, offer
from films.filters import RUNTIMES, FilmFilter
from films.models import Creator, Edition, Exchange, Film, Interview, Theme, Tool
from films.pages.film import OTHERS_SHOWN
from films.shortcuts import PAGE_SIZE

Counts = dict[str, dict[str | None, int]]


def film_detail(request: HttpRequest, slug: str) -> HttpResponse:
    film = get_object_or_404(Film.objects.published().with_page_data().with_public_interviews(), slug=slug)
    count_same_topics([exchange for talk in film.public_interviews for exchange in talk.exchanges.all()])
    others = Film.objects.published().with_card_data().of_edition(film.public_edition).exclude(pk=film.pk)
    context = {"film": film, "others": others[:OTHERS_SHOWN], "has_more_others": others.count() > OTHERS_SHOWN}
    return render(request, "films/film_detail.html", context)


def count_same_topics(exchanges: list[Exchange]) -> None:
    """How many public answers share the topic of each."""
    topics = {exchange.topic_id for exchange in exchanges}
    asked = Exchange.objects.published().exclude(question="").filter(topic__in=topics).order_by()
    found = dict(asked.values_list("topic").annotate(number=Count("pk")))
    for exchange in exchanges:
        exchange.same_topic = found.get(exchange.topic_id, 0)


def film_list(request: HttpRequest) -> HttpResponse:
    films = Film.objects.published()
    chosen = FilmFilter(request.GET, films)
    results = chosen.results
    page = Paginator(results.with_card_data(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "offers": offers(chosen, results.order_by()),
        "advice": None,
        "total": films.count(),
        "page": page,
    }
    return render(request, "films/film_list.html", context)


def offers(chosen: FilmFilter, films: QuerySet[Film]) -> list[Offer]:
    """Each filter's values with their counts, one query a filter."""
    values, found = named(chosen.facets), counts(films)
    return [
        offer(name, str(chosen.filters[name].label), list(rows.values()), found[name], chosen.asked_of(name))
        for name, rows in values.items()
    ]


def counts(films: QuerySet[Film]) -> Counts:
    talked = films.filter(pk__in=Interview.objects.published().exclude(film=None).values("film")).count()
    everything = films.count()
    return {
        "theme": tally(Theme.objects.filter(films__in=films), "films"),
        "tool": tally(Tool.objects.filter(uses__film__in=films), "uses__film")
        | {"none": films.filter(tool_uses=None).count()},
        "runtime": {key: films.filter(condition).count() for key, (_label, condition) in RUNTIMES.items()},
        "title": {"stated": films.exclude(title="").count(), "none": films.filter(title="").count()},
        "interview": {"yes": talked, "no": everything - talked},
        "topic": {
            str(topic): number
            for topic, number in Exchange.objects.published()
            .filter(interview__film__in=films, topic__isnull=False)
            .order_by()
            .values_list("topic")
            .annotate(number=Count("interview__film", distinct=True))
        },
        "creator": tally(Creator.objects.filter(credits__film__in=films), "credits__film"),
        "edition": tally(Edition.objects.filter(films__in=films), "films"),
    }


def tally(rows: QuerySet[Any], counted: str) -> dict[str | None, int]:
    found = rows.order_by().annotate(number=Count(counted, distinct=True)).values_list("pk", "number")
    return {str(key): number for key, number in found}


SWAPPED = {
    "film_list": path("films/", film_list, name="film_list"),
    "film_detail": path("films/<slug:slug>/", film_detail, name="film_detail"),
}
pages = [SWAPPED.get(str(pattern.name), pattern) for pattern in ours.urlpatterns]
# The last of the project's addresses are those of the pages.
urlpatterns = [
    *project.urlpatterns[:-1],
    *i18n_patterns(path("", include((pages, "films"))), prefix_default_language=False),
]
