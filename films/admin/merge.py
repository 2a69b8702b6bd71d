"""Joining duplicates at the desk: chosen in a list, looked at side by side, joined, and taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from films import merging
from films.history.rebuilding import Refused as NotRestored
from films.merging.fields import TOGETHER, Compared
from films.merging.preview import Moved, Preview, name_of_entry

MOST = 10
LISTED = 20


def may_merge(request: HttpRequest, model: type[Model]) -> bool:
    """Joining changes one entry and deletes others, so it takes the right to both."""
    model_admin = admin.site.get_model_admin(model)
    return bool(model_admin.has_change_permission(request) and model_admin.has_delete_permission(request))


def merge_url(model: type[Model], keys: Any = ()) -> str:
    url = reverse(f"admin:films_{model._meta.model_name}_merge")
    return f"{url}?ids={','.join(map(str, keys))}" if keys else url


@admin.action(permissions=["merge"], description=gettext_lazy("合并所选的%(verbose_name_plural)s"))
def merge_selected(model_admin: Any, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse | None:
    keys = list(rows.order_by().values_list("pk", flat=True)[: MOST + 1])
    if not 2 <= len(keys) <= MOST:
        text = _("请选 2 至 %(most)d 条再合并。") % {"most": MOST}
        model_admin.message_user(request, text, messages.WARNING)
        return None
    return HttpResponseRedirect(merge_url(model_admin.model, sorted(keys)))


class MergeMixin:
    """A model admin whose entries can be joined."""

    model: Any
    admin_site: Any
    actions: Any = (merge_selected,)

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return may_merge(request, self.model)

    def get_urls(self) -> list[URLPattern]:
        name = f"films_{self.model._meta.model_name}_merge"
        own = path("merge/", self.admin_site.admin_view(self.merge_view), name=name)
        return [own, *super().get_urls()]  # type: ignore[misc]

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        if not may_merge(request, self.model):
            raise PermissionDenied
        return merge_page(request, self.model)


class Choice(NamedTuple):
    """A radio button of a field: whose value, and whether it is set."""

    value: str
    words: str
    is_empty: bool
    is_chosen: bool


class FieldRow(NamedTuple):
    """One field of the entries: what each has, and what may be chosen."""

    field: Compared
    choices: tuple[Choice, ...]
    # The first two buttons: what is usual, and lists put together.
    usual: str
    chosen: str


def keys_in(request: HttpRequest) -> list[int]:
    """The entries to be joined, in the order of their keys."""
    sent = request.POST.get("ids") or request.GET.get("ids", "")
    keys = sorted({int(part) for part in sent.split(",") if part.isdecimal() and len(part) < 19})
    return keys[:MOST]


def merge_page(request: HttpRequest, model: type[Model]) -> HttpResponse:
    """Side by side; the same page takes the decision (a query for each relation)."""
    keys = keys_in(request)
    rows = list(
        admin.site.get_model_admin(model).get_queryset(request).filter(pk__in=keys).values_list("pk", flat=True)
    )
    if len(rows) < 2:
        return HttpResponseRedirect(reverse("admin:merges"))
    kept = kept_in(request, rows)
    if request.method == "POST":
        response = decide(request, model, rows, kept)
        if response is not None:
            return response
    return shown(request, merging.preview(model, rows, kept))


def kept_in(request: HttpRequest, keys: list[int]) -> int:
    """The entry that stays: as sent, else the oldest."""
    sent = request.POST.get("kept", "")
    return int(sent) if sent.isdecimal() and len(sent) < 19 and int(sent) in keys else min(keys)


def choices_in(request: HttpRequest) -> dict[str, str]:
    sent = {name: value for name, value in request.POST.items() if name.startswith("field-") and value}
    return {name.removeprefix("field-"): str(value) for name, value in sent.items()}


def decide(request: HttpRequest, model: type[Model], keys: list[int], kept: int) -> HttpResponse | None:
    """Join as the person decided; without an answer the page is shown again with the reason."""
    stamp = request.POST.get("stamp", "") or "none"
    wish = merging.Wish(model, keys, kept, choices_in(request), stamp)
    try:
        joined = merging.join(wish, request.user)
    except merging.Refused as refused:
        messages.error(request, str(refused))
        return None
    log(request, model, joined)
    words = {"names": "、".join(joined.names), "kept": name_of_entry(joined.kept), "count": joined.moved}
    text = _("已把“%(names)s”合并到“%(kept)s”，移动了 %(count)d 处。") % words
    messages.success(request, format_html('{} <a href="{}">{}</a>', text, reverse("admin:merges"), _("撤销")))
    return HttpResponseRedirect(reverse(f"admin:films_{model._meta.model_name}_change", args=[joined.kept.pk]))


def log(request: HttpRequest, model: type[Model], joined: merging.Joined) -> None:
    """The joining in the list of recent actions."""
    said = _("合并了%(names)s") % {"names": "、".join(joined.names)}
    LogEntry.objects.log_actions(request.user.pk or 0, [joined.kept], CHANGE, said)
    gone = [model(pk=key, **{merging.name_field(model): name}) for key, name in joined.gone]
    if gone:
        LogEntry.objects.log_actions(request.user.pk or 0, gone, DELETION, said)


def shown(request: HttpRequest, seen: Preview) -> TemplateResponse:
    kept = seen.rows[0].pk
    rows = sorted(seen.rows, key=lambda row: row.pk)
    fields = list(field_rows(seen, [row.pk for row in rows], choices_in(request)))
    context = admin.site.each_context(request) | {
        "title": _("合并%(nouns)s") % {"nouns": seen.model._meta.verbose_name_plural},
        "opts": seen.model._meta,
        "entries": [{"row": row, "name": name_of_entry(row), "is_kept": row.pk == kept} for row in rows],
        "ids": ",".join(str(row.pk) for row in rows),
        "fields": [row for row in fields if row.field.differs],
        "same": [row for row in fields if not row.field.differs and row.choices[0].words],
        "places": list(places_of(seen, [row.pk for row in rows])),
        "doubles": [
            {"noun": capfirst(str(m.relation.model._meta.verbose_name)), "where": m.where} for m in seen.doubles
        ],
        "stamp": seen.stamp,
        "together": TOGETHER,
        "columns": len(rows) + 1,
    }
    return TemplateResponse(request, "admin/films/merge.html", context)


def field_rows(seen: Preview, keys: list[int], typed: dict[str, str]) -> Iterator[FieldRow]:
    for field in seen.fields:
        by_key = {value.key: value for value in field.values}
        chosen = typed.get(field.name, "")
        choices = tuple(Choice(str(key), by_key[key].words, by_key[key].is_empty, chosen == str(key)) for key in keys)
        yield FieldRow(field, choices, TOGETHER if field.is_list else "", chosen)


def places_of(seen: Preview, keys: list[int]) -> Iterator[dict[str, Any]]:
    """What points at each entry, kind by kind, for a row of the table."""
    found: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for moved in seen.everything:
        noun = capfirst(str(moved.relation.model._meta.verbose_name_plural))
        found[noun][getattr(moved.row, moved.relation.column)].append(words_of(moved))
    for noun, by_key in found.items():
        cells = [{"listed": by_key[key][:LISTED], "more": max(len(by_key[key]) - LISTED, 0)} for key in keys]
        yield {"noun": noun, "cells": cells}


def words_of(moved: Moved) -> str:
    """Where a row stands, and what it says beyond that."""
    row = moved.row
    said = getattr(row, "question", "") or (row.get_role_display() if hasattr(row, "get_role_display") else "")
    return " · ".join(part for part in (moved.where, str(said)[:30]) if part)


def merges_page(request: HttpRequest) -> TemplateResponse:
    """What may be double, and what was joined lately, with a way back."""
    models = [model for model in merging.MERGEABLE if may_merge(request, model)]
    if not models:
        raise PermissionDenied
    context = admin.site.each_context(request) | {
        "title": _("合并重复"),
        "likely": [
            {"noun": capfirst(str(model._meta.verbose_name_plural)), "groups": links}
            for model in models
            if (links := list(likely_links(request, model)))
        ],
        "merges": merging.merges(models),
    }
    return TemplateResponse(request, "admin/films/merges.html", context)


def likely_links(request: HttpRequest, model: type[Model]) -> Iterator[dict[str, Any]]:
    rows = admin.site.get_model_admin(model).get_queryset(request)
    for group in merging.likely_groups(model, rows):
        yield {"names": group.names, "by_sound": group.by_sound, "url": merge_url(model, group.keys)}


@require_POST
def undo_merge(request: HttpRequest, revision: int) -> HttpResponse:
    """Take one joining back."""
    found = merging.merges(key=revision)
    if not found:
        raise Http404
    [merge] = found
    if not may_merge(request, merge.model):
        raise PermissionDenied
    try:
        notes = merging.undo(merge, request.user)
    except (merging.Refused, NotRestored) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("合并已撤销：%(names)s 回来了。") % {"names": "、".join(merge.names)})
        for note in notes:
            messages.warning(request, note)
    return HttpResponseRedirect(reverse("admin:merges"))
