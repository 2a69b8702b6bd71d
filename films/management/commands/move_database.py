"""`manage.py move_database URL`: carry this site's rows into another database, SQLite or PostgreSQL."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connections

from films.choices import SecurityKind
from films.moving import Moved, Unmovable, connect, disconnect, move
from films.security import events

TARGET = "target"


class Command(BaseCommand):
    help = (
        "Carry every row of this site into another, empty database, and compare both. Media files stay where they are."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "url", help="as in DATABASE_URL: postgres://user:password@host/name or sqlite:////folder/db.sqlite3"
        )

    def handle(self, *args: Any, url: str, **options: Any) -> None:
        connect(TARGET, place_at(url))
        try:
            self.carry(int(options["verbosity"]))
        except Unmovable as refusal:
            raise CommandError(str(refusal)) from refusal
        except DatabaseError as error:
            raise CommandError(f"The databases could not be read or written: {error}") from error
        finally:
            disconnect(TARGET)

    def carry(self, verbosity: int) -> None:
        if same_place(connections["default"].settings_dict, connections[TARGET].settings_dict):
            raise Unmovable("That is the database this site uses already. Give another one.")
        call_command("migrate", database=TARGET, verbosity=0)
        moved = move("default", TARGET, self.show if verbosity > 0 else None)
        rows = sum(table.rows for table in moved)
        told = f"{rows} rows, to another database"
        events.record(SecurityKind.EXPORTED, **events.by_operator(), detail=told)
        self.stdout.write(f"{rows} rows in {len(moved)} tables moved; every table reads the same in both databases.")
        self.stdout.write("To use it, set DATABASE_URL to that address and start the site again.")

    def show(self, table: Moved) -> None:
        self.stdout.write(f"{table.rows:>9}  {table.table}  {table.digest[:16]}")


def place_at(url: str) -> Any:
    """The settings of the database at an address."""
    try:
        return settings.DATABASE_AT(url)
    except ImproperlyConfigured as refusal:
        raise CommandError(str(refusal)) from refusal


def same_place(one: Any, other: Any) -> bool:
    """Whether two settings name one database."""
    return all(str(one[part] or "") == str(other[part] or "") for part in ("ENGINE", "NAME", "HOST", "PORT"))
