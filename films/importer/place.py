"""Positions among siblings, renumbered only when something came, went or moved."""

from collections.abc import Sequence
from typing import Any

from films.importer.changes import Create, Plan
from films.importer.compare import Update
from films.importer.order import Placed, arrange
from films.importer.present import Present
from films.importer.shapes import Shape
from films.importer.wanted import Wanted


def place(plan: Plan, present: Present, shape: Shape, group: list[Wanted], siblings: list[Any]) -> None:
    """Set the places of one parent's children: the article's order, unless an editor arranged them."""
    deleted = {id(row) for row in plan.deletes}
    rows = [row for row in siblings if id(row) not in deleted]
    rows.sort(key=lambda row: (row.position is None, row.position or 0, row.pk))
    own: dict[str, Any] = present.rows[shape.kind]
    keys: dict[int, str] = {row.pk: row.source_key for row in rows if own.get(row.source_key, 0) is row}
    now = [Placed(row.pk, keys.get(row.pk), row.imported.get("position") if row.pk in keys else None) for row in rows]
    target = arrange([wanted.key for wanted in group], now)
    places = {name: number for number, name in enumerate(target, start=1)}
    sources = {wanted.key: number for number, wanted in enumerate(group, start=1)}
    _place_creates(plan.of(shape.kind, group[0].parent), places, sources)
    moved = _moved([row.pk for row in rows], target)
    for row in rows:
        _place_row(plan, shape, row, places[row.pk], sources.get(keys.get(row.pk, "")), row.pk in moved)


def append(creates: Sequence[Create], after: int) -> None:
    """Put new rows in their order, behind those that other articles or editors placed."""
    for number, create in enumerate(creates, start=after + 1):
        create.values["position"] = create.imported["position"] = number


def _place_creates(creates: Sequence[Create], places: dict[Any, int], sources: dict[str, int]) -> None:
    for create in creates:
        if create.wanted.key in sources:
            create.values["position"] = places[create.wanted.key]
            create.imported["position"] = sources[create.wanted.key]


def _place_row(plan: Plan, shape: Shape, row: Any, number: int, source: int | None, moved: bool) -> None:
    """Renumber a row; told only when it truly changed places with another."""
    is_stale = source is not None and row.imported.get("position") != source
    if row.position == number and not is_stale:
        return
    update = _update_of(plan, shape, row)
    if row.position != number:
        update.values["position"] = number
    if is_stale:
        update.imported["position"] = source
    if moved:
        plan.tell_change(f"{shape.kind}:{row.source_key}", "position", "update", row.position, number)


def _update_of(plan: Plan, shape: Shape, row: Any) -> Update:
    found = next((update for update in plan.updates if update.row is row), None)
    if found is None:
        found = Update(row, shape, dict(row.imported))
        plan.updates.append(found)
    return found


def _moved(before: list[int], target: Sequence[Any]) -> set[int]:
    """The rows whose rank among the rows that stay is another."""
    after = [name for name in target if name in set(before)]
    return {row for row, other in zip(after, before, strict=True) if row != other}
