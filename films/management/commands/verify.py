"""`manage.py verify`: is everything that is stored sound?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from films.verifying import faults

SHOWN = 20


class Command(BaseCommand):
    help = "Look through database, search index and media; say “sound”, or what is not. Changes nothing; exit 1 if something is wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for name, found in faults():
            self.stdout.write(f"{name}: {'sound' if not found else f'{len(found)} faults'}")
            for line in found[:SHOWN]:
                self.stdout.write(f"  {line}")
            wrong += len(found)
        if wrong:
            raise CommandError(
                f"Not sound: {wrong} faults. Make a copy of DATA_DIR before mending anything; manage.py restore brings a backup back."
            )
        self.stdout.write("Sound.")
