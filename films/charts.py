"""Small bar charts: numbers in, SVG out. Pure: nothing is asked, no style is carried, every text is escaped."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

WIDTH = 360
ROW = 26
GROUP = 30
BAR = 12
LETTER = 14
LABEL_SHARE = 0.42
NUMBER_ROOM = 48


class Bar(NamedTuple):
    """One number; `words` is how it is written out (`98 %`), `url` where the rows that it counts are listed."""

    label: str
    value: float
    words: str = ""
    url: str = ""
    # One of four ways of filling, told apart by pattern as well as by colour.
    fill: int = 1

    @property
    def number(self) -> str:
        return self.words or f"{self.value:g}"


class Group(NamedTuple):
    """Bars under a heading of their own; without one they stand alone."""

    bars: tuple[Bar, ...]
    label: str = ""


class Chart(NamedTuple):
    """A drawing and the same numbers for a table; `full` is what the longest bar could be at most."""

    name: str
    title: str
    groups: tuple[Group, ...]
    unit: str = ""
    full: float = 0

    @property
    def bars(self) -> list[Bar]:
        return [bar for group in self.groups for bar in group.bars]

    @property
    def is_empty(self) -> bool:
        return not any(bar.value for bar in self.bars)

    @property
    def svg(self) -> str:
        """The drawing, named by its title and described by its numbers."""
        return draw(self)


def draw(chart: Chart) -> str:
    rows = "".join(rows_of(chart))
    height = sum((GROUP if group.label else 0) + ROW * len(group.bars) for group in chart.groups) + 4
    title, told = f"chart-{chart.name}-title", f"chart-{chart.name}-told"
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="{title} {told}">'
        f'<title id="{title}">{escape(chart.title)}</title><desc id="{told}">{escape(told_of(chart))}</desc>'
        f"{rows}</svg>"
    )


def told_of(chart: Chart) -> str:
    """Every number in one sentence a group."""
    return " ".join(
        (f"{group.label}: " if group.label else "")
        + ", ".join(f"{bar.label} {bar.number}" for bar in group.bars)
        + "."
        for group in chart.groups
        if group.bars
    )


def rows_of(chart: Chart) -> Iterator[str]:
    most = chart.full or max((bar.value for bar in chart.bars), default=0) or 1
    y = 0
    for group in chart.groups:
        if group.label:
            yield f'<text class="chart-group" x="0" y="{y + 20}">{escape(group.label)}</text>'
            y += GROUP
        for bar in group.bars:
            yield row(bar, y, most)
            y += ROW


def row(bar: Bar, y: int, most: float) -> str:
    """A label, a bar from a common line, and the number at its end."""
    start = round(WIDTH * LABEL_SHARE)
    room = WIDTH - start - NUMBER_ROOM
    length = round(room * min(max(bar.value, 0) / most, 1), 1)
    label = escape(shortened(bar.label, start - 10))
    return (
        f'<text class="chart-label" x="0" y="{y + 17}">{label}</text>'
        f'<rect class="chart-ground" x="{start}" y="{y + 6}" width="{room}" height="{BAR}"/>'
        f'<rect class="chart-bar" x="{start}" y="{y + 6}" width="{length:g}" height="{BAR}"/>'
        f"{pattern(bar.fill, start, y + 6, length)}"
        f'<text class="chart-number" x="{start + room + 8}" y="{y + 17}">{escape(bar.number)}</text>'
    )


def pattern(fill: int, x: float, y: float, length: float) -> str:
    """Strokes across a bar: none, close, wide or along it, so that no colour need be told apart."""
    step = {2: 6, 3: 12}.get(fill)
    if step:
        lines = "".join(f"M{x + at:g} {y + BAR}V{y}" for at in range(step, int(length) + 1, step))
        return f'<path class="chart-pattern" d="{lines}"/>' if lines else ""
    if fill == 4 and length:
        return f'<path class="chart-pattern" d="M{x} {y + BAR / 2:g}h{length:g}"/>'
    return ""


def shortened(text: str, room: float) -> str:
    """The text as far as it fits; a Han character is as wide as high, a Latin one a little more than half."""
    widths = [LETTER * (1 if unicodedata.east_asian_width(c) in "WF" else 0.58) for c in text]
    if sum(widths) <= room:
        return text
    taken = 0.0
    for place, width in enumerate(widths):
        taken += width
        if taken > room - LETTER:
            return text[:place].rstrip() + "…"
    return text


def most_of(bars: Sequence[Bar], number: int) -> tuple[Bar, ...]:
    """The longest bars, the longest first; equal ones keep their order."""
    return tuple(sorted(bars, key=lambda bar: -bar.value)[:number])
