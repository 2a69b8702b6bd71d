"""Files on their way in: bounded, and whole or not there."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from films.uploads.arriving import BoundedFileUploadHandler
from films.uploads.storage import WholeFileStorage

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
