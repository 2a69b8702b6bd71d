"""A whole site from one database into another, row by row, and the proof that both hold the same."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import CharField, Field, Model
from django.db.utils import load_backend

from films.planner import tell_planner

BATCH = 500
# What `migrate` itself writes into an empty database: the copy replaces it.
MADE_BY_MIGRATE = {"auth", "contenttypes"}
Progress = Callable[["Moved"], None]


class Unmovable(Exception):
    """One sentence for the operator: what stands in the way, and what to do."""


@dataclass(frozen=True)
class Moved:
    """One table: its name, how many rows went over, and what they add up to on either side."""

    table: str
    rows: int
    digest: str


def connect(alias: str, place: dict[str, Any]) -> None:
    """Make a database known under an alias, for this thread alone; `place` is one of Django's DATABASES."""
    known = connections.configure_settings({DEFAULT_DB_ALIAS: {}, alias: place})[alias]
    connections[alias] = load_backend(known["ENGINE"]).DatabaseWrapper(known, alias)


def disconnect(alias: str) -> None:
    """Let go of a database that `connect` made known."""
    database: Any = connections[alias]
    database.close()
    if database.vendor == "postgresql":
        database.close_pool()
    del connections[alias]


def models_with_tables() -> list[type[Model]]:
    """Every model that has a table of its own, those between two models included."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def move(source: str, target: str, progress: Progress | None = None) -> list[Moved]:
    """Carry every row from one connection (by alias) to the other, which must be migrated and empty.

    One transaction on either side: the source is a single moment, the target whole or untouched.
    Raises Unmovable, also when a table reads differently after the move.
    """
    refuse_unmigrated(source)
    refuse_filled(target)
    with transaction.atomic(using=source), transaction.atomic(using=target):
        clear(target)
        moved = [_move_table(model, source, target, progress) for model in models_with_tables()]
        _carry_counters(source, target)
    tell_planner(target)
    return moved


def refuse_unmigrated(alias: str) -> None:
    """Rows of an older shape would land in the wrong columns."""
    executor = MigrationExecutor(connections[alias])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Unmovable("This site's database is older than its program. Run first: manage.py migrate")


def refuse_filled(alias: str) -> None:
    """Nothing is ever moved over what is there already."""
    for model in models_with_tables():
        if model._meta.app_label not in MADE_BY_MIGRATE and model._base_manager.using(alias).exists():
            raise Unmovable(
                f"The target already holds rows (in {model._meta.db_table}) and nothing was moved. "
                "Give an empty database: make a new one, or drop and create this one again."
            )


def clear(alias: str) -> None:
    """Take out what `migrate` wrote there: it comes again, with the numbers it has here."""
    connection = connections[alias]
    tables = [model._meta.db_table for model in models_with_tables() if model._meta.app_label in MADE_BY_MIGRATE]
    with connection.cursor() as cursor:
        for table in reversed(tables):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608


def _move_table(model: type[Model], source: str, target: str, progress: Progress | None) -> Moved:
    """Copy one table and read it back (two passes, memory flat)."""
    fields = model._meta.local_concrete_fields
    total, count = 0, 0
    for rows in _batches(model, source):
        for row in rows:
            _refuse_too_long(row, fields)
            total += row_number(row, fields)
        # Raw, as they stand: a copy is not a save, and stamps no time.
        model._base_manager.using(target)._insert(rows, fields=fields, using=target, raw=True)  # type: ignore[attr-defined]
        count += len(rows)
    moved = Moved(model._meta.db_table, count, printed(total))
    if (arrived := digest(model, target)) != moved.digest:
        raise Unmovable(f"{moved.table} reads differently in the target ({arrived}, not {moved.digest}).")
    if progress:
        progress(moved)
    return moved


def _batches(model: type[Model], alias: str) -> Iterator[list[Model]]:
    rows = iter(model._base_manager.using(alias).order_by("pk").iterator(chunk_size=BATCH))
    while batch := list(islice(rows, BATCH)):
        yield batch


def _refuse_too_long(row: Model, fields: Any) -> None:
    """SQLite keeps a text of any length; PostgreSQL holds a column to what it says."""
    for field in fields:
        value = getattr(row, field.attname)
        if (
            isinstance(field, CharField)
            and field.max_length
            and isinstance(value, str)
            and len(value) > field.max_length
        ):
            raise Unmovable(
                f"{row._meta.db_table} {row.pk}: {field.name} has {len(value)} characters and may have "
                f"{field.max_length}. Shorten it in the admin, then move again."
            )


def digest(model: type[Model], alias: str) -> str:
    """What a table's rows add up to: the same on every database, in whatever order it gives them."""
    fields = model._meta.local_concrete_fields
    return printed(sum(row_number(row, fields) for rows in _batches(model, alias) for row in rows))


def row_number(row: Model, fields: Any) -> int:
    """One row as a number of 256 bits."""
    values = [getattr(row, field.attname) for field in fields]
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, default=plain)
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest(), "big")


def plain(value: Any) -> str:
    """A value as text that does not depend on the database's driver."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    return str(value)


def printed(total: int) -> str:
    return f"{total % 2**256:064x}"


def _carry_counters(source: str, target: str) -> None:
    """The next number of each table, so that a number once given away is not given again."""
    for model in models_with_tables():
        key = model._meta.pk
        if key is None or key.get_internal_type() not in {"AutoField", "BigAutoField"}:
            continue
        highest = last_number(model, key, source)
        if highest:
            _set_last_number(model, key, highest, target)


def last_number(model: type[Model], key: Field[Any, Any], alias: str) -> int:
    """The last number that a table gave away; 0 when it gave none."""
    connection = connections[alias]
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        else:
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', key.column])
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {cursor.fetchone()[0]}")  # noqa: S608
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _set_last_number(model: type[Model], key: Field[Any, Any], number: int, alias: str) -> None:
    connection = connections[alias]
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])
        else:
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [f'"{table}"', key.column, number])
