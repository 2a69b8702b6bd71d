"""Every connection is set as it must be, whoever opened it."""

import json
import sqlite3
from contextlib import closing

from tests.faults.site import Site


def test_every_connection_is_read_back(filled: Site) -> None:
    read = [json.loads(line) for line in filled.must("settings_read").splitlines() if line.startswith("[")]
    assert read == [[[], "IMMEDIATE"]] * 5


def test_the_reading_back_notices_a_connection_that_is_not_set(filled: Site) -> None:
    """A database that was taken out of WAL is put back by the next connection, or named."""
    with closing(sqlite3.connect(filled.folder / "db.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=DELETE")
    read = [json.loads(line) for line in filled.must("settings_read").splitlines() if line.startswith("[")]
    assert read == [[[], "IMMEDIATE"]] * 5
    with closing(sqlite3.connect(filled.folder / "db.sqlite3")) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
