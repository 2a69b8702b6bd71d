"""Words that an editor deleted at the desk: no article brings them back, and its report says so."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from films.importer.names import Names
from films.importer.wanted import Wanted
from films.models import Theme, Tool, Topic
from films.reading.article import Point

# The values of a row that name a word, and what the row is without it.
WORDS: dict[str, type[Any]] = {"tool": Tool, "topic": Topic, "themes": Theme}


def without_discarded(rows: Sequence[Wanted], names: Names) -> tuple[list[Wanted], list[Point]]:
    """The rows as far as they need no deleted word, and a point for each such word."""
    points: dict[tuple[str, str], Point] = {}
    left = [row for row in (_without(row, names, points) for row in rows) if row]
    return left, list(points.values())


def _without(row: Wanted, names: Names, points: dict[tuple[str, str], Point]) -> Wanted | None:
    for values in (row.values, row.stated):
        for field in WORDS.keys() & values.keys():
            given = values[field] if isinstance(values[field], list) else [values[field]]
            gone = [name for name in given if name and names.is_discarded(WORDS[field], name)]
            for name in gone:
                told = {"word": f"word.{field}", "name": name}
                points.setdefault((field, name), Point("word_deleted", row.lines[0] or None, row.record, values=told))
            if gone and field == "tool":
                return None
            if gone:
                row = _emptied(row, field, [name for name in given if name not in gone])
    return row


def _emptied(row: Wanted, field: str, left: list[str]) -> Wanted:
    value = left if field == "themes" else None
    changed = {
        part: getattr(row, part) | {field: value} for part in ("values", "stated") if field in getattr(row, part)
    }
    return replace(row, **changed)
