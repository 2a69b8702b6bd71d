"""Media files by name, wherever they are kept."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import default_storage

from films.files import CHUNK, arriving, sha256_of

# Rendered again from the rows whenever somebody asks.
RENDERED = {"share"}


def names(folder: str = "") -> Iterator[str]:
    """The name of every file that is whole and not drawn anew whenever somebody asks."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    # One that is still being written is hidden.
    yield from (f"{prefix}{name}" for name in sorted(files) if not name.startswith("."))
    for name in sorted(set(folders) - (set() if folder else RENDERED)):
        yield from names(f"{prefix}{name}")


def open_media(name: str) -> Any:
    return default_storage.open(name)


def has(name: str, digest: str) -> bool:
    """Whether a file of this name and content is there already."""
    if not default_storage.exists(name):
        return False
    with open_media(name) as file:
        return sha256_of(file) == digest


def put(name: str, file: IO[bytes]) -> None:
    """Store a file under exactly this name, in place of whatever had it."""
    try:
        path = Path(default_storage.path(name))
    except NotImplementedError:  # a bucket: whole or not there by itself
        default_storage.delete(name)
        default_storage.save(name, File(file))
        return
    write(path, file)


def write(path: Path, file: IO[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with arriving(path, mode=0o644) as partial, partial.open("wb") as new:
        shutil.copyfileobj(file, new, CHUNK)
