"""Records → rows: all in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Model

from films import search
from films.models import Creator, Edition, Film, Interview, SlugRedirect, Source, Theme
from films.reading.article import Refusal
from films.seeding import media
from films.seeding.folder import Content, read
from films.seeding.keys import SLUGGED, Keys
from films.seeding.records import BELOW, PARENTS, Record, values_of
from films.seeding.telling import WORDS, Teller

BATCH = 500
# They name answers, which are made after their films.
LATER = frozenset({"pull_quote_exchange", "imported"})
ENTRIES: dict[str, type[Any]] = {"sources": Source, "editions": Edition, "films": Film, "interviews": Interview}


@dataclass(frozen=True)
class Outcome:
    created: int
    unchanged: int


def restore(path: Path, *, dry_run: bool = False, draft: bool = False) -> Outcome:
    """Make what the folder tells and this site lacks; what is here already and says something else refuses all of it.

    Words and people that are here stay as they are. With `draft` every entry is made as a draft.
    """
    site = read(path)
    with transaction.atomic():
        missing, kept = compared(site, {"order", "status"} if draft else {"order"})
        created = sum(len(records) for records in missing.values())
        if dry_run:
            media.look(path, missing)
        elif created:
            Maker(path, missing, draft=draft).make(site.get("redirects", []))
            search.rebuild()
    return Outcome(created, kept)


def compared(site: Content, passed_over: set[str]) -> tuple[dict[str, list[Record]], int]:
    """The records that this site lacks, by kind, and how many it has."""
    teller, missing, kept = Teller(), {}, 0
    present = {**teller.words(), "sources": sources(teller)}
    present |= {name: teller.entries(ENTRIES[name]) for name in ("editions", "films", "interviews")}
    for name, records in present.items():
        given, here = site.get(name, []), {key_in(record): bare(record, passed_over) for record in records}
        if name in ENTRIES:
            refuse_differing(name, {key_in(record): bare(record, passed_over) for record in given}, here)
        missing[name] = [record for record in given if key_in(record) not in here]
        kept += len(given) - len(missing[name])
    return missing, kept


def refuse_differing(kind: str, given: dict[str, Record], here: dict[str, Record]) -> None:
    """Nothing that somebody wrote here is written over."""
    differing = [key for key, record in given.items() if key in here and here[key] != record]
    if differing:
        raise Refusal("seeds_differ", kind=kind, entries=", ".join(differing[:5]), number=len(differing))


def sources(teller: Teller) -> list[Record]:
    texts = teller.texts()
    return [{**record, "text": texts[record["slug"]]} for record in teller.records(Source)]


def key_in(record: Record) -> str:
    return str(record.get("slug") or record.get("name"))


def bare(record: Record, passed_over: set[str]) -> Record:
    """Without its place among others, which is another one on another site."""
    return {name: value for name, value in record.items() if name not in passed_over}


class Maker:
    def __init__(self, path: Path, missing: dict[str, list[Record]], *, draft: bool) -> None:
        self.path, self.missing, self.keys = path, missing, Keys()
        # Left out, the status is that of a new entry.
        self.passed_over = frozenset({"status"} if draft else ())

    def make(self, redirects: list[Record]) -> None:
        for name, model in WORDS.items():
            rows = self.insert(model, self.missing[name])
            self.rows_below(model, list(zip(self.missing[name], rows, strict=True)))
        self.insert(Source, self.missing["sources"])
        made = {name: self.entries(name) for name in ("editions", "films", "interviews")}
        for name in ("editions", "interviews", "films"):
            self.rows_below(ENTRIES[name], made[name])
        self.finish(made["films"])
        self.redirect(redirects)

    def entries(self, name: str) -> list[tuple[Record, Any]]:
        """Entries in the order in which they were first made."""
        records = sorted(self.missing[name], key=lambda record: int(record["order"]))
        later = self.passed_over | (LATER if name == "films" else set())
        return list(zip(records, self.insert(ENTRIES[name], records, later=later), strict=True))

    def insert(
        self, model: type[Any], records: Iterable[Record], later: frozenset[str] = frozenset(), **fixed: Any
    ) -> list[Any]:
        rows = []
        for record in records:
            values = values_of(model, record, self.keys, later)
            values |= {"text": record["text"]} if model is Source else {}
            rows.append(model(**values, **fixed))
        return self.store(model, rows)

    def store(self, model: type[Any], rows: list[Any]) -> list[Any]:
        """Rows as they are: what saving derives is in their records."""
        moments = [row.updated_at for row in rows] if model is Creator else []
        model._base_manager.bulk_create(rows, batch_size=BATCH)
        for row, moment in zip(rows, moments, strict=False):
            Creator.objects.filter(pk=row.pk).update(updated_at=moment)
        self.keys.forget([model])
        return rows

    def rows_below(self, model: type[Any], made: list[tuple[Record, Any]]) -> None:
        for name, kind in BELOW.get(model, ()):
            rows = [self.row_below(kind, row, below) for record, row in made for below in record.get(name, [])]
            media.finish(self.store(kind, rows))

    def row_below(self, kind: type[Any], parent: Any, record: Record) -> Any:
        row = kind(**values_of(kind, record, self.keys), **{f"{PARENTS[kind]}_id": parent.pk})
        media.take_in(self.path, row, record)
        return row

    def finish(self, films: list[tuple[Record, Any]]) -> None:
        """What films say of rows that were made after them."""
        through = Film.themes.through
        links = []
        for record, film in films:
            for name, value in values_of(Film, {n: record[n] for n in LATER if n in record}, self.keys).items():
                setattr(film, name, value)
            keys = [self.keys.number(Theme, slug) for slug in record.get("themes", [])]
            links += [through(film_id=film.pk, theme_id=key) for key in keys]
        Film.objects.bulk_update([film for _record, film in films], ["pull_quote_exchange", "imported"], BATCH)
        through.objects.bulk_create(links, batch_size=BATCH)

    def redirect(self, redirects: list[Record]) -> None:
        models: dict[str | None, type[Model]] = {model._meta.model_name: model for model in SLUGGED}
        for old in redirects:
            target: Any = self.keys.number(models[old["model"]], old["target"])
            SlugRedirect.objects.get_or_create(model=old["model"], slug=old["slug"], defaults={"target_id": target})
