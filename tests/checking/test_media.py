"""Files and rows compared: each fault made, found, told, left to the board, mended; and nothing taken that is needed."""

import io
import os
import time

import pytest
import reversion
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from films import verifying
from films.backup import back_up, restore
from films.checking import media
from films.models import MediaCheck, Poster
from tests.factories import make_creator, make_film, make_portrait, make_poster, make_still, make_video
from tests.seeding.digest import files

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def poster():
    """One of each, all of it two hours old."""
    film = make_film(creator=make_creator(name="阿米"))
    poster = make_poster(film=film)
    make_still(film=film)
    make_portrait(creator=film.creators.get())
    make_video(film=film, file="small.mp4")
    age()
    return poster


def age(hours: float = 2) -> None:
    for name in files():
        then = time.time() - hours * 3600
        os.utime(default_storage.path(name), (then, then))


def run(**options) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("check_media", stdout=out, **options)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def stray(name: str = "originals/stray.jpg", hours: float = 2) -> str:
    default_storage.save(name, ContentFile(b"stray"))
    age(hours)
    return name


def faults() -> list[tuple[str, str]]:
    return sorted((fault.name, fault.fault.value) for fault in media.faults())


def test_a_sound_site_says_so(poster):
    assert run() == (0, "Every file has its row, and every row its files.\n")
    assert MediaCheck.objects.count() == 0
    assert dict(verifying.faults())["media"] == []


def test_a_missing_file_is_told_with_the_entry_that_needs_it(poster):
    name = str(poster.image)
    default_storage.delete(name)
    code, words = run()
    assert code == 1
    assert f"{name}: missing, named by poster {poster.pk} of film {poster.film_id}" in words
    assert list(MediaCheck.objects.values_list("name", "fault")) == [(name, "missing")]
    [fault] = dict(verifying.faults())["media"]
    assert fault == f"{words.splitlines()[0]}. Run: manage.py check_media"


def test_bytes_that_changed_are_told_of_pictures_and_films(poster):
    for name in (str(poster.image), str(poster.film.video.file)):
        with open(default_storage.path(name), "r+b") as file:
            file.seek(200)
            file.write(b"\0\0\0\0rot")
    assert {fault for _name, fault in faults()} == {"altered"}
    assert len(faults()) == 2
    assert run(quick=True)[0] == 0


def test_what_pages_show_is_made_again(poster):
    made = [file.name for file in poster.renditions()]
    for name in made:
        default_storage.delete(name)
    assert {fault for _name, fault in faults()} == {"derivative"}
    assert run()[0] == 1
    code, words = run(remake=True)
    assert (code, words.splitlines()[0]) == (0, "Made again: what pages show of 1 pictures.")
    assert set(made) <= set(files())
    assert MediaCheck.objects.count() == 0


def test_a_stray_file_is_told_and_taken_away_only_when_asked(poster):
    name = stray()
    assert faults() == [(name, "orphan")]
    assert run()[0] == 1
    assert default_storage.exists(name)
    before = set(files())
    code, words = run(delete=True)
    assert (code, words.splitlines()[0]) == (0, "Deleted: 1 files that no row named.")
    assert before - set(files()) == {name}


def test_a_young_file_is_left_alone(poster):
    name = stray(hours=0.5)
    assert run(delete=True)[0] == 0
    assert default_storage.exists(name)


def test_a_file_that_the_history_may_bring_back_is_left_alone(poster):
    name = str(poster.image)
    with reversion.create_revision():
        reversion.add_to_revision(poster)
    Poster.objects.all().delete()
    age()
    assert default_storage.exists(name)
    assert run(delete=True)[0] == 0
    assert default_storage.exists(name)


def test_images_for_sharing_and_what_is_being_written_are_no_strays(poster):
    stray("share/abc.png")
    with open(default_storage.path("originals/.x.jpg.partial"), "wb") as file:
        file.write(b"half")
    age()
    assert run(delete=True)[0] == 0
    assert default_storage.exists("share/abc.png")


def test_a_backup_brings_every_file_back(poster, tmp_path):
    archive, before = tmp_path / "site.tar.gz", files()
    back_up(archive)
    for name in before:
        default_storage.delete(name)
    assert len(faults()) > 10
    restore(archive)
    assert files() == before
    assert faults() == []


def test_without_a_folder_there_is_nothing_wrong():
    assert run()[0] == 0
