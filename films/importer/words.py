"""A report in words for the person at the terminal."""

import unicodedata
from collections.abc import Iterator
from typing import Any, TextIO

from films.importer.report import FileReport, Report

BAR_WIDTH = 30
# What happened to a value, for people; from and to are shown shortened.
KINDS = {
    "update": "changed",
    "kept": "kept as an editor left it",
    "conflict": "CONFLICT, the editor's was kept",
    "deleted": "deleted",
}


def lines_of(file: FileReport, in_full: bool) -> Iterator[str]:
    """The file's outcome in one line; under it what an editor should look at."""
    yield clean(f"{file.outcome:<10} {file.path}{_details(file)}")
    if file.outcome == "refused":
        place = f"line {file.line}: " if file.line else ""
        yield clean(f"           {place}{file.reason}")
    elif file.reason:
        yield clean(f"           {file.reason}")
    for point in file.points:
        if point.doubt or (in_full and file.outcome != "refused"):
            place = f"line {point.line}: " if point.line else ""
            yield clean(f"  {'doubt' if point.doubt else 'note':>8}  {place}{point.message}")
    for change in file.changes:
        if change.kind == "conflict" or (in_full and change.field and change.kind in KINDS):
            told = f"{change.record} {change.field}: {short(change.before)} → {short(change.after)}"
            yield clean(f"  {'':>8}  {told} ({KINDS[change.kind]})")


def summary_of(report: Report) -> str:
    """The last line: what came of the whole run."""
    if report.problem:
        return clean(f"Nothing was imported. {report.problem}")
    told = ", ".join(f"{count} {outcome}" for outcome, count in report.totals.items() if count) or "nothing read"
    if report.interrupted:
        return f"Interrupted. {told}; every file named above is whole, the others were not touched. Run it again."
    return f"{'Dry run, nothing was written: ' if report.dry_run else ''}{told}."


def _details(file: FileReport) -> str:
    if file.article is None or file.outcome not in ("created", "updated"):
        return ""
    return f"  ({', '.join(_counts(file.article, file))}) → {file.status}"


def _counts(article: dict[str, Any], file: FileReport) -> Iterator[str]:
    talks = [film["interview"] for film in article["films"] if film["interview"]] + article["interviews"]
    exchanges = [exchange for talk in talks for exchange in talk["exchanges"]]
    untitled = sum(1 for film in article["films"] if not film["title"])
    paragraphs = sum(len(exchange["answer"].split("\n\n")) for exchange in exchanges)
    yield many(len(article["films"]), "film") + (f", {untitled} without a stated title" if untitled else "")
    yield f"{many(len(exchanges), 'exchange')} with {many(paragraphs, 'answer paragraph')}"
    if file.coverage and file.coverage.body_characters:
        yield f"{file.coverage.used_characters * 1000 // file.coverage.body_characters / 10:g} % of the text"
        if left := len(file.coverage.unused_lines):
            yield f"{many(left, 'line')} left over"
        if chrome := len(file.coverage.chrome_lines):
            yield f"{many(chrome, 'line')} of page chrome dropped"


def many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def short(value: Any) -> str:
    text = "nothing" if value is None or value == "" else " ".join(str(value).split())
    return text if len(text) <= 60 else f"{text[:59]}…"


def clean(text: str) -> str:
    """Text that cannot move the cursor or colour the terminal, whatever a file is called or holds."""
    return "".join(c if unicodedata.category(c) not in {"Cc", "Cf", "Co", "Cs"} else "�" for c in text)


class ProgressBar:
    """One line on a terminal, drawn anew; nothing where no terminal listens."""

    def __init__(self, stream: TextIO) -> None:
        self.stream, self.is_terminal = stream, stream.isatty()

    def show(self, done: int, total: int) -> None:
        if self.is_terminal:
            filled = BAR_WIDTH * done // total
            self.stream.write(f"\r[{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {done}/{total}")
            self.stream.flush()

    def clear(self) -> None:
        if self.is_terminal:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
