"""Pictures and films: a record names each by its content, and the content lies beside the records once.

On the way in each passes the same check as an upload. One of our own files is kept to the byte; any other picture is
made anew, as it would be at the desk.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction

from films.backup import media
from films.files import CHUNK, sha256_of
from films.models import Caption, Video
from films.models.kept_file import Arrival
from films.models.picture import Picture
from films.reading.article import Refusal
from films.uploads.captions import Captions, checked_captions
from films.uploads.images import MOST_BYTES, checked_image
from films.uploads.own import is_own
from films.uploads.sites import check_site_id
from films.uploads.transcripts import transcript
from films.uploads.videos import checked_video

FOLDER = "media"
Medium = dict[str, str]
# The names that the site gives; a file under any other gets a new one.
OWN_NAME = re.compile(r"(?:originals|videos)/[0-9a-f]{32}\.(?:jpg|mp4|webm)")


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


def named_in(part: Any) -> Iterator[tuple[str, Medium]]:
    """The media that records name, wherever they stand in them, each with the word before it."""
    if isinstance(part, dict | list):
        for word, inner in part.items() if isinstance(part, dict) else enumerate(part):
            if isinstance(inner, dict) and set(inner) == {"name", "sha256"}:
                yield str(word), inner
            else:
                yield from named_in(inner)


def look(folder: Path, records: Any) -> None:
    """Refuse what would be refused, and store nothing."""
    for word, medium in named_in(records):
        with opened(folder, medium) as file:
            checked_image(file) if word == "image" else checked_video(File(file))
    for film in records.get("films", []):
        for video in film.get("video", []):
            check_place(Video(site=video.get("site", ""), site_id=video.get("site_id", "")))
        for caption in film.get("captions", []):
            captions_of(Caption(**{name: caption[name] for name in ("language", "kind", "text") if name in caption}))


@contextmanager
def as_refusal(name: str) -> Iterator[None]:
    """Say a refusal of a check in the importer's way."""
    try:
        yield
    except ValidationError as error:
        raise Refusal("seeds_unread", file=name, problem=" ".join(error.messages)) from error


@contextmanager
def opened(folder: Path, medium: Medium) -> Iterator[IO[bytes]]:
    """The content that a record names; another than it says is refused."""
    path = folder / FOLDER / Path(str(medium["sha256"])).name
    try:
        file = path.open("rb")
    except (OSError, ValueError) as error:
        raise Refusal("seeds_unread", file=str(path), problem=str(error)) from error
    with file, as_refusal(str(path)):
        if sha256_of(file) != medium["sha256"]:
            raise Refusal("seeds_unread", file=str(path), problem="its content is another one")
        file.seek(0)
        yield file


def take_in(folder: Path, row: Any, record: Mapping[str, Any]) -> None:
    """Check what a row brings along, measure it, and store its file; without the row's commit the file goes again."""
    if isinstance(row, Picture):
        take_picture(folder, row, record["image"])
    elif isinstance(row, Video) and row.file:
        take_video(folder, row, record["file"])
    elif isinstance(row, Video):
        check_place(row)
    elif isinstance(row, Caption):
        found = captions_of(row)
        row.text, row.transcript = found.text, transcript(found.cues)


def captions_of(row: Caption) -> Captions:
    with as_refusal(f"{row.language} {row.kind}"):
        return checked_captions(row.text)


def check_place(row: Video) -> None:
    if row.site:
        with as_refusal(f"{row.site} {row.site_id}"):
            check_site_id(row.site, row.site_id)


def take_picture(folder: Path, row: Picture, medium: Medium) -> None:
    with opened(folder, medium) as file:
        checked, content = checked_image(file), file.read(MOST_BYTES)
    row.width, row.height, row.sha256 = checked.width, checked.height, checked.sha256
    if is_own(content):
        row.sha256 = hashlib.sha256(content).hexdigest()
    else:
        content = checked.content
    store(row, row.image, medium, BytesIO(content), row.sha256)


def take_video(folder: Path, row: Video, medium: Medium) -> None:
    with opened(folder, medium) as file:
        found = checked_video(File(file))
        row.width, row.height, row.seconds, row.size = found.width, found.height, found.seconds, found.size
        row._kind, row.sha256 = found.kind, medium["sha256"]
        store(row, row.file, medium, file, medium["sha256"])


def store(row: Any, field: Any, medium: Medium, file: IO[bytes], digest: str) -> None:
    """Under the name that it had, unless that is none of ours or another file's by now."""
    name, storage = medium["name"], field.storage
    if OWN_NAME.fullmatch(name) and media.has(name, digest):
        return
    if not OWN_NAME.fullmatch(name) or storage.exists(name):
        name = field.field.generate_filename(row, "new")
    transaction.on_commit(Arrival(storage, name))
    media.put(name, file)
    setattr(row, field.field.attname, name)


def finish(rows: list[Any]) -> None:
    """Make what pages show of pictures."""
    for row in rows:
        if isinstance(row, Picture):
            row.render(row.renditions())
