"""Finished posters: for a page, as a file of its own, and wide."""

from films.poster.choice import drawable
from films.poster.compositions import (
    COMPOSITIONS,
    HEIGHT,
    MARGIN,
    WIDTH,
    Sheet,
    brackets,
    fitted,
    foot_marks,
)
from films.poster.facts import NAME_LIMIT, Facts, clean, dice, lines_of
from films.poster.figures import FIGURES, Box
from films.poster.marks import Mark, Paint, by_class, by_colour, mark, rectangle, written
from films.poster.palette import PIGMENTS, Print
from films.poster.setting import LEADING, best_wrapped, has_hanzi, largest, set_lines

WIDE_WIDTH, WIDE_HEIGHT = 640, 360


def poster(facts: Facts) -> str:
    """The poster for a page: classes that the stylesheet colours, decorative, without a size of its own."""
    facts = fit(facts)
    drawn = (
        ("class", "poster"),
        ("data-pigment", facts.pigment),
        ("lang", facts.lang),
        ("viewBox", f"0 0 {WIDTH} {HEIGHT}"),
        ("aria-hidden", "true"),
    )
    return written(Mark("svg", "", drawn, tuple(sheet_marks(facts))), by_class)


def standalone(facts: Facts, dark: bool = False) -> str:
    """The same poster as a file, its colours resolved."""
    facts = fit(facts)
    return _file(facts, sheet_marks(facts), WIDTH, HEIGHT, dark)


def wide(facts: Facts, height: int = WIDE_HEIGHT, dark: bool = False) -> str:
    """Lying: title or empty marks left, the figure contained at the right."""
    facts = fit(facts)
    return _file(facts, wide_marks(facts, height), WIDE_WIDTH, height, dark)


def fit(facts: Facts) -> Facts:
    """Clean words, known names, and a composition in which the title can be read."""
    title = clean(facts.title)
    pigment = facts.pigment if facts.pigment in PIGMENTS else next(iter(PIGMENTS))
    return facts._replace(
        title=title,
        creator=clean(facts.creator, NAME_LIMIT),
        edition=clean(facts.edition, NAME_LIMIT),
        pigment=pigment,
        figure=facts.figure if facts.figure in FIGURES else next(iter(FIGURES)),
        composition=drawable(facts.composition, title, pigment),
        lang=clean(facts.lang, 20) or "zh-Hans",
    )


def sheet_marks(facts: Facts) -> list[Mark]:
    drawn = COMPOSITIONS[facts.composition](Sheet(facts, dice(facts.seed)))
    return [rectangle("kg", 0, 0, WIDTH, HEIGHT), *drawn]


def wide_marks(facts: Facts, height: int) -> list[Mark]:
    sheet = Sheet(facts, dice(facts.seed))
    foot = height - MARGIN
    return [
        rectangle("kg", 0, 0, WIDE_WIDTH, height),
        sheet.figure(Box(384, 32, 228, height - 104, contained=True)),
        *(_wide_title(facts, height) if facts.title else [_empty_marks(height)]),
        *foot_marks(*fitted(facts, WIDE_WIDTH - 2 * MARGIN), right=WIDE_WIDTH - MARGIN, y=foot),
    ]


def _wide_title(facts: Facts, height: int) -> list[Mark]:
    room, high = 328.0, height - 112.0
    lines, most = lines_of(facts), (116.0, 92.0)
    size = largest(lines, room, high, LEADING, most[1]) if lines else 0
    if not lines:
        limit = 4.2 if has_hanzi(facts.title) else 7.0
        lines, size = best_wrapped(facts.title, limit, room, high, most)
    return [set_lines("pt", lines, MARGIN, MARGIN, size)]


def _empty_marks(height: int) -> Mark:
    middle = 32 + (height - 104) / 2
    strokes = "".join(brackets(34 + aside, middle, 56, 180, right=384) for aside in (0, 30))
    return mark("path", "st", d=strokes, stroke_width=9)


def _file(facts: Facts, marks: list[Mark], width: int, height: int, dark: bool) -> str:
    pigment = PIGMENTS[facts.pigment]
    printed: Print = pigment.dark if dark else pigment.light
    paint: Paint = by_colour(printed)
    attributes = (
        ("xmlns", "http://www.w3.org/2000/svg"),
        ("xml:lang", facts.lang),
        ("width", str(width)),
        ("height", str(height)),
        ("viewBox", f"0 0 {width} {height}"),
    )
    return written(Mark("svg", "", attributes, tuple(marks)), paint)
