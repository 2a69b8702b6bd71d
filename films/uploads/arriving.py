"""Files on their way in: streamed to disk beside the data, no more of each than any may have."""

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

from films.uploads.videos import MEGABYTE

# Longer than any upload takes: what is older belongs to a process that was killed.
ABANDONED = 86_400


class BoundedFileUploadHandler(TemporaryFileUploadHandler):
    """Goes on reading past the limit, so that the person gets a sentence, but keeps nothing of it.

    The file says its whole size, by which every check refuses it.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        FileUploadHandler.new_file(self, *args, **kwargs)
        clear_abandoned()
        # Its name on disk is ours: an ending of 300 bytes would be too long for one.
        self.file = TemporaryUploadedFile("file", self.content_type, 0, self.charset, self.content_type_extra)
        self.file.name = self.file_name

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if room := max(0, settings.VIDEO_MB * MEGABYTE + 1 - start):
            self.file.write(raw_data[:room])


def clear_abandoned() -> None:
    """Remove what killed processes left in the folder for uploads."""
    latest = time.time() - ABANDONED
    with suppress(OSError), os.scandir(Path(settings.FILE_UPLOAD_TEMP_DIR)) as entries:
        for entry in entries:
            if entry.name.endswith(".upload") and entry.stat().st_mtime < latest:
                os.unlink(entry.path)
