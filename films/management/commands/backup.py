"""`manage.py backup [FILE]`: the whole site, database and media, as one archive."""

import sqlite3
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from films.backup import Unusable, back_up
from films.choices import SecurityKind
from films.security import events


class Command(BaseCommand):
    help = "Write database and media to one archive, read it back, and say what it holds. Works while people work."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="default: a name with the time, in DATA_DIR/backups")

    def handle(self, *args: Any, file: Path | None, **options: Any) -> None:
        path = (file or default_path()).resolve()
        try:
            manifest = back_up(path)
        except (Unusable, OSError, DatabaseError, sqlite3.Error) as error:
            raise CommandError(f"No backup was made: {error}") from error
        events.record(SecurityKind.BACKED_UP, **events.by_operator(), target=path.name)
        size = path.stat().st_size / 1024 / 1024
        rows, files = sum(manifest.rows.values()), len(manifest.media)
        self.stdout.write(f"{path}: {rows} rows, {files} media files, {size:.1f} MB, read back and sound.")
        self.stdout.write(
            "Keep a copy on another machine: it holds unpublished work and the editors' password hashes."
        )


def default_path() -> Path:
    return Path(settings.DATA_DIR) / "backups" / f"elysium-{timezone.now():%Y%m%dT%H%M%SZ}.tar.gz"
