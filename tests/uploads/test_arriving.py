"""Files on their way in: bounded, and whole or not there."""

import os
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.http import UnreadablePostError
from django.test import Client
from django.urls import reverse

from elysium.bounds import WholeBody
from films.models import Caption, Video
from films.uploads.arriving import BoundedFileUploadHandler
from films.uploads.storage import WholeFileStorage
from tests.admin.forms import filled
from tests.factories import WEBVTT, make_film

MEGABYTE = 1024 * 1024


def test_what_is_past_the_limit_is_counted_and_not_kept(settings: Any, tmp_path: Path) -> None:
    settings.VIDEO_MB, settings.FILE_UPLOAD_TEMP_DIR = 1, str(tmp_path)
    abandoned, fresh = tmp_path / "a.upload", tmp_path / "b.upload"
    for path, age in ((abandoned, 90_000), (fresh, 3_000)):
        path.write_bytes(b"x")
        os.utime(path, (time.time() - age,) * 2)
    handler = BoundedFileUploadHandler()
    handler.new_file("file", "片." + "x" * 300, "video/mp4", None)
    for start in range(0, 3 * MEGABYTE, MEGABYTE):
        handler.receive_data_chunk(b"\0" * MEGABYTE, start)
    file: Any = handler.file_complete(3 * MEGABYTE)
    assert file.size == 3 * MEGABYTE
    assert os.path.getsize(file.temporary_file_path()) == MEGABYTE + 1
    assert (abandoned.exists(), fresh.exists()) == (False, True)
    file.close()
    assert list(tmp_path.iterdir()) == [fresh]


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    storage = WholeFileStorage(tmp_path)
    assert storage.save("videos/a.mp4", ContentFile(b"whole")) == "videos/a.mp4"
    assert (tmp_path / "videos" / "a.mp4").read_bytes() == b"whole"

    class Breaking(ContentFile):  # type: ignore[type-arg]  # not generic at run time
        def chunks(self, chunk_size: int | None = None) -> Any:
            yield b"half"
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        storage.save("videos/b.mp4", Breaking(b"half of it"))
    assert [path.name for path in (tmp_path / "videos").iterdir()] == ["a.mp4"]


def cut_off(desk: Client, url: str, values: dict[str, Any], share: float) -> int:
    """Send so much of a form that is announced as a whole."""
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="{name}"{"" if isinstance(value, str) else CALLED}\r\n\r\n'.encode()
        + (value.encode() if isinstance(value, str) else value)
        for name, value in values.items()
        if isinstance(value, str | bytes)
    ]
    whole = b"\r\n".join([*parts, b"--edge--\r\n"])
    came = BytesIO(whole[: len(whole) - round((1 - share) * len(parts[-1]))])
    announced: Any = {"CONTENT_LENGTH": str(len(whole)), "wsgi.input": WholeBody(came, len(whole))}
    return desk.generic("POST", url, whole, "multipart/form-data; boundary=edge", **announced).status_code


CALLED = '; filename="a.mp4"'


@pytest.mark.django_db
def test_who_goes_away_in_the_middle_leaves_nothing(admin_client: Client, settings: Any, tmp_path: Path) -> None:
    """The rest of the form is there before it; and what came of captions are captions too."""
    settings.FILE_UPLOAD_TEMP_DIR, settings.FILE_UPLOAD_MAX_MEMORY_SIZE = str(tmp_path), 100_000
    url = reverse("admin:films_film_change", args=[make_film().pk])
    values = filled(admin_client, url)
    captions = {"captions-TOTAL_FORMS": "1", "captions-0-language": "en", "captions-0-kind": "subtitles"}
    captions |= {"captions-0-id": "", "captions-0-text": WEBVTT}
    for last in (captions, {"video-0-file": bytes(300_000)}):
        with pytest.raises(UnreadablePostError) as failure:
            cut_off(admin_client, url, values | last, 0.7)
        # Whoever holds the failure holds what was read.
        assert (failure.tb is None, list(tmp_path.iterdir())) == (False, [])
    assert (Caption.objects.count(), Video.objects.count()) == (0, 0)
    assert (cut_off(admin_client, url, values | captions, 1), Caption.objects.count()) == (302, 1)
