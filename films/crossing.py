"""Questions and tools read across films: tables whose gaps say what was not asked, or not stated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet

from films.choices import ToolStep
from films.models import Exchange, Film, Topic

# What stands at a film and a column.
Cells = dict[tuple[int | None, Any], list[Any]]


class Asked(NamedTuple):
    """An answer and the number of its question in the film's interview."""

    exchange: Exchange
    number: int


class Row(NamedTuple):
    """A film and, column by column, what stands there; an empty cell is a gap."""

    film: Film
    cells: tuple[tuple[Any, ...], ...]


class Table(NamedTuple):
    columns: tuple[Any, ...]
    rows: tuple[Row, ...]


def table(films: Iterable[Film], columns: Sequence[Any], cells: Cells) -> Table:
    """Films down, columns across."""
    rows = (Row(film, tuple(tuple(cells.get((film.pk, column), ())) for column in columns)) for film in films)
    return Table(tuple(columns), tuple(rows))


def topics_across(films: Sequence[Film], answers: QuerySet[Any]) -> Table:
    """Which film's maker gave which of the answers to a shared question, with a link to it (1 query)."""
    cells: Cells = defaultdict(list)
    topics: dict[Topic, None] = {}
    for asked in numbered(exchanges_of(films, answers)):
        if topic := asked.exchange.topic:
            topics[topic] = None
            cells[asked.exchange.interview.film_id, topic].append(asked)
    return table(films, sorted(topics, key=lambda topic: (topic.position, topic.name)), cells)


def exchanges_of(films: Sequence[Film], answers: QuerySet[Any]) -> Iterable[Exchange]:
    """Those of the answers that are about the films, interview by interview, without their words."""
    rows = answers.filter(interview__film__in=[film.pk for film in films])
    in_order = rows.order_by("interview__film", "interview", "position", "pk")
    return in_order.select_related("interview__film", "topic").defer("answer", "passages", "imported")


def numbered(exchanges: Iterable[Exchange]) -> Iterable[Asked]:
    """Each answer with the number that its question has on the film's page."""
    interview, number = 0, 0
    for exchange in exchanges:
        if exchange.interview_id != interview:
            interview, number = exchange.interview_id, 0
        number += 1 if exchange.question or not number else 0
        yield Asked(exchange, number)


def steps_across(films: Iterable[Film]) -> Table:
    """Which film used which tool at which step; films come with their `tool_uses` (no query)."""
    cells: Cells = defaultdict(list)
    for film in films:
        for use in film.tool_uses.all():
            cells[film.pk, ToolStep(use.step)].append(use)
    used = {step for _film, step in cells}
    stated = [step for step in ToolStep if step in used and step != ToolStep.NOT_STATED]
    return table(films, stated + [ToolStep.NOT_STATED] * (ToolStep.NOT_STATED in used), cells)
