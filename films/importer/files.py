"""Which files a run reads, and the lock that lets one run at a time write."""

import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from films.reading import decoding
from films.reading.article import Refusal

ENDINGS = (".txt", ".md", ".json")


@dataclass(frozen=True)
class Found:
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
        if self.path.suffix.lower() == ".toml":
            raise Refusal("editors_file_given")
        if self.path.suffix.lower() not in ENDINGS and not self.path.is_dir():
            ending = self.path.suffix
            raise Refusal("ending_unread", ending=ending) if ending else Refusal("no_ending")
        return decoding.load(self.path, self.folder)


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
def only_one_run(lock: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock file while importing; a second run waits, and then finds everything done."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
