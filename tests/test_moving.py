"""A site carried into another database and back: every row, every number, nothing else."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from films.models import Creator, Film, Source, User
from films.moving import Unmovable, connect, digest, disconnect, last_number, models_with_tables, move
from films.search import reindex
from tests.commands.running import run_command
from tests.factories import make_edition, make_film, make_interview, make_source, make_tool, make_tool_use
from tests.sites import Copy

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def other(tmp_path: Path, migrated_site: Copy) -> Iterator[str]:
    """An empty, migrated database under an alias."""
    place = migrated_site(tmp_path / "other") / "db.sqlite3"
    connect("other", settings.DATABASE_AT(f"sqlite:///{place}"))
    yield "other"
    disconnect("other")


@pytest.fixture
def site() -> Film:
    """Every kind of value: Han, emoji, JSON, times with microseconds, empty ones, and a number that is gone for good."""
    film = make_film(title="梅花鹿𠮷🦌", edition=make_edition(), source=make_source())
    make_interview(film=film, exchanges=3)
    make_tool_use(film=film, tool=make_tool())
    User.objects.create_user("editor", password="a long enough password")
    reindex(films=[film.pk])
    Creator.objects.create(name="此人不再")
    Creator.objects.filter(name="此人不再").delete()
    return film


def digests(alias: str) -> dict[str, str]:
    return {model._meta.db_table: digest(model, alias) for model in models_with_tables()}


def numbers(alias: str) -> dict[str, int]:
    keys = {model: model._meta.pk for model in models_with_tables()}
    automatic = {model: key for model, key in keys.items() if key and "AutoField" in key.get_internal_type()}
    return {model._meta.db_table: last_number(model, key, alias) for model, key in automatic.items()}


def test_every_row_and_number_arrives(site: Film, other: str) -> None:
    moved = move("default", other)
    assert digests(other) == digests("default")
    assert numbers(other)["films_creator"] == numbers("default")["films_creator"]
    assert {entry.table: entry.rows for entry in moved}["films_exchange"] == 3
    assert Film.objects.using(other).get().title == "梅花鹿𠮷🦌"


def test_a_number_given_away_once_is_not_given_again(site: Film, other: str) -> None:
    gone = last_number(Creator, Creator._meta.pk, "default")
    assert not Creator.objects.filter(pk=gone).exists()
    move("default", other)
    assert Creator.objects.using(other).create(name="新人").pk == gone + 1


def test_the_search_works_at_the_other_place(site: Film, other: str) -> None:
    move("default", other)
    with connections[other].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM films_search WHERE films_search MATCH %s", ['"梅花 花鹿"'])
        assert cursor.fetchone()[0] >= 1


def test_a_digest_sees_one_changed_letter(site: Film) -> None:
    before = digests("default")
    Film.objects.update(synopsis="改")
    assert {table for table, value in digests("default").items() if value != before[table]} == {"films_film"}


def test_a_filled_target_is_left_as_it_is(site: Film, other: str) -> None:
    Source.objects.using(other).create(name="a.txt", identity="a", sha256="0" * 64)
    before = digests(other)
    with pytest.raises(Unmovable, match="already holds rows"):
        move("default", other)
    assert digests(other) == before


@pytest.mark.sqlite
def test_a_text_too_long_for_its_column_is_named_and_nothing_moved(site: Film, other: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE films_film SET title = %s", ["长" * 1000])
    with pytest.raises(Unmovable, match=rf"films_film {site.pk}: title has 1000 characters"):
        move("default", other)
    assert not Creator.objects.using(other).exists()


def test_an_unmigrated_site_is_refused(other: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    try:
        with pytest.raises(Unmovable, match=r"Run first: manage\.py migrate"):
            move("default", other)
    finally:
        call_command("migrate", "sessions", fake=True, verbosity=0)


def test_the_command_says_what_it_did(site: Film, tmp_path: Path) -> None:
    out, err, code = run_command("move_database", f"sqlite:///{tmp_path}/new.sqlite3")
    assert (err, code) == ("", 0)
    assert "films_exchange" in out
    assert "every table reads the same in both databases." in out
    again = run_command("move_database", f"sqlite:///{tmp_path}/new.sqlite3")
    assert (again[2], "already holds rows" in again[1]) == (1, True)


def test_the_command_refuses_an_address_it_cannot_read() -> None:
    _out, err, code = run_command("move_database", "nonsense")
    assert code == 1
    assert err.startswith("URL: wants an address such as postgres://")


@pytest.fixture
def second_postgres() -> Iterator[str]:
    """An empty database beside the one that the tests use."""
    name = f"{connection.settings_dict['NAME']}_moved_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    place: Any = connection.settings_dict
    user = f"{place['USER']}:{place['PASSWORD']}@{place['HOST']}:{place['PORT']}"
    connect("second", settings.DATABASE_AT(f"postgres://{user}/{name}"))
    call_command("migrate", database="second", verbosity=0)
    yield "second"
    disconnect("second")
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')


@pytest.mark.postgres
def test_there_and_back_again(site: Film, other: str, second_postgres: str) -> None:
    move("default", other)
    move(other, second_postgres)
    assert digests("default") == digests(other) == digests(second_postgres)
    assert numbers("default") == numbers(second_postgres)
