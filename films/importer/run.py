"""One run over many files: each read, planned, told and, unless it is a dry run, written."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from films.choices import Status
from films.importer.apply import Application
from films.importer.changes import Plan
from films.importer.editors import editors_path, load_editors, read_editors
from films.importer.files import Found, find_files, missing_paths, only_one_run
from films.importer.identity import context_digest, identity, text_digest
from films.importer.names import Names
from films.importer.plan import make_plan
from films.importer.present import Present, load_present
from films.importer.report import FileReport, Report
from films.importer.source import Reading, differences, source_values
from films.importer.topics import Topics
from films.importer.wanted import Recorder
from films.models import ImportRun, Source, User
from films.reading import read_article
from films.reading.article import Article, Point, Refusal
from films.reading.vocabulary import parse_vocabulary

logger = logging.getLogger(__name__)

Progress = Callable[[int, int, FileReport], None]
BATCH_FILES = 100
BATCH_BYTES = 4 * 1024 * 1024
VOCABULARY = Path(settings.BASE_DIR) / "seeds" / "vocabulary.toml"


@dataclass(frozen=True)
class Options:
    """What was asked for beside the files."""

    dry_run: bool = False
    draft: bool = False
    asker: str | None = None
    answerers: tuple[str, ...] = ()
    encoding: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {**vars(self), "answerers": list(self.answerers)}


@dataclass
class Known:
    """A source as far as telling "unchanged" needs it; `pk` is None for what a dry run would make."""

    pk: int | None
    name: str
    sha256: str
    fingerprint: str


@dataclass
class Memory:
    """Sources by the digest of their bytes and by identity, as this run leaves them."""

    by_sha: dict[str, list[Known]] = field(default_factory=dict)
    by_identity: dict[str, Known] = field(default_factory=dict)

    def look_up(self, digests: Iterable[str]) -> None:
        rows = Source.objects.filter(sha256__in=set(digests)).values_list("pk", "name", "sha256", "fingerprint")
        planned = [known for rows in self.by_sha.values() for known in rows if known.pk is None]
        self.by_sha = {}
        for known in [*(Known(*row) for row in rows), *planned]:
            self.by_sha.setdefault(known.sha256, []).append(known)

    def learn(self, known: Known, identity_: str) -> None:
        for others in self.by_sha.values():
            others[:] = [other for other in others if other.pk is None or other.pk != known.pk]
        self.by_sha.setdefault(known.sha256, []).append(known)
        if known.pk is None:
            self.by_identity[identity_] = known


class Run:
    def __init__(self, options: Options) -> None:
        self.options = options
        self.vocabulary_text = VOCABULARY.read_text("utf-8")
        self.vocabulary = parse_vocabulary(self.vocabulary_text)
        self.topics = Topics(self.vocabulary)
        self.names = Names(self.vocabulary, self.topics)
        self.memory = Memory()
        self.report = Report(dry_run=options.dry_run)

    def read_all(self, files: Sequence[Found], progress: Progress | None) -> None:
        """Go through the files; Ctrl-C ends the run after the last whole one."""
        try:
            for file, data in self._loaded(files):
                outcome = self._one(file, data)
                self.report.add(outcome)
                if progress:
                    progress(len(self.report), len(files), outcome)
        except KeyboardInterrupt:
            self.report.interrupted = True

    def _loaded(self, files: Sequence[Found]) -> Iterator[tuple[Found, bytes | Refusal]]:
        """Files with their bytes, some at a time, so that known ones are looked up together."""
        for batch in _batches(files):
            self.memory.look_up(_sha256(data) for _file, data in batch if isinstance(data, bytes))
            yield from batch

    def _one(self, file: Found, data: bytes | Refusal) -> FileReport:
        """Import one file; whatever goes wrong with it is told in one sentence."""
        try:
            if isinstance(data, Refusal):
                raise data
            return self._import(file, data)
        except Refusal as refusal:
            return FileReport(file.shown, "refused", _digest(data), reason=refusal.reason, line=refusal.line)
        except Exception as error:
            self.names.forget()
            logger.debug("Import of %s failed", file.shown, exc_info=True)
            return FileReport(file.shown, "refused", _digest(data), reason=_unexpected(error))

    def _import(self, file: Found, data: bytes) -> FileReport:
        editors = load_editors(file.path)
        context = context_digest(self.vocabulary_text, editors, self.options.asker, self.options.answerers)
        digest = _sha256(data)
        if known := self._known(file, digest, context):
            return known
        article = read_article(
            data,
            file.name,
            vocabulary=self.vocabulary,
            encoding=self.options.encoding,
            asker=self.options.asker,
            answerers=self.options.answerers,
        )
        fingerprint = context + text_digest(article.text)
        reading = Reading(file.name, digest, identity(article, file.name), fingerprint, article)
        return self._read(file, reading, editors)

    def _known(self, file: Found, digest: str, context: str) -> FileReport | None:
        """The report of a file whose very bytes were imported before, without reading it."""
        for known in sorted(self.memory.by_sha.get(digest, []), key=lambda known: known.name != file.name):
            if known.pk is None or not known.fingerprint.startswith(context):
                continue
            outcome, reason = ("unchanged", None) if known.name == file.name else ("duplicate", _same_bytes(known))
            return FileReport(file.shown, outcome, digest, reason=reason, stored_in=known.pk)
        return None

    def _read(self, file: Found, reading: Reading, editors: str) -> FileReport:
        article = reading.article
        told = FileReport(file.shown, "refused", reading.sha256, article.encoding, article=article.to_json())
        told.coverage, told.points = article.coverage, article.points
        try:
            recorder = Recorder(
                article, read_editors(editors, editors_path(Path(file.name)).name, article), self.topics
            )
        except Refusal as refusal:
            told.reason, told.line = refusal.reason, refusal.line
            return told
        recorder.record()
        try:
            return self._write(told, reading, recorder)
        except IntegrityError:
            # Somebody else wrote the same rows in between: look again, once.
            self.names.forget()
            return self._write(told, reading, recorder)

    def _write(self, told: FileReport, reading: Reading, recorder: Recorder) -> FileReport:
        """Plan and, unless this is a dry run, write, in one transaction."""
        with nullcontext() if self.options.dry_run else transaction.atomic():
            source = self._source(reading)
            if outcome := self._same(told, reading, source):
                return outcome
            edition = self.names.edition(reading.article.edition) if reading.article.edition else None
            present = load_present(source, edition, lock=not self.options.dry_run)
            plan = make_plan(recorder.rows, present, reading.identity[:16])
            self._tell(told, reading, recorder, plan, source)
            known = Known(source.pk if source else None, reading.name, reading.sha256, reading.fingerprint)
            if not self.options.dry_run:
                known.pk = self._apply(told, reading, plan, present)
        self.memory.learn(known, reading.identity)
        return told

    def _source(self, reading: Reading) -> Source | None:
        found = Source.objects.filter(identity=reading.identity)
        return (found if self.options.dry_run else found.select_for_update()).first()

    def _same(self, told: FileReport, reading: Reading, source: Source | None) -> FileReport | None:
        """The outcome of a text that is there already, or that a later one has replaced."""
        planned = self.memory.by_identity.get(reading.identity)
        before = Known(source.pk, source.name, source.sha256, source.fingerprint) if source else planned
        if before is None:
            return None
        same_text = before.fingerprint[32:] == reading.fingerprint[32:]
        told.status = self._status(reading.article, [])
        if same_text and before.name != reading.name:
            told.outcome, told.reason = "duplicate", _same_bytes(before)
        elif source and before.fingerprint == reading.fingerprint:
            told.outcome = "unchanged"
        elif source and reading.name != source.name and reading.sha256 in source.report.get("earlier", []):
            told.outcome = "duplicate"
            told.reason = f"This is an earlier version of the article; {source.name} has replaced it."
        elif not source:
            told.outcome = "updated"
            told.points = [*told.points, Point("updates_file_of_this_run", f"It would update {before.name}.")]
        else:
            return None
        return told

    def _tell(self, told: FileReport, reading: Reading, recorder: Recorder, plan: Plan, source: Source | None) -> None:
        told.outcome = "updated" if source else "created"
        told.status = self._status(reading.article, recorder.points)
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
        source.report = told.to_json() | {"earlier": sorted({*earlier} - {source.sha256})}
        if not source.slug:
            [source.slug] = self.names.slugs.allocate(Source, [source.headline or source.name])
        source.save()
        Application(source, plan, self.names, Status(told.status or Status.DRAFT), present.edition).run(present.rows)
        return int(source.pk)


def import_seeds(
    paths: Iterable[Path | str],
    *,
    dry_run: bool = False,
    draft: bool = False,
    asker: str | None = None,
    answerers: Sequence[str] = (),
    encoding: str | None = None,
    user: User | None = None,
    progress: Progress | None = None,
    waiting: Callable[[], None] = lambda: None,
) -> Report:
    """Import every article under the paths, each in a transaction of its own, and tell what was done.

    A dry run goes the same way and stops before writing. Refused files do not stop the others.
    """
    options = Options(dry_run, draft, asker, tuple(answerers), encoding)
    started, given = timezone.now(), [Path(path) for path in paths]
    if problem := _problem(given):
        return Report(dry_run, problem)
    try:
        run = Run(options)
    except Refusal as refusal:
        return Report(dry_run, refusal.reason)
    lock = nullcontext() if dry_run else only_one_run(Path(settings.DATA_DIR) / "import.lock", waiting)
    with lock:
        run.read_all(find_files(given), progress)
        if not dry_run:
            kept = {"options": options.to_json(), "counts": run.report.totals, "report": run.report.summary()}
            ImportRun.objects.create(started_at=started, finished_at=timezone.now(), user=user, **kept)
    return run.report


def _problem(paths: Sequence[Path]) -> str:
    if missing := missing_paths(paths):
        return f"There is nothing at {', '.join(Found(path).shown for path in missing)}. Check the path."
    if not find_files(paths):
        return "There is nothing to import: no .txt, .md or .json file was found."
    return ""


def _batches(files: Sequence[Found]) -> Iterator[list[tuple[Found, bytes | Refusal]]]:
    batch: list[tuple[Found, bytes | Refusal]] = []
    size = 0
    for file in files:
        try:
            data: bytes | Refusal = file.load()
        except Refusal as refusal:
            data = refusal
        batch.append((file, data))
        size += len(data) if isinstance(data, bytes) else 0
        if len(batch) >= BATCH_FILES or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _digest(data: bytes | Refusal) -> str | None:
    return _sha256(data) if isinstance(data, bytes) else None


def _same_bytes(known: Known) -> str:
    return f"The same article was imported as {known.name}. Nothing needs to be done."


def _unexpected(error: Exception) -> str:
    """An error that is ours or the database's, as a sentence; the file is not to blame."""
    what = " ".join(str(error).split()) or type(error).__name__
    side = "The database refused to write it" if isinstance(error, DatabaseError) else "The importer failed on it"
    return f"{side} ({type(error).__name__}: {what[:300]}). Nothing of it was written. Tell whoever runs this site."
