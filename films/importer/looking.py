"""Points that a person has looked at: no longer doubts, whoever imports the article again."""

from __future__ import annotations

import json
from typing import Any

from django.utils import timezone

from films.importer.identity import sha256
from films.models import Source

Point = dict[str, Any]


def mark_of(point: Point) -> str:
    """Stands for what a point says and of what, wherever in the article it says it."""
    said = [point.get("code"), point.get("record"), point.get("values") or point.get("message")]
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True))[:16]


def look_at(source: Source, mark: str, person: str) -> bool:
    """Note that a person has looked at a point; inside a transaction. False where there is no such point."""
    found = _find(source, mark)
    for point in found:
        looked = {"by": person, "on": timezone.localdate().isoformat(), "was_doubt": bool(point.get("doubt"))}
        point |= {"looked": looked, "doubt": False}
    return _store(source, found)


def look_again(source: Source, mark: str) -> bool:
    """Take the note back: a doubt is one again."""
    found = [point for point in _find(source, mark) if "looked" in point]
    for point in found:
        point["doubt"] = point.pop("looked")["was_doubt"]
    return _store(source, found)


def with_marks(report: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """A new report in which the points that were looked at in the one before are so still."""
    looked = {mark_of(point): point["looked"] for point in before.get("points", []) if "looked" in point}
    points = [_marked(point, looked.get(mark_of(point))) for point in report["points"]]
    return report | {"points": points}


def _marked(point: Point, looked: dict[str, Any] | None) -> Point:
    return point | {"looked": looked, "doubt": False} if looked else point


def _find(source: Source, mark: str) -> list[Point]:
    """The points meant, in the report as it is stored now."""
    source.report = Source.objects.select_for_update().values_list("report", flat=True).get(pk=source.pk)
    return [point for point in source.report.get("points", []) if mark_of(point) == mark]


def _store(source: Source, found: list[Point]) -> bool:
    if found:
        source.save(update_fields=["report"])
    return bool(found)
