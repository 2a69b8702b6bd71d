"""What is wrong with this machine rather than with the settings: who may read, where things lie, what is missing.

Asked by `manage.py check --deploy --database default`.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from films import readiness
from films.checks.deployment import database, is_sqlite, lies_in
from films.checks.rules import Rule, messages

OTHERS, THEIR_READING = 0o077, 0o044
TEMPORARY = ("/tmp", "/var/tmp", "/dev/shm", "/run")  # noqa: S108 (named to be refused)
# As /proc/self/mountinfo calls them: WAL needs memory that all processes share, which these cannot give.
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "9p", "afs", "glusterfs", "lustre", "ncpfs", "vboxsf"}
MOUNTS = Path("/proc/self/mountinfo")
# For commands and whoever looks in.
SPARE_CONNECTIONS = 10


def mode(path: Path) -> int:
    """Who may do what; nobody may do anything with what is not there."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        return 0


def database_file() -> Path | None:
    name = str(database()["NAME"])
    return Path(name) if is_sqlite() and "memory" not in name else None


def secrets_are_open() -> bool:
    files = (Path(settings.BASE_DIR) / ".env", Path(settings.DATA_DIR) / "secret_key")
    return any(mode(path) & OTHERS for path in files)


def database_is_readable() -> bool:
    """By others: its file, in a folder that lets them in."""
    path = database_file()
    if path is None or not mode(path.parent) & 0o011:
        return False
    return any(mode(Path(f"{path}{ending}")) & THEIR_READING for ending in ("", "-wal", "-shm"))


def kind_of_disk(path: Path, mounts: str) -> str:
    """The file system that a path lies on, by the longest mount point above it."""
    best, kind = "", ""
    for line in mounts.splitlines():
        before, _dash, after = line.partition(" - ")
        point = before.split()[4].encode().decode("unicode_escape")
        if lies_in(path, point) and len(point) >= len(best):
            best, kind = point, after.split()[0]
    return kind


def is_on_network() -> bool:
    path = database_file()
    if path is None or not MOUNTS.exists():
        return False
    kind = kind_of_disk(path, MOUNTS.read_text("utf-8", "replace"))
    return kind in NETWORK or kind.startswith("fuse.")


def is_collected() -> bool:
    backend = settings.STORAGES["staticfiles"]["BACKEND"]
    return "Manifest" not in backend or (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()


def code_is_writable() -> bool:
    """By the user that serves; root may write everywhere and has a rule of his own."""
    return os.geteuid() != 0 and os.access(Path(settings.BASE_DIR) / "films", os.W_OK)


def connections_run_out() -> bool:
    """More workers than the server has connections for."""
    connection: Any = connections[DEFAULT_DB_ALIAS]
    pool = connection.settings_dict["OPTIONS"].get("pool") if connection.vendor == "postgresql" else None
    if not pool:
        return False
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW max_connections")
            most = int(cursor.fetchone()[0])
    except DatabaseError:
        return False
    workers = settings.WEB_CONCURRENCY or os.cpu_count() or 1
    return bool(workers * pool["max_size"] + SPARE_CONNECTIONS > most)


def answers(probe: Any) -> bool:
    """Whether a part of readiness is well."""
    try:
        return probe()[0] in readiness.WELL
    except (DatabaseError, OSError):
        return False


RULES = (
    Rule(
        "E201",
        secrets_are_open,
        "Other users of this machine can read .env or secret_key, and with it the key and the database's password.",
        "chmod 600 .env (or the file that the service reads).",
    ),
    Rule(
        "E202",
        lambda: bool(mode(Path(settings.DATA_DIR)) & OTHERS),
        "Other users of this machine can look into DATA_DIR: drafts, sessions, uploads.",
        "chmod 700 the folder.",
    ),
    Rule(
        "E203",
        database_is_readable,
        "Other users of this machine can read the database.",
        "chmod 600 the file and chmod 700 its folder.",
    ),
    Rule(
        "W204",
        lambda: os.geteuid() == 0,
        "This is root: whoever finds a hole in the site has the machine.",
        "Serve as a user of its own, as deploy/elysium.service does.",
    ),
    Rule(
        "E205",
        is_on_network,
        "The SQLite database lies on a network file system, where it will be damaged.",
        "Put DATA_DIR on a local disk, or use PostgreSQL.",
    ),
    Rule(
        "E206",
        lambda: any(lies_in(settings.DATA_DIR, folder) for folder in TEMPORARY),
        "DATA_DIR lies in a folder that is emptied by itself.",
        "Put it in /var/lib/elysium.",
    ),
    Rule(
        "W207",
        lambda: lies_in(settings.DATA_DIR, settings.BASE_DIR) or lies_in(settings.MEDIA_ROOT, settings.BASE_DIR),
        "DATA_DIR lies inside the program's own folder: an update may take it along, and the code is writable.",
        "Put it in /var/lib/elysium.",
    ),
    Rule(
        "E208",
        lambda: not is_collected(),
        "Static files are not collected: every page would fail.",
        "Run manage.py collectstatic --noinput after every update.",
    ),
    Rule(
        "W209",
        lambda: settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "dummy.EmailBackend")),
        "No mail leaves: who forgot a password gets no link, and the link stands in the log instead.",
        "Set EMAIL_URL=smtp+tls://user:password@host:587 and DEFAULT_FROM_EMAIL.",
    ),
    Rule(
        "W210",
        code_is_writable,
        "The user that serves may change the program: a hole in the site becomes a lasting one.",
        "Let root own the code; only DATA_DIR needs writing.",
    ),
    Rule(
        "E211",
        lambda: not os.access(settings.DATA_DIR, os.W_OK),
        "DATA_DIR cannot be written by this user: the site could only be read.",
        "chown it to the user that serves.",
    ),
    Rule(
        "W212",
        lambda: connections_run_out(),
        "PostgreSQL has fewer connections than the workers of this machine may open.",
        "Raise max_connections, lower WEB_CONCURRENCY, or end DATABASE_URL with ?pool=false behind a pooler.",
    ),
    Rule(
        "E213",
        lambda: not answers(readiness.migrations),
        "Migrations are not applied.",
        "Run manage.py migrate after every update, before the new program serves.",
    ),
    Rule(
        "W214",
        lambda: readiness.disk()[0] != readiness.Word.OK,
        "Little room is left on the disk.",
        "Half a gigabyte should be free; delete old backups, or get a larger disk.",
    ),
)


def check_installation(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    return messages(RULES) if DEFAULT_DB_ALIAS in (databases or ()) else []
