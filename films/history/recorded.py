"""Entries as their revisions tell them."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, cast

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Max, Model, QuerySet
from reversion.models import Revision, Version

from films.history.serialising import parsed, serialised
from films.history.stored import Key, Tree, trees_of
from films.history.trees import BELOW, ROWS

# The comment of a revision that tells what stood there before the history began.
BASELINE: list[dict[str, Any]] = [{"baseline": {}}]


@dataclass(frozen=True)
class Kept:
    """One row at one moment."""

    model: type[Model]
    pk: int
    text: str
    label: str = ""

    @cached_property
    def fields(self) -> dict[str, Any]:
        return parsed(self.text)


@dataclass(frozen=True)
class Moment:
    """An entry with its rows as one revision tells it; `number` is that of the entry's own version."""

    number: int
    revision: Revision
    entry: Kept
    rows: dict[Key, Kept] = field(default_factory=dict)
    below: list[Moment] = field(default_factory=list)

    @property
    def everything(self) -> dict[Key, Kept]:
        return {(self.entry.model, self.entry.pk): self.entry} | self.rows

    @property
    def whole(self) -> dict[Key, Kept]:
        """With the entries below it."""
        return self.everything | {key: row for moment in self.below for key, row in moment.whole.items()}


def versions(model: type[Model], keys: Iterable[int] | None = None) -> QuerySet[Any]:
    """The versions of one model, or of some rows of it."""
    content_type = ContentType.objects.get_for_model(model)
    found: QuerySet[Any] = Version.objects.filter(db=connection.alias, content_type=content_type)
    return found if keys is None else found.filter(object_id__in=[str(key) for key in keys])


def deleted(model: type[Model]) -> list[Kept]:
    """The last that is told of each row that was deleted and may come back (one query)."""
    return [kept(version) for version in Version.objects.get_deleted(model)]


def moments(own: Sequence[Version]) -> list[Moment]:
    """What each of these versions of entries tells, with the rows in its revision (a query for each kind of row)."""
    if not own:
        return []
    model = model_of(own[0])
    rows: dict[tuple[int, int], dict[Key, Kept]] = defaultdict(dict)
    for kind, name in ROWS.get(model, ()):
        for version in versions(kind).filter(revision__in={v.revision_id for v in own}).order_by("pk"):
            row = kept(version)
            rows[version.revision_id, row.fields[name]][row.model, row.pk] = row
    return [Moment(v.pk, v.revision, entry := kept(v), rows[v.revision_id, entry.pk]) for v in own]


def with_below(moment: Moment) -> Moment:
    """The same with the entries that lie below it in the same revision."""
    found = []
    for kind, name in BELOW.get(moment.entry.model, ()):
        own = versions(kind).filter(revision=moment.revision).select_related("revision").order_by("pk")
        found += moments([v for v in own if parsed(v.serialized_data)[name] == moment.entry.pk])
    return Moment(moment.number, moment.revision, moment.entry, moment.rows, found)


def with_entries(found: Sequence[Moment], entries: Iterable[Model]) -> list[Moment]:
    """The same, each with these entries below it as they were then (two queries for each kind, one for its rows)."""
    below: dict[int, list[Moment]] = defaultdict(list)
    for model, keys in keys_of(entries).items():
        told = list(
            versions(model, keys).order_by("pk").values_list("object_id", "pk", "revision", "revision__comment")
        )
        last = {moment.number: last_of(told, moment.revision.pk) for moment in found}
        wanted = {pk for then in last.values() for pk in then.values()}
        own = versions(model).filter(pk__in=wanted).select_related("revision")
        known = {one.number: one for one in moments(list(own))}
        for number, then in last.items():
            below[number] += [known[pk] for pk in then.values()]
    return [replace(moment, below=below[moment.number]) for moment in found]


def last_of(told: Iterable[tuple[str, int, int, str]], revision: int) -> dict[str, int]:
    """By entry the version that tells what it was at a revision; what stood there before its history stands for all."""
    found: dict[str, int] = {}
    for key, pk, written, comment in told:
        if written <= revision or (key not in found and comment == json.dumps(BASELINE)):
            found[key] = pk
    return found


def keys_of(entries: Iterable[Model]) -> dict[type[Model], list[int]]:
    found: dict[type[Model], list[int]] = defaultdict(list)
    for entry in entries:
        found[type(entry)].append(entry.pk)
    return found


def present(model: type[Model], pk: int, entries: Iterable[Model] = ()) -> Moment:
    """An entry as it is stored now, with these below it, told like a revision that is not written yet."""
    [moment] = map(unwritten, trees_of(model, [pk]))
    below = [unwritten(tree) for kind, keys in keys_of(entries).items() for tree in trees_of(kind, keys)]
    return replace(moment, below=below)


def unwritten(tree: Tree) -> Moment:
    rows = [Kept(type(row.row), row.row.pk, serialised(row.row, row.many)) for row in tree.rows]
    return Moment(0, Revision(), rows[0], {(row.model, row.pk): row for row in rows[1:]})


def stamp_of(moment: Moment) -> str:
    """Changes with anything about the entry, its rows and what is below it, their versions too."""
    texts = sorted(row.text for row in moment.whole.values())
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:20]


def stamp_of_entries(model: type[Model], keys: Sequence[int]) -> str:
    """Changes with anything about these entries, their rows and the entries below them."""
    rows = (row for tree in trees_of(model, keys, deep=True) for row in tree.everything())
    texts = sorted(serialised(row.row, row.many) for row in rows)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:20]


def kept(version: Version) -> Kept:
    return Kept(model_of(version), int(version.object_id), version.serialized_data, version.object_repr)


def model_of(version: Version) -> type[Model]:
    """The model of a version; `versions` asks for models that are there."""
    return cast("type[Model]", ContentType.objects.get_for_id(version.content_type_id).model_class())


def last_moments(model: type[Model], keys: Iterable[int]) -> dict[int, Moment]:
    """What the last revision of each entry tells; nothing for one that has none."""
    last = versions(model, keys).order_by().values("object_id").annotate(last=Max("pk")).values("last")
    own = Version.objects.filter(pk__in=list(last.values_list("last", flat=True))).select_related("revision")
    return {moment.entry.pk: moment for moment in moments(list(own))}
