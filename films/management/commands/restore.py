"""`manage.py restore FILE [--into DIR]`: the site as an archive of `backup` holds it."""

import sqlite3
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from django.utils import timezone

from films.backup import Unusable, back_up, restore, restore_into
from films.choices import SecurityKind
from films.management.commands.backup import default_path
from films.security import events


class Command(BaseCommand):
    help = "Put the site back into the state of a backup, or lay the backup out in a new folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--into", type=Path, metavar="DIR", help="a new folder to be used as DATA_DIR; this site stays"
        )
        parser.add_argument("--no-input", action="store_true", help="do not ask before this site is replaced")

    def handle(self, *args: Any, file: Path, into: Path | None, **options: Any) -> None:
        try:
            if into:
                self.lay_out(file.resolve(), into.resolve())
            else:
                self.replace(file.resolve(), asks=not options["no_input"])
        except (Unusable, OSError, DatabaseError, sqlite3.Error) as error:
            raise CommandError(str(error)) from error

    def lay_out(self, file: Path, folder: Path) -> None:
        manifest = restore_into(file, folder)
        self.stdout.write(f"{folder}: the site of {manifest.made_at}, {sum(manifest.rows.values())} rows.")
        self.stdout.write(f"Look at it with DATA_DIR={folder}; run there first: manage.py migrate")

    def replace(self, file: Path, *, asks: bool) -> None:
        if asks and input("Replace this site's content by that of the backup? Type yes: ") != "yes":
            raise CommandError("Nothing was changed.")
        kept = default_path().with_name(f"before-restore-{timezone.now():%Y%m%dT%H%M%SZ}.tar.gz")
        if connection.introspection.table_names():
            back_up(kept)
            self.stdout.write(f"What was here is kept in {kept}.")
        manifest = restore(file)
        call_command("migrate", verbosity=0)
        events.record(SecurityKind.RESTORED, **events.by_operator(), target=file.name, detail=manifest.made_at)
        self.stdout.write(f"This site is as it was at {manifest.made_at}: {sum(manifest.rows.values())} rows.")
