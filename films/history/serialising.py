"""A row as the text that a version keeps: what Django's JSON serializer would write, made faster."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.db.models import Field, ForeignKey, JSONField, Model

from films.history.trees import LEFT_OUT, OWNERS, UNTOLD
from films.models import Exchange, Film, Interview

PLAIN = (str, int, float, bool, type(None), list, dict)
Many = Mapping[str, list[int]]


def in_json(value: dt.date | dt.time) -> str:
    """Dates as ISO writes them, to the microsecond."""
    return value.isoformat()


encode = json.JSONEncoder(ensure_ascii=False, default=in_json, separators=(",", ":")).encode


@cache
def columns(model: type[Model]) -> tuple[tuple[str, str, Any], ...]:
    """Name, attribute and field of every column that a version keeps."""
    left_out = LEFT_OUT.get(model, ())
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    return tuple((field.name, field.attname, field) for field in fields if field.name not in left_out)


@cache
def links(model: type[Model]) -> tuple[Any, ...]:
    """The lists of other rows that have no table of ours between."""
    through = [(field, field.remote_field.through) for field in model._meta.local_many_to_many]
    return tuple(field for field, table in through if table._meta.auto_created)  # type: ignore[union-attr]


@cache
def ways(model: type[Model]) -> tuple[tuple[str, str, Any], ...]:
    """Name and attribute of every column, and its field where the encoder does not know what it holds."""
    return tuple((name, attribute, None if is_simple(field) else field) for name, attribute, field in columns(model))


def is_simple(field: Field[Any, Any]) -> bool:
    kinds = ("DateField", "DateTimeField", "TimeField")
    return isinstance(field, JSONField | ForeignKey) or field.get_internal_type() in kinds


def fields_of(row: Any, many: Many) -> dict[str, Any]:
    """Every column by name, rows that it names by their keys."""
    model: Any = type(row)
    found = {}
    for name, attribute, field in ways(model):
        value = getattr(row, attribute)
        found[name] = value if field is None or isinstance(value, PLAIN) else field.value_to_string(row)
    return found | {field.name: many.get(field.name, []) for field in links(model)}


def serialised(row: Any, many: Many) -> str:
    """The row as a version keeps it."""
    return encode([{"model": row._meta.label_lower, "pk": row.pk, "fields": fields_of(row, many)}])


def parsed(text: str) -> dict[str, Any]:
    """The columns of a version by name."""
    entry: dict[str, Any] = json.loads(text)[0]
    fields: dict[str, Any] = entry["fields"]
    return fields


def tells_more(model: type[Model], known: str | None, stored: str) -> bool:
    """Whether a row as stored says something that its last version does not."""
    if known is None:
        return True
    before, now = parsed(known), parsed(stored)
    names = now.keys() - UNTOLD
    return any(now[name] != before.get(name, default_of(model, name)) for name in names)


def default_of(model: type[Model], name: str) -> Any:
    """What a column holds that is younger than the version."""
    field = model._meta.get_field(name)
    return [] if field.many_to_many else field.get_default()  # type: ignore[union-attr]


def repr_of(row: Any) -> str:
    """The words by which a deleted row is found again, as far as they cost no query."""
    if isinstance(row, Film):
        return str(row) if row.title else ""
    if isinstance(row, Interview):
        return row.heading
    return "" if type(row) in OWNERS and not isinstance(row, Exchange) else str(row)
