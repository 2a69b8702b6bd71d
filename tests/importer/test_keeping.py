"""An import writes one revision for each film, one for each talk about none, in the name of its run."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from reversion.models import Revision, Version

from films import history
from films.history.recorded import last_moments, versions, with_below
from films.importer import import_seeds
from films.models import Edition, Exchange, Film, ImportRun, Interview, Source, User
from tests.importer.texts import article_text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_dir(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.DATA_DIR = tmp_path_factory.mktemp("data")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(article_text(), "utf-8")
    return path


def said(revision: Revision) -> Any:
    [[(name, values)]] = [list(entry.items()) for entry in json.loads(revision.comment)]
    return name, values


def entries() -> list[Any]:
    return [*Film.objects.all(), *Interview.objects.all(), *Edition.objects.all()]


def test_each_film_and_the_edition_have_one_revision_by_the_run(file: Path) -> None:
    user = User.objects.create_user("someone")
    import_seeds([file], user=user)
    run, source = ImportRun.objects.get(), Source.objects.get()
    assert Revision.objects.count() == Film.objects.count() + 1
    assert run.finished_at >= run.started_at
    for revision in Revision.objects.all():
        assert revision.user == user
        assert said(revision) == ("imported", {"run": run.pk, "file": "a.txt", "sha256": source.sha256})


def test_a_films_revision_holds_its_talk(file: Path) -> None:
    import_seeds([file])
    film = Film.objects.filter(interviews__isnull=False).first()
    moment = with_below(last_moments(Film, [film.pk])[film.pk])
    [talk] = moment.below
    assert talk.entry.pk == film.interviews.get().pk
    assert {pk for _model, pk in talk.rows} == set(
        Exchange.objects.filter(interview__film=film).values_list("pk", flat=True)
    )


def test_what_is_written_is_what_is_stored(file: Path) -> None:
    file.with_suffix(".toml").write_text('[[film]]\nmatch = "梅花鹿"\nthemes = ["水", "火"]\n', "utf-8")
    import_seeds([file])
    assert history.unrecorded(entries()) == []


def test_a_run_that_changes_nothing_writes_no_revision(file: Path) -> None:
    import_seeds([file])
    before = Version.objects.count()
    import_seeds([file])
    assert (Version.objects.count(), ImportRun.objects.count()) == (before, 2)


def test_a_dry_run_writes_none(file: Path) -> None:
    import_seeds([file], dry_run=True)
    assert (Revision.objects.count(), ImportRun.objects.count()) == (0, 0)


def changed(file: Path) -> None:
    file.write_text(file.read_text("utf-8").replace("旧电脑", "新电脑").replace("老电脑", "新电脑"), "utf-8")


def test_a_second_import_writes_only_what_it_changed(file: Path) -> None:
    import_seeds([file])
    film = Film.objects.first()
    Film.objects.filter(pk=film.pk).update(synopsis=film.synopsis)
    [exchange] = Exchange.objects.filter(interview__film=film)[:1]
    first = Revision.objects.order_by("pk").last().pk
    file.write_text(file.read_text("utf-8").replace(exchange.answer[:8], f"改过的{exchange.answer[:8]}"), "utf-8")
    import_seeds([file])
    new = Revision.objects.filter(pk__gt=first)
    assert [said(revision)[1]["run"] for revision in new] == [ImportRun.objects.order_by("pk").last().pk]
    told = last_moments(Interview, [exchange.interview_id])[exchange.interview_id]
    assert told.rows[Exchange, exchange.pk].fields["answer"].startswith("改过的")
    assert history.unrecorded(entries()) == []


def test_a_site_without_history_keeps_what_an_import_changes(file: Path) -> None:
    import_seeds([file])
    Revision.objects.all().delete()
    film = Film.objects.first()
    exchange = Exchange.objects.filter(interview__film=film).first()
    file.write_text(file.read_text("utf-8").replace(exchange.answer[:8], f"改过的{exchange.answer[:8]}"), "utf-8")
    import_seeds([file])
    texts = [
        json.loads(version.serialized_data)[0]["fields"]["answer"]
        for version in versions(Exchange, [exchange.pk]).order_by("pk")
    ]
    assert [text.startswith("改过的") for text in texts] == [False, True]
    assert [name for name, _values in map(said, Revision.objects.order_by("pk"))] == ["baseline", "imported"]


def test_a_refused_article_leaves_no_revision(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any) -> None:
        raise OSError

    monkeypatch.setattr("films.importer.keeping.write_import", broken)
    report = import_seeds([file])
    assert report.totals["refused"] == 1
    assert (Film.objects.count(), Revision.objects.count()) == (0, 0)


def test_an_import_asks_no_more_for_its_revisions_than_for_two_statements(file: Path) -> None:
    with CaptureQueriesContext(connection) as captured:
        import_seeds([file])
    told = [query["sql"] for query in captured.captured_queries if "reversion_" in query["sql"]]
    assert len([sql for sql in told if "reversion_revision" in sql]) == 1
    # Before a word is made: whether an editor deleted it. Once for each kind of word, and nothing else.
    asked = [sql for sql in told if "INSERT INTO" not in sql]
    assert [sql.count("EXISTS") for sql in asked] == [1]
