"""Everything that points at a maker, a tool, a work …, and what becomes of it when two are joined."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet, UniqueConstraint

from films.models import Creator, Organisation, Theme, Tool, Topic, Work

MERGEABLE: tuple[type[Model], ...] = (Creator, Tool, Work, Topic, Theme, Organisation)


class Fate(StrEnum):
    """What becomes of rows that point at an entry which goes."""

    # They point at the one that stays; of two that would then say the same, one stays.
    MOVES = "moves"
    # The same rows, seen through a table that moves.
    FOLLOWS = "follows"
    # Made anew from the rest.
    REMADE = "remade"


# Relation → its fate. A relation without one is refused (and a test fails), so that nothing is lost unawares.
FATES = {
    "credit.creator": Fate.MOVES,
    "exchange.speaker": Fate.MOVES,
    "exchange.topic": Fate.MOVES,
    "film.adapted_from": Fate.MOVES,
    "film_themes.theme": Fate.MOVES,
    "partnership.organisation": Fate.MOVES,
    "portrait.creator": Fate.MOVES,
    "tooluse.tool": Fate.MOVES,
    "workmention.work": Fate.MOVES,
    "edition.organisations": Fate.FOLLOWS,
    "film.creators": Fate.FOLLOWS,
    "film.themes": Fate.FOLLOWS,
    "film.tools": Fate.FOLLOWS,
    "searchdocument.creator": Fate.REMADE,
    "searchdocument.work": Fate.REMADE,
}
# Model → the column by which its rows belong to an entry with a version; an entry belongs to itself.
OWNERS = {
    "credit": "film",
    "tooluse": "film",
    "workmention": "film",
    "film_themes": "film",
    "partnership": "edition",
    "portrait": "creator",
    "exchange": "interview",
    "film": "",
}


class Relation(NamedTuple):
    """A column of another model that names an entry."""

    model: type[Model]
    field: str

    @property
    def name(self) -> str:
        return f"{self.model._meta.model_name}.{self.field}"

    @property
    def column(self) -> str:
        return f"{self.field}_id"

    @property
    def owner(self) -> str:
        """The column by which a row belongs to its entry; empty where it is the entry."""
        return OWNERS[str(self.model._meta.model_name)]

    def rows(self, keys: list[int]) -> QuerySet[Any]:
        return self.model._base_manager.filter(**{f"{self.field}__in": keys}).order_by("pk")

    def once(self) -> list[list[str]]:
        """The other columns that, together with this one, may stand only once."""
        sets = [list(names) for names in self.model._meta.unique_together]
        sets += [
            list(constraint.fields)
            for constraint in self.model._meta.constraints
            if isinstance(constraint, UniqueConstraint) and constraint.condition is None
        ]
        sets += [[self.field]] * self.model._meta.get_field(self.field).unique  # type: ignore[union-attr]
        return [[name for name in names if name != self.field] for names in sets if self.field in names]


class Unruled(LookupError):
    """A relation of which nobody has said what becomes of it."""


def every(model: type[Model]) -> Iterator[Relation]:
    """All columns and tables that point at a model, hidden ones too."""
    for field in model._meta.get_fields(include_hidden=True):
        if field.auto_created and not field.concrete and field.is_relation:
            yield Relation(field.related_model, field.field.name)  # type: ignore[arg-type,union-attr]
        elif field.many_to_many:
            yield Relation(model, field.name)


def moving(model: type[Model]) -> list[Relation]:
    """The relations whose rows move; refused when one has no rule."""
    found = list(every(model))
    for relation in found:
        if relation.name not in FATES:
            raise Unruled(f"{relation.name}: films.merging.relations.FATES does not say what becomes of it")
    return [relation for relation in found if FATES[relation.name] == Fate.MOVES]
