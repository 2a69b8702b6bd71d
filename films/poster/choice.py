"""Which pigment, figure and composition a film gets: by the bytes of its name, and what its edition has left."""

from collections.abc import Collection, Sequence
from hashlib import sha256
from typing import NamedTuple

from films.poster.compositions import COMPOSITIONS
from films.poster.facts import clean
from films.poster.figures import FIGURES
from films.poster.palette import PIGMENTS
from films.poster.setting import is_hanzi, width

UNTITLED_COMPOSITIONS = ("gate", "void", "nest")
MIRROR_LIMIT = 11


class Choice(NamedTuple):
    """Names out of PIGMENTS, FIGURES and COMPOSITIONS; "" is still open."""

    pigment: str = ""
    figure: str = ""
    composition: str = ""


OPEN = Choice()


def choose(seed: str, title: str, taken: Collection[Choice] = (), given: Choice = OPEN) -> Choice:
    """Fill what is open in `given`; a pigment or figure that the edition has steps to the next free one."""
    digest = sha256(seed.encode("utf-8", "replace")).digest()
    pigment = given.pigment or _next_free(tuple(PIGMENTS), digest[0], {choice.pigment for choice in taken})
    figure = given.figure or _next_free(tuple(FIGURES), digest[1], {choice.figure for choice in taken})
    fitting = allowed(title, pigment)
    return Choice(pigment, figure, given.composition or fitting[digest[2] % len(fitting)])


def _next_free(names: Sequence[str], byte: int, taken: Collection[str]) -> str:
    start = byte % len(names)
    turned = (*names[start:], *names[:start])
    return next((name for name in turned if name not in taken), turned[0])


def allowed(title: str, pigment: str = "") -> tuple[str, ...]:
    """The compositions that are drawn by lot for a title."""
    title = clean(title)
    if not title:
        return UNTITLED_COMPOSITIONS
    if is_hanzi(title) and len(title) <= 4:
        # The two inks of cinnabar are too near to each other to change on a line.
        return ("full", "column", "mirror") if pigment == "cinnabar" else ("full", "column", "split", "mirror")
    if is_hanzi(title) and len(title) <= 9:
        return ("column", "horizon", "mirror") if len(title) <= 6 else ("column", "horizon")
    return ("horizon", "mirror") if width(title) <= MIRROR_LIMIT else ("horizon",)


def possible(title: str, pigment: str = "") -> tuple[str, ...]:
    """The compositions that an editor may ask for: those in which the title can be read."""
    title = clean(title)
    if not title:
        return UNTITLED_COMPOSITIONS
    if is_hanzi(title) and len(title) <= 9:
        tall = (
            ("full", "column", "horizon")
            if len(title) > 4 or pigment == "cinnabar"
            else ("full", "column", "horizon", "split")
        )
        return (*tall, "mirror")
    return ("horizon", "mirror")


def drawable(composition: str, title: str, pigment: str) -> str:
    """The composition, or the first that fits where the title has changed since it was chosen."""
    fits = composition in COMPOSITIONS and composition in possible(title, pigment)
    return composition if fits else allowed(title, pigment)[0]
