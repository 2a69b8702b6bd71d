"""What a deletion would take along, in words: the stock list with the rows' names fetched all at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib.admin.utils import NestedObjects, quote
from django.db import router
from django.db.models import Model, prefetch_related_objects
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from films.admin.labels import label_of
from films.models import Credit, Exchange, Film, Interview, Partnership, ToolUse, WorkMention

# What the name of a row is made of.
NAMED_BY: dict[type[Model], tuple[str, ...]] = {
    Film: ("credits__creator",),
    Interview: ("film__credits__creator",),
    Exchange: ("speaker",),
    Credit: ("creator",),
    ToolUse: ("tool",),
    WorkMention: ("work",),
    Partnership: ("organisation",),
}

Taken = tuple[list[Any], dict[str, int], set[str], list[Any]]


def taken_along(rows: Sequence[Any], request: HttpRequest, admin_site: Any) -> Taken:
    """As Django's own `get_deleted_objects`, at the same number of queries for few rows and many."""
    if not rows:
        return [], {}, set(), []
    collector = NestedObjects(using=router.db_for_write(type(rows[0])), origin=rows)
    collector.collect(rows)
    fetch_names(collector)
    lacking: set[str] = set()

    def in_words(row: Any) -> Any:
        return named(row, request, admin_site, lacking)

    found: dict[Any, Any] = dict(collector.model_objs)
    counts = {str(model._meta.verbose_name_plural): len(these) for model, these in found.items()}
    return collector.nested(in_words), counts, lacking, [in_words(row) for row in collector.protected]


def fetch_names(collector: NestedObjects) -> None:
    """Fetch what the names of all rows need (a query or two for each kind)."""
    by_model: dict[type[Model], list[Any]] = defaultdict(list)
    for row in {id(row): row for row in everything(collector)}.values():
        by_model[type(row)].append(row)
    for model, found in by_model.items():
        prefetch_related_objects(found, *NAMED_BY.get(model, ()))


def everything(collector: NestedObjects) -> list[Any]:
    edges = [row for rows in collector.edges.values() for row in rows]
    return [*edges, *collector.protected]


def named(row: Any, request: HttpRequest, admin_site: Any, lacking: set[str]) -> Any:
    """A row with a link to its form; notes what the person may not delete."""
    opts, kind = row._meta, capfirst(str(row._meta.verbose_name))
    if not admin_site.is_registered(type(row)):
        return f"{kind}: {label_of(row)}"
    if not admin_site.get_model_admin(type(row)).has_delete_permission(request, row):
        lacking.add(str(opts.verbose_name))
    try:
        url = reverse(f"{admin_site.name}:{opts.app_label}_{opts.model_name}_change", args=[quote(row.pk)])
    except NoReverseMatch:
        return f"{kind}: {label_of(row)}"
    return format_html('{}: <a href="{}">{}</a>', kind, url, label_of(row))
