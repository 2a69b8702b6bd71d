"""Media in a bucket, on a server of this machine that speaks the bucket's protocol."""

import gc
import re
import urllib.request
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from moto.server import ThreadedMotoServer

from elysium.environment import Environment, media_origins
from films.backup.media import names
from films.checking.media import faults
from films.models import Film, Poster
from films.site_export.places import media_prefixes
from films.uploads.bucket import BucketStorage
from tests.admin.forms import filled
from tests.factories import UPLOADS, make_film, picture_file

BUCKET = "films"
VARIABLES = ("AWS_STORAGE_BUCKET_NAME", "AWS_S3_ENDPOINT_URL", "AWS_S3_REGION_NAME", "AWS_S3_CUSTOM_DOMAIN")
pytestmark = pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning")


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint: str, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[dict[str, Any]]:
    """The site as it is with the variables of a bucket set."""
    variables = {
        "AWS_STORAGE_BUCKET_NAME": BUCKET,
        "AWS_S3_ENDPOINT_URL": endpoint,
        "AWS_S3_REGION_NAME": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    storage = Environment(Path("/nowhere/.env")).media_storage(*VARIABLES)
    boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1").create_bucket(Bucket=BUCKET, ACL="public-read")
    settings.STORAGES = settings.STORAGES | {"default": storage}
    media_prefixes.cache_clear()
    yield storage
    media_prefixes.cache_clear()


def test_a_file_is_kept_read_listed_and_taken_away(bucket: dict[str, Any]) -> None:
    name = default_storage.save("posters/mei-hua-lu.png", ContentFile("鹿".encode()))
    assert name == "posters/mei-hua-lu.png"
    with default_storage.open(name) as file:
        assert file.read() == "鹿".encode()
    assert default_storage.listdir("posters") == ([], ["mei-hua-lu.png"])
    default_storage.delete(name)
    assert not default_storage.exists(name)


def test_nothing_is_written_over(bucket: dict[str, Any]) -> None:
    first = default_storage.save("a.png", ContentFile(b"1"))
    second = default_storage.save("a.png", ContentFile(b"2"))
    assert first != second
    with default_storage.open(first) as file:
        assert file.read() == b"1"


def test_visitors_fetch_it_by_an_address_that_does_not_age(bucket: dict[str, Any]) -> None:
    name = default_storage.save("still.png", ContentFile(b"still"))
    address = default_storage.url(name)
    assert "?" not in address
    assert [address.startswith(origin) for origin in media_origins(bucket)] == [True]
    with urllib.request.urlopen(address) as answer:
        assert answer.read() == b"still"


def test_a_bucket_in_china_has_a_domain_of_its_own(bucket: dict[str, Any]) -> None:
    options = {"bucket_name": BUCKET, "region_name": "cn-north-1"}
    assert media_origins({"OPTIONS": options}) == ["https://films.s3.cn-north-1.amazonaws.com.cn"]
    assert BucketStorage(**options, querystring_auth=False).url("a").startswith(*media_origins({"OPTIONS": options}))


# Through the desk, with pages and commands after it


def upload(name: str, body: bytes) -> SimpleUploadedFile:
    """What a browser says of a file is not to be believed."""
    return SimpleUploadedFile(name, body, content_type="text/html")


def sent(desk: Client, film: Film, **changes: Any) -> int:
    """The status of the answer to the film's form; nothing of it is held any more."""
    url = reverse("admin:films_film_change", args=[film.pk])
    status = desk.post(url, filled(desk, url) | changes).status_code
    gc.collect()
    return status


def picture() -> dict[str, Any]:
    return {
        "poster-0-image": upload("鹿.png", picture_file(300, 450).read()),
        "poster-0-alt": "鹿",
        "poster-0-credit": "米",
    }


def film_file(name: str) -> dict[str, Any]:
    return {"video-0-file": upload(f"{name}.html", (UPLOADS / name).read_bytes())}


def without_history() -> list[str]:
    return sorted(name for name in names() if not name.startswith("originals/"))


def media_in(page: str) -> set[str]:
    """The addresses of media that a page names, wherever in it."""
    return set(re.findall(r"[^\s\"'(]*(?:pictures|videos)/[^\s\"',)]+", unescape(page)))


@pytest.mark.django_db(transaction=True)
def test_pictures_and_films_through_the_desk(bucket: Any, admin_client: Client, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    film = make_film(title="鹿", slug="lu")
    assert sent(admin_client, film, **picture(), **film_file("small.webm")) == 302
    assert (
        sorted(Path(name).suffix for name in without_history()) == [".avif"] * 2 + [".jpeg", ".webm"] + [".webp"] * 2
    )
    assert faults() == []

    # Every address that pages name is answered by the bucket, as what it is.
    pages = "".join(Client().get(path).content.decode() for path in (film.get_absolute_url(), "/films/"))
    kinds = {}
    for address in media_in(pages):
        with urllib.request.urlopen(urllib.request.Request(address, headers={"Range": "bytes=1-8"})) as answer:
            kinds[Path(address).suffix] = (
                answer.status,
                answer.headers["Content-Type"],
                answer.headers["Cache-Control"],
            )
    kept = "public, max-age=3600"
    assert kinds == {
        ".avif": (206, "image/avif", kept), ".webp": (206, "image/webp", kept),
        ".jpeg": (206, "image/jpeg", kept), ".webm": (206, "video/webm", kept),
    }  # fmt: skip

    # The plain site has the files with it, and names the bucket no more.
    call_command("export_site", str(tmp_path / "site"), base_url="https://archive.example", verbosity=0)
    written = [path for path in (tmp_path / "site").rglob("*") if path.suffix in (".html", ".json", ".atom", ".xml")]
    assert [path for path in written if media_prefixes()[-1] in path.read_text()] == []
    exported = {path.name for path in (tmp_path / "site" / "media").rglob("*.*")}
    assert {Path(name).name for path in written for name in media_in(path.read_text())} == exported
    assert len(exported) == 6

    # Refused, replaced, taken away: nothing stays but what the history may bring back.
    before = set(names())
    assert sent(admin_client, film, **picture(), **{"video-0-file": upload("a.mp4", b"<html>")}) == 200
    assert set(names()) == before
    assert sent(admin_client, film, **picture(), **film_file("small.mp4")) == 302
    assert len(set(without_history()) - before) == len(without_history()) == 6
    assert sent(admin_client, film, **{"poster-0-DELETE": "on", "video-0-DELETE": "on"}) == 302
    assert (without_history(), faults()) == ([], [])


@pytest.mark.django_db(transaction=True)
def test_a_bucket_that_is_away_costs_nobody_what_was_typed(
    bucket: Any, admin_client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    away = bucket | {"OPTIONS": bucket["OPTIONS"] | {"endpoint_url": "http://127.0.0.1:1"}}
    settings.STORAGES = settings.STORAGES | {"default": away}
    film = make_film(title="鹿")
    url = reverse("admin:films_film_change", args=[film.pk])
    admin_client.raise_request_exception = False
    answer = admin_client.post(url, filled(admin_client, url) | picture() | {"title": "刚刚写下的"})
    assert (answer.status_code, "刚刚写下的" in answer.content.decode()) == (503, True)
    assert "数据库或文件库" in answer.content.decode()
    assert (Film.objects.get().title, Poster.objects.count()) == ("鹿", 0)


def test_without_a_bucket_files_lie_beside_the_database() -> None:
    assert not isinstance(storages["default"], InMemoryStorage)
    assert media_origins(Environment(Path("/nowhere/.env")).media_storage(*VARIABLES)) == []
