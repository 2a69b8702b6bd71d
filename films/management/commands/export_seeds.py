"""`manage.py export_seeds DIR`: everything editable as files that `import_seeds DIR` reads back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from films.choices import SecurityKind
from films.models import Edition
from films.security import events
from films.seeding import export_seeds
from films.site_export import Unwritable


class Command(BaseCommand):
    help = (
        "Write everything editable, drafts included, as files that `import_seeds DIR` reads back: words and people, each "
        "article with its text, each edition with its films and interviews; what editors wrote is marked as theirs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="not there yet, empty, or an earlier export, which is replaced")
        parser.add_argument("--edition", metavar="SLUG", help="one edition alone, with the words and people it needs")

    def handle(self, *args: Any, folder: Path, edition: str | None, verbosity: int, **options: Any) -> None:
        chosen = Edition.objects.filter(slug=edition).first() if edition else None
        if edition and chosen is None:
            known = ", ".join(Edition.objects.order_by("slug").values_list("slug", flat=True)[:20])
            raise CommandError(f"There is no edition {edition}. There are: {known}")
        try:
            number = export_seeds(folder.absolute(), chosen)
        except (Unwritable, OSError) as error:
            raise CommandError(f"Nothing was exported: {error}") from error
        events.record(SecurityKind.EXPORTED, **events.by_operator(), target=folder.name, detail="seeds")
        if verbosity:
            self.stdout.write(f"{folder}: {number} files. To read them back: manage.py import_seeds {folder}")
