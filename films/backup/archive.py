"""The archive: a compressed tar whose last member says what the others are.

database            the SQLite file, or a custom-format dump of PostgreSQL
media/<sha256>      each content once, however many names it has
manifest.json       written last: an archive without it was never finished
"""

import gzip
import json
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from films.files import CHUNK, sha256_of

FORMAT = 1
MANIFEST, DATABASE, MEDIA = "manifest.json", "database", "media/"
LARGEST_MANIFEST = 256 * 1024 * 1024


class Unusable(Exception):
    """One sentence for the operator: why this cannot be done, and what to do."""


@dataclass
class Manifest:
    """What an archive holds. `migrations`: app → last one applied; `media`: file name → SHA-256."""

    made_at: str
    vendor: str
    database: str
    migrations: dict[str, str]
    rows: dict[str, int]
    media: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    def contents(self) -> dict[str, str]:
        """Member → SHA-256 of what it must hold."""
        return {DATABASE: self.database} | {f"{MEDIA}{digest}": digest for digest in self.media.values()}


def add(archive: tarfile.TarFile, name: str, file: IO[bytes], size: int) -> None:
    """Add one member; it belongs to nobody and only its owner may read it."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    archive.addfile(entry, file)


def add_manifest(archive: tarfile.TarFile, manifest: Manifest) -> None:
    text = json.dumps(asdict(manifest), ensure_ascii=False, sort_keys=True, indent=1).encode()
    add(archive, MANIFEST, BytesIO(text), len(text))


@contextmanager
def opened(path: Path) -> Iterator[tarfile.TarFile]:
    """Open an archive for reading; whatever is wrong with its bytes is one refusal."""
    try:
        with tarfile.open(path, "r:gz") as archive:
            yield archive
    except FileNotFoundError as error:
        raise Unusable(f"{path}: there is no such file.") from error
    except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
        raise Unusable(f"{path}: damaged or cut short ({error}). Take another backup; nothing was changed.") from error


def read_manifest(path: Path) -> Manifest:
    """Read what an archive says of itself, and hold every member to it (reads the whole file twice).

    Raises Unusable for a damaged, truncated, foreign or newer archive.
    """
    with opened(path) as archive:
        _read_to_the_end(path)
        members = {member.name: member for member in archive.getmembers()}
        manifest = _manifest(path, archive, members)
        for name, digest in manifest.contents().items():
            _hold(path, archive, members.get(name), name, digest)
    return manifest


def _read_to_the_end(path: Path) -> None:
    """The last bytes hold the checksum of all others; a tar is content without them."""
    with gzip.open(path) as file:
        while file.read(CHUNK):
            pass


def _manifest(path: Path, archive: tarfile.TarFile, members: dict[str, tarfile.TarInfo]) -> Manifest:
    entry = members.get(MANIFEST)
    if entry is None or entry.size > LARGEST_MANIFEST:
        raise Unusable(f"{path}: not a backup of this program, or cut short. Take another one; nothing was changed.")
    try:
        values: dict[str, Any] = json.loads(extract(archive, MANIFEST).read())
        if values["format"] > FORMAT:
            raise Unusable(f"{path}: made by a newer Elysium. Install that version, then restore it.")
        return Manifest(**values)
    except (ValueError, KeyError, TypeError) as error:
        raise Unusable(f"{path}: its list of contents cannot be read ({error}). Nothing was changed.") from error


def _hold(path: Path, archive: tarfile.TarFile, member: tarfile.TarInfo | None, name: str, digest: str) -> None:
    if member is None or not member.isfile() or sha256_of(extract(archive, name)) != digest:
        raise Unusable(f"{path}: {name} is not what was put in. Take another backup; nothing was changed.")


def extract(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    """The bytes of a member that is known to be a file."""
    file = archive.extractfile(name)
    if file is None:
        raise Unusable(f"{name} is not a file in this archive. Nothing was changed.")
    return file
