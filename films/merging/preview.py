"""What joining would do, told before it is done: values side by side, what moves, what would be said twice."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Model

from films.history.naming import name_of
from films.importer.shapes import name_field
from films.merging.fields import Compared, compared_fields
from films.merging.relations import Relation, moving
from films.models import Film, Interview


class Moved(NamedTuple):
    """A row that would point at the kept entry; `doubles` another that says the same, so one of them goes."""

    relation: Relation
    row: Any
    where: str = ""
    is_double: bool = False


@dataclass
class Preview:
    """Everything a person needs to decide; `stamp` changes with any of it."""

    model: type[Model]
    rows: list[Any]
    fields: list[Compared]
    moved: list[Moved] = field(default_factory=list)
    # With those that point at the kept entry already.
    everything: list[Moved] = field(default_factory=list)
    stamp: str = ""

    @property
    def doubles(self) -> list[Moved]:
        return [row for row in self.moved if row.is_double]


def preview(model: type[Model], keys: Sequence[int], kept: int) -> Preview:
    """Look at the entries and at all that points at them (a query for each relation and its owners)."""
    rows = sorted(model._default_manager.filter(pk__in=keys), key=lambda row: (row.pk != kept, row.pk))
    found = Preview(model, rows, compared_fields(model, rows))
    pointing: list[tuple[Relation, list[Any]]] = []
    for relation in moving(model):
        mine = list(relation.rows(list(keys)))
        pointing.append((relation, mine))
        all_rows = moved_rows(relation, mine, kept)
        found.everything += all_rows
        found.moved += [moved for moved in all_rows if getattr(moved.row, relation.column) != kept]
    found.stamp = stamp_of(rows, pointing)
    return found


def moved_rows(relation: Relation, rows: list[Any], kept: int) -> list[Moved]:
    """Every row with where it stands; those of other entries also with whether the kept one has the same."""
    standing = {place for row in rows if getattr(row, relation.column) == kept for place in places(relation, row)}
    named = names_of_owners(relation, rows)
    found = []
    for row in rows:
        at, is_kept = places(relation, row), getattr(row, relation.column) == kept
        where = named.get(owner_key(relation, row), "")
        found.append(Moved(relation, row, where, not is_kept and bool(at & standing)))
        standing |= at
    return found


def places(relation: Relation, row: Any) -> set[tuple[Any, ...]]:
    """What may be there only once for each entry; empty when the same may be said any number of times."""
    return {tuple((name, getattr(row, attname(row, name))) for name in names) for names in relation.once()}


def attname(row: Any, name: str) -> str:
    """The attribute that holds the value of a column."""
    return str(row._meta.get_field(name).attname)


def owner_key(relation: Relation, row: Any) -> int:
    return int(getattr(row, f"{relation.owner}_id") if relation.owner else row.pk)


def names_of_owners(relation: Relation, rows: list[Any]) -> dict[int, str]:
    """The films, interviews or editions that the rows belong to, in words (2 queries at most)."""
    model: Any = relation.model._meta.get_field(relation.owner).related_model if relation.owner else relation.model
    owners = model._default_manager.filter(pk__in={owner_key(relation, row) for row in rows})
    if model is Film:
        owners = owners.prefetch_related("credits__creator")
    if model is Interview:
        owners = owners.select_related("film").prefetch_related("film__credits__creator")
    return {owner.pk: words_of(owner) for owner in owners}


def words_of(owner: Any) -> str:
    """A talk about a film goes by the film."""
    if isinstance(owner, Interview) and owner.film and not owner.heading:
        return name_of(owner.film)
    return name_of(owner)


def name_of_entry(row: Any) -> str:
    return str(getattr(row, name_field(type(row))))


def stamp_of(rows: Sequence[Any], pointing: list[tuple[Relation, list[Any]]]) -> str:
    """A digest of the entries and of what points where; different as soon as anybody changes any of it."""
    told = [(row.pk, [str(getattr(row, f.attname)) for f in row._meta.concrete_fields]) for row in rows]
    links = [(relation.name, [(row.pk, getattr(row, relation.column)) for row in mine]) for relation, mine in pointing]
    return hashlib.sha256(repr((sorted(told), links)).encode()).hexdigest()[:20]
