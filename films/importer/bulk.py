"""Many new rows of one kind in one statement.

`bulk_create` builds its SQL anew each time, which costs more than SQLite needs to insert the few rows
of an article; here the words of the statement are made once a process.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models

LOOK_UP_SIZE = 500
PLAIN = {str, int, type(None)}
CONVERTED = (models.JSONField, models.DateField)


def insert(model: type[Any], rows: Sequence[Any]) -> None:
    """Insert unsaved rows and give them their ids; what `save()` derives must be set already."""
    head, fields = _head(str(model._meta.model_name))
    size = max(connection.ops.bulk_batch_size(list(fields), list(rows)), 1)
    for start in range(0, len(rows), size):
        some = rows[start : start + size]
        values = [prepared(field, row, is_new=True) for row in some for field in fields]
        marks = f"({', '.join(['%s'] * len(fields))})"
        with connection.cursor() as cursor:
            cursor.execute(f"{head} {', '.join([marks] * len(some))} RETURNING {_quoted('id')}", values)
            for row, (pk,) in zip(some, cursor.fetchall(), strict=True):
                row.pk = pk
                row._state.adding = False
                row._state.db = connection.alias


def update(model: type[Any], rows: Sequence[Any], names: Sequence[str]) -> None:
    """Write some fields of rows that are there (`bulk_update` would compare every row with every id)."""
    fields = [model._meta.get_field(name) for name in names]
    columns = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
    statement = f"UPDATE {_quoted(model._meta.db_table)} SET {columns} WHERE id = %s"  # noqa: S608 (our own names)
    with connection.cursor() as cursor:
        cursor.executemany(statement, [[*(prepared(f, row, is_new=False) for f in fields), row.pk] for row in rows])


def prepared(field: Any, row: Any, *, is_new: bool) -> Any:
    """A value as the driver wants it; text and numbers, which most values are, are so already."""
    if not isinstance(field, CONVERTED):
        value = getattr(row, field.attname)
        if type(value) in PLAIN:
            return value
    return field.get_db_prep_save(field.pre_save(row, is_new), connection)


def ids_of(model: type[Any], column: str, values: Sequence[str]) -> dict[str, int]:
    """The ids of the rows that have these values in a unique column (one query for each 500)."""
    found: dict[str, int] = {}
    for start in range(0, len(values), LOOK_UP_SIZE):
        some = values[start : start + LOOK_UP_SIZE]
        marks = ", ".join(["%s"] * len(some))
        table, name = _quoted(model._meta.db_table), _quoted(column)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {name}, id FROM {table} WHERE {name} IN ({marks})", some)  # noqa: S608
            found |= dict(cursor.fetchall())
    return found


def taken_slugs(model: type[Any], slugs: Sequence[str]) -> set[str]:
    """Those of the slugs that entries of this kind have or had (one query)."""
    table, marks = model._meta.db_table, ", ".join(["%s"] * len(slugs))
    present = f"SELECT slug FROM {_quoted(table)} WHERE slug IN ({marks})"  # noqa: S608 (our own names)
    past = f"SELECT slug FROM films_slugredirect WHERE model = %s AND slug IN ({marks})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"{present} UNION ALL {past}", [*slugs, model._meta.model_name, *slugs])
        return {slug for (slug,) in cursor.fetchall()}


@cache
def _head(kind: str) -> tuple[str, tuple[Any, ...]]:
    meta = apps.get_model("films", kind)._meta
    fields = tuple(field for field in meta.local_concrete_fields if not field.primary_key)
    columns = ", ".join(_quoted(field.column) for field in fields)
    return f"INSERT INTO {_quoted(meta.db_table)} ({columns}) VALUES", fields


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
