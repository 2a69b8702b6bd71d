"""Entries that may be one: their names compare equal, sound equal, or one goes by the other's name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet

from films.importer.shapes import name_field
from films.text import search_fold, spelled

BLANKS = re.compile(r"[\W_]+")
GROUPS = 20


class Likely(NamedTuple):
    """Entries that share a spelling, and which."""

    keys: tuple[int, ...]
    names: tuple[str, ...]
    # Not written alike, only spoken alike: weaker evidence.
    by_sound: bool = False


def likely_groups(model: type[Model], rows: QuerySet[Any] | None = None) -> list[Likely]:
    """The groups that a person should look at, at most twenty, the surest first (one query)."""
    name = name_field(model)
    columns = ["pk", name, "aliases", *(c for c in ("name_en", "title_en", "sort_key") if has(model, c))]
    found: dict[tuple[bool, str], dict[int, str]] = defaultdict(dict)
    source = model._default_manager.all() if rows is None else rows
    for values in source.order_by("pk").values(*columns):
        for spelling in spellings(values, values[name]):
            found[spelling][values["pk"]] = values[name]
    groups: dict[tuple[int, ...], Likely] = {}
    for (by_sound, _shared), entries in sorted(found.items(), key=lambda item: item[0][0]):
        if len(entries) > 1:
            keys = tuple(entries)
            groups.setdefault(keys, Likely(keys, tuple(entries.values()), by_sound))
    return list(groups.values())[:GROUPS]


def has(model: type[Model], column: str) -> bool:
    return any(field.name == column for field in model._meta.concrete_fields)


def spellings(values: dict[str, Any], name: str) -> Iterator[tuple[bool, str]]:
    """The forms under which an entry may be met: letters only, in simplified characters; and by its sound."""
    for text in (name, values.get("name_en"), values.get("title_en"), *values["aliases"]):
        if text and (bare := bared(str(text))):
            yield False, bare
    for sound in {bared(spelled(name)), bared(values.get("sort_key", ""))} - {bared(name), ""}:
        yield True, sound


def bared(text: str) -> str:
    return BLANKS.sub("", search_fold(text))
