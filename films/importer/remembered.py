"""What was said beside an article when it was last imported, and stays said until something else is."""

from __future__ import annotations

from typing import Any, NamedTuple

from films.importer.identity import editors_digest
from films.models import Source


class Remembered(NamedTuple):
    """The labels and the encoding that a person named, and the digest of the editors' file."""

    asker: str | None = None
    answerers: tuple[str, ...] = ()
    encoding: str | None = None
    editors: str = editors_digest("")

    def to_json(self) -> dict[str, Any]:
        return {**self._asdict(), "answerers": list(self.answerers)}


def remembered(**which: Any) -> Remembered:
    """What was said beside the first source of that kind (one query); nothing where there is none."""
    report = Source.objects.filter(**which).order_by("pk").values_list("report", flat=True).first() or {}
    beside = report.get("beside", {})
    values = {name: beside[name] for name in ("asker", "encoding", "editors") if beside.get(name)}
    return Remembered(**values, answerers=tuple(beside.get("answerers", [])))
