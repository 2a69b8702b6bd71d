"""The eight compositions: how title, figure and small print share 400×600."""

from collections.abc import Callable
from typing import NamedTuple

from films.poster.facts import Dice, Facts, clean, lines_of
from films.poster.figures import FIGURES, Box
from films.poster.marks import Mark, disc, group, mark, number, numbers, rectangle
from films.poster.setting import (
    LEADING,
    best_wrapped,
    has_hanzi,
    is_hanzi,
    largest,
    set_glyphs,
    set_lines,
    whole_tenths,
    width,
)

WIDTH, HEIGHT, MARGIN = 400, 600, 28
ROOM = WIDTH - 2 * MARGIN
# A Han character keeps some distance inside its em: so its ink stands on the margin.
TOP = 22
FOOT = 572
UNTITLED = "无题"


class Sheet(NamedTuple):
    """A poster on the drawing table."""

    facts: Facts
    dice: Dice

    @property
    def title(self) -> str:
        return self.facts.title

    def figure(self, box: Box, role: str = "fig") -> Mark:
        return group(role, FIGURES[self.facts.figure](box, self.dice))


def full(sheet: Sheet) -> list[Mark]:
    """The title fills the sheet over the figure."""
    rows = [row for row in lines_of(sheet.facts) if is_hanzi(row)]
    if not rows:
        rows = [sheet.title[:2], sheet.title[2:]] if len(sheet.title) == 4 else list(sheet.title)
    columns = max(map(len, rows))
    size = whole_tenths(min(ROOM / columns, 506 / len(rows)))
    left = (WIDTH - size) / 2 if len(sheet.title) <= 2 else MARGIN
    top = TOP + (506 - size) / 2 if len(sheet.title) == 1 else TOP
    glyphs = [(c, left + i * size, top + n * size) for n, row in enumerate(rows) for i, c in enumerate(row)]
    return [
        sheet.figure(Box(0, 0, WIDTH, HEIGHT + 16), "fig under"),
        *set_glyphs("pt", glyphs, size),
        *foot(sheet.facts),
    ]


def column(sheet: Sheet) -> list[Mark]:
    """Vertical columns from the right margin leftward."""
    title, lines = sheet.title, lines_of(sheet.facts)
    half = -(-len(title) // 2)
    columns = lines or ([title] if len(title) <= 5 else [title[:half], title[half:]])
    most = 150 if len(columns) == 1 else 112
    size = whole_tenths(min(most, 480 / max(map(len, columns)), ROOM / (1.1 * len(columns) - 0.1)))
    glyphs = [
        (character, WIDTH - MARGIN - size * (1 + 1.1 * i), TOP + n * size)
        for i, line in enumerate(columns)
        for n, character in enumerate(line)
    ]
    return [
        sheet.figure(Box(0, 0.34 * HEIGHT, 0.86 * WIDTH, 0.66 * HEIGHT), "fig under"),
        *set_glyphs("pt", glyphs, size),
        *foot(sheet.facts),
    ]


def horizon(sheet: Sheet) -> list[Mark]:
    """A free figure stands on a panel of ground that holds the title."""
    most = (126.0, 92.0)
    limit = 6.2 if has_hanzi(sheet.title) else 8.5
    # Never above y 206, whatever the length of the title.
    highest = HEIGHT - 206 - 84
    lines = lines_of(sheet.facts)
    size = largest(lines, ROOM, highest, LEADING, most[1]) if lines else 0
    if not lines:
        lines, size = best_wrapped(sheet.title, limit, ROOM, highest, most)
    level = HEIGHT - 84 - size * LEADING * len(lines)
    return [
        sheet.figure(Box(0, 0, WIDTH, level)),
        rectangle("kg", -10, level, WIDTH + 20, HEIGHT - level + 10),
        set_lines("pt", lines, MARGIN, level + 18, size),
        *foot(sheet.facts),
    ]


def split(sheet: Sheet) -> list[Mark]:
    """Half figure ink, half ground; the title is drawn twice and changes ink on the line."""
    half, title = WIDTH / 2, sheet.title
    size = whole_tenths(min(ROOM, 506 / len(title)))
    glyphs = [(character, (WIDTH - size) / 2, TOP + n * size) for n, character in enumerate(title)]
    left = set_glyphs("pt pgr", glyphs, size)
    right = set_glyphs("pt", glyphs, size)
    name, small = fitted(sheet.facts, half - 2 * MARGIN, together=False)
    return [
        rectangle("k1", -10, -10, half + 10, HEIGHT + 20),
        mark("svg", "", *left, width=half, height=HEIGHT),
        mark(
            "svg", "", *right, x=half, width=half, height=HEIGHT, viewBox=f"{number(half)} 0 {number(half)} {HEIGHT}"
        ),
        *foot_marks(replace_role(name, "pc pgr"), small),
    ]


def mirror(sheet: Sheet) -> list[Mark]:
    """The title stands on the water and breaks up in it."""
    title, middle = sheet.title, HEIGHT / 2
    size = whole_tenths(min(ROOM / width(title), 244))
    left = (WIDTH - size) / 2 if len(title) == 1 else MARGIN
    top = middle - size
    word = set_lines("pt", [title], left, top, size)
    image = set_lines("pt pk", [title], left, top, size)
    flipped = image._replace(attributes=(*image.attributes, ("transform", f"matrix(1 0 0 -1 0 {HEIGHT})")))
    cuts = [rectangle("kg", 0, middle + size * (0.1 + 0.135 * i), WIDTH, size * (0.018 + 0.016 * i)) for i in range(7)]
    moon = [disc("k2", WIDTH - MARGIN - 52, MARGIN + 52, 52)] if size < 190 else []
    return [group("fig", [*moon, flipped, *cuts]), word, *foot(sheet.facts)]


def gate(sheet: Sheet) -> list[Mark]:
    """The marks of a title stand above and below a figure, with nothing else between."""
    roofs = [34, 60]
    rise = 70
    paths = [chevron(34, y + rise, 200, y) for y in roofs]
    paths += [chevron(34, HEIGHT - y - rise, 200, HEIGHT - y) for y in roofs]
    return [
        sheet.figure(Box(76, 150, 248, 262, contained=True)),
        mark("path", "st", d="".join(paths), stroke_width=8),
        *centred("pc", sheet.facts.creator, 458, 26),
        *centred("pz", fine_print(sheet.facts), 484, 14),
    ]


def chevron(x: float, y: float, tip_x: float, tip_y: float) -> str:
    """Across the sheet, with its tip in the middle."""
    return f"M{numbers((x, y))}L{numbers((tip_x, tip_y))} {numbers((WIDTH - x, y))}"


def brackets(tip: float, y: float, wide: float, high: float, right: float = WIDTH) -> str:
    """《 opens left, 》 closes right: one stroke of each."""
    ends = (y - high / 2, y + high / 2)
    return "".join(
        f"M{numbers((end, ends[0]))}L{numbers((point, y))} {numbers((end, ends[1]))}"
        for point, end in ((tip, tip + wide), (right - tip, right - tip - wide))
    )


def void(sheet: Sheet) -> list[Mark]:
    """The figure is everywhere but between the marks of a title that nobody stated."""
    marks = "".join(brackets(34 + aside, 300, 62, 200) for aside in (0, 32))
    return [
        sheet.figure(Box(0, 0, WIDTH, HEIGHT)),
        rectangle("kg", -10, 168, WIDTH + 20, 264),
        rectangle("kg", -10, HEIGHT - 66, WIDTH + 20, 76),
        mark("path", "st", d=marks, stroke_width=10),
        *foot(sheet.facts),
    ]


def nest(sheet: Sheet) -> list[Mark]:
    """Marks within marks round a small figure."""
    pairs = [brackets(103 - 31 * i, 258, 46 + 15 * i, 168 + 74 * i) for i in range(5)]
    return [
        group("under", [mark("path", "s1", d="".join(pairs[2:]), stroke_width=8)]),
        sheet.figure(Box(138, 173, 124, 170, contained=True)),
        mark("path", "st", d="".join(pairs[:2]), stroke_width=8),
        *foot(sheet.facts),
    ]


def fine_print(facts: Facts) -> str:
    """Edition and year; an untitled film says so."""
    return "　".join(part for part in ("" if facts.title else UNTITLED, facts.edition) if part)


def foot(facts: Facts) -> list[Mark]:
    return foot_marks(*fitted(facts, ROOM))


Small = tuple[str, str, float]


def fitted(facts: Facts, room: float, together: bool = True) -> tuple[Small, Small]:
    """The name and the small print; when both do not fit the print goes, then the name shrinks."""
    name, small = facts.creator, fine_print(facts)
    taken = width(name) * 23 + 24 if together else 0
    if width(small) * 14 + (taken if name else 0) > room:
        small = "" if facts.title else UNTITLED
        small = small if width(small) * 14 + taken <= room else ""
    name, size = shrunk(name, room, 23)
    return ("pc", name, size), ("pz", small, 14)


def shrunk(name: str, room: float, size: float) -> tuple[str, float]:
    """A name at a size that fits; past legibility it is cut instead."""
    while name and width(name) * 11 > room:
        name = clean(name, len(name) - 1)
    return name, whole_tenths(min(size, room / width(name))) if name else size


def replace_role(small: Small, role: str) -> Small:
    return role, *small[1:]


def foot_marks(
    name: Small, small: Small, left: float = MARGIN, right: float = WIDTH - MARGIN, y: float = FOOT
) -> list[Mark]:
    drawn = []
    if name[1]:
        drawn.append(mark("text", name[0], name[1], x=left, y=y, font_size=name[2]))
    if small[1]:
        drawn.append(mark("text", small[0], small[1], x=right, y=y, font_size=small[2], text_anchor="end"))
    return drawn


def centred(role: str, text: str, y: float, size: float) -> list[Mark]:
    text, size = shrunk(text, 280, size)
    return [mark("text", role, text, x=WIDTH / 2, y=y, font_size=size, text_anchor="middle")] if text else []


Composition = Callable[[Sheet], list[Mark]]

COMPOSITIONS: dict[str, Composition] = {
    "full": full,
    "column": column,
    "horizon": horizon,
    "split": split,
    "mirror": mirror,
    "gate": gate,
    "void": void,
    "nest": nest,
}
