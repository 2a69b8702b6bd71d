"""The folder: words and people in one file, each article with its text, each edition with its films and interviews."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from films.models import Edition, Film, Interview, Source
from films.reading.article import Refusal
from films.seeding import media
from films.seeding.records import Record
from films.seeding.telling import Teller
from films.site_export.folder import arriving_folder

NOTE = "elysium-seeds.json"
VERSION = 1
Content = dict[str, Any]


def export_seeds(path: Path, edition: Edition | None = None) -> int:
    """Write the whole site, or one edition, to the folder `path`; gives the number of files.

    Raises Unwritable, with an earlier export untouched.
    """
    with arriving_folder(path, NOTE) as folder:
        digests = {}
        teller = Teller(edition)
        for name, body in files_of(teller):
            target = folder / name
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(body)
            digests[name] = hashlib.sha256(body).hexdigest()
        media.write(folder, teller.keys.media)
        (folder / NOTE).write_bytes(in_json({"elysium_seeds": VERSION, "sha256": digests}))
    return len(digests)


def files_of(teller: Teller) -> Iterator[tuple[str, bytes]]:
    yield "site.json", in_json({**teller.words(), "redirects": teller.redirects()})
    texts = teller.texts()
    for record in teller.records(Source):
        yield f"sources/{record['slug']}.json", in_json(record)
        yield f"sources/{record['slug']}.txt", texts[record["slug"]].encode()
    films, talks = grouped(teller.entries(Film), "edition"), of_films(teller.entries(Interview))
    for edition in [*teller.entries(Edition), None]:
        slug = edition["slug"] if edition else ""
        own = [with_talks(film, talks["film", film["slug"]]) for film in films[slug]]
        content = {"edition": edition, "films": own, "interviews": talks["edition", slug]}
        if any(content.values()):
            yield (f"editions/{slug}.json" if slug else "entries.json"), in_json(content)


def grouped(records: list[Record], name: str) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        found[record.get(name) or ""].append(record)
    return found


def of_films(talks: list[Record]) -> dict[tuple[str, str], list[Record]]:
    """Interviews by the film they are about; those about none by their edition."""
    found: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for talk in talks:
        found[("film", talk["film"]) if talk.get("film") else ("edition", talk.get("edition") or "")].append(talk)
    return found


def with_talks(film: Record, talks: list[Record]) -> Record:
    return film | ({"interviews": talks} if talks else {})


def in_json(content: Any) -> bytes:
    return f"{json.dumps(content, ensure_ascii=False, indent=1)}\n".encode()


def is_export(path: Path) -> bool:
    """Whether a folder is what `export_seeds` wrote."""
    return (path / NOTE).is_file()


def read(path: Path) -> Content:
    """The records of a folder in one; refuses a file that is missing or cannot be read."""
    note = load(path, NOTE)
    if note.get("elysium_seeds") != VERSION:
        raise Refusal("seeds_version", file=str(path / NOTE))
    site: Content = {"films": [], "interviews": [], "editions": [], "sources": []}
    for name in note["sha256"]:
        if name.startswith("sources/") and name.endswith(".json"):
            site["sources"].append({**load(path, name), "text": text_of(path, f"{name.removesuffix('.json')}.txt")})
        elif name.endswith(".json"):
            add(site, load(path, name))
    return site


def add(site: Content, content: Content) -> None:
    """Put a file's records with those of the others; interviews come out of their films."""
    if "films" not in content:
        site |= content
        return
    site["editions"] += [content["edition"]] if content["edition"] else []
    for film in content["films"]:
        site["interviews"] += film.pop("interviews", [])
        site["films"].append(film)
    site["interviews"] += content["interviews"]


def load(path: Path, name: str) -> Content:
    try:
        found: Content = json.loads(text_of(path, name))
    except ValueError as error:
        raise Refusal("seeds_unread", file=str(path / name), problem=str(error)) from error
    return found


def text_of(path: Path, name: str) -> str:
    if not (path / name).resolve().is_relative_to(path.resolve()):
        raise Refusal("seeds_unread", file=name, problem="it lies outside the folder")
    try:
        return (path / name).read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal("seeds_unread", file=str(path / name), problem=str(error)) from error
