"""Files that are whole or not there: written under another name, synced, then renamed."""

import hashlib
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

CHUNK = 1024 * 1024
# In seconds; longer than any upload or backup takes.
ABANDONED = 86_400


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def sha256_of(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in chunks(file):
        digest.update(chunk)
    return digest.hexdigest()


@contextmanager
def arriving(path: Path, mode: int = 0o600) -> Iterator[Path]:
    """A name to write to; it becomes `path` when the block ends well, and vanishes when it does not."""
    with hidden_name(path) as partial:
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
        yield partial


@contextmanager
def hidden_name(path: Path) -> Iterator[Path]:
    """A free name beside `path` for the block to make a file under; see `arriving`, which makes it."""
    partial = path.with_name(f".{path.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        yield partial
        sync(partial)
        os.replace(partial, path)
        sync(path.parent)
    except BaseException:
        with suppress(OSError):
            partial.unlink()
        raise


def remove_abandoned(paths: Iterable[Path]) -> None:
    """Remove what killed processes left half done; what is younger than a day may still be worked on."""
    latest = time.time() - ABANDONED
    for path in paths:
        with suppress(OSError):
            if path.stat().st_mtime < latest:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def sync(path: Path) -> None:
    """Have the disk hold a file, or a folder's list of names, before going on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
