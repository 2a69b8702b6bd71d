"""Upgrading and going back: every migration can be taken back with rows in its tables, and comes again as it was."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

ROOT = Path(settings.BASE_DIR)
OURS = {name: one for (app, name), one in MigrationLoader(None).disk_migrations.items() if app == "films"}

# Runs by itself on an empty database, and prints what it saw as JSON.
THERE_AND_BACK = """
import json
from django.core.management import call_command
from django.db import connection
from films.models import Exchange, Film, User

SCHEMA = {
    "sqlite": ["SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"],
    "postgresql": [
        "SELECT table_name, column_name, data_type, is_nullable, column_default, generation_expression"
        " FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND probin IS NULL",
        "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'",
    ],
}

def schema():
    with connection.cursor() as cursor:
        found = []
        for statement in SCHEMA[connection.vendor]:
            cursor.execute(statement)
            found += [repr(row) for row in cursor.fetchall()]
    return sorted(found)

def rows():
    return [Film.objects.count(), Exchange.objects.count()]

def ours():
    return [table for table in connection.introspection.table_names() if table.startswith("films_")]

call_command("migrate", verbosity=0)
first = schema()
call_command("import_seeds", verbosity=0)
User.objects.create_superuser("editor", password="correct horse battery staple")
before = rows()
call_command("migrate", "films", "zero", verbosity=0)
left, traces = ours(), [line for line in schema() if "films_" in line]
call_command("migrate", verbosity=0)
second = schema()
call_command("import_seeds", verbosity=0)
print(json.dumps({"rows": [before, rows()], "left": left, "traces": traces,
    "differ": sorted(set(first) ^ set(second)), "size": len(first)}))
"""


@pytest.fixture
def empty(tmp_path: Path, django_db_blocker: Any) -> Iterator[str]:
    """The address of a database of its own, of the kind that the tests use."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'db.sqlite3'}"
        return
    name = f"elysium_migrations_{os.getpid()}"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
        place: Any = connection.settings_dict
        yield f"postgres://{place['USER']}:{place['PASSWORD']}@{place['HOST']}:{place['PORT']}/{name}"
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_there_and_back_with_rows(empty: str, tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "k" * 50,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": empty,
    }
    command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", THERE_AND_BACK]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["rows"][0] == said["rows"][1]
    assert min(said["rows"][0]) > 0
    assert (said["left"], said["traces"], said["differ"]) == ([], [], [])
    assert said["size"] > 100


def inside(operation: Operation) -> list[Operation]:
    """With those that it carries out only on the database or only on the state."""
    return [operation, *getattr(operation, "database_operations", []), *getattr(operation, "state_operations", [])]


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_step_can_be_taken_back_or_says_why_not(name: str) -> None:
    for operation in (found for one in OURS[name].operations for found in inside(one)):
        assert operation.reversible, f"{name}: {operation.describe()} cannot be taken back"


def test_a_step_that_cannot_be_taken_back_is_seen() -> None:
    assert not migrations.RunPython(migrations.RunPython.noop).reversible
    assert not migrations.RunSQL("SELECT 1").reversible
