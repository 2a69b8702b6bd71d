"""A database as one file, and back: by SQLite's own backup interface, or by PostgreSQL's own programs."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from films.backup.archive import Unusable
from films.moving import models_with_tables

# In an address these stand where a password may: they are given to the programs by environment instead.
PASSWORD = "PGPASSWORD"  # noqa: S105


def dump(path: Path) -> None:
    """Write the database of this site to a file, as it is at one moment; writers need not wait."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    else:
        _postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")


def load(path: Path) -> None:
    """Put the database of this site into the state of a file; whole or not at all."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            copy.backup(connection.connection)
        connection.close()
    else:
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
        _postgres(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--single-transaction",
            "--no-owner",
            f"--dbname={_name()}",
            str(path),
        )


def complaint(path: Path, vendor: str) -> str:
    """What is wrong with a file that holds a database; empty when it opens and is sound."""
    if vendor != "sqlite":
        done = subprocess.run([_program("pg_restore"), "--list", str(path)], capture_output=True, check=False)  # noqa: S603
        return "" if done.returncode == 0 else done.stderr.decode(errors="replace").strip()
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            found = [row[0] for row in database.execute("PRAGMA integrity_check(5)")]
            loose = database.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        return str(error)
    return "; ".join(
        [*(line for line in found if line != "ok"), *(f"{row[0]} {row[1]} points to nothing" for row in loose[:5])]
    )


def applied() -> dict[str, str]:
    """App → the last migration that this database has."""
    done = MigrationExecutor(connection).loader.applied_migrations
    return {app: max(name for other, name in done if other == app) for app in sorted({app for app, _name in done})}


def unknown(migrations: dict[str, str]) -> list[str]:
    """Those among them that this program does not have: they come from a newer one."""
    ours = set(MigrationExecutor(connection).loader.disk_migrations)
    return [f"{app}.{name}" for app, name in migrations.items() if (app, name) not in ours]


def behind() -> list[str]:
    """Migrations of this program that the database has not had."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def row_counts(path: Path) -> dict[str, int]:
    """Table → rows: those of the file for SQLite, those of this moment for PostgreSQL."""
    tables = [model._meta.db_table for model in models_with_tables()]
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(path)) as database:
            return {table: _count(database, table) for table in tables}
    with connection.cursor() as cursor:
        return {table: _count(cursor, table) for table in tables}


def _count(asked: Any, table: str) -> int:
    cursor = asked.execute(f'SELECT count(*) FROM "{table}"') or asked  # noqa: S608 (our own tables)
    return int(cursor.fetchone()[0])


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _postgres(program: str, *arguments: str) -> None:
    place = connection.settings_dict
    where = {
        "PGHOST": place["HOST"],
        "PGPORT": place["PORT"],
        "PGUSER": place["USER"],
        PASSWORD: place["PASSWORD"],
        "PGDATABASE": _name(),
    }
    environment = os.environ | {name: str(value) for name, value in where.items() if value}
    done = subprocess.run([_program(program), *arguments], env=environment, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        raise Unusable(f"{program} failed: {done.stderr.decode(errors='replace').strip()}")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Unusable(f"{name} is not on this machine. On Debian: apt install postgresql-client")
    return found
