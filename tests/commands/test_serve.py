import os
import sys

import pytest
from django.core.management import CommandError

from films.management.commands import serve
from tests.commands.running import run_command


@pytest.mark.parametrize(
    ("address", "port", "expected"),
    [
        ("", "", ("127.0.0.1", 8000)),
        ("", "8080", ("127.0.0.1", 8080)),
        ("9000", "8080", ("127.0.0.1", 9000)),
        ("0.0.0.0", "8080", ("0.0.0.0", 8080)),
        ("0.0.0.0:9000", "8080", ("0.0.0.0", 9000)),
        (":9000", "", ("127.0.0.1", 9000)),
        ("[::1]", "", ("::1", 8000)),
        ("[::1]:9000", "", ("::1", 9000)),
    ],
)
def test_where_it_listens(address, port, expected):
    assert serve.host_and_port(address, port) == expected


@pytest.mark.parametrize(
    ("address", "port"), [("0", ""), ("localhost:x", ""), ("", "70000"), ("", "８０"), ("65536", "")]
)
def test_a_port_that_is_none_is_refused(address, port):
    with pytest.raises(CommandError, match="wants a number from 1 to 65535"):
        serve.host_and_port(address, port)


def test_one_worker_a_core_with_two_threads(monkeypatch):
    monkeypatch.setattr(serve, "library_loses_commits", lambda: False)
    assert serve.how_many(0) == (serve.cores(), 2)
    assert serve.how_many(5) == (5, 2)
    assert 1 <= serve.cores() <= (os.cpu_count() or 1)


def test_a_sqlite_that_loses_commits_gets_one_connection_or_a_refusal(monkeypatch):
    monkeypatch.setattr(serve, "library_loses_commits", lambda: True)
    assert serve.how_many(0) == serve.how_many(1) == (1, 1)
    with pytest.raises(
        CommandError, match=r"Install pysqlite3 0\.6\.1 or newer, or use PostgreSQL, or set WEB_CONCURRENCY=1"
    ):
        serve.how_many(2)


def test_without_the_extra_it_says_which_one(monkeypatch):
    monkeypatch.setattr(serve, "find_spec", lambda name: None)
    _out, err, code = run_command("serve")
    assert err == 'The server is missing. Install the extra "server": python -m pip install granian brotli'
    assert code == 1


def test_a_folder_that_cannot_be_written_is_refused(monkeypatch, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(serve.os, "access", lambda path, how: path != tmp_path)
    _out, err, code = run_command("serve")
    assert err.startswith(f"DATA_DIR: {tmp_path} cannot be written by this user")
    assert code == 1


def test_it_becomes_granian_with_the_right_figures(db, monkeypatch, settings):
    started: list[list[str]] = []
    monkeypatch.setattr(serve.os, "execv", lambda program, words: started.append(words))
    monkeypatch.setattr(serve.connection, "close", lambda: None)
    monkeypatch.setattr(serve, "library_loses_commits", lambda: False)
    settings.WEB_CONCURRENCY = 3
    run_command("serve", "0.0.0.0:9000")
    [[program, *words]] = started
    assert (program, words[:2], words[-1]) == (sys.executable, ["-m", "granian"], "elysium.wsgi:application")
    said = " ".join(words)
    for part in ("--interface wsgi", "--http 1", "--no-access-log", "--workers 3", "--blocking-threads 2"):
        assert part in said
    for part in ("--respawn-failed-workers", "--host 0.0.0.0", "--port 9000"):
        assert part in said
