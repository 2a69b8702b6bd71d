"""Media in a bucket, on a server of this machine that speaks the bucket's protocol."""

import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage, storages
from moto.server import ThreadedMotoServer

from elysium.environment import Environment, media_origins

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
def bucket(endpoint: str, monkeypatch: pytest.MonkeyPatch, settings: Any) -> dict[str, Any]:
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
    return storage


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


def test_without_a_bucket_files_lie_beside_the_database() -> None:
    assert not isinstance(storages["default"], InMemoryStorage)
    assert media_origins(Environment(Path("/nowhere/.env")).media_storage(*VARIABLES)) == []
