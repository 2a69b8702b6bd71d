"""`manage.py generate_films N --seed S`: a large site made by rule, and its removal."""

import sys
import time
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from films.generating import GeneratedBefore, RealContent, generate, remove
from films.importer.words import ProgressBar

MOST = 1_000_000


def number_of_films(words: str) -> int:
    if not (words.isascii() and words.isdigit() and 0 < int(words) <= MOST):
        raise ArgumentTypeError(f"a whole number from 1 to {MOST}, such as 2000")
    return int(words)


class Command(BaseCommand):
    help = "Make a large believable site by rule, for benchmarks and demonstrations; --remove takes it away again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", metavar="N", nargs="?", type=number_of_films, help="how many films")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same site (1)")
        parser.add_argument("--beside-real-content", action="store_true", help="even where there are films already")
        parser.add_argument("--remove", action="store_true", help="take away every generated row, and nothing else")

    def handle(self, **options: Any) -> None:
        self.bar = ProgressBar(sys.stderr)
        if options["remove"]:
            self.stdout.write(f"{remove(self.bar.show)} generated films removed.")
        elif options["number"] is None:
            raise CommandError("Say how many films, such as: manage.py generate_films 2000")
        else:
            self.make(options["number"], options["seed"], beside=options["beside_real_content"])
        self.bar.clear()

    def make(self, number: int, seed: int, *, beside: bool) -> None:
        began = time.monotonic()
        try:
            counts = generate(number, seed, beside_real_content=beside, progress=self.bar.show)
        except RealContent as error:
            raise CommandError(self.refusal(error.counts)) from error
        except GeneratedBefore as error:
            raise CommandError(
                f"The site of seed {seed} is there already. Choose another --seed, or first: "
                "manage.py generate_films --remove"
            ) from error
        self.bar.clear()
        told = ", ".join(f"{count} {name}s" for name, count in counts.items())
        self.stdout.write(f"Made in {time.monotonic() - began:.0f} s: {told}.")
        self.stdout.write("To take them all away again: manage.py generate_films --remove")

    def refusal(self, counts: dict[str, int]) -> str:
        told = ", ".join(f"{count} {name}{'s' * (count != 1)}" for name, count in counts.items())
        return (
            f"Nothing was made: this site has content of its own ({told}), which visitors would find among the "
            "generated films. Use another DATA_DIR, or add --beside-real-content."
        )
