"""The site's own style sheets, scripts and icons under names made of their contents."""

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage

# The desk's belong to other folders; pages ask for nothing else.
OURS = "films/"


class HashedFiles(ManifestStaticFilesStorage):
    """Hashed names whether or not the process collected its static files, or runs with DEBUG."""

    def url(self, name: str, force: bool = True) -> str:  # type: ignore[override]  # as the class above it has it
        return super().url(name, force=True)


@contextmanager
def hashed_files(folder: Path) -> Iterator[HashedFiles]:
    """Have pages name the files that are now put into `folder`."""
    storage = HashedFiles(location=str(folder), base_url=settings.STATIC_URL)
    collect(storage)
    shared: Any = staticfiles_storage
    usual, shared._wrapped = shared._wrapped, storage
    try:
        yield storage
    finally:
        shared._wrapped = usual


def collect(storage: HashedFiles) -> None:
    found = {}
    for finder in get_finders():
        for path, source in finder.list([]):
            if path.startswith(OURS) and path not in found:
                with source.open(path) as file:
                    storage.save(path, file)
                found[path] = (storage, path)
    for _name, _hashed, outcome in storage.post_process(found):
        if isinstance(outcome, Exception):
            raise outcome


def named_in(body: bytes, name: str, storage: HashedFiles) -> Iterator[str]:
    """The other files that a style sheet or a script names, by their hashed names."""
    text = body.decode(errors="replace")
    for other in storage.hashed_files.values():
        if other != name and posixpath.basename(other) in text:
            yield other
