"""Pictures as rows with their files: no row without its files, no file without a row or a history that names it."""

import gc
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from PIL import Image

from films import history
from films.backup.media import names
from films.history.recorded import last_moments
from films.history.restoring import recover, restore
from films.models import Film, Portrait, Poster, Still
from films.models.picture import FOLDER, SHARED, UPRIGHT
from films.uploads.images import UNKNOWN
from films.uploads.storage import WholeFileStorage
from tests.factories import make_creator, make_film, make_portrait, make_poster, make_still, picture_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def files() -> set[str]:
    gc.collect()
    return set(names())


def wanted(*pictures: Any) -> set[str]:
    return {str(picture.image) for picture in pictures} | {
        file.name for picture in pictures for file in picture.renditions()
    }


def commit() -> None:
    """Do what waits for the commit that a test never makes."""
    for _sids, act, _robust in transaction.get_connection().run_on_commit:
        act()
    transaction.get_connection().run_on_commit = []


def test_a_picture_brings_its_files() -> None:
    poster = make_poster(image=picture_file(300, 450))
    assert files() == wanted(poster)
    assert (poster.width, poster.height) == (300, 450)
    stored = Poster.objects.get()
    with stored.image.open() as file:
        assert Image.open(file).format == "JPEG"
    assert {file.width for file in stored.renditions(UPRIGHT)} == {240, 300}
    [shared] = stored.renditions(SHARED)
    assert (shared.format, shared.width, shared.height) == ("jpeg", 300, 158)


def test_names_are_the_servers_own() -> None:
    image = picture_file()
    image.name = "../../图片\u202egpj.exe\0" + "a" * 300
    poster = make_poster(image=image)
    assert all(name.isascii() and name.split("/")[0] in (FOLDER, "pictures") for name in files())
    assert len(str(poster.image)) < 60


@pytest.mark.parametrize("make", [make_poster, make_still, make_portrait])
def test_what_is_no_picture_leaves_neither_row_nor_file(make: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        make(image=ContentFile(b"<svg></svg>", name="a.png"))
    assert refused.value.message == UNKNOWN
    assert [model.objects.count() for model in (Poster, Still, Portrait)] == [0, 0, 0]
    assert files() == set()


def test_a_rule_of_the_form_is_the_rule_of_the_row() -> None:
    poster = Poster(film=make_film(), image=ContentFile(b"GIF89a", name="a.jpg"))
    with pytest.raises(ValidationError) as refused:
        poster.full_clean(exclude=["width", "height", "sha256"])
    assert refused.value.message_dict == {"image": [UNKNOWN]}


def test_a_transaction_undone_takes_the_files_along() -> None:
    with transaction.atomic():
        poster, still = make_poster(), make_still()
        assert files() == wanted(poster, still)
        transaction.set_rollback(True)
    assert files() == set()


def test_a_replacement_undone_keeps_the_old_picture() -> None:
    poster = make_poster()
    before = files()
    with transaction.atomic():
        poster.image = picture_file(80, 80)
        poster.save()
        assert before < files()
        transaction.set_rollback(True)
    assert files() == before == wanted(Poster.objects.get())


def test_a_picture_replaced_takes_its_files_along() -> None:
    poster = make_poster()
    poster.image = picture_file(80, 80)
    poster.save()
    commit()
    assert files() == wanted(poster)
    assert (poster.width, poster.height) == (80, 80)


def test_a_moved_focal_point_makes_other_cuts_of_the_same_picture() -> None:
    poster = make_poster(image=picture_file(90, 60))
    before = poster.renditions(UPRIGHT)
    poster.focus_x = 0
    poster.save(update_fields=["focus_x"])
    commit()
    assert files() == wanted(poster)
    assert not {file.name for file in before} & files()
    assert poster.renditions(UPRIGHT)[0].box == (0, 0, 40, 60)


def test_saving_words_makes_nothing_anew() -> None:
    still = make_still()
    times = {name: default_storage.get_modified_time(name) for name in files()}
    still.alt = "另一句"
    still.save()
    commit()
    assert {name: default_storage.get_modified_time(name) for name in files()} == times


@pytest.mark.parametrize("way", ["row", "rows", "film"])
def test_a_picture_that_goes_takes_its_files_along(way: str) -> None:
    film = make_film()
    make_poster(film=film), make_still(film=film)
    other, key = make_still(), film.pk
    commit()
    if way == "film":
        film.delete()
    for rows in (Poster.objects.filter(film=key), Still.objects.filter(film=key)):
        rows.delete() if way == "rows" else [row.delete() for row in rows]
    commit()
    assert files() == wanted(other)


def test_what_the_history_names_is_kept_and_shown_to_nobody(client: Client) -> None:
    film = make_film()
    poster = make_poster(film=film)
    shown = poster.renditions(UPRIGHT)[0].name
    seen = client.get(f"/media/{shown}")
    b"".join(seen.streaming_content)
    assert seen.status_code == 200
    assert client.get(f"/media/{poster.image}").status_code == 404
    history.record([film], None)
    film.delete()
    commit()
    assert files() == {str(poster.image)}
    assert client.get(f"/media/{shown}").status_code == 404
    assert client.get(f"/media/{poster.image}").status_code == 404


def test_a_deleted_film_comes_back_with_its_pictures() -> None:
    film = make_film()
    poster, still = make_poster(film=film, focus_x=20), make_still(film=film)
    before = files()
    history.record([film], None)
    [moment] = last_moments(Film, [film.pk]).values()
    film.delete()
    commit()
    entry, notes = recover(moment)
    commit()
    assert notes == []
    assert (entry.poster.sha256, entry.poster.focus_x, entry.stills.get().alt) == (poster.sha256, 20, still.alt)
    assert files() == before == wanted(entry.poster, entry.stills.get())


def test_an_earlier_picture_comes_back() -> None:
    maker = make_creator()
    portrait = make_portrait(creator=maker)
    first = portrait.sha256
    history.record([maker], None)
    [moment] = last_moments(type(maker), [maker.pk]).values()
    portrait.image = picture_file(70, 50)
    portrait.save()
    history.record([maker], None)
    commit()
    restore(maker, moment, {"name"})
    commit()
    now = Portrait.objects.get()
    assert (now.creator, now.sha256) == (maker, first)
    assert {file.name for file in now.renditions()} < files()
    assert len([name for name in files() if name.startswith(FOLDER)]) == 2


def test_a_file_is_whole_under_its_name_or_not_there(tmp_path: Any) -> None:
    class Broken(BytesIO):
        def read(self, *args: Any) -> bytes:
            raise OSError("the line was cut")

    with pytest.raises(OSError, match="cut"):
        WholeFileStorage(tmp_path).save("a/b.jpg", File(Broken(b"half of it")))
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == []
