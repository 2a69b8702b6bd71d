"""Files on their way in: streamed to disk beside the data, no more of each than any may have."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

from films.files import remove_abandoned
from films.uploads.videos import MEGABYTE


class BoundedFileUploadHandler(TemporaryFileUploadHandler):
    """Goes on reading past the limit, so that the person gets a sentence, but keeps nothing of it.

    The file says its whole size, by which every check refuses it.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        FileUploadHandler.new_file(self, *args, **kwargs)
        remove_abandoned(Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*.upload"))
        # Its name on disk is ours: an ending of 300 bytes would be too long for one.
        self.file = TemporaryUploadedFile("file", self.content_type, 0, self.charset, self.content_type_extra)
        self.file.name = self.file_name

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if room := max(0, settings.VIDEO_MB * MEGABYTE + 1 - start):
            self.file.write(raw_data[:room])
