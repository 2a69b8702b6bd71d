"""Rows that the article gave once and no longer has: removed, archived or kept, and always told."""

from dataclasses import dataclass, field
from typing import Any

from films.choices import Status
from films.importer.changes import Plan
from films.importer.compare import Update
from films.importer.present import Present, is_row_untouched
from films.importer.shapes import ALL_SHAPES, Shape


@dataclass
class Leaver:
    """Goes through the kinds, parents first; below a row that is kept nothing is touched."""

    plan: Plan
    present: Present
    kept: set[tuple[str, int]] = field(default_factory=set)

    def leave(self, shape: Shape, keys: set[str]) -> None:
        """Look at the rows of one kind whose keys the article no longer has."""
        for key, row in self.present.rows[shape.kind].items():
            if key not in keys:
                self._leave_row(shape, f"{shape.kind}:{key}", row)

    def _leave_row(self, shape: Shape, record: str, row: Any) -> None:
        below_kept = shape.parent and (shape.parent_kind, getattr(row, f"{shape.parent}_id")) in self.kept
        if shape.goes and not below_kept and is_row_untouched(shape, row):
            self.plan.deletes.append(row)
            self.plan.tell_change(record, None, "deleted", words_of(row))
            self.plan.tell("removed_from_source", record)
            return
        self.kept.add((shape.kind, row.pk))
        self.plan.records[record] = self.present.records.get(record, [0, 0])
        if not below_kept:
            self._keep(shape, record, row)

    def _keep(self, shape: Shape, record: str, row: Any) -> None:
        """A film or a talk is never deleted: archived when nobody worked on it, else left as it is."""
        worked_on = not self._is_tree_untouched(shape, row)
        if shape.goes or worked_on or shape.kind == "edition":
            self.plan.tell("gone_but_kept", record, why="kept.worked_on" if worked_on else "kept.plain")
        elif row.status == Status.PUBLISHED and not row.imported.get("gone"):
            self._archive(shape, record, row)
        else:
            self.plan.tell("gone_but_kept", record, why="kept.as_it_is")

    def _archive(self, shape: Shape, record: str, row: Any) -> None:
        update = Update(row, shape, {**row.imported, "gone": True}, {"status": Status.ARCHIVED.value})
        self.plan.updates.append(update)
        self.plan.tell_change(record, "status", "update", Status.PUBLISHED.value, Status.ARCHIVED.value)
        self.plan.tell("archived", record)

    def _is_tree_untouched(self, shape: Shape, row: Any) -> bool:
        """Neither the row nor anything that hangs on it was changed or added by an editor."""
        if not is_row_untouched(shape, row):
            return False
        children = [child for child in ALL_SHAPES if child.parent_kind == shape.kind]
        below = [(child, found) for child in children for found in self.present.siblings.get((child.kind, row.pk), [])]
        return all(
            found.source_id == row.source_id and self._is_tree_untouched(child, found) for child, found in below
        )


def words_of(row: Any) -> str:
    """What a row said, so that a removed text is not lost without a trace."""
    answer = getattr(row, "answer", None)
    return str(row) if answer is None else "\n\n".join(part for part in (row.question, answer) if part)
