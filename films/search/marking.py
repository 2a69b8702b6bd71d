"""Where the words of a query stand in a text, and the piece of the text to show around them."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from films.patterns import late
from films.search.query import Word
from films.text import BLANKS, RUNS, SPACED, UNSPACED, readings, search_fold

Range = tuple[int, int]

CLUSTER = late("(?s).[\u0300-\u036f\u3099\u309a\u1160-\u11ff\ufe00-\ufe0f]*")
HAN = late(f"[{UNSPACED}]")
LATIN = late(SPACED)
BEFORE, LENGTH = 40, 140
NEAR = 10  # a cut that saves fewer characters than this is not made


class Piece(NamedTuple):
    text: str
    is_hit: bool


class Marked(NamedTuple):
    """Plain text and the ranges of it that were looked for; nothing in it is safe as markup."""

    text: str
    ranges: tuple[Range, ...] = ()

    def __str__(self) -> str:
        return self.text

    @property
    def pieces(self) -> list[Piece]:
        """The text cut at the hits, for a template to put each into its element."""
        edges = [0, *(edge for pair in self.ranges for edge in pair), len(self.text)]
        cut = [Piece(self.text[a:b], bool(n % 2)) for n, (a, b) in enumerate(pairwise(edges))]
        return [piece for piece in cut if piece.text]


def marked(text: str, words: Sequence[Word]) -> Marked:
    """A short text with every hit; a word typed in pinyin is marked on the characters it spells."""
    found = hits(text, words)
    found += [span for word in words if (span := pinyin_hit(text, word)) and not hits(text, [word])]
    return Marked(text, merged(found))


def snippet(texts: Iterable[str], words: Sequence[Word]) -> Marked:
    """A piece of the first text that holds a hit, around it; of the first text when none does."""
    lines = [BLANKS.sub(" ", text).strip() for text in texts if text.strip()]
    for line in lines:
        ranges = merged(hits(line, words))
        if ranges:
            return cut(line, ranges)
    return cut(lines[0], ()) if lines else Marked("")


def hits(text: str, words: Sequence[Word]) -> list[Range]:
    folded, places = folded_with_places(text)
    found = [match.span() for word in words if (p := pattern(word)) for match in p.finditer(folded)]
    return [(places[first], places[last]) for first, last in found]


def folded_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and where in the text each of its characters begins; the end is the last."""
    folded: list[str] = []
    places: list[int] = []
    for cluster in CLUSTER.finditer(text):
        part = folded_cluster(cluster[0])
        folded.append(part)
        places.extend([cluster.start()] * len(part))
    return "".join(folded), [*places, len(text)]


@lru_cache(maxsize=20_000)
def folded_cluster(cluster: str) -> str:
    return search_fold(cluster)


@lru_cache(maxsize=200)
def pattern(word: Word) -> re.Pattern[str] | None:
    """The word as the index finds it: Latin words from their beginning, marked to their end."""
    parts = [unspaced or spaced for unspaced, spaced in RUNS.findall(word.text)]
    if not parts:
        return None
    begin = f"(?<!{SPACED})" if LATIN.match(parts[0]) else ""
    end = "" if HAN.match(parts[-1]) else f"{SPACED}*" if word.is_prefix else f"(?!{SPACED})"
    return re.compile(begin + r"[\W_]*".join(map(re.escape, parts)) + end)


def pinyin_hit(text: str, word: Word) -> Range | None:
    """The characters whose readings or initials spell a Latin word."""
    if len(word.tokens) != 1 or not word.is_prefix or not LATIN.match(word.text):
        return None
    folded, places = folded_with_places(text)
    spelled = [readings().get(character, "") for character in folded]
    for first in range(len(spelled)):
        for last in range(first + 1, min(len(spelled), first + len(word.text)) + 1):
            run = spelled[first:last]
            if not all(run):
                break
            initials = "".join(syllable[0] for syllable in run)
            if spells("".join(run), word.text) or (len(run) > 1 and initials == word.text):
                return places[first], places[last]
    return None


def spells(run: str, typed: str) -> bool:
    return run.startswith(typed) or run.replace("v", "u").startswith(typed)


def merged(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """In order, touching and overlapping ones as one."""
    result: list[Range] = []
    for first, last in sorted(ranges):
        if result and first <= result[-1][1]:
            result[-1] = result[-1][0], max(last, result[-1][1])
        else:
            result.append((first, last))
    return tuple(result)


def cut(line: str, ranges: tuple[Range, ...]) -> Marked:
    """About LENGTH characters from shortly before the first hit on; no hit and no Latin word is cut."""
    first = ranges[0][0] if ranges else 0
    start = first - BEFORE if first > BEFORE + NEAR else 0
    end = start + LENGTH if len(line) > start + LENGTH + NEAR else len(line)
    end = max([end, *(b for a, b in ranges if a < end)])
    while start and start < first and in_latin_word(line, start):
        start += 1
    held = max((b for a, b in ranges if a < end), default=1)
    while end > held and in_latin_word(line, end):
        end -= 1
    opening, closing = "…" if start else "", "…" if end < len(line) else ""
    shift = len(opening) - start
    shown = tuple((a + shift, b + shift) for a, b in ranges if b <= end)
    return Marked(opening + line[start:end] + closing, shown)


def in_latin_word(line: str, place: int) -> bool:
    """Whether a cut before this place would divide a Latin word or number."""
    return place < len(line) and bool(LATIN.match(line[place - 1]) and LATIN.match(line[place]))
