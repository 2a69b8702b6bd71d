"""Reading a container piece by piece: a little of each, and never past its end."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# More pieces than a film of six hours in fragments of a second has; reading so many takes well under a second.
MOST_PIECES = 50_000
ENDS_EARLY = _("它在结尾之前就断了")
TOO_MANY = _("它的段落多得不像一部影片")
NONSENSE = _("里面有读不懂的内容")


class Broken(Exception):
    """Why a container cannot be read, in words."""

    def __init__(self, words: str | Promise) -> None:
        super().__init__(words)
        self.words = words


@dataclass
class Seen:
    """What was seen of the first picture track."""

    is_kind: bool = True
    codec: str = ""
    width: int = 0
    height: int = 0
    seconds: int | None = None


class Window:
    """A file from one place to another; reading past the end means that the file is broken."""

    def __init__(self, file: Any, start: int, end: int, budget: list[int] | None = None) -> None:
        self.file, self.place, self.end = file, start, end
        self.budget = [MOST_PIECES] if budget is None else budget

    @property
    def left(self) -> int:
        return self.end - self.place

    def read(self, count: int) -> bytes:
        if count > self.left:
            raise Broken(ENDS_EARLY)
        self.file.seek(self.place)
        data: bytes = self.file.read(count)
        if len(data) < count:
            raise Broken(ENDS_EARLY)
        self.place += count
        return data

    def number(self, count: int) -> int:
        return int.from_bytes(self.read(count), "big")

    def inner(self, size: int) -> "Window":
        """The next so many bytes, which this window passes over."""
        if size > self.left:
            raise Broken(ENDS_EARLY)
        self.budget[0] -= 1
        if self.budget[0] < 0:
            raise Broken(TOO_MANY)
        found = Window(self.file, self.place, self.place + size, self.budget)
        self.place += size
        return found
