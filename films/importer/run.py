"""One run over many files: each read, planned, told and, unless it is a dry run, written."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from films.history import Imported
from films.importer.files import Found, Given, find_files, missing_paths, only_one_run
from films.importer.identity import context_digest, editors_digest, identity, text_digest
from films.importer.remembered import Remembered, remembered
from films.importer.report import FileReport, Report
from films.importer.single import Importer, Options, same_article
from films.importer.source import Reading
from films.models import ImportRun, User
from films.planner import tell_planner
from films.reading import read_article
from films.reading.article import Article, Message, Refusal
from films.reading.vocabulary import parse_vocabulary
from films.seeding import is_export, restore

logger = logging.getLogger(__name__)

Progress = Callable[[int, int, FileReport], None]
File = Found | Given
BATCH_FILES = 100
BATCH_BYTES = 4 * 1024 * 1024
# So many new articles change what the database should know of its rows.
MANY_FILES = 100
VOCABULARY = Path(settings.BASE_DIR) / "seeds" / "vocabulary.toml"


class Run:
    """Reads, plans and writes; `agreed` is the digest of the only outcome that may be written, if one was agreed."""

    def __init__(self, options: Options, user: User | None = None, agreed: str | None = None) -> None:
        self.options, self.user, self.started = options, user, timezone.now()
        self.vocabulary_text = VOCABULARY.read_text("utf-8")
        self.vocabulary = parse_vocabulary(self.vocabulary_text)
        self.importer = Importer(options, self.vocabulary, agreed, self.begin)
        self.memory = self.importer.memory
        self.report = Report(dry_run=options.dry_run)

    def read_all(self, files: Sequence[File], progress: Progress | None) -> None:
        """Go through the files; Ctrl-C ends the run after the last whole one."""
        try:
            for file, data in self._loaded(files):
                outcome = self._one(file, data)
                self.report.add(outcome)
                if progress:
                    progress(len(self.report), len(files), outcome)
        except KeyboardInterrupt:
            self.report.interrupted = True

    def read_exports(self, folders: Sequence[Path], progress: Progress | None) -> None:
        """Go through the folders that `export_seeds` wrote."""
        for number, folder in enumerate(folders, start=1):
            outcome = self._export(folder)
            self.report.add(outcome)
            if progress:
                progress(number, len(folders), outcome)

    def keep(self) -> ImportRun:
        """Write down what the run did."""
        times = {"started_at": self.started, "finished_at": timezone.now()}
        told = {"counts": self.report.totals, "report": self.report.summary(), **times}
        if self.importer.author is None:
            return ImportRun.objects.create(**told, **self.by_whom())
        ImportRun.objects.filter(pk=self.importer.author.run).update(**told)
        return ImportRun.objects.get(pk=self.importer.author.run)

    def begin(self) -> Imported:
        """Write down that the run is writing: its revisions name it."""
        run = ImportRun.objects.create(started_at=self.started, **self.by_whom())
        return Imported(run.pk, run.user_id)

    def by_whom(self) -> dict[str, Any]:
        return {"user": self.user, "options": self.options.to_json()}

    def _loaded(self, files: Sequence[File]) -> Iterator[tuple[File, bytes | Refusal]]:
        """Files with their bytes, some at a time, so that known ones are looked up together."""
        for batch in _batches(files):
            self.memory.look_up(_sha256(data) for _file, data in batch if isinstance(data, bytes))
            yield from batch

    def _export(self, folder: Path) -> FileReport:
        """Make what a folder tells; all of it or nothing."""
        shown = Found(folder).shown
        try:
            outcome = restore(folder, dry_run=self.options.dry_run, draft=self.options.draft)
            return FileReport(shown, "created" if outcome.created else "unchanged")
        except Refusal as refusal:
            return FileReport(shown, "refused", why=refusal.why, line=refusal.line)
        except Exception as error:
            logger.debug("Import of %s failed", shown, exc_info=True)
            return FileReport(shown, "refused", why=_unexpected(error))

    def _one(self, file: File, data: bytes | Refusal) -> FileReport:
        """Import one file; whatever goes wrong with it is told in one sentence."""
        try:
            if isinstance(data, Refusal):
                raise data
            return self._import(file, data)
        except Refusal as refusal:
            return FileReport(file.shown, "refused", _digest(data), why=refusal.why, line=refusal.line)
        except Exception as error:
            self.importer.names.forget()
            logger.debug("Import of %s failed", file.shown, exc_info=True)
            return FileReport(file.shown, "refused", _digest(data), why=_unexpected(error))

    def _import(self, file: File, data: bytes) -> FileReport:
        editors, digest = file.editors(), _sha256(data)
        beside = self._beside(editors, Remembered())
        if known := self._known(file, digest, beside):
            return known
        if self.memory.by_sha.get(digest):
            said, beside = beside, self._beside(editors, remembered(sha256=digest))
            if said != beside and (known := self._known(file, digest, beside)):
                return known
        article = read_article(
            data,
            file.name,
            vocabulary=self.vocabulary,
            encoding=beside.encoding,
            asker=beside.asker,
            answerers=beside.answerers,
        )
        return self.importer.bring(file.shown, self._reading(file, digest, article, beside), editors)

    def _beside(self, editors: str | None, past: Remembered) -> Remembered:
        """What counts beside the text: what is said now, else what was said of it before."""
        if self.options.is_afresh:
            past = Remembered(editors=past.editors)
        encoding = self.options.encoding or past.encoding
        said = self.options if self.options.asker or self.options.answerers else past
        digest = past.editors if editors is None else editors_digest(editors)
        return Remembered(said.asker, said.answerers, encoding, digest)

    def _reading(self, file: File, digest: str, article: Article, beside: Remembered) -> Reading:
        of_article = identity(article, file.name)
        if isinstance(file, Given):
            beside = beside._replace(editors=remembered(identity=of_article).editors)
        fingerprint = self._context(beside) + text_digest(article.text)
        return Reading(file.name, digest, of_article, fingerprint, article, beside)

    def _context(self, beside: Remembered) -> str:
        return context_digest(self.vocabulary_text, beside.editors, beside.asker, beside.answerers)

    def _known(self, file: File, digest: str, beside: Remembered) -> FileReport | None:
        """The report of a file whose very bytes were imported before, without reading it."""
        context = self._context(beside)
        for known in sorted(self.memory.by_sha.get(digest, []), key=lambda known: known.name != file.name):
            if known.pk is None or not known.fingerprint.startswith(context):
                continue
            outcome, why = ("unchanged", None) if known.name == file.name else ("duplicate", same_article(known))
            return FileReport(file.shown, outcome, digest, why=why, stored_in=known.pk)
        return None


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
    given = [Path(path) for path in paths]
    if problem := _problem(given):
        return Report(dry_run, problem)
    try:
        run = Run(options, user)
    except Refusal as refusal:
        return Report(dry_run, refusal.why)
    with nullcontext() if dry_run else writing(waiting):
        run.read_exports([path for path in given if is_export(path)], progress)
        run.read_all(find_files([path for path in given if not is_export(path)]), progress)
        if not dry_run:
            run.keep()
            if run.report.totals["created"] >= MANY_FILES:
                tell_planner()
    return run.report


def import_given(
    given: Given, options: Options, *, user: User | None = None, agreed: str | None = None
) -> tuple[FileReport, ImportRun | None]:
    """Import one article that was handed over as bytes, the same way; unless it is a dry run, inside `writing()`.

    Nothing is written when the outcome is not the one that was `agreed`.
    """
    found: list[FileReport] = []
    try:
        run = Run(options, user, agreed)
    except Refusal as refusal:
        return FileReport(given.shown, "refused", why=refusal.why), None
    run.read_all([given], lambda _done, _all, told: found.append(told))
    [told] = found
    is_written = not options.dry_run and agreed in (None, told.digest)
    return told, run.keep() if is_written else None


def writing(waiting: Callable[[], None] = lambda: None, patience: float | None = None) -> AbstractContextManager[None]:
    """Let one run at a time write; raises Busy after so many seconds of `patience`."""
    return only_one_run(Path(settings.DATA_DIR) / "import.lock", waiting, patience)


def _problem(paths: Sequence[Path]) -> Message | None:
    if missing := missing_paths(paths):
        return Message("nothing_there", {"paths": ", ".join(Found(path).shown for path in missing)})
    return None if find_files(paths) else Message("nothing_to_import")


def _batches(files: Sequence[File]) -> Iterator[list[tuple[File, bytes | Refusal]]]:
    batch: list[tuple[File, bytes | Refusal]] = []
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


def _unexpected(error: Exception) -> Message:
    """An error that is ours or the database's, as a sentence; the file is not to blame."""
    what = " ".join(str(error).split()) or type(error).__name__
    code = "failed_database" if isinstance(error, DatabaseError) else "failed_importer"
    return Message(code, {"error": type(error).__name__, "problem": what[:300]})
