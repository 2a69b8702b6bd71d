"""One article that was read: compared with the rows that are there, told, and written in one transaction."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from films.choices import Status
from films.history import Imported
from films.importer.apply import Application
from films.importer.bulk import ids_of, insert
from films.importer.changes import Plan
from films.importer.discarded import without_discarded
from films.importer.editors import read_editors
from films.importer.keeping import Keeper
from films.importer.looking import with_marks
from films.importer.memory import Known, Memory
from films.importer.names import Names
from films.importer.plan import make_plan
from films.importer.present import Present, load_present
from films.importer.report import FileReport
from films.importer.source import Reading, differences, source_values
from films.importer.topics import Topics
from films.importer.unready import hold_back
from films.importer.wanted import Recorder
from films.models import Source
from films.reading.article import Article, Message, Point, Refusal
from films.reading.vocabulary import Vocabulary


@dataclass(frozen=True)
class Options:
    """What was asked for beside the files."""

    dry_run: bool = False
    draft: bool = False
    asker: str | None = None
    answerers: tuple[str, ...] = ()
    encoding: str | None = None
    # What was said of the same text before does not count.
    is_afresh: bool = False

    def to_json(self) -> dict[str, Any]:
        return {**vars(self), "answerers": list(self.answerers)}


class Importer:
    """Imports readings one after another, with what it looked up for the earlier ones."""

    def __init__(
        self,
        options: Options,
        vocabulary: Vocabulary,
        agreed: str | None = None,
        begin: Callable[[], Imported] | None = None,
    ) -> None:
        self.options, self.agreed, self.begin = options, agreed, begin
        # In whose name revisions are written: known from the first article that is written.
        self.author: Imported | None = None
        self.topics = Topics(vocabulary)
        self.names = Names(vocabulary, self.topics)
        self.memory = Memory()

    def bring(self, path: str, reading: Reading, editors: str | None) -> FileReport:
        """Check the editors' file, plan, and write; IntegrityError is met by looking again, once."""
        article = reading.article
        told = FileReport(path, "refused", reading.sha256, article.encoding, article=article.to_json())
        told.coverage, told.points, told.read = article.coverage, article.points, article
        try:
            recorder = Recorder(
                article, read_editors(editors, Path(reading.name).with_suffix(".toml").name, article), self.topics
            )
        except Refusal as refusal:
            told.why, told.line = refusal.why, refusal.line
            return told
        recorder.record()
        told.rows = recorder.rows
        try:
            return self._attempt(told, reading, recorder)
        except IntegrityError:
            # Somebody else wrote the same rows in between: look again, once.
            self.names.forget()
            return self._attempt(told, reading, recorder)

    def _attempt(self, told: FileReport, reading: Reading, recorder: Recorder) -> FileReport:
        """A run that was begun in a transaction that failed was not begun."""
        author = self.author
        try:
            return self._write(told, reading, recorder)
        except BaseException:
            self.author = author
            raise

    def _write(self, told: FileReport, reading: Reading, recorder: Recorder) -> FileReport:
        """Plan and, unless this is a dry run, write, in one transaction."""
        with nullcontext() if self.options.dry_run else transaction.atomic():
            source = self._source(reading)
            told.source_id = source.pk if source else None
            if outcome := self._same(told, reading, source):
                return outcome
            edition = self.names.edition(reading.article.edition) if reading.article.edition else None
            present = load_present(source, edition, lock=not self.options.dry_run)
            rows, discarded = without_discarded(recorder.rows, self.names)
            plan = make_plan(rows, present, reading.identity[:16])
            plan.points += discarded
            hold_back(plan, present)
            self._tell(told, reading, recorder, plan, source)
            if self.agreed not in (None, told.digest):
                return told
            known = Known(source.pk if source else None, reading.name, reading.sha256, reading.fingerprint)
            if not self.options.dry_run:
                known.pk = told.source_id = self._apply(told, reading, plan, present)
        self.memory.learn(known, reading.identity)
        return told

    def _source(self, reading: Reading) -> Source | None:
        known = ids_of(Source, "identity", [reading.identity])
        found = Source.objects.order_by("pk").filter(pk__in=known.values())
        return (found if self.options.dry_run else found.select_for_update()).first() if known else None

    def _same(self, told: FileReport, reading: Reading, source: Source | None) -> FileReport | None:
        """The outcome of a text that is there already, or that a later one has replaced."""
        planned = self.memory.planned(reading.identity, reading.sha256, reading.fingerprint)
        before = Known(source.pk, source.name, source.sha256, source.fingerprint) if source else planned
        if before is None:
            return None
        same_text = before.fingerprint[32:] == reading.fingerprint[32:]
        told.status = self._status(reading.article, [])
        if same_text and before.name != reading.name:
            told.outcome, told.why = "duplicate", same_article(before)
        elif source and before.fingerprint == reading.fingerprint:
            told.outcome = "unchanged"
        elif source and reading.name != source.name and reading.sha256 in source.report.get("earlier", []):
            told.outcome = "duplicate"
            told.why = Message("earlier_version", {"file": source.name})
        elif not source:
            told.outcome = "updated"
            told.points = [*told.points, Point("updates_file_of_this_run", values={"file": before.name})]
        else:
            return None
        return told

    def _tell(self, told: FileReport, reading: Reading, recorder: Recorder, plan: Plan, source: Source | None) -> None:
        told.outcome = "updated" if source else "created"
        told.status = self._status(reading.article, [*recorder.points, *plan.points])
        told.changes = plan.changes
        told.points = [*reading.article.points, *recorder.points, *plan.points]
        if source:
            told.points += differences(source, source_values(reading, source))

    def _status(self, article: Article, doubts: Sequence[Point]) -> str:
        sound = article.is_sound and not any(point.doubt for point in doubts) and not self.options.draft
        return (Status.PUBLISHED if sound else Status.DRAFT).value

    def _apply(self, told: FileReport, reading: Reading, plan: Plan, present: Present) -> int:
        """Write the source and everything the plan holds; returns the source's id."""
        source = present.source or Source()
        values = source_values(reading, present.source)
        earlier = [*source.report.get("earlier", []), source.sha256] if source.sha256 else []
        for name, value in values.items():
            setattr(source, name, value)
        source.records, source.imported_at = plan.records, timezone.now()
        noted = {"earlier": sorted({*earlier} - {source.sha256}), "offers": plan.offers}
        noted |= {"beside": reading.beside.to_json()}
        source.report = with_marks(told.to_json(), source.report) | noted
        if not source.slug:
            [source.slug] = self.names.slugs.allocate(Source, [source.headline or source.name])
        if source.pk:
            source.save()
        else:
            insert(Source, [source])
        if self.begin:
            self.author = self.author or self.begin()
        keeper = Keeper(self.author._replace(file=reading.name, sha256=reading.sha256)) if self.author else None
        status = Status(told.status or Status.DRAFT)
        Application(source, plan, self.names, status, present.edition, keeper=keeper).run(present.rows)
        return int(source.pk)


def same_article(known: Known) -> Message:
    return Message("same_article", {"file": known.name})
