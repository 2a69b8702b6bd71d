"""Drawn things: what a poster is put together from, and how it becomes SVG."""

from collections.abc import Callable, Iterable
from html import escape
from typing import NamedTuple

from films.poster.palette import Print

SONG = "Charter,Cambria,Songti SC,Noto Serif CJK SC,Noto Serif SC,Source Han Serif SC,Microsoft YaHei,serif"
HEI = "Segoe UI,Roboto,PingFang SC,HarmonyOS Sans SC,Microsoft YaHei,Noto Sans CJK SC,Noto Sans SC,sans-serif"

# In an attribute blanks other than a space would be read as one.
QUOTED = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)

Attributes = tuple[tuple[str, str], ...]


class Mark(NamedTuple):
    """One element; `role` says by class what it is painted with."""

    tag: str
    role: str
    attributes: Attributes = ()
    inside: tuple["Mark | str", ...] = ()


def number(value: float) -> str:
    """At most one decimal and no more characters than needed."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def numbers(values: Iterable[float]) -> str:
    return " ".join(map(number, values))


def mark(tag: str, role: str, *inside: "Mark | str", **attributes: float | str) -> Mark:
    """A mark; `stroke_width` becomes `stroke-width`, numbers are shortened, nought is left out."""
    pairs = (
        (name.replace("_", "-"), value if isinstance(value, str) else number(value))
        for name, value in attributes.items()
    )
    return Mark(tag, role, tuple(pair for pair in pairs if pair[1] not in {"", "0"}), inside)


def rectangle(role: str, x: float, y: float, width: float, height: float) -> Mark:
    return mark("path", role, d=f"M{number(x)} {number(y)}h{number(width)}v{number(height)}h{number(-width)}z")


def disc(role: str, x: float, y: float, radius: float) -> Mark:
    return mark("circle", role, cx=x, cy=y, r=radius)


def group(role: str, marks: Iterable[Mark]) -> Mark:
    return Mark("g", role, (), tuple(marks))


Paint = Callable[[str, bool], Attributes]


def by_class(role: str, under: bool) -> Attributes:
    """The stylesheet colours it."""
    return (("class", role),) if role else ()


def by_colour(printed: Print) -> Paint:
    """The colours stand in the file itself."""

    def paint(role: str, under: bool) -> Attributes:
        found: dict[str, str] = {}
        for name in role.split():
            found |= _painted(printed, under).get(name, {})
        return tuple(found.items())

    return paint


def _painted(printed: Print, under: bool) -> dict[str, dict[str, str]]:
    """What each class of the stylesheet means, as attributes."""
    first, second = (printed.u1, printed.u2) if under else (printed.p1, printed.p2)
    return {
        "kg": {"fill": printed.ground},
        "k1": {"fill": first},
        "k2": {"fill": second},
        "s1": {"fill": "none", "stroke": first},
        "s2": {"fill": "none", "stroke": second},
        "st": {"fill": "none", "stroke": printed.ink},
        "pt": {"fill": printed.ink, "font-family": SONG, "font-weight": "900"},
        "pc": {"fill": printed.ink, "font-family": HEI, "font-weight": "600"},
        "pz": {"fill": printed.ink, "font-family": HEI, "font-weight": "500"},
        "pk": {"fill": printed.p1},
        "pgr": {"fill": printed.ground},
    }


def written(drawn: Mark | str, paint: Paint, under: bool = False) -> str:
    """The mark and everything inside it as SVG."""
    if isinstance(drawn, str):
        return escape(drawn, quote=False)
    inner = under or "under" in drawn.role.split()
    pairs = (*paint(drawn.role, inner), *drawn.attributes)
    head = drawn.tag + "".join(f' {name}="{value.translate(QUOTED)}"' for name, value in pairs)
    if not drawn.inside:
        return f"<{head}/>"
    return f"<{head}>{''.join(written(child, paint, inner) for child in drawn.inside)}</{drawn.tag}>"
