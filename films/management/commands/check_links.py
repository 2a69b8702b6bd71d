"""`manage.py check_links`: do the addresses that editors stored still lead anywhere?"""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone, translation

from films.checking.asking import Manner
from films.checking.links import Found, Offline, check_links
from films.checking.places import Place
from films.models import LinkCheck

NO_ANSWER = 2


class Command(BaseCommand):
    help = (
        "Ask every outside address that editors stored whether it still answers, and put dead ones on the board. "
        "Dead is what failed three times over at least two days, or says 410. Exit 0: none is dead; 1: some are; "
        "2: nothing could be reached, and nothing was noted. Run it once a day."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--timeout", type=float, default=10, metavar="SECONDS", help="for one answer (10)")
        parser.add_argument("--pause", type=float, default=1, metavar="SECONDS", help="between two at one machine (1)")
        parser.add_argument(
            "--allow-private", action="store_true", help="also ask machines of this network, otherwise refused"
        )

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        manner = Manner(options["allow_private"], options["timeout"], options["pause"])
        try:
            found = check_links(manner, timezone.now(), self.stdout.write if verbosity > 1 else lambda words: None)
        except Offline as error:
            message = "Not one address could be reached: this machine seems to be without a net. Nothing was noted."
            raise CommandError(message, returncode=NO_ANSWER) from error
        if verbosity:
            with translation.override("en"):
                self.tell(found)
        if found.dead or found.too_long:
            sys.exit(1)

    def tell(self, found: Found) -> None:
        for row, places in found.dead:
            self.say(f"dead since {row.dead_since:%Y-%m-%d}, {answer_of(row)}", row.address, places)
        for row, places in found.failing:
            self.say(f"failed {row.failures}×, not yet taken for dead, {answer_of(row)}", row.address, places)
        for row, places in found.moved:
            self.say(f"moved for good to {row.location}", row.address, places)
        for address, places in found.too_long:
            self.say("too long to be asked", address, places)
        self.stdout.write(
            f"{len(found.rows)} addresses asked: {len(found.dead)} dead, {len(found.failing)} failing, "
            f"{len(found.moved)} moved."
        )

    def say(self, what: str, address: str, places: list[Place]) -> None:
        self.stdout.write(f"{address}: {what}")
        for place in places:
            url = reverse(f"admin:films_{place.model._meta.model_name}_change", args=[place.pk])
            self.stdout.write(f"  in {place}: {url}#id_{place.field}")


def answer_of(row: LinkCheck) -> str:
    words = row.get_reason_display().lower()
    return f"{row.status} {words}" if row.status else words
