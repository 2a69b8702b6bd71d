"""Pictures, films and captions out and in again: the same files, the same rows, and the same check as at the desk."""

import gc
import hashlib
import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from films.importer import import_seeds
from films.models import Caption, Film, Portrait, Poster, Still, Video
from films.seeding import export_seeds
from films.seeding.media import OWN_NAME
from films.uploads.own import is_own
from tests.factories import (
    make_caption,
    make_creator,
    make_edition,
    make_film,
    make_portrait,
    make_poster,
    make_still,
    make_video,
)
from tests.seeding.digest import digest, files, wipe
from tests.seeding.test_round_trip import hold_round_trip

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def film():
    film = make_film(slug="lu", creator=make_creator(name="阿米", slug="a-mi"))
    make_poster(film=film, focus_x=20, focus_y=80, alt="鹿", alt_en="A deer", credit="阿米")
    for position in (2, 1):
        make_still(film=film, position=position)
    make_portrait(creator=film.creators.get())
    make_video(film=film, file="small.webm")
    make_caption(film=film)
    return film


def folder_of(tmp_path: Path) -> Path:
    """The site's export, and the site empty again."""
    export_seeds(tmp_path / "out")
    wipe()
    return tmp_path / "out"


def test_everything_comes_back_to_the_byte(film, tmp_path):
    found = hold_round_trip(tmp_path)
    assert (Poster.objects.count(), Still.objects.count(), Portrait.objects.count()) == (1, 2, 1)
    assert (Video.objects.count(), Caption.objects.count()) == (1, 1)
    record = json.loads(found["entries.json"])["films"][0]
    assert (record["poster"][0]["alt_en"], record["poster"][0]["focus_x"]) == ("A deer", 20)
    assert f"media/{record['poster'][0]['image']['sha256']}" in found
    # What pages show is made again, and takes no room in the export.
    named = set(
        re.findall(
            r"\"sha256\": \"([0-9a-f]{64})\"", "".join(found[name].decode() for name in ("entries.json", "site.json"))
        )
    )
    assert {name for name in found if name.startswith("media/")} == {f"media/{digest}" for digest in named}
    assert len(files()) > 10


def test_a_picture_that_is_not_ours_is_made_anew(film, tmp_path):
    folder = folder_of(tmp_path)
    foreign = BytesIO()
    Image.new("RGB", (40, 60)).save(foreign, "PNG")
    record = json.loads((folder / "entries.json").read_text())["films"][0]["poster"][0]
    swap(folder, record["image"]["sha256"], foreign.getvalue() + b"<script>alert(1)</script>")
    assert import_seeds([folder]).totals["created"] == 1
    poster = Poster.objects.get()
    content = poster.content()
    assert is_own(content)
    assert (poster.width, poster.height, poster.sha256) == (40, 60, hashlib.sha256(content).hexdigest())


def test_one_edition_takes_its_own_files_along_and_no_others(film, tmp_path):
    edition = make_edition()
    film.edition = edition
    film.save()
    own = {one.sha256 for one in (film.poster, *film.stills.all(), Portrait.objects.get(), film.video)}
    other = make_film(edition=make_edition())
    make_poster(film=other), make_portrait(creator=other.creators.get()), make_video(film=other, file="small.mp4")
    export_seeds(tmp_path / "one", edition)
    assert {path.name for path in (tmp_path / "one" / "media").iterdir()} == own
    words = json.loads((tmp_path / "one" / "site.json").read_text())
    assert [maker["slug"] for maker in words["creators"]] == ["a-mi"]
    wipe()
    assert import_seeds([tmp_path / "one"]).totals["created"] == 1
    assert {film.slug for film in Film.objects.filter(poster__sha256__in=own, video__sha256__in=own)} == {"lu"}


def swap(folder: Path, digest: str, body: bytes) -> None:
    """Another content in the place of one, under its own digest."""
    new = hashlib.sha256(body).hexdigest()
    (folder / "media" / digest).unlink()
    (folder / "media" / new).write_bytes(body)
    for path in folder.glob("**/*.json"):
        path.write_text(path.read_text().replace(digest, new))


@pytest.mark.parametrize(
    ("model", "body", "words"),
    [
        ("poster", b"<html>", "JPEG"),
        ("video", b"<html>" * 9, "MP4"),
    ],
)
def test_what_no_editor_could_upload_is_refused_whole(film, tmp_path, model, body, words):
    folder = folder_of(tmp_path)
    record = json.loads((folder / "entries.json").read_text())["films"][0][model][0]
    swap(folder, record["file" if model == "video" else "image"]["sha256"], body)
    for dry_run in (True, False):
        [file] = import_seeds([folder], dry_run=dry_run).files
        assert (file["outcome"], file["reason_code"]) == ("refused", "seeds_unread")
        assert words in file["reason_values"]["problem"]
    assert (digest(), Film.objects.count(), files()) == ([], 0, [])


@pytest.mark.parametrize("site_id", ["x", '76979871"><script>', "76979871/../../x"])
def test_a_place_at_a_site_is_checked_too(tmp_path, site_id):
    make_video(site="vimeo", site_id="76979871")
    folder = folder_of(tmp_path)
    path = folder / "entries.json"
    path.write_text(path.read_text().replace('"76979871"', json.dumps(site_id)))
    for dry_run in (True, False):
        [file] = import_seeds([folder], dry_run=dry_run).files
        assert (file["outcome"], file["reason_code"], Video.objects.count()) == ("refused", "seeds_unread", 0)


def test_captions_are_checked_too(film, tmp_path):
    folder = folder_of(tmp_path)
    path = folder / "entries.json"
    path.write_text(path.read_text().replace("WEBVTT", "WEBVTT\\n\\n00:09.000 --> 00:08.000\\n<script>", 1))
    for dry_run in (True, False):
        [file] = import_seeds([folder], dry_run=dry_run).files
        assert (file["outcome"], file["reason_code"]) == ("refused", "seeds_unread")
        assert files() == []


@pytest.mark.parametrize(
    "name",
    ["../../etc/cron.d/x", "originals/x.html", "/etc/passwd", "originals/../../x.jpg", "share/x.png", "a\u0000.jpg"],
)
def test_a_file_gets_no_name_but_the_site_s_own(film, tmp_path, name):
    folder = folder_of(tmp_path)
    path = folder / "entries.json"
    content = json.loads(path.read_text())
    content["films"][0]["poster"][0]["image"]["name"] = name
    path.write_text(json.dumps(content))
    before = {str(path) for path in tmp_path.parent.rglob("*")}
    assert import_seeds([folder]).totals["created"] == 1
    assert OWN_NAME.fullmatch(str(Poster.objects.get().image))
    outside = {str(path) for path in tmp_path.parent.rglob("*")} - before
    assert [path for path in outside if not path.startswith(str(tmp_path / "media"))] == []


def test_a_name_that_another_file_has_is_left_to_it(film, tmp_path):
    folder = folder_of(tmp_path)
    name = json.loads((folder / "entries.json").read_text())["films"][0]["poster"][0]["image"]["name"]
    default_storage.save(name, ContentFile(b"another's"))
    assert import_seeds([folder]).totals["created"] == 1
    with default_storage.open(name) as file:
        assert file.read() == b"another's"
    assert str(Poster.objects.get().image) != name


def test_a_content_that_is_not_what_its_name_says_is_refused(film, tmp_path):
    folder = folder_of(tmp_path)
    digest = json.loads((folder / "entries.json").read_text())["films"][0]["poster"][0]["image"]["sha256"]
    path = folder / "media" / digest
    path.write_bytes(path.read_bytes() + b"x")
    [file] = import_seeds([folder]).files
    assert file["reason_values"]["problem"] == "its content is another one"
    path.unlink()
    [file] = import_seeds([folder]).files
    assert file["reason_code"] == "seeds_unread"


@pytest.mark.django_db(transaction=True)
def test_an_import_that_fails_late_leaves_no_file(film, tmp_path):
    folder = folder_of(tmp_path)
    path = folder / "entries.json"
    path.write_text(path.read_text().replace('"creator": "a-mi"', '"creator": "nobody"'))
    assert import_seeds([folder]).exit_code == 1
    gc.collect()
    assert (digest(), files()) == ([], [])
