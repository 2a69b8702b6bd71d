"""Putting an archive back: looked through from end to end before anything is touched."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from django.db import connection

from films import generation
from films.backup import databases, media
from films.backup.archive import DATABASE, MEDIA, Manifest, Unusable, extract, opened, read_manifest
from films.files import CHUNK, arriving
from films.planner import tell_planner

SQLITE_FILE, MEDIA_FOLDER = "db.sqlite3", "media"


def restore(path: Path) -> Manifest:
    """Put this site back into the state of an archive, under running readers too.

    Media first: a file that no row names harms nobody, a row that names no file does.
    Raises Unusable before anything is changed.
    """
    manifest = usable(path)
    if manifest.vendor != connection.vendor:
        raise Unusable(f"{path} holds {manifest.vendor}, this site uses {connection.vendor}. {OTHER_DATABASE}")
    with _database(path, manifest) as database:
        with opened(path) as archive:
            for name, digest in manifest.media.items():
                if not media.has(name, digest):
                    media.put(name, extract(archive, f"{MEDIA}{digest}"))
        number = generation.current()
        databases.load(database)
        generation.overtake(number)
        tell_planner()
    return manifest


OTHER_DATABASE = "Restore it where DATABASE_URL names such a database, then use manage.py move_database."


def restore_into(path: Path, folder: Path) -> Manifest:
    """Lay an archive out as a DATA_DIR of its own, which must be new or empty. Raises Unusable."""
    manifest = usable(path)
    if manifest.vendor != "sqlite":
        raise Unusable(f"{path} holds {manifest.vendor}, which has no folder. Restore it without --into.")
    if folder.exists() and any(folder.iterdir()):
        raise Unusable(f"{folder} is not empty. Give a folder that is new or empty.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with opened(path) as archive:
        for name, digest in manifest.media.items():
            media.write(folder / MEDIA_FOLDER / name, extract(archive, f"{MEDIA}{digest}"))
    with _database(path, manifest) as database, arriving(folder / SQLITE_FILE) as partial:
        shutil.copyfile(database, partial)
    return manifest


def usable(path: Path) -> Manifest:
    """What the archive holds, once all of it was read and nothing in it is of a newer program."""
    manifest = read_manifest(path)
    if newer := databases.unknown(manifest.migrations):
        raise Unusable(f"{path}: made by a newer Elysium ({newer[0]}). Install that version, then restore it.")
    for name in manifest.media:
        parts = PurePosixPath(name).parts
        if name.startswith("/") or ".." in parts or "\\" in name or "\0" in name:
            raise Unusable(f"{path}: {name!r} leads out of the media folder. Nothing was changed.")
    return manifest


@contextmanager
def _database(path: Path, manifest: Manifest) -> Iterator[Path]:
    """The archive's database as a file of its own, opened and found sound."""
    with tempfile.TemporaryDirectory(prefix="elysium-restore-") as folder:
        database = Path(folder) / DATABASE
        with opened(path) as archive, database.open("wb") as file:
            shutil.copyfileobj(extract(archive, DATABASE), file, CHUNK)
        if found := databases.complaint(database, manifest.vendor):
            raise Unusable(f"{path}: the database in it is not sound ({found}). Nothing was changed.")
        yield database
