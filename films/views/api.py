"""The JSON interface: the same entries, filters and words as on the pages."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import reverse

from films.api import paging
from films.api.description import description
from films.api.responses import document, json_interface, refuse
from films.api.shapes import Shape, Shapes
from films.filters import FilmFilter, InterviewFilter
from films.list_filter import ListFilter
from films.models import Creator, Edition, Film, Interview, Topic
from films.pages.cards import answer_cards, film_cards, talk_cards
from films.pages.edition import counted, edition_cards
from films.pages.film import film_page
from films.pages.ids import kept_ids
from films.pages.people import creator_cards, with_newest_films
from films.pages.topics import answer_ids, topic_cards, topic_ids
from films.shortcuts import find

PAGING = ("cursor", "limit")

Cards = Callable[[list[int]], list[Any]]


def shapes(request: HttpRequest) -> Shapes:
    return Shapes(request.build_absolute_uri)


@json_interface
def index(request: HttpRequest) -> HttpResponseBase:
    paging.known(request)
    names = {f"{noun}s": f"api:{noun}_list" for noun in ("film", "interview", "creator", "edition", "topic")}
    names["description"] = "api:description"
    return document({key: request.build_absolute_uri(reverse(name)) for key, name in names.items()})


@json_interface
def describe(request: HttpRequest) -> HttpResponseBase:
    paging.known(request)
    return document(description(request.build_absolute_uri(reverse("api:index")).removesuffix("/")))


@json_interface
def missing(request: HttpRequest, rest: str) -> HttpResponseBase:
    raise Http404


@json_interface
def film_list(request: HttpRequest) -> HttpResponseBase:
    chosen = FilmFilter(request.GET, Film.objects.published())
    return filtered(request, chosen, film_cards, shapes(request).film_summary)


@json_interface
def film_detail(request: HttpRequest, slug: str) -> HttpResponseBase:
    film = film_page(slug)
    if film is None:
        return entry(request, Film.objects.published(), slug, lambda film: {})
    paging.known(request)
    return document(shapes(request).film(film, film.public_interviews))  # type: ignore[attr-defined]


@json_interface
def interview_list(request: HttpRequest) -> HttpResponseBase:
    chosen = InterviewFilter(request.GET, Interview.objects.published())
    return filtered(request, chosen, talk_cards, shapes(request).interview_summary)


@json_interface
def interview_detail(request: HttpRequest, slug: str) -> HttpResponseBase:
    talks = Interview.objects.published().with_card_data().with_page_data()
    return entry(request, talks, slug, shapes(request).interview)


@json_interface
def creator_list(request: HttpRequest) -> HttpResponseBase:
    ids = kept_ids("creators", Creator.objects.published)
    return listed(request, ids, creator_cards, shapes(request).creator)


@json_interface
def creator_detail(request: HttpRequest, slug: str) -> HttpResponseBase:
    creators = Creator.objects.published().select_related("portrait")
    return entry(request, creators, slug, lambda creator: shapes(request).creator(with_newest_films([creator])[0]))


@json_interface
def edition_list(request: HttpRequest) -> HttpResponseBase:
    ids = kept_ids("editions", Edition.objects.published)
    return listed(request, ids, edition_cards, shapes(request).edition)


@json_interface
def edition_detail(request: HttpRequest, slug: str) -> HttpResponseBase:
    editions = Edition.objects.published().with_partners()
    return entry(request, editions, slug, lambda edition: shapes(request).edition(counted([edition])[0]))


@json_interface
def topic_list(request: HttpRequest) -> HttpResponseBase:
    return listed(request, topic_ids(), topic_cards, shapes(request).topic)


@json_interface
def topic_detail(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A topic with its answers, page by page."""

    def show(topic: Any) -> Shape:
        answers = paging.of_ids(answer_ids(topic), answer_cards)
        topic.answer_total = answers.count
        return shapes(request).topic(topic) | {"answers": paging.page(request, answers, shapes(request).placed_answer)}

    return entry(request, Topic.objects.published(), slug, show, *PAGING)


def filtered(request: HttpRequest, chosen: ListFilter, cards: Cards, show: Callable[[Any], Shape]) -> HttpResponseBase:
    """A list narrowed as on its page; what the page would not understand is a 400."""
    paging.known(request, *chosen.filters, *PAGING)
    refuse(chosen.errors)
    return document(paging.page(request, paging.Listing(chosen.found, chosen.ids, cards), show))


def listed(request: HttpRequest, ids: Sequence[int], cards: Cards, show: Callable[[Any], Shape]) -> HttpResponseBase:
    paging.known(request, *PAGING)
    return document(paging.page(request, paging.of_ids(ids, cards), show))


def entry(
    request: HttpRequest, entries: QuerySet[Any], slug: str, show: Callable[[Any], Shape], *parameters: str
) -> HttpResponseBase:
    """One entry; an old address leads to the present one."""
    paging.known(request, *parameters)
    row = find(entries, slug)
    if row.slug != slug:
        name = request.resolver_match.view_name if request.resolver_match else ""
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(reverse(name, args=[row.slug]) + (f"?{query}" if query else ""))
    return document(show(row))
