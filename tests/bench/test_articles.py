"""The measured articles are articles: what is measured is what is claimed."""

import pytest

from films.importer import import_seeds
from films.reading import read_article
from tests.bench import measure
from tests.bench.articles import write_articles


def test_five_films_and_fifteen_exchanges_and_the_same_bytes_each_time(tmp_path):
    [path] = write_articles(tmp_path / "a", 1)
    [again] = write_articles(tmp_path / "b", 1)
    found = read_article(path.read_bytes(), path.name)
    assert [len(film.interview.exchanges) for film in found.films] == [3] * 5
    assert found.is_sound
    assert found.edition.theme == "极乐世界"
    assert path.read_bytes() == again.read_bytes()
    assert 12_000 < path.stat().st_size < 20_000


@pytest.mark.sqlite
@pytest.mark.parametrize("by_article", [False, True])
@pytest.mark.django_db
def test_the_bare_insert_writes_every_row_that_the_import_wrote(tmp_path, monkeypatch, by_article):
    monkeypatch.setattr(measure, "CHUNK", 7)
    write_articles(tmp_path / "articles", 3)
    assert import_seeds([tmp_path / "articles"]).totals["created"] == 3
    tables = [*measure.OWN_TABLES, *measure.SEARCH_TABLES]
    target = measure.empty_copy(tmp_path / "bare.sqlite3", tables)
    assert measure.insert(target, measure.batches(tables, by_article), by_article) > 0
    expected = measure.numbers_of_rows(tables)
    assert (expected["films_edition"], expected["films_film"], expected["films_exchange"]) == (1, 15, 45)
    assert {table: rows_in(target, table) for table in tables} == expected
    # The triggers made the index too.
    assert rows_in(target, "films_search") == expected["films_searchdocument"]
    target.close()


def rows_in(target, table):
    return target.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
