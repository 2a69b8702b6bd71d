"""The typographic poster: facts in, SVG out. Pure Python; the same facts give the same bytes everywhere."""

from films.poster.choice import OPEN, Choice, allowed, choose, possible
from films.poster.compositions import COMPOSITIONS
from films.poster.facts import LINE_BREAK, Facts, breaks_title, clean
from films.poster.figures import FIGURES
from films.poster.palette import PIGMENTS
from films.poster.sheets import fit, poster, standalone, wide

__all__ = [
    "COMPOSITIONS",
    "FIGURES",
    "LINE_BREAK",
    "OPEN",
    "PIGMENTS",
    "Choice",
    "Facts",
    "allowed",
    "breaks_title",
    "choose",
    "clean",
    "fit",
    "possible",
    "poster",
    "standalone",
    "wide",
]
