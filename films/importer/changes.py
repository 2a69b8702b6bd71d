"""What one article would change: the plan that the report tells and that apply carries out."""

from dataclasses import dataclass, field
from typing import Any

from films.importer.compare import Change, Update
from films.importer.shapes import SHAPES, Shape
from films.importer.wanted import Wanted
from films.reading.article import Point


@dataclass
class Create:
    """A row to be made; references are still names and keys."""

    wanted: Wanted
    values: dict[str, Any]
    imported: dict[str, Any]

    @property
    def shape(self) -> Shape:
        return SHAPES[self.wanted.kind]


@dataclass
class Plan:
    """Everything one article would change, in the words of the report and in rows."""

    creates: list[Create] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    deletes: list[Any] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    records: dict[str, list[int]] = field(default_factory=dict)
    # Record → field → the values that a conflict offers, as `imported` would remember them.
    offers: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    _by_kind: dict[str, list[Create]] = field(default_factory=dict)
    _by_parent: dict[tuple[str, str], list[Create]] = field(default_factory=dict)

    @property
    def writes_rows(self) -> bool:
        return bool(self.creates or self.deletes or self.updates)

    def create(self, create: Create) -> None:
        self.creates.append(create)
        self._by_parent.setdefault((create.wanted.kind, create.wanted.parent), []).append(create)
        self._by_kind.setdefault(create.wanted.kind, []).append(create)

    def of(self, kind: str, parent: str | None = None) -> list[Create]:
        """The rows to be made of one kind, or only those of one parent."""
        return self._by_kind.get(kind, []) if parent is None else self._by_parent.get((kind, parent), [])

    def tell(self, code: str, record: str, lines: list[int] | None = None, **values: str) -> None:
        """Add a point for the editor; `lines` say where the article has it."""
        self.points.append(Point(code, (lines or [0])[0] or None, record, values=values))

    def tell_change(self, record: str, field: str | None, kind: str, before: Any = None, after: Any = None) -> None:
        self.changes.append(Change(record, field, kind, before, after))
