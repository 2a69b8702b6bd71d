"""Making the whole export: a walk through the site while its content holds still, put in place when it is whole."""

import logging
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from films import generation
from films.site_export import starts
from films.site_export.crawl import Crawl
from films.site_export.folder import Unwritable, Writer, arriving_folder
from films.site_export.statics import hashed_files

ATTEMPTS = 3

Say = Callable[[str], None]


class Changed(Exception):
    """Somebody edited while the pages were written; they might not agree with one another."""


@dataclass(frozen=True)
class Summary:
    pages: int
    files: int
    size: int
    seconds: float


def export_site(path: Path, origin: str, say: Say = lambda words: None) -> Summary:
    """Write everything public to the folder `path`; `origin` is scheme and host under which it will be read.

    Raises Unwritable or Unplaceable, with an earlier export untouched.
    """
    started = time.monotonic()
    for _attempt in range(ATTEMPTS):
        try:
            writer, pages = attempt(path, origin, say)
        except Changed:
            say("Somebody changed content meanwhile: once more from the start.")
        else:
            return Summary(pages, len(writer.digests), writer.size, time.monotonic() - started)
    raise Unwritable("Content changed during each of three attempts. Try again when nobody is at the desk.")


def attempt(path: Path, origin: str, say: Say) -> tuple[Writer, int]:
    """One export of content that does not change meanwhile."""
    before = generation.current()
    with arriving_folder(path) as folder, tempfile.TemporaryDirectory(prefix="elysium-static-") as kept:
        writer = Writer(folder)
        with quietly(), hashed_files(Path(kept)) as files:
            crawl = Crawl(origin, writer, files, say)
            crawl.go(starts.addresses(), starts.former_addresses(), starts.MISSING)
        copy_roots(writer)
        writer.sign(origin)
        if generation.current() != before:
            raise Changed
    return writer, crawl.pages


def copy_roots(writer: Writer) -> None:
    """What browsers ask for by its bare name."""
    root = Path(settings.WHITENOISE_ROOT)
    for file in sorted(root.rglob("*")):
        if file.is_file():
            writer.write(str(file.relative_to(root)), file.read_bytes())


@contextmanager
def quietly() -> Iterator[None]:
    """Without a warning for each address that is missing on purpose, and for static files that nobody collected."""
    logger = logging.getLogger("django.request")
    usual = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="No directory at")
            yield
    finally:
        logger.setLevel(usual)
