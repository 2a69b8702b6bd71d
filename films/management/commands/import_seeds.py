"""`manage.py import_seeds`: articles → rows, and what was done, in words or as JSON."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from films.importer import FileReport, Report, import_seeds
from films.importer.words import ProgressBar, lines_of, summary_of

SEEDS = Path(settings.BASE_DIR) / "seeds"
HANDFUL = 5
TO_STDOUT = "-"


class Command(BaseCommand):
    help = "Import articles (.txt, .md, .json). Running it again changes nothing that did not change."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="*", metavar="PATH", default=[SEEDS], help="files or folders; seeds/ if none"
        )
        parser.add_argument("--dry-run", action="store_true", help="tell what would be done, write no row")
        parser.add_argument("--draft", action="store_true", help="make new entries drafts, however sound the article")
        parser.add_argument("--report", metavar="FILE", help="write the report as JSON; - for standard output")
        parser.add_argument("--asker", metavar="LABEL", help="the label of the person who asks")
        parser.add_argument("--answerer", metavar="LABEL", action="append", default=[], help="a label that answers")
        parser.add_argument("--encoding", metavar="NAME", help="the encoding of the files, when it cannot be told")

    def handle(self, **options: Any) -> None:
        self.to_stdout = options["report"] == TO_STDOUT
        self.people = self.stderr if self.to_stdout else self.stdout
        self.people.style_func = None
        report_file = None if self.to_stdout or not options["report"] else writable(Path(options["report"]))
        report = self.run_import(options)
        if self.to_stdout:
            report.write(self.stdout)  # type: ignore[arg-type]
        elif report_file:
            save(report, report_file)
        self.say(summary_of(report))
        if report.exit_code:
            sys.exit(report.exit_code)

    def say(self, line: str) -> None:
        """Write for people; a reader who has gone (`| head`) does not end the import."""
        try:
            self.people.write(line)
            self.people.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), (sys.stderr if self.to_stdout else sys.stdout).fileno())

    def run_import(self, options: dict[str, Any]) -> Report:
        bar = ProgressBar(sys.stderr)

        def progress(done: int, total: int, file: FileReport) -> None:
            bar.clear()
            for line in lines_of(file, in_full=total <= HANDFUL or options["verbosity"] > 1):
                self.say(line)
            if total > HANDFUL:
                bar.show(done, total)

        try:
            return import_seeds(
                options["paths"],
                dry_run=options["dry_run"],
                draft=options["draft"],
                asker=options["asker"],
                answerers=options["answerer"],
                encoding=options["encoding"],
                progress=progress,
                waiting=lambda: self.stderr.write("Another import is running. Waiting for it to end."),
            )
        except DatabaseError as error:
            raise CommandError(f"The database cannot be used ({error}). Run manage.py migrate first.") from error
        except KeyboardInterrupt:
            raise CommandError("Interrupted before anything was read.", returncode=130) from None
        finally:
            bar.clear()


def writable(path: Path) -> Path:
    """Refuse a report file that could not be written before anything is imported."""
    folder = path.parent
    if path.is_dir() or not folder.is_dir() or not os.access(path if path.exists() else folder, os.W_OK):
        raise CommandError(
            f"The report cannot be written to {path}. Give a file in a folder that is there.", returncode=2
        )
    return path


def save(report: Report, path: Path) -> None:
    """Write the report whole or not at all; a device is written to directly."""
    if path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8") as stream:
            return report.write(stream)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8") as stream:
            report.write(stream)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
