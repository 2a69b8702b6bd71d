"""The real article as a site, with hidden entries of every kind and more films than a page holds, exported once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from films import search
from films.models import Creator, Edition, Film, Portrait
from films.models.picture import DESK
from films.site_export.starts import addresses
from tests.factories import (
    make_caption,
    make_exchange,
    make_film,
    make_interview,
    make_portrait,
    make_poster,
    make_still,
    make_video,
    settled,
)
from tests.site_export.serving import file_server
from tests.views.test_leaks import HIDDEN, plant_hidden, plant_public

MORE = 14


@dataclass
class Exported:
    folder: Path
    origin: str
    # What the site itself answers at each address: kind, body.
    live: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    # The media that public pages show, and those of hidden entries.
    media: dict[str, bytes] = field(default_factory=dict)
    hidden_media: dict[str, bytes] = field(default_factory=dict)

    def bytes_of(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def files(self) -> set[str]:
        return {str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file()}


def plant() -> None:
    """One public entry of every noun with hidden ones around it, moved entries, and lists of two pages."""
    public = plant_public()
    for state in HIDDEN.values():
        plant_hidden(state, public)
    for number in range(MORE):
        film = make_film(
            title=f"片{number}", slug=f"more-{number}", edition=public["edition"], creator=public["creator"]
        )
        talk = make_interview(film=film, exchanges=0)
        for _number in range(2):
            make_exchange(interview=talk, speaker=public["creator"], topic=public["topic"])
    for model, slug in ((Film, "mei-hua-lu"), (Edition, "open-edition"), (Creator, "a-mi")):
        row = model.objects.get(slug=slug)
        row.slug = f"{slug}-moved"
        row.save()
    hidden = Film.objects.get(slug__startswith="kanari", status="draft")
    hidden.slug = "kanari-elsewhere"
    hidden.save()


def plant_media(found: Exported) -> None:
    """Pictures, a film and captions of a public film and its maker, and the same of a hidden one."""
    [shown] = Film.objects.filter(slug="more-0")
    hidden = Film.objects.get(slug="kanari-elsewhere")
    secret = [hidden.poster, hidden.stills.get(), Portrait.objects.get(creator__films=hidden)]
    hidden.video.delete()
    pictures = [make_poster(film=shown), make_still(film=shown), make_portrait(creator=shown.creators.get())]
    video = make_video(film=shown, file="small.webm")
    make_caption(film=shown)
    found.media = {
        file.name: stored(file.name)
        for one in pictures
        for ladder in one.LADDERS
        for file in one.renditions(ladder)
        if ladder is not DESK and file.format != "jpeg"
    }
    found.media |= {str(video.file): stored(str(video.file))}
    other = make_video(film=hidden, file="small.mp4")
    names = [file.name for one in secret for file in one.renditions()] + [
        str(one.image) for one in [*secret, *pictures]
    ]
    found.hidden_media = {name: stored(name) for name in [*names, str(other.file)]}


def stored(name: str) -> bytes:
    with default_storage.open(name) as file:
        return bytes(file.read())


def ask_live(found: Exported, files: set[str]) -> None:
    """Read from the site what the files ought to say."""
    client, host = Client(), found.origin.removeprefix("http://")
    pages = [f"/{name.removesuffix('index.html')}" for name in files if name.endswith("page/2/index.html")]
    for address in [*addresses(), *(page.replace("page/2/", "?page=2") for page in pages)]:
        answer = client.get(address, headers={"host": host})
        if answer.status_code == 200:
            found.live[address] = answer.headers["Content-Type"].partition(";")[0], answer.content


@pytest.fixture(scope="package")
def exported(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Exported]:
    """Exported over an empty folder; the rows are gone again before the first test looks."""
    folder = tmp_path_factory.mktemp("export")
    site = folder / "site"
    site.mkdir()
    with file_server(site) as origin:
        found = Exported(site, origin)
        with django_db_blocker.unblock(), transaction.atomic():
            call_command("import_seeds", verbosity=0)
            plant()
            plant_media(found)
            search.rebuild()
            with settled():
                call_command("export_site", str(site), base_url=origin, verbosity=0)
                ask_live(found, found.files())
            transaction.set_rollback(True)
        yield found
