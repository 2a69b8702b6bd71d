"""Whether this process can do its work: write, keep up with the migrations, find room, reach its cache and its media.

Each part is tried for real, in a thread of its own, so that a disk or a server that does not answer holds up nobody
for longer than `PATIENCE`.
"""

import logging
import os
import tempfile
import threading
import time
from collections.abc import Callable
from enum import StrEnum
from functools import cache, partial
from pathlib import Path
from secrets import token_hex
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from films import unwritable

logger = logging.getLogger(__name__)

PATIENCE = 2.0
# Whoever asks again within this time gets the same answer: each asking writes to the disk.
RECENT = 1.0
# SQLite's log of a busy moment must still fit.
NO_ROOM, LITTLE_ROOM = 32 * 2**20, 512 * 2**20
NO_FILES = 50
BUSY_MILLISECONDS = 1000
MEGABYTE = 2**20


class Word(StrEnum):
    OK = "ok"
    # Somebody else is writing for long; the next asking will tell.
    BUSY = "busy"
    LOW = "low"
    FAILED = "failed"
    LATE = "late"


WELL = {Word.OK, Word.BUSY, Word.LOW}


class State(NamedTuple):
    part: str
    word: Word
    # With paths and numbers: for the log and for administrators, never for strangers.
    detail: str = ""

    @property
    def is_well(self) -> bool:
        return self.word in WELL


def database() -> tuple[Word, str]:
    """Commit a row and its removal, over a connection of its own."""
    connection: Any = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        write(connection)
    except Exception as error:
        if unwritable.cause_of(error) == unwritable.Cause.BUSY:
            return Word.BUSY, str(error)
        raise
    finally:
        connection.close()
    return Word.OK, ""


def write(connection: Any) -> None:
    """Of the table without which nobody can sign in."""
    table = connection.ops.quote_name(apps.get_model("sessions", "Session")._meta.db_table)
    row = [f"readiness{token_hex(11)}", "", connection.ops.adapt_datetimefield_value(timezone.now())]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        connection.set_autocommit(False)
        columns = "session_key, session_data, expire_date"
        cursor.execute(f"INSERT INTO {table} ({columns}) VALUES (%s, %s, %s)", row)  # noqa: S608 (our own names)
        cursor.execute(f"DELETE FROM {table} WHERE session_key = %s", row[:1])  # noqa: S608
    connection.commit()


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """Those that this code brings."""
    return frozenset(MigrationLoader(None).disk_migrations)


def migrations() -> tuple[Word, str]:
    """Every migration of this code is applied; a newer database may have more."""
    # Django's own recorder would open the thread's connection, which nobody closes.
    connection: Any = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            waiting = known_migrations() - set(cursor.fetchall())
    finally:
        connection.close()
    names = ", ".join(sorted(f"{app}.{name}" for app, name in waiting))
    return (Word.FAILED, f"not applied: {names}") if waiting else (Word.OK, "")


def written_folders() -> list[Path]:
    """The folders that the site writes to on this machine."""
    place: Any = connections[DEFAULT_DB_ALIAS].settings_dict
    found = [Path(settings.DATA_DIR)]
    if "sqlite" in place["ENGINE"] and "memory" not in str(place["NAME"]):
        found.append(Path(place["NAME"]).parent)
    if isinstance(default_storage, FileSystemStorage):
        found.append(Path(settings.MEDIA_ROOT))
    return [folder for folder in dict.fromkeys(found) if folder.is_dir()]


def disk() -> tuple[Word, str]:
    """The fullest of the folders that are written to."""
    states = [room_in(folder) for folder in written_folders()]
    return max(states, key=lambda state: [Word.OK, Word.LOW, Word.FAILED].index(state[0]), default=(Word.OK, ""))


def room_in(folder: Path) -> tuple[Word, str]:
    found = os.statvfs(folder)
    free = found.f_bavail * found.f_frsize
    detail = f"{folder}: {free // MEGABYTE} MB left"
    if free < NO_ROOM or (found.f_files and found.f_favail < NO_FILES):
        return Word.FAILED, f"{detail}, {found.f_favail} files"
    return (Word.LOW, detail) if free < LITTLE_ROOM else (Word.OK, detail)


def cached(backend: Any) -> tuple[Word, str]:
    """What is put into the cache comes out of it."""
    name, value = f"readiness-{os.getpid()}", token_hex(8)
    backend.set(name, value, 10)
    return (Word.OK, "") if backend.get(name) == value else (Word.FAILED, "what was put in did not come out")


def media() -> tuple[Word, str]:
    """A file can be written where media lie; a bucket answers."""
    if not isinstance(default_storage, FileSystemStorage):
        default_storage.exists("readiness")
        return Word.OK, ""
    folder = Path(default_storage.location)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"readiness")
        file.flush()
        os.fsync(file.fileno())
    return Word.OK, ""


def probes() -> dict[str, Callable[[], tuple[Word, str]]]:
    # A thread would open a cache of its own.
    reach = partial(cached, caches["default"])
    return {"database": database, "migrations": migrations, "disk": disk, "cache": reach, "media": media}


class Watch:
    """Asks all parts at once; while it asks, others wait for the same answer."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.under_way: dict[str, threading.Thread] = {}
        self.forget()

    def forget(self) -> None:
        self.asked_at, self.found = -RECENT, list[State]()

    def states(self) -> list[State]:
        with self.lock:
            if time.monotonic() - self.asked_at >= RECENT:
                found = self.ask()
                note(self.found, found)
                self.found, self.asked_at = found, time.monotonic()
            return self.found

    def ask(self) -> list[State]:
        """Every part at the same time; one that has not answered the last time is not asked again until it has."""
        answers: dict[str, State] = {}
        asked = probes()
        for part, probe in asked.items():
            if part not in self.under_way or not self.under_way[part].is_alive():
                self.under_way[part] = threading.Thread(target=answer, args=(part, probe, answers), daemon=True)
                self.under_way[part].start()
        deadline = time.monotonic() + PATIENCE
        for part in asked:
            self.under_way[part].join(max(0.0, deadline - time.monotonic()))
        late = f"no answer within {PATIENCE:g} s"
        return [answers.get(part, State(part, Word.LATE, late)) for part in asked]


def answer(part: str, probe: Callable[[], tuple[Word, str]], answers: dict[str, State]) -> None:
    """Whatever goes wrong is an answer too."""
    try:
        answers[part] = State(part, *probe())
    except Exception as error:
        answers[part] = State(part, Word.FAILED, f"{type(error).__name__}: {error}")


def note(before: list[State], now: list[State]) -> None:
    """What broke or mended since the last asking goes to the log, once."""
    known = {state.part: state.is_well for state in before}
    for state in now:
        if not state.is_well and known.get(state.part, True):
            logger.error("%s: %s (%s)", state.part, state.word, state.detail)
        elif state.is_well and not known.get(state.part, True):
            logger.warning("%s is well again", state.part)


WATCH = Watch()


def states() -> list[State]:
    """How the parts are at this moment (never longer than `PATIENCE`)."""
    return WATCH.states()
