"""Two texts side by side: what stayed, what went, what came."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

TOKEN = re.compile(r"[A-Za-z0-9]+|\s+|.", re.S)
# Comparing takes time in proportion to the product of the lengths; beyond this the middle is shown as replaced.
MOST_PAIRS = 1_000_000


class Piece(NamedTuple):
    """A run of text; `is_marked` where the other side has something else."""

    text: str
    is_marked: bool = False


def sides(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces; the marked ones of the first went, those of the second came."""
    left, right = TOKEN.findall(before), TOKEN.findall(after)
    changes = list(_changes(left, right))
    return _side(left, [(a, b) for a, b, _c, _d in changes]), _side(right, [(c, d) for _a, _b, c, d in changes])


def _changes(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    start = _same(left, right)
    end = min(_same(left[::-1], right[::-1]), len(left) - start, len(right) - start)
    a, b = left[start : len(left) - end], right[start : len(right) - end]
    if len(a) * len(b) > MOST_PAIRS:
        yield start, len(left) - end, start, len(right) - end
        return
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            yield start + i, start + j, start + k, start + m


def _same(left: Sequence[str], right: Sequence[str]) -> int:
    """How many tokens both begin with."""
    pairs = zip(left, right, strict=False)
    return next((number for number, (one, other) in enumerate(pairs) if one != other), min(len(left), len(right)))


def _side(tokens: Sequence[str], marked: Sequence[tuple[int, int]]) -> list[Piece]:
    found, at = [], 0
    for first, last in marked:
        found += [Piece("".join(tokens[at:first])), Piece("".join(tokens[first:last]), is_marked=True)]
        at = last
    found.append(Piece("".join(tokens[at:])))
    return [piece for piece in found if piece.text]
