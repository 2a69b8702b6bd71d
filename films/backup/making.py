"""Making an archive, also while people work: the database as it is at one moment, then the media it names."""

import tarfile
import tempfile
from pathlib import Path

from django.db import connection
from django.utils import timezone

from films.backup import databases, media
from films.backup.archive import DATABASE, MEDIA, Manifest, Unusable, add, add_manifest, read_manifest
from films.files import arriving, remove_abandoned, sha256_of

# Names that are nobody else's in a folder that may be anybody's: what is left over under them is removed.
BESIDE = ".elysium-backup-"
HALF_DONE = ".elysium-*.tar.gz.partial"


def back_up(path: Path) -> Manifest:
    """Write the whole site to `path`, which has its name only once the archive was read back and is sound.

    Raises Unusable, with the last good archive of that name untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    remove_abandoned([*path.parent.glob(f"{BESIDE}*"), *path.parent.glob(HALF_DONE)])
    with arriving(path) as partial, tempfile.TemporaryDirectory(dir=path.parent, prefix=BESIDE) as folder:
        database = Path(folder) / DATABASE
        databases.dump(database)
        manifest = _manifest(database)
        _write(partial, database, manifest)
        read_manifest(partial)
    return manifest


def _manifest(database: Path) -> Manifest:
    if found := databases.complaint(database, connection.vendor):
        raise Unusable(f"The copy of the database is not sound ({found}). Run: manage.py verify")
    with database.open("rb") as file:
        digest = sha256_of(file)
    made_at = timezone.now().isoformat(timespec="seconds")
    return Manifest(made_at, connection.vendor, digest, databases.applied(), databases.row_counts(database))


def _write(partial: Path, database: Path, manifest: Manifest) -> None:
    with tarfile.open(partial, "w:gz", compresslevel=6) as archive:
        with database.open("rb") as file:
            add(archive, DATABASE, file, database.stat().st_size)
        for name in media.names():
            _add_medium(archive, name, manifest)
        add_manifest(archive, manifest)


def _add_medium(archive: tarfile.TarFile, name: str, manifest: Manifest) -> None:
    """Add a file by its content; one that is taken away at this moment belongs to no row any more."""
    try:
        with media.open_media(name) as file:
            digest = sha256_of(file)
            size = file.tell()
            if digest not in manifest.media.values():
                file.seek(0)
                add(archive, f"{MEDIA}{digest}", file, size)
    except FileNotFoundError:
        return
    manifest.media[name] = digest
