"""Article and rows already there → what would change. Nothing is written here."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from films.importer.changes import Create, Plan
from films.importer.compare import Change, Update, compare, stand_over, values_at_first
from films.importer.follow import follow_exchanges
from films.importer.leave import Leaver
from films.importer.place import append, place
from films.importer.present import Present
from films.importer.shapes import ALL_SHAPES, Shape
from films.importer.wanted import Wanted


def make_plan(wanted: Sequence[Wanted], present: Present, prefix: str) -> Plan:
    """Compare what an article asks for with what is there, parents before children.

    `prefix` marks what this article states about an edition that is not its own.
    """
    follow_exchanges(wanted, present)
    planner = _Planner(present, prefix)
    for shape in ALL_SHAPES:
        planner.plan_kind(shape, [row for row in wanted if row.kind == shape.kind])
    return planner.plan


class _Planner:
    def __init__(self, present: Present, prefix: str) -> None:
        self.present, self.prefix, self.plan = present, prefix, Plan()
        self.leaver = Leaver(self.plan, present)
        self.absent: set[str] = set()
        self.said: dict[tuple[str, str], set[tuple[Any, ...]]] = {}

    def plan_kind(self, shape: Shape, wanted: list[Wanted]) -> None:
        """One kind of row: what differs, what is new, what is gone, and in which order they stand."""
        for row in wanted:
            if not self._parent_stands(shape, row):
                continue
            if self._row(row):
                self._compare(row)
            elif self._may_be_made(shape, row):
                self._create(row)
        self.leaver.leave(shape, {row.key for row in wanted})
        if shape.ordered:
            self._place(shape, [row for row in wanted if row.record not in self.absent])

    def _row(self, wanted: Wanted) -> Any:
        if wanted.kind == "edition":
            return self.present.edition
        return self.present.rows[wanted.kind].get(wanted.key) if self.present.source else None

    @property
    def _is_shared_edition(self) -> bool:
        """The edition came from another article or from an editor."""
        edition, source = self.present.edition, self.present.source
        return edition is not None and (source is None or edition.source_id != source.pk)

    def _parent_stands(self, shape: Shape, wanted: Wanted) -> bool:
        if wanted.parent and f"{shape.parent_kind}:{wanted.parent}" in self.absent:
            self.absent.add(wanted.record)
            self._remember(wanted)
            return False
        return True

    def _may_be_made(self, shape: Shape, wanted: Wanted) -> bool:
        """Not when an editor deleted it, nor when a row says the same already."""
        if wanted.record in self.present.records:
            self._remember(wanted)
            self.plan.tell_change(wanted.record, None, "deleted")
            self.plan.tell("deleted_by_editor", wanted.record, wanted.lines)
        elif not (shape.once and self._is_said_already(shape, wanted)):
            return True
        self.absent.add(wanted.record)
        return False

    def _is_said_already(self, shape: Shape, wanted: Wanted) -> bool:
        place = (shape.kind, wanted.parent)
        if place not in self.said:
            standing = self.present.siblings.get((shape.kind, self._parent_id(shape, wanted.parent)), [])
            self.said[place] = {stand_over(row, shape.once) for row in standing}
        said = stand_over(wanted, shape.once)
        if said in self.said[place]:
            return True
        self.said[place].add(said)
        return False

    def _parent_id(self, shape: Shape, parent: str) -> int | None:
        if not shape.parent:
            return None
        if shape.parent_kind == "edition":
            return self.present.edition.pk if self.present.edition else 0
        row = self.present.rows[shape.parent_kind].get(parent) if self.present.source else None
        return row.pk if row else 0

    def _create(self, wanted: Wanted) -> None:
        self.plan.create(Create(wanted, *values_at_first(wanted)))
        self.plan.tell_change(wanted.record, None, "create")
        self._remember(wanted)

    def _compare(self, wanted: Wanted) -> None:
        row, is_shared = self._row(wanted), wanted.kind == "edition" and self._is_shared_edition
        update, changes = compare(wanted, row, f"{self.prefix}:" if is_shared else "")
        self.plan.changes += self._without_doubles(update, changes, wanted)
        if update.offers:
            self.plan.offers[wanted.record] = update.offers
        if update.imported.pop("gone", None):
            self.plan.tell("back_in_source", wanted.record, wanted.lines)
        if update.is_needed:
            self.plan.updates.append(update)
        if not is_shared:
            self._remember(wanted)

    def _without_doubles(self, update: Update, changes: list[Change], wanted: Wanted) -> list[Change]:
        """Do not make a row say what an editor's own row says already: that is for the editor to settle."""
        once = update.shape.once
        if not set(once) & set(update.values):
            return changes
        said = tuple(
            update.values.get(name, value) for name, value in zip(once, stand_over(update.row, once), strict=True)
        )
        siblings = self.present.siblings.get((update.shape.kind, self._parent_id(update.shape, wanted.parent)), [])
        if all(row is update.row or stand_over(row, once) != said for row in siblings):
            return changes
        for name in once:
            if name in update.values:
                update.offers[name] = {name: update.values.pop(name)}
            update.imported[name] = update.row.imported.get(name)
        return [replace(change, kind="conflict") if change.field in once else change for change in changes]

    def _remember(self, wanted: Wanted) -> None:
        self.plan.records[wanted.record] = wanted.lines

    def _place(self, shape: Shape, wanted: list[Wanted]) -> None:
        groups: dict[str, list[Wanted]] = {}
        for row in wanted:
            groups.setdefault(row.parent, []).append(row)
        for parent, group in groups.items():
            siblings = self.present.siblings.get((shape.kind, self._parent_id(shape, parent)), [])
            creates = self.plan.of(shape.kind, parent)
            if not siblings or (shape.parent_kind == "edition" and self._is_shared_edition):
                append(creates, len(siblings))
            else:
                place(self.plan, self.present, shape, group, siblings)
