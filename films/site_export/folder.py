"""A folder that is whole or not there: made beside its place, then put there, also in place of an earlier one."""

import ctypes
import gzip
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from films.files import CHUNK, sync

try:
    import brotli
except ImportError:  # pages are then packed by gzip alone
    brotli = None

MARKER = "elysium-export.json"
PACKED = {".atom", ".css", ".html", ".js", ".json", ".svg", ".txt", ".vtt", ".xml"}
# Shorter files travel in one packet as they are.
WORTH_PACKING = 512
# Brotli from here on takes ten times as long for one hundredth less.
QUALITY = 7
AT_WORKING_FOLDER, EXCHANGE = -100, 2


class Unwritable(Exception):
    """The folder cannot be written; says why and what to do."""


def check(path: Path, marker: str = MARKER) -> None:
    """Refuse a place where something lies that this command did not make."""
    if not path.parent.is_dir():
        raise Unwritable(f"{path.parent} is no folder. Make it first.")
    if not path.exists():
        return
    if not path.is_dir():
        raise Unwritable(f"{path} is a file. Name a folder that is not there yet.")
    if any(path.iterdir()) and not (path / marker).is_file():
        raise Unwritable(
            f"{path} holds files that are no earlier export. Name an empty folder or one that is not there."
        )


@contextmanager
def arriving_folder(path: Path, marker: str = MARKER) -> Iterator[Path]:
    """A folder to write to; it becomes `path` when the block ends well, and vanishes when it does not."""
    check(path, marker)
    partial = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.partial-"))
    try:
        partial.chmod(0o755)
        yield partial
        sync(partial)
        put(partial, path, marker)
        sync(path.parent)
    finally:
        # Now it is what was never finished, or the export before.
        shutil.rmtree(partial, ignore_errors=True)


def put(partial: Path, path: Path, marker: str = MARKER) -> None:
    """Give the folder its name; whoever reads finds the one before or this one, and never half of one."""
    check(path, marker)
    if not path.exists():
        partial.rename(path)
    elif not exchanged(partial, path):
        before = partial.with_name(f"{partial.name}-before")
        path.rename(before)
        try:
            partial.rename(path)
        except OSError:
            before.rename(path)
            raise
        shutil.rmtree(before, ignore_errors=True)


def exchanged(one: Path, other: Path) -> bool:
    """Swap two names in one step, where the system can."""
    with suppress(AttributeError, OSError):
        swap = ctypes.CDLL(None, use_errno=True).renameat2
        return bool(swap(AT_WORKING_FOLDER, os.fsencode(one), AT_WORKING_FOLDER, os.fsencode(other), EXCHANGE) == 0)
    return False


class Writer:
    """Files below a folder, each beside its packed forms, and a list of them with their digests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder.resolve()
        self.made: set[Path] = set()
        self.digests: dict[str, str] = {}
        self.size = 0

    def write(self, name: str, body: bytes) -> None:
        path = self.path(name)
        path.write_bytes(body)
        self.note(name, hashlib.sha256(body).hexdigest(), len(body))
        if path.suffix in PACKED and len(body) >= WORTH_PACKING:
            self.pack(path, body)

    def pack(self, path: Path, body: bytes) -> None:
        forms = {".gz": gzip.compress(body, compresslevel=9, mtime=0)}
        if brotli:
            forms[".br"] = brotli.compress(body, quality=QUALITY)
        for ending, packed in forms.items():
            if len(packed) < len(body):
                path.with_name(path.name + ending).write_bytes(packed)
                self.size += len(packed)

    def copy(self, name: str, file: IO[bytes]) -> None:
        """A file of any length; pictures and films are packed already."""
        digest, size = hashlib.sha256(), 0
        with self.path(name).open("wb") as new:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                size += new.write(chunk)
        self.note(name, digest.hexdigest(), size)

    def path(self, name: str) -> Path:
        path = self.folder / name
        if path.parent not in self.made:
            # Only we make folders and none of them leads away, so that each is looked at once.
            if ".." in path.parts or not path.parent.resolve().is_relative_to(self.root):
                raise Unwritable(f"{name} lies outside the folder.")
            path.parent.mkdir(parents=True, exist_ok=True)
            self.made.add(path.parent)
        return path

    def note(self, name: str, digest: str, size: int) -> None:
        self.digests[name] = digest
        self.size += size

    def sign(self, origin: str) -> None:
        """Say what this folder is, and what each file in it should hold."""
        content = {"made_by": "Elysium export_site", "version": 1, "address": origin, "sha256": self.digests}
        text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
        (self.folder / MARKER).write_text(f"{text}\n", encoding="utf-8")
