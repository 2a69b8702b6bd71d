"""Setting type without measuring: a Han character is one em, Latin letters are reckoned generously."""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import floor

from films.patterns import late
from films.poster.marks import Mark, mark, number, numbers

# Characters that fill an em and can stand alone in a column: ideographs, kana, hangul.
HANZI = "々〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003fffdぁ-ゖァ-ヺ가-힣"
ALL_HANZI = late(f"[{HANZI}]+")
ANY_HANZI = late(f"[{HANZI}]")
TOKEN = late(f"[{HANZI}]|[^{HANZI}\\s]+|\\s+")
NOT_FIRST = late(r"[，。、：；！？）》」』】〉…—,.:;!?)\]’”]+")
NARROW = set("ijlftrI1.,:;'’‘!|()[]-")
# A word that is longer than this is broken where it has to be.
WORD_LIMIT = 12.0


def is_hanzi(text: str) -> bool:
    return bool(ALL_HANZI.fullmatch(text))


def has_hanzi(text: str) -> bool:
    return bool(ANY_HANZI.search(text))


@lru_cache(maxsize=4096)
def em(character: str) -> float:
    """How much room a character takes."""
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in {"W", "F"} or character in "“”‘’—…" or ord(character) > 0x1F000:
        return 1.0
    if character == " ":
        return 0.25
    if character in NARROW:
        return 0.4
    return 0.95 if character in "mwMW" else 0.78 if character.isupper() else 0.62


def width(text: str) -> float:
    return sum(map(em, text))


def tokens(text: str) -> list[str]:
    """What a line may be broken between: Han characters, words, blanks; closing marks stay with what they close."""
    found: list[str] = []
    for token in TOKEN.findall(text):
        if found and NOT_FIRST.match(token) and not found[-1].isspace():
            closing = NOT_FIRST.match(token).group()  # type: ignore[union-attr]
            found[-1] += closing
            token = token[len(closing) :]
        found += _pieces(token)
    return found


def _pieces(word: str) -> list[str]:
    """A word, in pieces when no line could hold it."""
    pieces: list[str] = []
    for character in word:
        if pieces and width(pieces[-1]) + em(character) <= WORD_LIMIT:
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def filled(text: str, limit: float) -> list[str]:
    """Lines of at most `limit` em, as far as single words allow it."""
    lines, taken = [""], 0.0
    for token, room in measured(text):
        if taken + (0 if token.isspace() else room) > limit and lines[-1].strip():
            lines.append("")
            taken = 0.0
        if lines[-1] or not token.isspace():
            lines[-1] += token
            taken += room
    return [line.strip() for line in lines]


@lru_cache(maxsize=64)
def measured(text: str) -> tuple[tuple[str, float], ...]:
    """Each token with its room: a title is tried at many lengths of line."""
    return tuple((token, width(token)) for token in tokens(text))


def wrapped(text: str, limit: float) -> list[str]:
    """The fewest lines within the limit, as even as they can be."""
    count = len(filled(text, limit))
    even = width(text) / count
    while even < limit and len(filled(text, even)) > count:
        even += 0.25
    return filled(text, min(even, limit))


def largest(lines: Sequence[str], room: float, height: float, leading: float, most: float) -> float:
    """The size at which these lines fit the room."""
    widest = max(map(width, lines))
    return whole_tenths(min(most, room / widest, height / (len(lines) * leading)))


def whole_tenths(size: float) -> float:
    """Rounded down as it will be written: a size rounded up no longer fits."""
    return floor(size * 10) / 10


def best_wrapped(
    text: str, limit: float, room: float, height: float, most: tuple[float, float]
) -> tuple[list[str], float]:
    """Lines and their size: the wrapping at `limit` em, or a longer line where that can be set larger."""
    best: tuple[list[str], float] = ([], 0)
    for step in range(24):
        lines = wrapped(text, limit * 1.12**step)
        size = largest(lines, room, height, LEADING, most[len(lines) > 1])
        if size > best[1] * 1.02:
            best = (lines, size)
        if len(lines) == 1 or (step == 0 and size * len(lines) * LEADING < height - 1):
            break
    return best


LEADING = 1.12
# Where the baseline of a Han face stands in its em.
RISE = 0.88


def set_lines(role: str, lines: Sequence[str], x: float, top: float, size: float) -> Mark:
    """Lines of type from the left; every Han character stands at its own place."""
    spans = [_line(line, x, top + size * (LEADING * i + RISE), size) for i, line in enumerate(lines)]
    if len(spans) == 1:
        ((line, places),) = spans
        return mark("text", role, line, **places, font_size=size)
    return mark("text", role, *(mark("tspan", "", line, **places) for line, places in spans), font_size=size)


def _line(line: str, x: float, y: float, size: float) -> tuple[str, dict[str, str]]:
    # Long lines are small: their characters' own advance keeps them in place, and the file short.
    apart = is_hanzi(line) and len(line) <= 12 and is_basic(line)
    places = [x + i * size for i in range(len(line))] if apart else [x]
    return line, {"x": numbers(places), "y": number(y)}


def is_basic(text: str) -> bool:
    """Programs disagree how many places a character beyond the first plane takes in a list of places."""
    return all(ord(character) < 0x10000 for character in text)


def set_glyphs(role: str, glyphs: Iterable[tuple[str, float, float]], size: float) -> list[Mark]:
    """Han characters each at its place, given by the upper left corner of its em."""
    placed = [(glyph, x, y + RISE * size) for glyph, x, y in glyphs]
    if not is_basic("".join(glyph for glyph, _x, _y in placed)):
        return [mark("text", role, glyph, x=x, y=y, font_size=size) for glyph, x, y in placed]
    run, xs, ys = zip(*placed, strict=True)
    return [mark("text", role, "".join(run), x=numbers(xs), y=numbers(ys), font_size=size)]
