"""Entries with their rows as they are stored now."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from films.history.serialising import Many, links
from films.history.trees import BELOW, ROWS

Key = tuple[type[Model], int]


@dataclass(frozen=True)
class Row:
    """A row and the keys of the rows that it lists."""

    row: Any
    many: Many = field(default_factory=dict)

    @property
    def key(self) -> Key:
        return type(self.row), self.row.pk


@dataclass(frozen=True)
class Tree:
    """An entry with its rows, the entry first, and the entries below it."""

    rows: list[Row]
    below: list["Tree"] = field(default_factory=list)

    @property
    def entry(self) -> Any:
        return self.rows[0].row

    def everything(self) -> Iterator[Row]:
        yield from self.rows
        for tree in self.below:
            yield from tree.everything()


def trees_of(model: type[Model], keys: Sequence[int], *, deep: bool = False) -> list[Tree]:
    """Entries of one model, read anew (a query for each kind of row)."""
    found = {row.pk: Tree([with_links]) for row, with_links in rows_with_links(model, {"pk__in": keys})}
    for kind, name in ROWS.get(model, ()):
        for row, with_links in rows_with_links(kind, {f"{name}__in": keys}):
            found[getattr(row, f"{name}_id")].rows.append(with_links)
    for kind, name in BELOW.get(model, ()) if deep else ():
        owners = dict(kind._default_manager.filter(**{f"{name}__in": keys}).values_list("pk", f"{name}_id"))
        for tree in trees_of(kind, list(owners), deep=True):
            found[owners[tree.entry.pk]].below.append(tree)
    return list(found.values())


def rows_with_links(model: type[Model], condition: dict[str, Any]) -> Iterator[tuple[Any, Row]]:
    rows = list(model._base_manager.filter(**condition).order_by("pk"))
    many = links_of(model, [row.pk for row in rows])
    return ((row, Row(row, many.get(row.pk, {}))) for row in rows)


def links_of(model: type[Model], keys: Sequence[int]) -> dict[int, dict[str, list[int]]]:
    """The keys that each row lists, by field (a query for each field)."""
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for link in links(model) if keys else ():
        here, there = link.m2m_field_name(), link.m2m_reverse_field_name()
        table = link.remote_field.through._base_manager.filter(**{f"{here}__in": keys}).order_by(f"{there}_id")
        for pk, other in table.values_list(f"{here}_id", f"{there}_id"):
            found[pk][link.name].append(other)
    return found
