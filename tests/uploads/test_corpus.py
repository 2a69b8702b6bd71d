"""The same verdict for the same file at every door, and never at the price of the machine."""

import gc
import hashlib
import json
import os
import subprocess
import sys
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import reverse

from films.admin.pictures import PosterInline
from films.admin.video import CaptionInline, VideoInline
from films.models import Caption, Film, Poster, User, Video
from films.reading.article import Refusal
from films.seeding import media
from films.uploads.captions import checked_captions
from films.uploads.images import checked_image
from films.uploads.own import is_own
from tests.admin.forms import filled
from tests.factories import make_film
from tests.seeding.digest import files
from tests.uploads.corpus import CORPUS, HTML, WEIGHED, Specimen

# Decoders complain of what they then pass over.
pytestmark = pytest.mark.filterwarnings("ignore:Corrupt EXIF data")

IMAGES = [one for one in CORPUS if one.kind == "image"]
BOUNDARY = "a-boundary-that-no-specimen-has"
FIELDS = {"image": "image", "video": "file", "captions": "upload"}
INLINES: dict[str, Any] = {"image": PosterInline, "video": VideoInline, "captions": CaptionInline}
MOST_MB, MOST_SECONDS = 200, 2

BODIES: dict[str, bytes] = {}


def body_of(specimen: Specimen) -> bytes:
    """Made once for all doors, and let go with the last of them."""
    if str(specimen) not in BODIES:
        BODIES[str(specimen)] = specimen.make()
    return BODIES[str(specimen)]


@pytest.fixture(scope="module", autouse=True)
def bodies():
    yield
    BODIES.clear()
    gc.collect()


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def test_there_are_more_than_a_hundred_and_no_two_of_one_name():
    assert len(CORPUS) > 140
    assert len({str(one) for one in CORPUS}) == len(CORPUS)
    assert len(IMAGES) > 80


def sent(specimen: Specimen, field: str) -> Any:
    """A form with the file as a browser, or somebody who only says to be one, sends it."""
    name = specimen.name.replace("\r\n", "%0D%0A")
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
    body = head.encode() + b"Content-Type: image/png\r\n\r\n" + body_of(specimen) + f"\r\n--{BOUNDARY}--\r\n".encode()
    return RequestFactory().post("/", body, content_type=f"multipart/form-data; boundary={BOUNDARY}")


def by_the_check(specimen: Specimen) -> str:
    body = body_of(specimen)
    try:
        if specimen.kind == "image":
            checked_image(BytesIO(body))
        elif specimen.kind == "video":
            row = Video(film=Film())
            row.file = File(BytesIO(body), name=specimen.name)
            row.measure()
        else:
            checked_captions(body)
    except ValidationError as error:
        return str(error.code)
    return ""


def by_the_form(specimen: Specimen) -> str:
    """The row's form of the desk, less what belongs to its other fields."""
    inline = INLINES[specimen.kind](Film, admin.site)
    field = FIELDS[specimen.kind]
    request = sent(specimen, field)
    request.user = User(is_superuser=True)
    formset = inline.get_formset(request, None)
    form = formset.form(data={"language": "en", "kind": "subtitles"}, files=request.FILES)
    errors = form.errors.as_data().get(field, [])
    request.close()
    return str(errors[0].code) if errors else ""


def by_the_folder(specimen: Specimen, tmp_path: Any) -> str:
    """A folder of the importer whose record names the file."""
    body = body_of(specimen)
    digest = hashlib.sha256(body).hexdigest()
    medium = {"name": specimen.name, "sha256": digest}
    (tmp_path / "media").mkdir(exist_ok=True)
    (tmp_path / "media" / digest).write_bytes(body)
    row: Any = {"image": Poster, "video": Video, "captions": Caption}[specimen.kind](film=Film())
    if specimen.kind == "captions":
        # In a folder captions are words: what is no text cannot stand there at all.
        row.text = body.decode("utf-8", "surrogateescape")
    elif specimen.kind == "video":
        row.file = medium["name"]
    try:
        with transaction.atomic():
            media.take_in(tmp_path, row, {FIELDS[specimen.kind]: medium})
            transaction.set_rollback(True)
    except Refusal as refusal:
        cause: Any = refusal.__cause__
        return str(cause.code)
    return ""


@pytest.mark.django_db
@pytest.mark.parametrize("specimen", CORPUS, ids=str)
def test_the_same_verdict_at_every_door(specimen, tmp_path):
    doors = by_the_check(specimen), by_the_form(specimen), by_the_folder(specimen, tmp_path)
    assert doors == (specimen.verdict,) * 3


@pytest.mark.parametrize("specimen", [one for one in IMAGES if not one.verdict], ids=str)
def test_what_is_kept_of_a_picture_is_the_picture(specimen):
    content = checked_image(BytesIO(body_of(specimen))).content
    assert is_own(content)
    for trace in (HTML, b"<?php", b"Secret Camera", b"Exif", b"GPS"):
        assert trace not in content


def test_a_picture_with_anything_beside_it_is_not_taken_for_ours():
    content = checked_image(BytesIO(body_of(IMAGES[0]))).content
    assert is_own(content)
    note = b"\xff\xfe\x00\x08secret"
    for other in (
        content + b"x",
        content[:-2],
        content[:2] + note + content[2:],
        content[:-2] + note + content[-2:],
        HTML + content,
        content[:20] + b"\xff\xe1\x00\x08secret" + content[20:],
        b"",
    ):
        assert not is_own(other)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "title", ["a place in its notes", "a drawing and a page in one", "169 million points", "nothing"]
)
def test_through_the_desk_itself_a_row_and_its_files_or_neither(title, admin_client: Client):
    """A whole form of a film, sent with the file in it."""
    [specimen] = [one for one in IMAGES if one.title == title]
    film = make_film()
    url = reverse("admin:films_film_change", args=[film.pk])
    values = filled(admin_client, url) | {"poster-0-alt": "鹿", "poster-0-credit": "阿米"}
    upload = File(BytesIO(body_of(specimen)), name=specimen.name)
    answer = admin_client.post(url, values | {"poster-0-image": upload, "_save": "1"})
    assert answer.status_code == (200 if specimen.verdict else 302)
    assert Poster.objects.count() == (0 if specimen.verdict else 1)
    gc.collect()
    assert bool(files()) is not bool(specimen.verdict)


def test_none_takes_more_than_the_machine_can_spare():
    """Each in a process of its own, which says how much it held at most and how long it took."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.uploads.weigh"],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, check=True,
    )  # fmt: skip
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) == len(WEIGHED)
    assert [one for one in told if one["verdict"] != one["expected"]] == []
    assert [one for one in told if one["mb"] > MOST_MB or one["seconds"] > MOST_SECONDS] == []
    # It can tell: the largest that is taken in shows.
    assert max(one["mb"] for one in told) > 80
