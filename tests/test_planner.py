"""After very much was written the database knows of it when it plans."""

import pytest
from django.core.management import call_command
from django.db import connection

from films.importer import run
from tests.bench.articles import write_articles
from tests.factories import make_film

COUNTED = {
    "sqlite": "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'films_film'",
    "postgresql": "SELECT count(*) FROM pg_class WHERE relname = 'films_film' AND reltuples > 0",
}


def is_counted() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(COUNTED[connection.vendor])
        return bool(cursor.fetchone()[0])


@pytest.fixture(autouse=True)
def forgotten(db: None) -> None:
    """Other tests of this process may have had it count; an empty table is counted as nothing."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "postgresql" else "ANALYZE sqlite_master")
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_stat1")
    assert not is_counted()


def test_making_the_search_anew_has_the_rows_counted():
    make_film()
    call_command("rebuild_search", verbosity=0)
    assert is_counted()


@pytest.mark.parametrize(("many", "expected"), [(1, True), (2, False)])
def test_an_import_of_many_articles_has_the_rows_counted(tmp_path, monkeypatch, many, expected):
    monkeypatch.setattr(run, "MANY_FILES", many)
    write_articles(tmp_path, 1)
    assert run.import_seeds([tmp_path]).totals["created"] == 1
    assert is_counted() is expected
