import sqlite3
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection, connections

from elysium.environment import SQLITE_OPTIONS
from films.checks import check_pragmas, loses_commits, version_messages

pytestmark = pytest.mark.sqlite


@pytest.mark.parametrize(
    "version", [(3, 51, 3), (3, 53, 0), (3, 52, 1), (3, 50, 7), (3, 50, 9), (3, 44, 6), (4, 0, 0)]
)
def test_a_safe_sqlite_says_nothing(version):
    assert loses_commits(version) is False
    assert version_messages(version) == []


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 44, 5), (3, 45, 3), (3, 50, 6), (3, 51, 2), (3, 52, 0)])
def test_an_unsafe_sqlite_is_named_with_the_remedy(version):
    assert loses_commits(version) is True
    [message] = version_messages(version)
    assert message.id == "films.W001"
    assert ".".join(map(str, version)) in message.msg
    assert "pysqlite3" in message.hint


def test_tests_run_on_the_current_library():
    pysqlite3 = pytest.importorskip("pysqlite3")
    assert sqlite3 is pysqlite3
    assert connection.Database is pysqlite3.dbapi2
    assert not loses_commits(connection.Database.sqlite_version_info)


def test_the_version_is_among_the_checks_that_always_run(monkeypatch):
    monkeypatch.setattr(connection.Database, "sqlite_version_info", (3, 40, 1))
    assert [message.id for message in run_checks() if message.id.startswith("films.")] == ["films.W001"]


@pytest.fixture
def stored(tmp_path: Path, django_db_blocker: pytest.FixtureRequest):
    """Open a database in a file, as a real site does; gives a way to open it with other options."""
    kept = connections["default"]
    opened = []

    def open_with(**options):
        settings = kept.settings_dict | {"NAME": str(tmp_path / "db.sqlite3"), "OPTIONS": SQLITE_OPTIONS | options}
        opened.append(type(kept)(settings, alias="default"))
        connections["default"] = opened[-1]
        return opened[-1]

    with django_db_blocker.unblock():
        yield open_with
        for wrapper in opened:
            wrapper.close()
    connections["default"] = kept


def test_a_stored_database_reads_back_as_asked(stored):
    stored()
    assert check_pragmas(databases=["default"]) == []


def test_only_databases_that_were_asked_for_are_opened(stored):
    wrapper = stored(init_command="PRAGMA synchronous=OFF")
    assert check_pragmas(databases=None) == []
    assert check_pragmas(databases=["other"]) == []
    assert wrapper.connection is None


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"init_command": SQLITE_OPTIONS["init_command"].replace("FULL", "NORMAL")}, "PRAGMA synchronous is 1"),
        ({"init_command": SQLITE_OPTIONS["init_command"].replace("=WAL", "=DELETE")}, "PRAGMA journal_mode is delete"),
        ({"init_command": SQLITE_OPTIONS["init_command"].replace("keys=ON", "keys=OFF")}, "PRAGMA foreign_keys is 0"),
        ({"init_command": SQLITE_OPTIONS["init_command"].replace("mmap_size=0", "mmap_size=9")}, "PRAGMA mmap_size"),
        ({"timeout": 1}, "PRAGMA busy_timeout is 1000"),
    ],
)
def test_a_weakened_setting_is_an_error(stored, options, named):
    stored(**options)
    [message] = check_pragmas(databases=["default"])
    assert message.id == "films.E001"
    assert message.msg.startswith(f"default: {named}")
    assert "elysium/environment.py" in message.hint


def test_a_weakened_setting_stops_migrate(stored):
    stored(timeout=1)
    with pytest.raises(SystemCheckError, match="busy_timeout"):
        call_command("migrate", verbosity=0, skip_checks=False)
