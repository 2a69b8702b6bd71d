"""`manage.py check_media`: do files and rows agree?"""

import sys
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.template.defaultfilters import filesizeformat
from django.utils import timezone, translation

from films.checking import media
from films.choices import MediaFault

WORDS = {
    MediaFault.MISSING: "missing: upload them again, or bring them back from a backup",
    MediaFault.ALTERED: "altered since they were uploaded: bring them back from a backup",
    MediaFault.DERIVATIVE: "not made yet: run again with --remake",
    MediaFault.ORPHAN: "named by no row: run again with --delete",
}


class Command(BaseCommand):
    help = (
        "Compare the files of pictures and films with the rows that name them, and leave what is wrong to the board. "
        "Without --remake and --delete nothing is changed; a file younger than an hour, or one that the history of an "
        "entry may bring back, is never deleted. Exit 1 when something is wrong."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quick", action="store_true", help="look at names and not into the files")
        parser.add_argument("--remake", action="store_true", help="make again what pages show of pictures")
        parser.add_argument("--delete", action="store_true", help="take away files that no row names")

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        found = media.faults(with_content=not options["quick"])
        self.mend(found, remake=options["remake"], delete=options["delete"])
        if options["remake"] or options["delete"]:
            found = media.faults(with_content=not options["quick"])
        media.note(found, timezone.now())
        if verbosity:
            with translation.override("en"):
                self.tell(found)
        if found:
            sys.exit(1)

    def mend(self, found: list[media.Fault], *, remake: bool, delete: bool) -> None:
        if remake:
            self.stdout.write(f"Made again: what pages show of {media.remake(found)} pictures.")
        if delete:
            self.stdout.write(f"Deleted: {media.delete(found)} files that no row named.")

    def tell(self, found: list[media.Fault]) -> None:
        for fault in found:
            self.stdout.write(str(fault))
        for kind, number in Counter(fault.fault for fault in found).items():
            size = sum(fault.size for fault in found if fault.fault == kind)
            self.stdout.write(f"{number} {WORDS[kind]}" + (f" ({filesizeformat(size)})" if size else ""))
        if not found:
            self.stdout.write("Every file has its row, and every row its files.")
