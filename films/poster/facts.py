"""What a poster is made from, cleaned of everything that XML or a line of type cannot hold."""

import unicodedata
from hashlib import sha256
from typing import NamedTuple, TypeVar

T = TypeVar("T")

TITLE_LIMIT = 200
NAME_LIMIT = 60
LINE_BREAK = "|"
# Controls, surrogates, private and unassigned characters have no glyph; format characters would move others.
WITHOUT_GLYPH = {"Cc", "Cf", "Cs", "Co", "Cn"}


class Facts(NamedTuple):
    """One film as its poster knows it. The same facts give the same bytes."""

    title: str
    creator: str
    edition: str
    pigment: str
    figure: str
    composition: str
    seed: str
    # Where the title breaks, `自愿|被吃的猪`; anything but the title's own words is left aside.
    lines: str = ""
    lang: str = "zh-Hans"


def clean(text: str, limit: int = TITLE_LIMIT) -> str:
    """One line that can be set: blanks collapsed, characters without a glyph dropped, cut at the limit."""
    line = " ".join("".join(_kept(character) for character in text).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _kept(character: str) -> str:
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in WITHOUT_GLYPH else character


def lines_of(facts: Facts) -> list[str]:
    """The title as its editor broke it; [] when there are no breaks or they are of another title."""
    lines = [line for line in map(clean, facts.lines.split(LINE_BREAK)) if line]
    broken = breaks_title(facts.lines, facts.title)
    return lines if len(lines) > 1 and broken else []


def breaks_title(lines: str, title: str) -> bool:
    """Whether these lines, put together again, are the title."""
    return _without_blanks(lines.replace(LINE_BREAK, "")) == _without_blanks(title)


def _without_blanks(text: str) -> str:
    return clean(text).replace(" ", "")


class Dice(NamedTuple):
    """The bytes that decide everything an editor does not."""

    digest: bytes

    def pick(self, number: int, options: tuple[T, ...]) -> T:
        return options[self.digest[number % len(self.digest)] % len(options)]

    def share(self, number: int) -> float:
        """A number from 0 to 1."""
        return self.digest[number % len(self.digest)] / 255


def dice(seed: str) -> Dice:
    return Dice(sha256(seed.encode("utf-8", "replace")).digest())
