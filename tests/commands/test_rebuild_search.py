"""`manage.py rebuild_search`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from films.models import Film, SearchDocument, Work
from films.search import check, index, reindex, search
from tests.factories import make_edition, make_film, make_interview, make_work

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("rebuild_search", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def deer() -> Film:
    """A film with its maker, two answers, a work and an edition, none of them written to the index."""
    film = make_film(title="梅花鹿", edition=make_edition())
    make_interview(film=film, exchanges=2)
    make_work()
    return film


def test_everything_is_written(deer: Film) -> None:
    assert run() == "6 documents written.\n"
    assert search("梅花鹿").counts["film"] == 1
    assert run("--check") == "The search index is sound.\n"


def test_twice_is_the_same(deer: Film) -> None:
    run()
    before = list(SearchDocument.objects.order_by("pk").values())
    run()
    assert list(SearchDocument.objects.order_by("pk").values()) == before


def test_missing_and_outdated_documents_are_named(deer: Film) -> None:
    run()
    Film.objects.update(title="天空")
    SearchDocument.objects.filter(work__isnull=False).delete()
    with pytest.raises(CommandError, match="differs in 2 places"):
        run("--check")
    assert check() == [f"out of date: film {deer.pk}", f"missing: work {Work.objects.get().pk}"]
    run()
    assert check() == []
    assert search("天空").counts["film"] == 1


@pytest.mark.sqlite
def test_an_index_that_lost_its_triggers_is_found_and_mended(deer: Film) -> None:
    index.uninstall()
    reindex(films=[deer.pk])
    assert check()[0].startswith("missing: films_search_")
    index.install()
    assert check()[0].startswith("films_search: ")
    run()
    assert check() == []
    assert search("梅花鹿").counts["film"] == 1


@pytest.mark.sqlite
def test_an_index_behind_its_documents_is_found(deer: Film) -> None:
    run()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO films_search(films_search) VALUES ('delete-all')")
    assert search("梅花鹿").total == 0
    assert len(check()) == 1
    run()
    assert search("梅花鹿").counts["film"] == 1


@pytest.mark.sqlite
def test_an_index_without_lists_of_beginnings_is_found_and_made_anew(deer: Film) -> None:
    run()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE films_search")
        old = index.FTS.replace(index.BEGINNINGS, "1")
        cursor.execute(f"CREATE VIRTUAL TABLE films_search USING {old}")
    assert check() == ["films_search: made another way than now"]
    run()
    assert check() == []
    assert search("mei").counts["film"] == 1
