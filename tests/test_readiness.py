"""What the site says of itself to machines and to the people of the desk."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client

from films import readiness
from films.readiness import State, Watch, Word

PARTS = ["database", "migrations", "disk", "cache", "media"]


@pytest.fixture(autouse=True)
def _asked_anew() -> None:
    readiness.WATCH.forget()


def put(monkeypatch: pytest.MonkeyPatch, part: str, probe: Any) -> None:
    """Let one part answer so."""
    monkeypatch.setattr(readiness, "probes", lambda asked=readiness.probes: asked() | {part: probe})


def broken() -> tuple[Word, str]:
    raise OSError(28, "No space left on device", "/srv/secret/place")


@pytest.mark.django_db
def test_all_is_well(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.json()["ready"] is True
    assert list(answer.json()["parts"]) == PARTS
    assert set(answer.json()["parts"].values()) <= {"ok", "busy", "low"}
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_alive_says_nothing_of_the_rest(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """No database mark: a query would fail this test."""
    put(monkeypatch, "disk", broken)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_strangers_hear_which_part_and_the_log_hears_why(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    put(monkeypatch, "disk", broken)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert (answer.json()["ready"], answer.json()["parts"]["disk"]) == (False, "failed")
    assert "secret" not in answer.text
    assert "OSError" not in answer.text
    assert "/srv/secret/place" in caplog.text
    monkeypatch.undo()
    readiness.WATCH.asked_at = -1
    assert client.get("/readyz").status_code == 200
    assert "disk is well again" in caplog.text


def test_a_part_that_does_not_answer_holds_up_nobody(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    release, asked = threading.Event(), []

    def hanging() -> tuple[Word, str]:
        asked.append(1)
        release.wait(20)
        return Word.OK, ""

    put(monkeypatch, "cache", hanging)
    monkeypatch.setattr(readiness, "PATIENCE", 0.2)
    watch = Watch()
    words = {state.part: state.word for state in watch.ask()}
    assert words["cache"] == Word.LATE
    assert words["disk"] in readiness.WELL
    # It is not asked a second time before it has answered, or a dead server would gather threads.
    assert {state.part: state.word for state in watch.ask()}["cache"] == Word.LATE
    assert len(asked) == 1
    release.set()
    watch.under_way["cache"].join(5)
    assert {state.part: state.word for state in watch.ask()}["cache"] == Word.OK
    assert len(asked) == 2


def test_whoever_asks_at_the_same_time_gets_the_same_answer(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    asked: list[int] = []
    put(monkeypatch, "media", lambda: asked.append(1) or (Word.OK, ""))
    watch = Watch()
    askers = [threading.Thread(target=watch.states) for _number in range(5)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert len(asked) == 1


def test_a_migration_that_is_not_applied_is_named(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    assert ("films", "0001_initial") in readiness.known_migrations()
    assert readiness.migrations() == (Word.OK, "")
    more = readiness.known_migrations() | {("films", "9999_next")}
    monkeypatch.setattr(readiness, "known_migrations", lambda: more)
    assert readiness.migrations() == (Word.FAILED, "not applied: films.9999_next")


def test_a_newer_database_is_no_reason_to_stop(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    fewer = readiness.known_migrations() - {("films", "0001_initial")}
    monkeypatch.setattr(readiness, "known_migrations", lambda: fewer)
    assert readiness.migrations()[0] == Word.OK


def test_the_disk_is_measured_where_the_site_writes(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = settings.DATA_DIR = tmp_path
    monkeypatch.setattr(readiness, "NO_ROOM", 0)
    monkeypatch.setattr(readiness, "LITTLE_ROOM", 0)
    assert readiness.disk()[0] == Word.OK
    monkeypatch.setattr(readiness, "LITTLE_ROOM", 2**60)
    assert readiness.disk()[0] == Word.LOW
    monkeypatch.setattr(readiness, "NO_ROOM", 2**60)
    word, detail = readiness.disk()
    assert word == Word.FAILED
    assert str(tmp_path) in detail


def test_media_and_cache_are_tried_for_real(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    assert readiness.media() == (Word.OK, "")
    assert list((tmp_path / "media").iterdir()) == []
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError):
        readiness.media()
    assert readiness.cached(caches["default"]) == (Word.OK, "")
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert readiness.cached(caches["default"])[0] == Word.FAILED


@pytest.mark.django_db
def test_nothing_is_left_behind() -> None:
    readiness.WATCH.states()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone()[0] == 0


def test_asking_redirects_nobody(client: Client, settings: Any, db: None) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
    assert client.get("/robots.txt").status_code == 301


def test_a_state_knows_whether_it_is_well() -> None:
    assert [State("disk", word).is_well for word in Word] == [True, True, True, False, False]
