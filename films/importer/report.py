"""What a run tells: one entry a file, in the words of HOUSE section 4, kept on disk when there are many."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from films.importer.compare import Change
from films.importer.identity import sha256
from films.importer.wanted import Wanted
from films.models import Source
from films.reading.article import Article, Coverage, Message, Point

VERSION = 1
OUTCOMES = ("created", "updated", "unchanged", "refused", "duplicate")
KEPT_IN_MEMORY = 4 * 1024 * 1024
# An ImportRun names this many files that were not simply unchanged; each file's report lies with its source.
NAMED_IN_RUN = 500
NAMED = ("path", "outcome", "reason", "reason_code", "reason_values", "line", "status")


@dataclass
class FileReport:
    """The outcome of one file."""

    path: str
    outcome: str
    sha256: str | None = None
    encoding: str | None = None
    why: Message | None = None
    line: int | None = None
    status: str | None = None
    article: dict[str, Any] | None = None
    changes: Sequence[Change] = ()
    points: Sequence[Point] = ()
    coverage: Coverage | None = None
    # Not told in JSON: the article itself, the rows that it asks for, and the source that is, or was written.
    read: Article | None = None
    rows: Sequence[Wanted] = ()
    source_id: int | None = None
    # The source whose last report tells what this file holds; looked up only when the report is written.
    stored_in: int | None = None

    @property
    def reason(self) -> str | None:
        return str(self.why) if self.why else None

    @property
    def reason_code(self) -> str | None:
        return self.why.code if self.why else None

    @property
    def reason_values(self) -> dict[str, str | int]:
        return dict(self.why.values) if self.why else {}

    @property
    def digest(self) -> str:
        """Stands for everything that is told: equal when the same would happen."""
        return sha256(json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True))

    def to_json(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "sha256": self.sha256,
            "encoding": self.encoding,
            "outcome": self.outcome,
            "reason": self.reason,
            "reason_code": self.reason_code,
            "reason_values": self.reason_values,
            "line": self.line,
            "status": self.status,
            "article": self.article,
            "changes": [change.to_json() for change in self.changes],
            "points": [point.to_json() for point in self.points],
            "coverage": self.coverage.to_json() if self.coverage else None,
        }


@dataclass
class Report:
    """All files of a run. Entries wait in a temporary file, so that memory does not grow with the run."""

    dry_run: bool = False
    problem: Message | None = None
    interrupted: bool = False
    totals: dict[str, int] = field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))
    named: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._entries: list[tuple[int, int | None]] = []
        self._spool: IO[bytes] = tempfile.SpooledTemporaryFile(KEPT_IN_MEMORY)  # noqa: SIM115 (closed in __del__)

    def __del__(self) -> None:
        self._spool.close()

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def exit_code(self) -> int:
        """0: all well or unchanged; 1: something was refused; 2: nothing usable was given; 130: broken off."""
        if self.interrupted:
            return 130
        return 2 if self.problem else int(self.totals["refused"] > 0)

    @property
    def files(self) -> Iterator[dict[str, Any]]:
        """Each file's entry (one query for each unchanged file)."""
        for start, stored_in in list(self._entries):
            self._spool.seek(start)
            entry = json.loads(self._spool.readline())
            yield entry if stored_in is None else entry | _stored(stored_in)

    def add(self, file: FileReport) -> None:
        start = self._spool.seek(0, 2)
        self._spool.write(json.dumps(file.to_json(), ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        self._entries.append((start, file.stored_in))
        self.totals[file.outcome] += 1
        if file.outcome != "unchanged" and len(self.named) < NAMED_IN_RUN:
            self.named.append({name: getattr(file, name) for name in NAMED})

    def to_json(self) -> dict[str, Any]:
        return {"version": VERSION, "files": list(self.files), "totals": self.totals}

    def summary(self) -> dict[str, Any]:
        """What an ImportRun keeps: it must not grow with the number of files."""
        told = sum(self.totals.values()) - self.totals["unchanged"]
        return {
            "version": VERSION,
            "files": self.named,
            "left_out": max(told - len(self.named), 0),
            "totals": self.totals,
            "interrupted": self.interrupted,
        }

    def write(self, stream: IO[str]) -> None:
        """The whole report as JSON, one file after another."""
        stream.write(f'{{"version": {VERSION}, "files": [')
        for number, entry in enumerate(self.files):
            stream.write(",\n" if number else "\n")
            stream.write(json.dumps(entry, ensure_ascii=False))
        stream.write(f'\n], "totals": {json.dumps(self.totals)}}}\n')


def _stored(pk: int) -> dict[str, Any]:
    report = Source.objects.filter(pk=pk).values_list("report", flat=True).first() or {}
    return {name: report.get(name) for name in ("status", "article", "points", "coverage")}
