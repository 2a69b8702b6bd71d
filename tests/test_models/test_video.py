"""Films and captions as rows: each with its file, checked at whatever door, and gone together."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from films import history
from films.history.recorded import last_moments
from films.history.restoring import recover, restore
from films.models import Caption, Film, Video
from tests.factories import UPLOADS, WEBVTT, make_caption, make_film, make_video

pytestmark = pytest.mark.django_db


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def names(media: Path) -> list[str]:
    return sorted(str(path.relative_to(media)) for path in media.rglob("*") if path.is_file())


def upload(name: str) -> Any:
    return ContentFile((UPLOADS / name).read_bytes(), name="..\\片/../<b>.exe")


def test_a_file_is_measured_and_named_by_us(media: Path) -> None:
    video = make_video(file="small.webm")
    assert names(media) == [video.file.name]
    assert (video.width, video.height, video.seconds, video.size) == (160, 90, 8, 59154)
    assert video.content_type == Video.objects.get().content_type == "video/webm"
    assert video.file.name.startswith("videos/")


@pytest.mark.django_db(transaction=True)
def test_a_replaced_file_goes_with_the_commit_and_not_before(media: Path) -> None:
    video = make_video(file="small.webm")
    old = video.file.name
    with transaction.atomic():
        video.file = upload("small.mp4")
        video.save()
        assert len(names(media)) == 2
    assert names(media) == [video.file.name]
    assert video.file.name != old
    assert video.file.name.endswith(".mp4")
    video.file, video.site, video.site_id = "", "youtube", "dQw4w9WgXcQ"
    video.save()
    assert names(media) == []
    assert (video.width, video.size) == (None, None)


@pytest.mark.django_db(transaction=True)
def test_what_fails_leaves_neither_row_nor_file(media: Path) -> None:
    film = make_film()
    with transaction.atomic():
        make_video(film=film, file="small.mp4")
        assert len(names(media)) == 1
        transaction.set_rollback(True)
    with pytest.raises(IntegrityError):
        make_video(film=film, file="small.mp4", site="youtube", site_id="dQw4w9WgXcQ")
    with pytest.raises(ValidationError):
        Video.objects.create(film=film, file=ContentFile(b"<html>", name="film.mp4"))
    assert (names(media), Video.objects.count()) == ([], 0)
    kept = make_video(film=film, file="small.mp4")
    with transaction.atomic():
        kept.file = upload("small.webm")
        kept.save()
        kept.delete()
        transaction.set_rollback(True)
    assert names(media) == [Video.objects.get().file.name]


@pytest.mark.django_db(transaction=True)
def test_a_deleted_film_takes_its_file_along(media: Path) -> None:
    make_video(file="small.mp4").film.delete()
    make_video(file="small.mp4")
    Film.objects.all().delete()
    make_video(file="small.mp4")
    Video.objects.all().delete()
    assert names(media) == []


@pytest.mark.parametrize(
    "values",
    [{"site": "", "site_id": ""}, {"site": "youtube", "site_id": ""}, {"site": "youtube", "site_id": "../x"},
     {"site": "vimeo", "site_id": "12/<b>"}, {"site": "other", "site_id": "dQw4w9WgXcQ"}],
)  # fmt: skip
def test_a_row_that_leads_nowhere_is_refused(values: dict[str, str]) -> None:
    video = Video(film=make_film(), **values)
    with pytest.raises(ValidationError):
        video.full_clean()
    with pytest.raises((ValidationError, IntegrityError)), transaction.atomic():
        video.save()


@pytest.mark.django_db(transaction=True)
def test_the_history_brings_back_rows_and_says_which_files_are_gone(media: Path) -> None:
    video = make_video(file="small.mp4")
    caption = make_caption(film=video.film)
    history.record([video.film], None, "先")
    [first] = last_moments(Film, [video.film.pk]).values()
    video.file = upload("small.webm")
    video.save()
    caption.text = WEBVTT.replace("小鹿", "老虎")
    caption.save()
    notes = restore(Film.objects.get(), first, {"title"})
    assert [note.startswith("“影片") for note in notes] == [True]
    assert Video.objects.get().file.name.endswith(".webm")
    assert Caption.objects.get().transcript == "小鹿走进森林 它再也没有回来"
    Film.objects.get().delete()
    _film, notes = recover(first)
    assert len(notes) == 1
    assert (Video.objects.count(), Caption.objects.get().text) == (0, WEBVTT)


def test_captions_are_kept_in_one_form_with_what_is_said() -> None:
    caption = make_caption(text=WEBVTT.replace("\n", "\r\n"))
    caption.refresh_from_db()
    assert (caption.text, caption.transcript) == (WEBVTT, "小鹿走进森林 它再也没有回来")
    caption.text = WEBVTT.replace("小鹿", "老虎")
    caption.save(update_fields=["text"])
    caption.refresh_from_db()
    assert caption.transcript.startswith("老虎")
    with pytest.raises(ValidationError):
        make_caption(text="<script>")


def test_captions_stand_once_for_a_language_and_a_kind() -> None:
    film = make_caption().film
    make_caption(film=film, kind="captions")
    make_caption(film=film, language="en")
    again = Caption(film=film, text=WEBVTT)
    with pytest.raises(ValidationError, match="已经有了"):
        again.full_clean()


@pytest.mark.django_db(transaction=True)
def test_a_file_that_cannot_be_taken_away_leaves_the_deletion_done(media: Path, caplog: Any) -> None:
    video = make_video(file="small.webm")
    place = Path(video.file.path)
    place.unlink()
    (place / "in the way").mkdir(parents=True)
    video.delete()
    assert Video.objects.count() == 0
    assert "Error calling" in caplog.text
