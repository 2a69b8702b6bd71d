"""Pictures, films and captions: a record names each by its content, and the content lies beside the records once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from films.backup import media
from films.backup.files import CHUNK, sha256_of
from films.reading.article import Refusal

FOLDER = "media"
Medium = dict[str, str]


def told(name: str, seen: dict[str, str]) -> Medium:
    """The record of a stored file."""
    if name not in seen:
        with media.open_media(name) as file:
            seen[name] = sha256_of(file)
    return {"name": name, "sha256": seen[name]}


def write(folder: Path, seen: Mapping[str, str]) -> None:
    """Every content once."""
    for name, digest in seen.items():
        target = folder / FOLDER / digest
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            with media.open_media(name) as file, target.open("wb") as new:
                shutil.copyfileobj(file, new, CHUNK)


def named_in(part: Any) -> Iterator[Medium]:
    """The media that records name, wherever they stand in them."""
    if isinstance(part, dict) and set(part) == {"name", "sha256"}:
        yield part
    elif isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from named_in(inner)


def put(folder: Path, named: Iterator[Medium]) -> None:
    """Store what is not stored yet, under its name; a content that is not what its name says is refused."""
    for medium in named:
        path = folder / FOLDER / medium["sha256"]
        try:
            with path.open("rb") as file:
                if sha256_of(file) != medium["sha256"]:
                    raise Refusal("seeds_unread", file=str(path), problem="its content is another one")
                file.seek(0)
                if not media.has(medium["name"], medium["sha256"]):
                    media.put(medium["name"], file)
        except OSError as error:
            raise Refusal("seeds_unread", file=str(path), problem=str(error)) from error
