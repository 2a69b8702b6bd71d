"""Two texts as pieces: what stayed, what was deleted, what was inserted. Made for Chinese: by characters, not lines."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

from films.patterns import late

# A sentence with what ends it; in Latin text a word; else a character.
SENTENCES = late(r"[^。！？!?；;\n]*[。！？!?；;\n]+|[^。！？!?；;\n]+")
TOKENS = late(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)
LIKE_ENOUGH = 0.4
COMPARED_AT_MOST = 1500
CONTEXT = 40
ELLIPSIS = " … "


class Piece(NamedTuple):
    """`kind` is same, deleted or inserted."""

    kind: str
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """What became of a text, in reading order; long stretches that stayed are cut in the middle."""
    found = joined(by_sentences(before, after))
    last = len(found) - 1
    return [shortened(piece, place == 0, place == last) for place, piece in enumerate(found)]


def by_sentences(before: str, after: str) -> Iterator[Piece]:
    """Sentences that stayed as they are first, then characters within what changed."""
    old, new = SENTENCES.findall(before), SENTENCES.findall(after)
    for kind, left, right in blocks(old, new):
        yield from [Piece("same", left)] if kind == "equal" else by_tokens(left, right)


def by_tokens(before: str, after: str) -> Iterator[Piece]:
    """Words and characters, where the texts are alike enough for that to be read."""
    old, new = TOKENS.findall(before), TOKENS.findall(after)
    if max(len(old), len(new)) > COMPARED_AT_MOST or not alike(old, new):
        yield from (Piece("deleted", before), Piece("inserted", after))
        return
    for kind, left, right in blocks(old, new):
        if kind == "equal":
            yield Piece("same", left)
        else:
            yield from (Piece("deleted", left), Piece("inserted", right))


def alike(old: Sequence[str], new: Sequence[str]) -> bool:
    return not old or not new or SequenceMatcher(None, old, new, autojunk=False).ratio() >= LIKE_ENOUGH


def blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Runs of parts that are equal or differ, each side as one text."""
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield kind, "".join(old[a:b]), "".join(new[c:d])


def joined(found: Iterator[Piece]) -> list[Piece]:
    """Neighbours of one kind as one; what was deleted stands before what was inserted in its place."""
    result: list[Piece] = []
    for is_same, run in groupby(found, key=lambda piece: piece.kind == "same"):
        parts = list(run)
        for kind in ("same",) if is_same else ("deleted", "inserted"):
            text = "".join(piece.text for piece in parts if piece.kind == kind)
            result += [Piece(kind, text)] if text else []
    return result


def shortened(piece: Piece, is_first: bool, is_last: bool) -> Piece:
    """A long stretch that stayed, by its ends that touch a change."""
    if piece.kind != "same" or len(piece.text) <= 3 * CONTEXT or (is_first and is_last):
        return piece
    head = "" if is_first else piece.text[:CONTEXT]
    tail = "" if is_last else piece.text[-CONTEXT:]
    return Piece("same", f"{head}{ELLIPSIS}{tail}")
