"""The same verdict for the same file at every door, and never at the price of the machine."""

import gc
import hashlib
import json
import os
import subprocess
import sys
from io import BytesIO
from itertools import cycle, product
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse

from films.choices import CaptionKind, CaptionLanguage
from films.models import Caption, Film, Poster, Still, Video
from films.reading.article import Refusal
from films.seeding import media
from films.uploads.images import checked_image
from films.uploads.own import is_own
from tests.admin.forms import filled
from tests.factories import make_creator, make_film
from tests.seeding.digest import files
from tests.uploads.corpus import CORPUS, CUE, HTML, WEIGHED, Specimen, cues, mp4, saved

# Decoders complain of what they then pass over.
pytestmark = pytest.mark.filterwarnings("ignore:Corrupt EXIF data")

IMAGES = [one for one in CORPUS if one.kind == "image"]
BOUNDARY = "a-boundary-that-no-specimen-has"
FIELDS = {"image": "image", "video": "file", "captions": "upload"}
MODELS: dict[str, Any] = {"image": Still, "video": Video, "captions": Caption}
KINDS = list(product(CaptionLanguage, CaptionKind))
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


def by_a_row(specimen: Specimen, _folder: Any) -> str:
    """A program that saves a row."""
    body, model = body_of(specimen), MODELS[specimen.kind]
    row = model(film=Film.objects.get())
    if specimen.kind == "captions":
        row.text = text_of(body)
    else:
        setattr(row, FIELDS[specimen.kind], File(BytesIO(body), name=specimen.name))
    try:
        with transaction.atomic():
            row.save()
            transaction.set_rollback(True)
    except ValidationError as error:
        return str(error.code)
    return ""


def text_of(body: bytes) -> str:
    """Where captions are words, what is no text cannot stand at all."""
    return body.decode("utf-8", "surrogateescape")


def by_a_folder(specimen: Specimen, folder: Path) -> str:
    """A folder of the importer whose record names the file."""
    body = body_of(specimen)
    digest = hashlib.sha256(body).hexdigest()
    medium = {"name": specimen.name, "sha256": digest}
    (folder / "media").mkdir(exist_ok=True)
    (folder / "media" / digest).write_bytes(body)
    row: Any = MODELS[specimen.kind](film=Film())
    if specimen.kind == "captions":
        row.text = text_of(body)
    elif specimen.kind == "video":
        row.file = medium["name"]
    try:
        with transaction.atomic():
            media.take_in(folder, row, {FIELDS[specimen.kind]: medium})
            transaction.set_rollback(True)
    except Refusal as refusal:
        cause: Any = refusal.__cause__
        return str(cause.code)
    return ""


def expected(specimens: list[Specimen]) -> dict[str, str]:
    return {str(one): one.verdict for one in specimens}


@pytest.mark.django_db
@pytest.mark.parametrize("door", [by_a_row, by_a_folder])
@pytest.mark.parametrize("kind", FIELDS)
def test_the_same_verdict_at_every_door(kind, door, tmp_path_factory):
    make_film()
    folder = tmp_path_factory.mktemp("seeds")
    specimens = [one for one in CORPUS if one.kind == kind]
    assert {str(one): door(one, folder) for one in specimens} == expected(specimens)
    gc.collect()
    assert files() == []


# A whole page of the desk takes as many rows at once as are sent, also where it shows room for one.


def part(name: str, body: bytes, file: str | None = None) -> bytes:
    """A control as a browser, or somebody who only says to be one, sends it."""
    called = (
        "" if file is None else '; filename="{}"\r\nContent-Type: image/png'.format(file.replace("\r\n", "%0D%0A"))
    )
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{called}\r\n\r\n'
    return head.encode() + body + b"\r\n"


def sent(desk: Client, url: str, prefix: str, specimens: list[Specimen], field: str, **others: str) -> Any:
    """The page with a row for each specimen."""
    parts = [
        part(name, str(one).encode())
        for name, value in (filled(desk, url) | {f"{prefix}-TOTAL_FORMS": len(specimens)}).items()
        for one in (value if isinstance(value, list) else [value])
        if name == f"{prefix}-TOTAL_FORMS" or not name.startswith(f"{prefix}-0-")
    ]
    for number, (one, (language, kind)) in enumerate(zip(specimens, cycle(KINDS))):
        row = {"id": "", "focus_x": "50", "focus_y": "50", "position": str(number), "alt": "鹿", "credit": "米"}
        row |= {"language": language, "kind": kind, **others}
        parts += [part(f"{prefix}-{number}-{name}", value.encode()) for name, value in row.items()]
        file = None if field == "text" else one.name
        parts.append(part(f"{prefix}-{number}-{field}", body_of(one), file))
    body = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
    return desk.generic("POST", url, body, content_type=f"multipart/form-data; boundary={BOUNDARY}")


def verdicts(answer: Any, prefix: str, specimens: list[Specimen], field: str) -> dict[str, str]:
    """What the page that comes back says beside each row's file."""
    [formset] = [one.formset for one in answer.context["inline_admin_formsets"] if one.formset.prefix == prefix]
    assert len(formset.forms) == len(specimens)
    told = [form.errors.as_data().get(field) for form in formset.forms]
    return {str(one): str(said[0].code) if said else "" for one, said in zip(specimens, told, strict=True)}


PAGES = {
    "poster": ("image", "image"),
    "stills": ("image", "image"),
    "portrait": ("image", "image"),
    "video": ("video", "file"),
    "captions": ("captions", "upload"),
    "pasted captions": ("captions", "text"),
}


def is_text(specimen: Specimen) -> bool:
    """What a browser can send as words; a form of many megabytes is refused unread."""
    return specimen.verdict != "encoding" and len(body_of(specimen)) < settings.DATA_UPLOAD_MAX_MEMORY_SIZE


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("page", PAGES)
def test_the_same_verdict_at_every_page_of_the_desk(page, admin_client: Client):
    kind, field = PAGES[page]
    specimens = [one for one in CORPUS if one.kind == kind and (field != "text" or is_text(one))]
    if page == "stills":  # those that pass are taken in below
        specimens = [one for one in specimens if one.verdict]
    film = make_film(status="draft", creator=make_creator())
    owner = film.creators.get() if page == "portrait" else film
    url = reverse(f"admin:films_{owner._meta.model_name}_change", args=[owner.pk])
    prefix = page.split()[-1]
    answer = sent(admin_client, url, prefix, specimens, field)
    assert answer.status_code == 200
    assert verdicts(answer, prefix, specimens, field) == expected(specimens)
    del answer
    gc.collect()
    assert ([model.objects.count() for model in MODELS.values()], files()) == ([0, 0, 0], [])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("prefix", "kind", "field"), [("stills", "image", "image"), ("captions", "captions", "upload")]
)
def test_what_passes_is_taken_in(prefix, kind, field, admin_client: Client):
    film = make_film(status="draft")
    specimens = [one for one in CORPUS if one.kind == kind and not one.verdict]
    answer = sent(admin_client, reverse("admin:films_film_change", args=[film.pk]), prefix, specimens, field)
    assert answer.status_code == 302
    assert getattr(film, prefix).count() == len(specimens) > 9


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


def refusing(table: str) -> Any:
    """A database that is at its end when something is to be put into this table."""

    def answer(execute: Any, sql: str, *rest: Any) -> Any:
        if f"INSERT INTO {table} " in sql.replace('"', ""):
            raise OperationalError("no more")
        return execute(sql, *rest)

    return connection.execute_wrapper(answer)


FAILING: dict[str, tuple[dict[str, Any], str, int]] = {
    "nothing": ({}, "none", 302),
    "another row": ({}, "films_video", 500),
    "the history, after all rows": ({}, "reversion_version", 500),
    "another picture": ({"stills-0-image": b"<html>"}, "none", 200),
    "the film": ({"video-0-file": mp4()[:-1]}, "none", 200),
    "the captions": ({"captions-0-upload": b"1"}, "none", 200),
    "the title": ({"title": "x" * 999}, "none", 200),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", FAILING)
def test_through_the_desk_itself_a_row_and_its_files_or_neither(what, admin_client: Client):
    """A whole form of a film with sound files in it, of which something else fails."""
    changes, table, status = FAILING[what]
    url = reverse("admin:films_film_change", args=[make_film(status="draft").pk])
    sound = {"poster-0-image": saved("PNG"), "stills-0-image": saved("JPEG"), "video-0-file": mp4()}
    sound |= {"captions-0-upload": cues(CUE), "captions-0-language": "en", "captions-0-kind": "subtitles"}
    sound |= {
        "stills-TOTAL_FORMS": "1",
        "captions-TOTAL_FORMS": "1",
        "stills-0-focus_x": "50",
        "stills-0-focus_y": "50",
    }
    values = filled(admin_client, url) | sound | changes
    data = {
        name: ContentFile(value, name="a") if isinstance(value, bytes) else value for name, value in values.items()
    }
    admin_client.raise_request_exception = False
    with refusing(table):
        assert admin_client.post(url, data).status_code == status
    gc.collect()
    rows = [model.objects.count() for model in (Poster, Still, Video, Caption)]
    # Two stored pictures, of one three files for pages and of the other four, and the film.
    assert (rows, len(files())) == (([1] * 4, 10) if what == "nothing" else ([0] * 4, 0))


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
