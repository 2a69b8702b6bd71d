"""The eight figures. Each fills a box: free, it may be cut by the canvas; contained, it stays inside."""

from collections.abc import Callable
from math import cos, hypot, pi, radians, sin, sqrt
from typing import NamedTuple

from films.poster.facts import Dice
from films.poster.marks import Mark, disc, mark, number, numbers, rectangle


class Box(NamedTuple):
    x: float
    y: float
    w: float
    h: float
    contained: bool = False

    @property
    def side(self) -> float:
        return min(self.w, self.h)

    def at(self, across: float, down: float) -> tuple[float, float]:
        """The point at these shares of width and height."""
        return self.x + across * self.w, self.y + down * self.h


def ink(count: int) -> str:
    """First and second ink by turns."""
    return "k2" if count % 2 else "k1"


def dome(box: Box, dice: Dice) -> list[Mark]:
    count = dice.pick(3, (3, 4, 5))
    middle = 0.5 if box.contained else dice.pick(4, (0.5, 0.36, 0.5, 0.64))
    cx, base = box.at(middle, 1)
    largest = min(box.w / 2, box.h) if box.contained else min(0.62 * box.w, 0.94 * box.h)
    sizes = [largest * (1 - i / count) ** 1.05 for i in range(count)]
    return [half_disc(ink(i), cx, base, radius) for i, radius in enumerate(sizes)]


def half_disc(role: str, cx: float, base: float, radius: float) -> Mark:
    r, width = number(radius), number(2 * radius)
    return mark("path", role, d=f"M{numbers((cx - radius, base))}a{r} {r} 0 0 1 {width} 0z")


def sun(box: Box, dice: Dice) -> list[Mark]:
    """A disc over the water or cut by it, and its five reflections."""
    # On a tall sheet the middle may be covered: there the disc is whole and large, to be seen above it.
    tall = box.h > 1.4 * box.w
    is_cut = not tall and dice.pick(3, (False, True))
    middle = 0.5 if box.contained else dice.pick(4, (0.33, 0.5, 0.67))
    radius = box.side * (0.4 if tall else dice.pick(5, (0.3, 0.33, 0.36, 0.4)))
    cx, line = box.at(middle, 0.66)
    water = box.y + box.h - line
    above = half_disc("k1", cx, line, radius) if is_cut else disc("k1", cx, line - radius, radius)
    return [above, *(_reflection(i, cx, line, radius, water) for i in range(5))]


def _reflection(i: int, cx: float, line: float, radius: float, water: float) -> Mark:
    half = radius * (1.04 - 0.115 * i)
    depth = (0.1, 0.33, 0.54, 0.74, 0.9)[i]
    return rectangle(ink(i), cx - half, line + water * depth, 2 * half, water * (0.13 - 0.015 * i))


def slats(box: Box, dice: Dice) -> list[Mark]:
    count = dice.pick(3, (9, 10, 11, 12))
    widens, start = dice.pick(4, (True, False)), dice.pick(5, (0, 4))
    pitches = [1.18**i for i in range(count)]
    if not widens:
        pitches.reverse()
    scale, x, drawn = box.w / sum(pitches), box.x, []
    for i, pitch in enumerate(pitches):
        drawn.append(rectangle("k2" if i % 5 == start else "k1", x, box.y, 0.56 * pitch * scale, box.h))
        x += pitch * scale
    return drawn


def ripple(box: Box, dice: Dice) -> list[Mark]:
    centre = (0.5, 0.5) if box.contained else (dice.pick(3, (0.88, 0.5, 0.12)), dice.pick(4, (0.18, 0.86, 0.5)))
    cx, cy = box.at(*centre)
    largest = box.side / 2 if box.contained else 0.72 * hypot(box.w, box.h)
    roles = ("k1", "kg", "k1", "kg", "k1", "kg", "k2")
    return [disc(role, cx, cy, largest * ((7 - i) / 7) ** 1.25) for i, role in enumerate(roles)]


def steps(box: Box, dice: Dice) -> list[Mark]:
    count, start = dice.pick(3, (5, 6, 7)), dice.pick(5, (0, 1))
    heights = [box.h * (0.135 + 0.83 * i / (count - 1)) for i in range(count)]
    if dice.pick(4, (True, False)):
        heights.reverse()
    # Whole numbers, so that no ground shines through between two steps.
    edges, bottom = [round(box.x + i * box.w / count) for i in range(count + 1)], box.y + box.h
    return [
        rectangle(ink(i + start), edges[i], bottom - height, edges[i + 1] - edges[i], height)
        for i, height in enumerate(heights)
    ]


def petals(box: Box, dice: Dice) -> list[Mark]:
    count = dice.pick(3, (6, 8, 10, 12))
    middle = 0.5 if box.contained else dice.pick(4, (0.5, 0.36, 0.65))
    radius = box.side * (0.5 if middle == 0.5 else 0.56)
    cx, cy = box.at(middle, 0.5)
    # The bend of a quadratic curve lies half as far out as its control point.
    bend = (0.52 if count <= 8 else 0.39) * radius
    turn = dice.share(5) * 2 * pi / count
    return [petal(ink(i), cx, cy, radius, bend, turn + 2 * pi * i / count) for i in range(count)]


def petal(role: str, cx: float, cy: float, radius: float, bend: float, angle: float) -> Mark:
    """A lens from near the centre to the rim."""
    along, across = (cos(angle), sin(angle)), (-sin(angle), cos(angle))

    def point(out: float, aside: float) -> str:
        return numbers(round(c + out * a + aside * b) for c, a, b in zip((cx, cy), along, across, strict=True))

    inner, outer, middle = 0.14 * radius, radius, 0.57 * radius
    curve = f"Q{point(middle, bend)} {point(outer, 0)}Q{point(middle, -bend)} {point(inner, 0)}"
    return mark("path", role, d=f"M{point(inner, 0)}{curve}")


Shoot = tuple[float, float, float, float]
AGES = range(6, 0, -1)


def branches(box: Box, dice: Dice) -> list[Mark]:
    """A tree of six ages, one path for each age, and a disc behind it."""
    right = dice.pick(3, (False, True))
    x, y = box.at(0.5 if box.contained else 0.575 if right else 0.425, 1)
    lean = (-1 if right else 1) * (0.06 + 0.08 * dice.share(4))
    shoots = [(x, y, lean, 0.27 * box.h)]
    grown: list[list[Shoot]] = []
    for age in AGES:
        grown.append([(sx, sy, *_tip(sx, sy, turn, length)) for sx, sy, turn, length in shoots])
        ends = zip(grown[-1], shoots, strict=True)
        shoots = [
            fork for n, (end, shoot) in enumerate(ends) for fork in _forks(*end[2:], *shoot[2:], dice, age * 5 + n)
        ]
    reach = max(abs(end[2] - x) for age in grown for end in age)
    squeeze = min(1.0, box.w / 2 / reach) if box.contained else 1.0
    trunk, *twigs = [_age(age, ends, x, squeeze) for age, ends in zip(AGES, grown, strict=True)]
    sky = disc("k2", *box.at(0.24 if right else 0.76, 0.24), 0.13 * box.side)
    return [sky, trunk, mark("g", "", *twigs, stroke_linecap="round")]


def _age(age: int, ends: list[Shoot], middle: float, squeeze: float) -> Mark:
    def place(x: float, y: float) -> str:
        return f"{round(middle + (x - middle) * squeeze)} {round(y)}"

    drawn = "".join(f"M{place(x0, y0)}L{place(x1, y1)}" for x0, y0, x1, y1 in ends)
    return mark("path", "s1", stroke_width=1.6 + 0.55 * age**2, d=drawn)


def _tip(x: float, y: float, turn: float, length: float) -> tuple[float, float]:
    return x + length * sin(turn), y - length * cos(turn)


def _forks(x: float, y: float, turn: float, length: float, dice: Dice, count: int) -> list[Shoot]:
    return [
        (x, y, turn + side * (0.3 + 0.4 * dice.share(byte)), length * (0.7 + 0.08 * dice.share(byte + 11)))
        for side, byte in ((-1, count), (1, count + 7))
    ]


def fan(box: Box, dice: Dice) -> list[Mark]:
    return _open_fan(box, dice) if box.contained else _corner_fan(box, dice)


def _corner_fan(box: Box, dice: Dice) -> list[Mark]:
    """Feathers out of a bottom corner, longest towards the middle."""
    count, side = dice.pick(3, (11, 10, 9, 12)), dice.pick(4, (-1, 1))
    cx, cy = box.at(0.08 if side > 0 else 0.92, 0.96)
    hub, length = 0.145 * box.side, 0.58 * hypot(box.w, box.h)
    drawn = []
    for i in range(count):
        angle = radians(4 + 82 * i / (count - 1))
        reach = length * (1 + 0.38 * sin(2 * angle))
        drawn.append(feather(ink(i), cx, cy, side * cos(angle), -sin(angle), 1.4 * hub, reach, 0.04 * box.side))
    return [*drawn, disc("k2", cx, cy, hub)]


def _open_fan(box: Box, dice: Dice) -> list[Mark]:
    """Feathers on half an ellipse over the middle of the base."""
    count = dice.pick(3, (13, 11, 12, 14, 15))
    cx, cy = box.at(0.5, 0.92)
    hub, cap = 0.09 * box.side, 0.032 * box.side
    drawn = []
    for i in range(count):
        angle = radians(6 + 168 * i / (count - 1))
        reach = 1 / sqrt((cos(angle) / (0.5 * box.w)) ** 2 + (sin(angle) / (0.84 * box.h)) ** 2) - cap
        drawn.append(feather(ink(i), cx, cy, -cos(angle), -sin(angle), 1.4 * hub, reach, cap))
    return [*drawn, disc("k2", cx, cy, hub)]


def feather(role: str, cx: float, cy: float, dx: float, dy: float, start: float, reach: float, cap: float) -> Mark:
    """A bar that widens from a point and ends round."""

    def point(out: float, aside: float) -> str:
        return numbers((round(cx + out * dx - aside * dy), round(cy + out * dy + aside * dx)))

    r = number(cap)
    return mark("path", role, d=f"M{point(start, 0)}L{point(reach, -cap)}A{r} {r} 0 0 1 {point(reach, cap)}")


Figure = Callable[[Box, Dice], list[Mark]]

FIGURES: dict[str, Figure] = {
    "dome": dome,
    "sun": sun,
    "slats": slats,
    "ripple": ripple,
    "steps": steps,
    "petals": petals,
    "branches": branches,
    "fan": fan,
}
