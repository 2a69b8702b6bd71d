"""`manage.py rebuild_search [--check]`: write the search documents anew, or say whether they are right."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from films.planner import tell_planner
from films.search import check, rebuild

SHOWN = 20


class Command(BaseCommand):
    help = "Write what the search reads anew from the rows; with --check only compare."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="compare the index with the rows; exit 1 if it differs"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self.compare()
        else:
            self.stdout.write(f"{rebuild(self.show_progress)} documents written.")
            tell_planner()

    def compare(self) -> None:
        """Say what differs, as far as a person reads it."""
        found = check()
        for line in found[:SHOWN]:
            self.stdout.write(line)
        if found:
            raise CommandError(f"The search index differs in {len(found)} places. Run: manage.py rebuild_search")
        self.stdout.write("The search index is sound.")

    def show_progress(self, done: int, total: int) -> None:
        """A line that renews itself, on a terminal only."""
        if sys.stderr.isatty():
            self.stderr.write(f"\r{done} / {total}", ending="\n" if done == total else "")
