"""Which files a run reads, and the lock that lets one run at a time write."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import IO, NamedTuple

from films.importer.editors import load_editors
from films.reading import decoding
from films.reading.article import Refusal

ENDINGS = (".txt", ".md", ".json")
PAUSE = 0.05


class Busy(Exception):
    """Another run is writing, and did not end within the time that one may wait."""


class Found(NamedTuple):
    """A file to import; `folder` is the folder it was found in, out of which no link may lead."""

    path: Path
    folder: Path | None = None

    @property
    def shown(self) -> str:
        """The path as text that every terminal and every report can hold."""
        return os.fsencode(self.path).decode("utf-8", "replace")

    @property
    def name(self) -> str:
        return os.fsencode(self.path.name).decode("utf-8", "replace")

    def load(self) -> bytes:
        """The file's bytes, or a refusal."""
        if not self.path.is_dir() or self.path.suffix.lower() == ".toml":
            refuse_ending(self.path)
        return decoding.load(self.path, self.folder)

    def editors(self) -> str:
        """The text of the editors' file beside it."""
        return load_editors(self.path)


class Given(NamedTuple):
    """An article handed over as bytes: uploaded or pasted at the desk."""

    name: str
    data: bytes

    @property
    def shown(self) -> str:
        return self.name

    def load(self) -> bytes:
        """The bytes, or a refusal; their number is looked at where they are decoded."""
        refuse_ending(PurePath(self.name))
        return self.data

    def editors(self) -> None:
        """Nothing lies beside it: what an editors' file once said stays as it was said."""


def refuse_ending(path: PurePath) -> None:
    """Refuse what is no article by its name."""
    if path.suffix.lower() == ".toml":
        raise Refusal("editors_file_given")
    if path.suffix.lower() not in ENDINGS:
        raise Refusal("ending_unread", ending=path.suffix) if path.suffix else Refusal("no_ending")


def find_files(paths: Sequence[Path]) -> list[Found]:
    """Articles under the paths given, each once: in folders .txt, .md and .json, sorted, nothing hidden."""
    found: dict[str, Found] = {}
    for path in paths:
        for one in _in_folder(path) if path.is_dir() else [Found(path)]:
            found.setdefault(os.path.abspath(one.path), one)
    return list(found.values())


def missing_paths(paths: Sequence[Path]) -> list[Path]:
    return [path for path in paths if not os.path.lexists(path)]


def _in_folder(folder: Path) -> list[Found]:
    found: list[Path] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            Path(parent, name) for name in names if not name.startswith(".") and Path(name).suffix.lower() in ENDINGS
        ]
    return [Found(path, folder) for path in sorted(found)]


@contextmanager
def only_one_run(lock: Path, waiting: Callable[[], None], patience: float | None = None) -> Iterator[None]:
    """Hold the lock file while importing; a second run waits, and then finds everything done.

    With `patience` it waits so many seconds and then raises Busy.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as file:
        if not _is_free(file):
            waiting()
            _wait(file, patience)
        yield


def _is_free(file: IO[str]) -> bool:
    """Take the lock if nobody has it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait(file: IO[str], patience: float | None) -> None:
    if patience is None:
        fcntl.flock(file, fcntl.LOCK_EX)
        return
    end = time.monotonic() + patience
    while not _is_free(file):
        if time.monotonic() > end:
            raise Busy
        time.sleep(PAUSE)
