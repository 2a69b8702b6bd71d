"""`manage.py import_seeds`: articles → rows, and what was done, in words or as JSON."""

import datetime as dt
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from films.choices import SecurityKind
from films.importer import FileReport, Report, import_seeds
from films.importer.words import ProgressBar, lines_of, summary_of, terminal_language
from films.security import events
from films.share_image import prepare_changed

SEEDS = Path(settings.BASE_DIR) / "seeds"
HANDFUL = 5
# At a tenth of a second each; what is beyond is rendered when somebody first asks for it.
MOST_IMAGES = 200
TO_STDOUT = "-"


class Command(BaseCommand):
    @property
    def help(self) -> str:  # type: ignore[override]
        with speaking():
            return _("导入文章（.txt、.md、.json）。再运行一次，没有变化的不会改动。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        with speaking():
            add = parser.add_argument
            add("paths", nargs="*", metavar="PATH", default=[SEEDS], help=_("文件或文件夹；不写则为 seeds/"))
            add("--dry-run", action="store_true", help=_("只说会做什么，不写入"))
            add("--draft", action="store_true", help=_("新条目一律存为草稿"))
            add("--report", metavar="FILE", help=_("把报告写成 JSON；- 为标准输出"))
            add("--asker", metavar="LABEL", help=_("提问者的标签"))
            add("--answerer", metavar="LABEL", action="append", default=[], help=_("回答者的标签"))
            add("--encoding", metavar="NAME", help=_("文件的编码，判断不出时用"))

    def handle(self, **options: Any) -> None:
        self.to_stdout = options["report"] == TO_STDOUT
        self.people = self.stderr if self.to_stdout else self.stdout
        self.people.style_func = None
        report_file = None if self.to_stdout or not options["report"] else writable(Path(options["report"]))
        started = timezone.now()
        report = self.run_import(options)
        if not options["dry_run"] and report.totals["created"] + report.totals["updated"]:
            told = ", ".join(f"{name} {count}" for name, count in report.totals.items() if count)
            events.record(SecurityKind.IMPORTED, **events.by_operator(), detail=told)
        if self.to_stdout:
            report.write(self.stdout)  # type: ignore[arg-type]
        elif report_file:
            save(report, report_file)
        with speaking():
            self.say(summary_of(report))
        self.render_images(started)
        if report.exit_code:
            sys.exit(report.exit_code)

    def say(self, line: str) -> None:
        """Write for people; a reader who has gone (`| head`) does not end the import."""
        try:
            self.people.write(line)
            self.people.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), (sys.stderr if self.to_stdout else sys.stdout).fileno())

    def render_images(self, since: dt.datetime) -> None:
        """The images for sharing of what has just become public. All is imported: whoever is in a hurry may stop here."""
        bar = ProgressBar(sys.stderr)
        try:
            prepare_changed(since, MOST_IMAGES, bar.show)
        except KeyboardInterrupt:
            return
        finally:
            bar.clear()

    def run_import(self, options: dict[str, Any]) -> Report:
        bar = ProgressBar(sys.stderr)

        def progress(done: int, total: int, file: FileReport) -> None:
            bar.clear()
            with speaking():
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
                waiting=lambda: self.stderr.write(spoken(gettext_noop("另一个导入正在进行，等它结束。"))),
            )
        except DatabaseError as error:
            words = spoken(gettext_noop("数据库不能用（%(error)s）。请先运行 manage.py migrate。"), error=error)
            raise CommandError(words) from error
        except KeyboardInterrupt:
            raise CommandError(spoken(gettext_noop("还没有读就中断了。")), returncode=130) from None
        finally:
            bar.clear()


def speaking() -> translation.override:
    """For the words to people; what is written to the database does not depend on who started the command."""
    return translation.override(terminal_language(os.environ))


def spoken(words: str, **values: Any) -> str:
    with speaking():
        return _(words) % values


def writable(path: Path) -> Path:
    """Refuse a report file that could not be written before anything is imported."""
    folder = path.parent
    if path.is_dir() or not folder.is_dir() or not os.access(path if path.exists() else folder, os.W_OK):
        words = gettext_noop("报告写不进 %(path)s。请给出已有文件夹里的文件。")
        raise CommandError(spoken(words, path=path), returncode=2)
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
