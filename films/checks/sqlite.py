"""The library and the settings that SQLite needs to keep what it confirmed."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Warning
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

FLOOR = (3, 51, 3)
# Releases that carry the repair although they are older, and one that was withdrawn although it is newer.
MENDED = {(3, 50, 7), (3, 44, 6)}
WITHDRAWN = (3, 52, 0)

# PRAGMA → (what it reads back, what it is for)
PRAGMAS: dict[str, tuple[set[Any], str]] = {
    "journal_mode": ({"wal"}, "WAL, so that readers never wait for a writer"),
    "synchronous": ({2}, "FULL, so that a power cut loses nothing that was confirmed"),
    "foreign_keys": ({1}, "ON, so that no row points to nothing"),
    "mmap_size": ({0, None}, "0, so that a failing disk is an error and not a crash"),
}
LEAST_BUSY_TIMEOUT = 5_000


def loses_commits(version: tuple[int, int, int]) -> bool:
    """Tell whether this SQLite can lose commits when a WAL file is reset."""
    if version == WITHDRAWN:
        return True
    return version < FLOOR and not any(version[:2] == good[:2] and version >= good for good in MENDED)


def version_messages(version: tuple[int, int, int]) -> list[CheckMessage]:
    """Name an unsafe SQLite library, with the remedy."""
    if not loses_commits(version):
        return []
    printed = ".".join(map(str, version))
    hint = "Install pysqlite3 0.6.1 or newer into this environment (it brings its own SQLite), or use PostgreSQL."
    return [Warning(f"SQLite {printed} can lose commits in WAL mode; 3.51.3 is safe.", hint=hint, id="films.W001")]


def sqlite_connections() -> list[Any]:
    return [connection for connection in connections.all() if connection.vendor == "sqlite"]


def library_loses_commits() -> bool:
    """Tell whether the site's database is kept by a SQLite that can lose commits."""
    return any(loses_commits(connection.Database.sqlite_version_info) for connection in sqlite_connections())


def printed_version() -> str:
    """The SQLite library in use."""
    return next((connection.Database.sqlite_version for connection in sqlite_connections()), "")


def check_sqlite_version(**kwargs: Any) -> list[CheckMessage]:
    found = {connection.Database.sqlite_version_info for connection in sqlite_connections()}
    return [message for version in sorted(found) for message in version_messages(version)]


def check_pragmas(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Read the settings back from each SQLite connection that was asked for (five queries each)."""
    asked = [connection for connection in sqlite_connections() if connection.alias in (databases or ())]
    return [message for connection in asked for message in pragma_messages(connection)]


def pragma_messages(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    wrong = [
        f"PRAGMA {name} is {value}; it must be {purpose}."
        for name, (wanted, purpose) in PRAGMAS.items()
        if (value := read_pragma(connection, name)) not in wanted
    ]
    if (timeout := read_pragma(connection, "busy_timeout")) < LEAST_BUSY_TIMEOUT:
        wrong.append(f"PRAGMA busy_timeout is {timeout}; it must be 5000 or more, so that a writer waits its turn.")
    hint = "Restore SQLITE_OPTIONS in elysium/environment.py; WAL also needs a local disk, never a network drive."
    return [Error(f"{connection.alias}: {text}", hint=hint, id="films.E001") for text in wrong]


def read_pragma(connection: BaseDatabaseWrapper, name: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        row = cursor.fetchone()
    return row[0] if row else None
