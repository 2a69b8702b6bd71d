"""`manage.py export_site DIR`: the published site as plain files that any web server can serve."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from films.choices import SecurityKind
from films.security import events
from films.site_export import Unplaceable, Unwritable, export_site

ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?\Z|https?://\[[0-9A-Fa-f:]+\](:[0-9]{1,5})?\Z")


class Command(BaseCommand):
    help = (
        "Write everything that is public as plain files, in both languages, with feeds, data, posters and media. "
        "Any web server can serve the folder; it needs neither Python nor a database."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="not there yet, empty, or an earlier export, which is replaced")
        parser.add_argument("--base-url", help="under which it will be read, for example https://archive.example")

    def handle(self, *args: Any, folder: Path, base_url: str | None, verbosity: int, **options: Any) -> None:
        origin = origin_of(base_url)
        path = folder.absolute()
        try:
            summary = export_site(path, origin, self.stdout.write if verbosity > 1 else lambda words: None)
        except (Unwritable, Unplaceable, OSError) as error:
            raise CommandError(f"Nothing was exported: {error}") from error
        events.record(SecurityKind.EXPORTED, **events.by_operator(), target=path.name, detail="site")
        if verbosity:
            self.stdout.write(
                f"{path}: {summary.pages} pages, {summary.files} files, {summary.size / 1024 / 1024:.1f} MB with their "
                f"packed forms, in {summary.seconds:.0f} seconds, to be read at {origin}/"
            )


def origin_of(base_url: str | None) -> str:
    """Scheme and host; the first of this site's own hosts unless another is named."""
    origin = (base_url or default_origin()).rstrip("/")
    if not ORIGIN.match(origin):
        raise CommandError(f"--base-url {base_url}: wants scheme and host alone, such as https://archive.example")
    if origin.startswith("http:") and settings.SECURE_SSL_REDIRECT:
        raise CommandError("This site sends everybody to https (SECURE_SSL_REDIRECT): name a --base-url with https.")
    return origin


def default_origin() -> str:
    host = next((host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))), "")
    if not host:
        raise CommandError("Name scheme and host under which the export will be read: --base-url https://…")
    return f"https://{host}"
