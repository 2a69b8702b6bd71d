"""What a visitor typed → words to look for."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from films.patterns import late
from films.text import RUNS, bigrams, search_fold

MAX_CHARACTERS = 200
MAX_WORDS = 20
BETWEEN_WORDS = late(r"[\s,;、。|/]+")


class QueryTooLong(ValueError):
    """More than a search can be asked at once; the message is for the visitor."""

    def __init__(self) -> None:
        super().__init__(_("搜索词太长：最多 %(characters)d 个字，%(words)d 个词。") % LIMITS)


LIMITS = {"characters": MAX_CHARACTERS, "words": MAX_WORDS}


class Word(NamedTuple):
    """Tokens that must follow one another; `is_prefix`: the last may go on (`mid` finds Midjourney)."""

    text: str
    tokens: tuple[str, ...]
    is_prefix: bool


class Query(NamedTuple):
    """Every word must be found; `ignored` are those that hold nothing one could look for, such as 🎬."""

    words: tuple[Word, ...]
    ignored: tuple[str, ...]


def parse(text: str) -> Query:
    """Divide a query into words; raises QueryTooLong."""
    if len(text) > MAX_CHARACTERS:
        raise QueryTooLong
    pieces = [piece for piece in BETWEEN_WORDS.split(search_fold(text)) if piece]
    if len(pieces) > MAX_WORDS:
        raise QueryTooLong
    words = [word_of(piece) for piece in dict.fromkeys(pieces)]
    return Query(
        tuple(word for word in words if word.tokens),
        tuple(word.text for word in words if not word.tokens and word.text.isprintable()),
    )


def word_of(folded: str) -> Word:
    """A word whose last token may be open: a text can go on where the visitor stopped typing."""
    tokens = bigrams(folded)
    runs = RUNS.findall(folded)
    if not runs:
        return Word(folded, (), is_prefix=False)
    unspaced, spaced = runs[-1]
    if len(unspaced) > 1:
        return Word(folded, tuple(tokens[:-1]), is_prefix=False)
    return Word(folded, tuple(tokens), is_prefix=bool(unspaced) or len(spaced) > 1)
