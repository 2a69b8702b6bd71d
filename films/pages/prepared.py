"""Statements that read rows of several kinds at once, each row as one JSON object.

The words of a statement are made once a process: building them costs more than running them.
"""

import datetime as dt
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone

Row = dict[str, Any]
Parts = dict[str, list[Row]]

# What stands for a value until the statement runs; no row has such a number.
FIRST_STAND_IN = 7_000_000_000_000_000
MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


def part(name: str, rows: QuerySet[Any], columns: Iterable[str], **more: Any) -> QuerySet[Any]:
    """Rows under a name; `columns` are read as they are called, `more` under a name of their own."""
    values = {column.replace("__", "_"): F(column) for column in columns} | more
    named = rows.order_by().annotate(part_name=Value(name, output_field=CharField()))
    in_json = named.annotate(part_row=Cast(JSONObject(**values), TextField()))
    found: QuerySet[Any] = in_json.values_list("part_name", "part_row")
    return found


class Prepared:
    """Parts that are read together; `make` gets a stand-in for each value that it will be asked with."""

    def __init__(self, make: Callable[..., list[QuerySet[Any]]], *names: str) -> None:
        self.make = make
        self.stand_ins = {name: FIRST_STAND_IN + place for place, name in enumerate(names)}
        self.statements: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def rows(self, **values: Any) -> Parts:
        """The rows of each part (one query)."""
        sql, params = self.statement()
        given = {key: value for name, value in values.items() for key in stands_for(self.stand_ins[name])}
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        found: Parts = defaultdict(list)
        with connection.cursor() as cursor:
            cursor.execute(sql, [now if is_moment(param) else given.get(param, param) for param in params])
            for name, row in cursor.fetchall():
                found[name].append(json.loads(row))
        return found

    def statement(self) -> tuple[str, tuple[Any, ...]]:
        if connection.vendor not in self.statements:
            first, *others = self.make(**self.stand_ins)
            query = first.union(*others, all=True) if others else first
            self.statements[connection.vendor] = query.query.sql_with_params()
        return self.statements[connection.vendor]


def stands_for(stand_in: int) -> tuple[int, str]:
    """As a number, and as a column of text asks with it."""
    return stand_in, str(stand_in)


def is_moment(param: Any) -> bool:
    """Whether this is the moment at which the statement was built: no other moment is asked with."""
    return isinstance(param, dt.datetime) or (isinstance(param, str) and bool(MOMENT.match(param)))


def made(model: type[Any], row: Mapping[str, Any], prefix: str = "") -> Any:
    """An instance of what was read, of all of it or of what stands under a prefix.

    A column that was not read is deferred: a template that asks for it costs a query and never shows nothing.
    """
    names, values = [], []
    for name, convert in columns_of(model):  # type: ignore[arg-type]  # a class can be hashed
        if (key := prefix + name) in row:
            names.append(name)
            value = row[key]
            values.append(convert(value) if convert and value is not None else value)
    return model.from_db(connection.alias, names, values)


@cache
def columns_of(model: Any) -> list[tuple[str, Callable[[Any], Any] | None]]:
    """Each column, and how it comes back from JSON if JSON cannot hold it."""
    return [(field.attname, converter(field)) for field in model._meta.concrete_fields]


def converter(field: Any) -> Callable[[Any], Any] | None:
    if isinstance(field, models.DateTimeField):
        return moment
    if isinstance(field, models.DateField):
        return dt.date.fromisoformat
    return from_json if isinstance(field, models.JSONField) else None


def from_json(value: Any) -> Any:
    """SQLite has JSON as text within JSON."""
    return json.loads(value) if isinstance(value, str) else value


def moment(value: str) -> dt.datetime:
    """SQLite keeps moments in UTC and without saying so."""
    found = dt.datetime.fromisoformat(value)
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
