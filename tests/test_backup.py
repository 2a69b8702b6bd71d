"""Backups: whole, read back, and refused when they are not what they were."""

import gzip
import io
import json
import os
import sqlite3
import stat
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from films import generation
from films.backup import Unusable, back_up, read_manifest, restore, restore_into
from films.backup.archive import MANIFEST
from films.models import Film
from films.moving import connect, digest, disconnect, models_with_tables
from films.search import reindex, search
from tests.commands.running import run_command
from tests.factories import make_film, make_interview
from tests.sites import Copy

pytestmark = pytest.mark.django_db(transaction=True)
STILL = "stills/鹿.png"


def digests(alias: str = "default") -> dict[str, str]:
    return {model._meta.db_table: digest(model, alias) for model in models_with_tables()}


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()


@pytest.fixture
def site() -> Film:
    film = make_film(title="梅花鹿")
    make_interview(film=film, exchanges=2)
    reindex(films=[film.pk])
    default_storage.save(STILL, ContentFile("鹿".encode()))
    default_storage.save("stills/same.png", ContentFile("鹿".encode()))
    default_storage.save("share/rendered.png", ContentFile(b"made again"))
    return film


@pytest.fixture
def archive(site: Film, tmp_path: Path) -> Path:
    path = tmp_path / "site.tar.gz"
    back_up(path)
    return path


def read(name: str) -> bytes:
    with default_storage.open(name) as file:
        return bytes(file.read())


def rewritten(path: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """The same archive with another list of contents."""
    with tarfile.open(path) as old, tarfile.open(path.with_name("other.tar.gz"), "w:gz") as new:
        for member in old.getmembers():
            content = old.extractfile(member).read()  # type: ignore[union-attr]
            if member.name == MANIFEST:
                manifest = json.loads(content)
                change(manifest)
                content = json.dumps(manifest).encode()
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return path.with_name("other.tar.gz")


def test_what_was_changed_and_lost_since_comes_back(site: Film, archive: Path) -> None:
    before = digests()
    Film.objects.update(title="改过")
    site.interviews.all().delete()
    default_storage.delete(STILL)
    assert digests() != before
    restore(archive)
    assert digests() == before
    assert read(STILL) == "鹿".encode()
    assert search("梅花鹿").counts["film"] == 1


def test_whoever_keeps_pages_hears_of_it(site: Film, archive: Path) -> None:
    seen = [generation.current()]
    for _time in range(3):
        content = Film.objects.get(pk=site.pk)
        content.save()
        seen.append(generation.current())
        restore(archive)
        assert generation.current() not in seen
        seen.append(generation.current())


def test_a_content_is_kept_once_and_what_can_be_made_again_is_not_kept(archive: Path) -> None:
    with tarfile.open(archive) as file:
        names = file.getnames()
    assert len([name for name in names if name.startswith("media/")]) == 1
    assert sorted(read_manifest(archive).media) == ["stills/same.png", STILL]


def test_only_its_owner_may_read_it(archive: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert [path.name for path in archive.parent.iterdir() if "partial" in path.name or "-backup-" in path.name] == []


def test_what_killed_backups_left_is_removed_after_a_day_and_nothing_of_others(tmp_path: Path) -> None:
    ours, others = (".elysium-backup-x1", ".elysium-a.tar.gz.partial"), (".backup-photos", ".a.tar.gz.partial")
    for name in (*ours, *others, ".elysium-backup-x2"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "database").write_bytes(b"half")
    for name in (*ours, *others):
        os.utime(tmp_path / name, (0, 0))
    back_up(tmp_path / "elysium-b.tar.gz")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == [
        ".a.tar.gz.partial",
        ".backup-photos",
        ".elysium-backup-x2",
    ]


@pytest.mark.sqlite
def test_laid_out_as_a_folder_of_its_own(archive: Path, tmp_path: Path) -> None:
    before = digests()
    restore_into(archive, tmp_path / "laid")
    assert (tmp_path / "laid" / "media" / STILL).read_bytes() == "鹿".encode()
    connect("laid", settings.DATABASE_AT(f"sqlite:///{tmp_path}/laid/db.sqlite3"))
    try:
        assert digests("laid") == before
    finally:
        disconnect("laid")


@pytest.mark.sqlite
def test_a_folder_that_is_in_use_is_left_alone(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "db.sqlite3").write_text("mine")
    with pytest.raises(Unusable, match="is not empty"):
        restore_into(archive, tmp_path / "used")
    assert (tmp_path / "used" / "db.sqlite3").read_text() == "mine"


def refused(path: Path) -> str:
    """Try to restore; the site must be untouched."""
    before = digests()
    with pytest.raises(Unusable) as refusal:
        restore(path)
    assert digests() == before
    assert read(STILL) == "鹿".encode()
    return str(refusal.value)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.6, 0.9, 0.99, 0.9999])
def test_cut_short_it_is_refused(archive: Path, share: float) -> None:
    whole = archive.read_bytes()
    archive.write_bytes(whole[: int(len(whole) * share)])
    assert "cut short" in refused(archive)


@pytest.mark.parametrize("place", [0.001, 0.05, 0.2, 0.5, 0.8, 0.95])
def test_with_one_bit_turned_it_is_refused(archive: Path, place: float) -> None:
    data = bytearray(gzip.decompress(archive.read_bytes()))
    with tarfile.open(fileobj=io.BytesIO(data)) as file:
        database = file.getmember("database")
    data[database.offset_data + int(database.size * place)] ^= 1
    archive.write_bytes(gzip.compress(bytes(data)))
    assert "is not what was put in" in refused(archive)


def test_something_else_is_refused(site: Film, tmp_path: Path) -> None:
    other = tmp_path / "other.tar.gz"
    with tarfile.open(other, "w:gz") as file:
        file.add(__file__, "notes.txt")
    assert "not a backup of this program" in refused(other)
    (tmp_path / "text").write_text("not an archive")
    assert "damaged" in refused(tmp_path / "text")
    assert "no such file" in refused(tmp_path / "nowhere")


def test_a_newer_one_is_refused(archive: Path) -> None:
    assert "newer Elysium" in refused(rewritten(archive, lambda manifest: manifest.update(format=2)))
    newer = rewritten(archive, lambda manifest: manifest["migrations"].update(films="9999_later"))
    assert "newer Elysium (films.9999_later)" in refused(newer)


@pytest.mark.parametrize("name", ["../out.png", "/etc/out.png", "a/../../out.png"])
def test_a_name_that_leads_out_of_the_media_folder_is_refused(archive: Path, name: str) -> None:
    def change(manifest: dict[str, Any]) -> None:
        manifest["media"][name] = manifest["media"][STILL]

    assert "leads out of the media folder" in refused(rewritten(archive, change))


def test_a_backup_that_fails_leaves_the_last_good_one(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = archive.read_bytes()

    def full(*arguments: Any) -> Iterator[str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("films.backup.media.names", full)
    with pytest.raises(OSError, match="No space left"):
        back_up(archive)
    assert archive.read_bytes() == good
    assert sorted(path.name for path in archive.parent.iterdir() if path.is_file()) == [archive.name]


WRITER = """
from django.db import transaction
from films.models import Theme
for number in range(1, 100_000):
    with transaction.atomic():
        Theme.objects.update_or_create(slug="one", defaults={"name": f"one {number}"})
        Theme.objects.update_or_create(slug="two", defaults={"name": f"two {number}"})
    if number == 1:
        print("writing", flush=True)
"""


KEEPER = """
from pathlib import Path
from films.backup import back_up
for path in {paths}:
    back_up(Path(path))
"""


@pytest.mark.sqlite
def test_made_while_people_write_it_holds_one_moment(tmp_path: Path, migrated_site: Copy) -> None:
    """Two rows are always written together: a moment between them is never seen."""
    environment = {"PATH": os.environ["PATH"], "DEBUG": "true", "DATA_DIR": str(tmp_path / "site")}
    manage = [sys.executable, "manage.py"]
    migrated_site(tmp_path / "site")
    paths = [tmp_path / f"{number}.tar.gz" for number in range(3)]
    with subprocess.Popen([*manage, "shell", "-v0", "-c", WRITER], env=environment, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"writing\n"
        keeper = KEEPER.format(paths=[str(path) for path in paths])
        subprocess.run([*manage, "shell", "-v0", "-c", keeper], env=environment, check=True)
        writer.terminate()
    numbers = [numbers_in(path, tmp_path / path.stem) for path in paths]
    assert [len(set(pair)) for pair in numbers] == [1, 1, 1]
    assert numbers[0] < numbers[2]


def numbers_in(archive: Path, folder: Path) -> list[int]:
    """What the writer had written last when the backup was made."""
    restore_into(archive, folder)
    with closing(sqlite3.connect(folder / "db.sqlite3")) as database:
        return [int(name.split()[1]) for (name,) in database.execute("SELECT name FROM films_theme ORDER BY slug")]


def test_the_commands_speak_to_the_operator(site: Film, tmp_path: Path) -> None:
    path = tmp_path / "by-hand.tar.gz"
    out, err, code = run_command("backup", str(path))
    assert (err, code) == ("", 0)
    assert out.startswith(f"{path}: ")
    assert "2 media files" in out
    Film.objects.update(title="改过")
    out, err, code = run_command("restore", path, no_input=True)
    assert (err, code) == ("", 0)
    assert Film.objects.get().title == "梅花鹿"
    [kept] = (tmp_path / "data" / "backups").iterdir()
    restore(kept)
    assert Film.objects.get().title == "改过"


def test_verify_says_sound_or_what_is_not(site: Film) -> None:
    run_command("rebuild_search")
    assert run_command("verify")[0].endswith("Sound.\n")
    Film.objects.update(title="改过")
    out, err, code = run_command("verify")
    assert code == 1
    assert f"out of date: film {site.pk}. Run: manage.py rebuild_search" in out
    assert err.startswith("Not sound: 1 fault")


@pytest.mark.sqlite
def test_verify_names_a_row_that_points_to_nothing(site: Film) -> None:
    run_command("rebuild_search")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("UPDATE films_interview SET film_id = 9999")
        out, _err, code = run_command("verify")
        cursor.execute("UPDATE films_interview SET film_id = %s", [site.pk])
        cursor.execute("PRAGMA foreign_keys=ON")
    assert code == 1
    assert "points to a row of films_film that is not there" in out
