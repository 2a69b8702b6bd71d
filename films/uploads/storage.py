"""Files of the house on its own disk: whole under their name, or not there at all."""

import os
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files.storage import FileSystemStorage

from films.files import hidden_name

# What browsers may show; anything else they may only save.
TYPES = {
    ".avif": "image/avif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".mp4": "video/mp4",
    ".png": "image/png",
    ".vtt": "text/vtt; charset=utf-8",
    ".webm": "video/webm",
    ".webp": "image/webp",
}


def content_headers(name: str) -> dict[str, str]:
    """What is said of a file to browsers: by the ending that we gave it, or that it is for saving alone."""
    kind = TYPES.get(PurePosixPath(name).suffix.lower())
    if kind:
        return {"Content-Type": kind}
    return {"Content-Type": "application/octet-stream", "Content-Disposition": "attachment"}


class WholeFileStorage(FileSystemStorage):
    """Writes under a hidden name, which is never served, has the disk hold the bytes, and only then renames."""

    def _save(self, name: str, content: Any) -> str:
        with hidden_name(Path(self.path(name))) as partial:
            super()._save(os.path.relpath(partial, self.location), content)  # type: ignore[misc]
        return name.replace("\\", "/")
