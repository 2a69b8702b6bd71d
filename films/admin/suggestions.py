"""Unfiled questions with the topics they may belong to; nothing is filed until a person says so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from films.admin.figures import changelist, in_language
from films.admin.labels import film_label
from films.admin.seen import may_view, seen
from films.models import Exchange, Topic
from films.suggestions import Likeness, Suggestion, file_questions, likeness, unfiled

PER_PAGE = 25
# The oldest ones; with more than these nobody could finish today anyway.
LOOKED_AT = 1000


class Offer(NamedTuple):
    """A topic that a question may be filed under, in the reader's language."""

    suggestion: Suggestion
    name: str
    is_chosen: bool = False


class Question(NamedTuple):
    """An unfiled question with what it may belong to; `is_stale` after somebody else changed its interview."""

    exchange: Any
    where: str
    offers: tuple[Offer, ...]
    is_stale: bool = False

    @property
    def best(self) -> float:
        return self.offers[0].suggestion.likeness


def may_file(request: HttpRequest) -> bool:
    """Whether this person may file questions under topics."""
    exchanges = admin.site.get_model_admin(Exchange)
    return bool(exchanges.has_change_permission(request)) and may_view(request, Topic)


def open_questions(request: HttpRequest) -> list[Any]:
    """The unfiled questions that this person may change (1 query, 2 with films)."""
    own = unfiled().filter(pk__in=seen(request, Exchange).values("pk")).order_by("pk")
    rows = own.select_related("interview__film").prefetch_related("interview__film__credits__creator")
    return list(rows.defer("answer", "passages", "imported")[:LOOKED_AT])


def suggested(rows: Iterable[Any], known: Likeness) -> list[tuple[Any, list[Suggestion]]]:
    """Those questions to which something is alike, the likest first."""
    found = [(row, known.suggest(row.question)) for row in rows]
    alike = [(row, suggestions) for row, suggestions in found if suggestions]
    return sorted(alike, key=lambda pair: (-pair[1][0].likeness, pair[0].pk))


def question_of(row: Any, suggestions: list[Suggestion], names: dict[int, str], typed: dict[int, int]) -> Question:
    offers = tuple(Offer(s, names[s.topic], typed.get(row.pk) == s.topic) for s in suggestions)
    film = row.interview.film
    where = film_label(film) if film else str(row.interview)
    return Question(row, where, offers, is_stale=row.pk in typed)


def suggestions(request: HttpRequest) -> HttpResponse:
    """The page: a constant number of queries, whatever there is."""
    if not may_file(request):
        raise PermissionDenied
    typed: dict[int, int] = {}
    if request.method == "POST":
        typed = accept(request)
        if not typed:
            return HttpResponseRedirect(request.get_full_path())
    return page(request, typed)


def page(request: HttpRequest, typed: dict[int, int]) -> TemplateResponse:
    topics = list(Topic.objects.all())
    rows = open_questions(request)
    found = suggested(rows, likeness(topics))
    listed = Paginator(found, PER_PAGE).get_page(request.GET.get("page", "1"))
    names = {topic.pk: in_language(topic.name, topic.name_en) for topic in topics}
    context = admin.site.each_context(request) | {
        "title": _("归题建议"),
        "questions": [question_of(row, offers, names, typed) for row, offers in listed.object_list],
        "page": listed,
        "total": len(found),
        "others": len(rows) - len(found),
        "others_url": changelist(Exchange, topic__isempty=1),
    }
    return TemplateResponse(request, "admin/films/suggestions.html", context)


def accept(request: HttpRequest) -> dict[int, int]:
    """File what was chosen; gives back what could not be filed because somebody else was there first."""
    rows = {row.pk: row for row in open_questions(request)}
    offered = dict_of(suggested(rows.values(), likeness(Topic.objects.all())))
    chosen = {key: topic for key, topic in chosen_in(request).items() if topic in offered.get(key, ())}
    versions = {rows[key].interview_id: number_in(request, f"version-{rows[key].interview_id}") for key in chosen}
    filed, lost = file_questions(chosen, versions, request.user)
    if filed:
        said = [{"changed": {"fields": [str(Exchange._meta.get_field("topic").verbose_name)]}}]
        for row in filed:
            LogEntry.objects.log_actions(request.user.pk or 0, [row], CHANGE, said)
        text = ngettext("已归题 %(count)d 问。", "已归题 %(count)d 问。", len(filed)) % {"count": len(filed)}
        messages.success(request, text)
    if lost:
        messages.error(
            request,
            _("有 %(count)d 问没有归题：您打开此页之后，别人改过那篇访谈。请再看一遍。") % {"count": len(lost)},
        )
    elif not filed:
        messages.info(request, _("没有选出任何一问，什么也没有改。"))
    return {row.pk: chosen[row.pk] for row in lost}


def dict_of(found: list[tuple[Any, list[Suggestion]]]) -> dict[int, set[int]]:
    """Question → the topics that the page offers for it."""
    return {row.pk: {suggestion.topic for suggestion in offers} for row, offers in found}


def chosen_in(request: HttpRequest) -> dict[int, int]:
    """Question → topic, as sent; what is no number is left out."""
    sent = ((name.removeprefix("topic-"), name) for name in request.POST if name.startswith("topic-"))
    numbers = {int(key): number_in(request, name) for key, name in sent if key.isdecimal()}
    return {key: topic for key, topic in numbers.items() if topic}


def number_in(request: HttpRequest, name: str) -> int:
    sent = request.POST.get(name, "")
    return int(sent) if sent.isdecimal() and len(sent) < 19 else 0
