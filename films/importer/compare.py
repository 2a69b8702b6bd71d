"""One row the article asks for against the row that is there, value by value."""

from dataclasses import dataclass, field
from typing import Any

from films.importer.merge import MISSING, Merged, is_empty, merge_with_editors_file
from films.importer.present import gather, now_of
from films.importer.shapes import MANY, REFERENCES, SHAPES, Shape, Unit
from films.importer.wanted import Wanted


@dataclass(frozen=True)
class Change:
    """One line of the report's `changes`."""

    record: str
    field: str | None
    kind: str
    before: Any = None
    after: Any = None

    def to_json(self) -> dict[str, Any]:
        return {
            "record": self.record,
            "field": self.field,
            "kind": self.kind,
            "from": self.before,
            "to": self.after,
        }


@dataclass
class Update:
    """What a row is to become: values (references by name), and what to remember of the import.

    `offers` are the values of conflicts, under the keys by which `imported` remembers them.
    """

    row: Any
    shape: Shape
    imported: dict[str, Any]
    values: dict[str, Any] = field(default_factory=dict)
    passages: dict[str, list[int]] | None = None
    offers: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def is_needed(self) -> bool:
        moved = self.passages is not None and self.passages != self.row.passages
        return bool(self.values) or moved or self.imported != self.row.imported


def values_at_first(wanted: Wanted) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values of a new row, and the base that later merges start from."""
    imported = {**wanted.values, **{f"editor:{name}": value for name, value in wanted.stated.items()}}
    return {**wanted.values, **wanted.stated}, imported


def compare(wanted: Wanted, row: Any, prefix: str = "") -> tuple[Update, list[Change]]:
    """Merge every value; `prefix` keeps apart what several articles state about one edition."""
    shape = SHAPES[wanted.kind]
    update = Update(row, shape, dict(row.imported))
    if not prefix:
        update.passages = wanted.passages
    changes = [_merge_unit(unit, wanted, update, prefix) for unit in shape.units]
    return update, [change for change in changes if change]


def stand_over(row: Any, names: tuple[str, ...]) -> tuple[Any, ...]:
    """What makes a row the only one of its kind under its parent."""
    if isinstance(row, Wanted):
        return tuple(row.values[name] for name in names)
    return tuple(_plain(row, name) for name in names)


def _plain(row: Any, name: str) -> Any:
    value = getattr(row, name)
    return value if name not in REFERENCES else getattr(value, "title", "") or value.name


def _merge_unit(unit: Unit, wanted: Wanted, update: Update, prefix: str) -> Change | None:
    remembered = update.row.imported
    editor_base = gather(unit, {name: remembered.get(f"{prefix}editor:{name}", MISSING) for name in unit})
    stated = editor_base if wanted.keeps_stated else gather(unit, wanted.stated)
    is_articles = unit[0] in wanted.values
    if not is_articles and stated is MISSING and editor_base is MISSING:
        return None
    base = gather(unit, {name: remembered.get(prefix + name, MISSING) for name in unit})
    new = gather(unit, wanted.values) if is_articles else _nothing(unit)
    # Another article's edition: what this one does not state, it does not deny.
    if prefix and is_empty(new) and stated is MISSING and editor_base is MISSING:
        return None
    now = gather(unit, {name: now_of(update.row, name, prefix) for name in unit})
    merged = merge_with_editors_file(base, editor_base, now, new, stated)
    _note(unit, update, prefix, merged, now, is_articles)
    if merged.kind is None:
        return None
    change = _change(unit, wanted.record, merged, now)
    if merged.kind == "conflict":
        marked = f"{prefix}editor:" if merged.is_editors_file else prefix
        update.offers[change.field or ""] = {
            f"{marked}{name}": value for name, value in zip(unit, _parts(unit, merged.offered), strict=True)
        }
    return change


def _nothing(unit: Unit) -> Any:
    empty: tuple[Any, ...] = tuple([] if name in MANY else None if name in REFERENCES else "" for name in unit)
    return empty[0] if len(unit) == 1 else empty


def _note(unit: Unit, update: Update, prefix: str, merged: Merged, now: Any, is_articles: bool) -> None:
    """Put the outcome into the update: values to set, base to remember."""
    for name, value, before in zip(unit, _parts(unit, merged.value), _parts(unit, now), strict=True):
        if value != before:
            update.values[name] = value
        elif name in REFERENCES and is_articles and merged.base == merged.value:
            update.imported[f"{prefix}{name}_id"] = getattr(update.row, f"{name}_id")
    if is_articles and merged.base is not MISSING:
        update.imported |= {prefix + name: value for name, value in zip(unit, _parts(unit, merged.base), strict=True)}
    for name, value in zip(unit, _parts(unit, merged.editor_base), strict=True):
        if value is MISSING:
            update.imported.pop(f"{prefix}editor:{name}", None)
        else:
            update.imported[f"{prefix}editor:{name}"] = value


def _parts(unit: Unit, value: Any) -> tuple[Any, ...]:
    if value is MISSING:
        return (MISSING,) * len(unit)
    return value if len(unit) > 1 else (value,)


def _change(unit: Unit, record: str, merged: Merged, now: Any) -> Change:
    """The first part of a unit that differs names the change."""
    pairs = zip(unit, _parts(unit, now), _parts(unit, merged.offered), strict=True)
    name, before, after = next((pair for pair in pairs if pair[1] != pair[2]), (unit[0], now, merged.offered))
    return Change(record, name, merged.kind or "", before, after)
