"""A list of the desk as a table for spreadsheets: what is chosen, or all that its filters leave."""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from films.admin.roles import sees_all
from films.choices import SecurityKind
from films.models import (
    Creator,
    Edition,
    Exchange,
    Film,
    Interview,
    Organisation,
    Source,
    Theme,
    Tool,
    Topic,
    User,
    Work,
)
from films.security import events

EXPORTED = {Creator, Edition, Exchange, Film, Interview, Organisation, Source, Theme, Tool, Topic, Work}
# How a row that another one points at is told, in one column of its own.
NAMES: dict[type[models.Model], str] = {
    Creator: "name",
    Edition: "slug",
    Exchange: "anchor",
    Film: "slug",
    Interview: "slug",
    Source: "headline",
    Theme: "name",
    Tool: "name",
    Topic: "name",
    User: "username",
    Work: "title",
}
# Several rows in one cell: the way to them, and the way from there that puts them in order.
SEVERAL: dict[type[models.Model], dict[str, tuple[str, type[models.Model], str]]] = {
    Film: {
        "creators": ("credits__creator__name", Creator, "credits__position"),
        "themes": ("themes__name", Theme, "themes__name"),
        "tools": ("tool_uses__tool__name", Tool, "tool_uses__position"),
    }
}
# What the machine keeps for itself, and whole articles.
LEFT_OUT = {"version", "title_sort", "compared_name", "compared_title", "last_anchor", "fingerprint", "text"}
# A spreadsheet takes a cell that begins so for a formula, those for Chinese and Japanese the wide forms too.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
BATCH = 500


class Column(NamedTuple):
    label: str
    way: str
    words: dict[Any, Any]


class Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def cell(value: Any) -> Any:
    """A value for a spreadsheet: numbers stay numbers, and no text is taken for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).isoformat(sep=" ", timespec="seconds")
    text = "; ".join(str(part) for part in value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def columns_of(model: type[models.Model], user: Any) -> list[Column]:
    """Every field that tells something, and of other kinds of row only those that this person may see."""
    return [column for field in model._meta.concrete_fields if (column := column_of(field, user))]


def column_of(field: Any, user: Any) -> Column | None:
    is_record = isinstance(field, models.JSONField) and field.default is dict
    if field.name in LEFT_OUT or field.primary_key or is_record:
        return None
    label = capfirst(str(field.verbose_name))
    if field.related_model:
        name = NAMES.get(field.related_model)
        return Column(label, f"{field.name}__{name}", {}) if name and sees_all(user, field.related_model) else None
    return Column(label, field.name, dict(field.flatchoices))


def lists_of(model: type[models.Model], user: Any) -> dict[str, tuple[str, str]]:
    """The label of each column that holds several rows, with the way to them and their order."""
    found = SEVERAL.get(model, {})
    return {
        capfirst(str(model._meta.get_field(name).verbose_name)): (way, order)  # type: ignore[union-attr]
        for name, (way, related, order) in found.items()
        if sees_all(user, related)
    }


def rows_of(rows: QuerySet[Any], user: Any) -> Iterator[list[Any]]:
    """The table with its heading, some hundred rows at a time: no query stays open while somebody downloads."""
    model = rows.model
    columns, lists = columns_of(model, user), lists_of(model, user)
    yield [*(column.label for column in columns), *lists]
    keys = list(rows.prefetch_related(None).values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        yield from batch_of(model, keys[start : start + BATCH], columns, list(lists.values()))


def batch_of(
    model: type[models.Model], keys: list[Any], columns: list[Column], lists: list[tuple[str, str]]
) -> Iterator[list[Any]]:
    """Some rows in the order of their keys (one query, and one for each column that holds several)."""
    chosen = model._base_manager.filter(pk__in=keys).order_by()
    found = {key: values for key, *values in chosen.values_list("pk", *(column.way for column in columns))}
    several = [together(chosen, way, order) for way, order in lists]
    for key in keys:
        if key in found:
            told = [
                # A list, as of other names, has no word of its own.
                column.words.get(value, value) if isinstance(value, Hashable) else value
                for column, value in zip(columns, found[key], strict=True)
            ]
            yield [cell(value) for value in [*told, *(names.get(key, []) for names in several)]]


def together(rows: QuerySet[Any], way: str, order: str) -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = defaultdict(list)
    for key, name in rows.order_by(order).values_list("pk", way):
        if name is not None and name not in found[key]:
            found[key].append(name)
    return found


def answer(rows: QuerySet[Any], request: HttpRequest) -> StreamingHttpResponse:
    """The file, begun before it is finished; the mark at its start has spreadsheets read it as UTF-8."""
    user = request.user
    told = f"{rows.model._meta.model_name} {rows.count()}"
    events.record(SecurityKind.EXPORTED, **events.by(request), target=told, detail="CSV")
    write: Callable[[list[Any]], str] = csv.writer(Echo()).writerow
    name = f"{rows.model._meta.model_name}s-{timezone.localdate():%Y-%m-%d}.csv"
    parts = (("\ufeff" * (number == 0) + write(row)).encode() for number, row in enumerate(rows_of(rows, user)))
    response = StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@admin.action(description=gettext_lazy("导出所选为 CSV"), permissions=["view"])
def export_selected(model_admin: Any, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponseBase:
    return answer(rows, request)


class CsvMixin:
    """A model admin whose list can be taken along."""

    model: Any
    admin_site: Any

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)  # type: ignore[misc]
        if self.model in EXPORTED and actions is not None and self.has_view_permission(request):  # type: ignore[attr-defined]
            words = export_selected.short_description  # type: ignore[attr-defined]
            actions["export_selected"] = (export_selected, "export_selected", words)
        return actions

    def get_urls(self) -> list[URLPattern]:
        urls: list[URLPattern] = super().get_urls()  # type: ignore[misc]
        if self.model not in EXPORTED:
            return urls
        name = f"films_{self.model._meta.model_name}_csv"
        return [path("csv/", require_safe(self.admin_site.admin_view(self.csv_view)), name=name), *urls]

    def csv_view(self, request: HttpRequest) -> HttpResponseBase:
        """All that the filters in the address leave of the list."""
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        try:
            listed = self.get_changelist_instance(request)  # type: ignore[attr-defined]
        except IncorrectLookupParameters:
            return HttpResponseRedirect(reverse(f"admin:films_{self.model._meta.model_name}_changelist"))
        return answer(listed.queryset, request)
