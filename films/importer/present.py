"""The rows that an article gave before, and what stands beside them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from films.importer.merge import MISSING, is_untouched
from films.importer.shapes import ALL_SHAPES, MANY, REFERENCES, ROW_FIELDS, SHAPES, Shape, Unit
from films.models import Edition, Partnership, Source


@dataclass
class Present:
    """By kind and key the article's own rows; by kind and parent all rows, editors' own too."""

    source: Source | None = None
    edition: Edition | None = None
    rows: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    siblings: dict[tuple[str, int | None], list[Any]] = field(default_factory=lambda: defaultdict(list))

    @property
    def records(self) -> dict[str, list[int]]:
        return self.source.records if self.source else {}

    def add(self, shape: Shape, rows: Iterable[Any]) -> None:
        for row in rows:
            if self.source and row.source_id == self.source.pk and row.source_key:
                self.rows[shape.kind][row.source_key] = row
            self.siblings[shape.kind, getattr(row, f"{shape.parent}_id") if shape.parent else None].append(row)


def load_present(source: Source | None, edition: Edition | None, lock: bool) -> Present:
    """Load what an article gave (one query a kind); nothing for an article that is new."""
    present = Present(source, edition)
    if source:
        for shape in ALL_SHAPES:
            present.add(shape, _rows(shape, source, lock))
    own = present.rows["edition"].get("edition")
    present.edition = own or edition
    if present.edition and not own:
        others = Partnership.objects.filter(edition=present.edition).select_related("organisation")
        present.add(SHAPES["partnership"], others.exclude(source=source) if source else others)
    return present


def _rows(shape: Shape, source: Source, lock: bool) -> Iterable[Any]:
    wanted = Q(source=source)
    if shape.parent:
        wanted |= Q(**{f"{shape.parent}__source": source})
    rows: QuerySet[Any] = shape.model.objects.filter(wanted).order_by("pk")
    rows = rows.prefetch_related(*(name for name in MANY if shape.kind == "film"))
    return rows.select_for_update(of=("self",)) if lock else rows


def now_of(row: Any, name: str, prefix: str = "") -> Any:
    """A value as it stands, in the form `imported` keeps: text, number, or the name of a row."""
    if name in MANY:
        return sorted(word.name for word in getattr(row, name).all())
    if name not in REFERENCES:
        return getattr(row, name)
    target = getattr(row, f"{name}_id")
    if target == row.imported.get(f"{prefix}{name}_id", MISSING):
        return row.imported.get(f"{prefix}editor:{name}", row.imported.get(prefix + name))
    return None if target is None else _name_of(getattr(row, name), row, name)


def _name_of(target: Any, row: Any, name: str) -> str:
    """A key for a row of the same article, else the words that people know it by."""
    if name in ROW_FIELDS and target.source_id == row.source_id and target.source_key:
        return str(target.source_key)
    return str(getattr(target, "name", "") or getattr(target, "title", "") or target)


def gather(unit: Unit, values: dict[str, Any]) -> Any:
    """The value of a unit: alone for one field, together for several; MISSING when not there."""
    found = tuple(values.get(name, MISSING) for name in unit)
    if found[0] is MISSING:
        return MISSING
    return found[0] if len(unit) == 1 else found


def is_row_untouched(shape: Shape, row: Any) -> bool:
    """No editor changed anything that the article or the editors' file gave."""
    for unit in shape.units:
        base = gather(unit, {name: row.imported.get(f"editor:{name}", MISSING) for name in unit})
        if base is MISSING:
            base = gather(unit, row.imported)
        # A poster is chosen when a film is first published: nobody's work until somebody states it.
        if base is MISSING and unit[0].startswith("poster_"):
            continue
        if not is_untouched(base, gather(unit, {name: now_of(row, name) for name in unit})):
            return False
    return True
