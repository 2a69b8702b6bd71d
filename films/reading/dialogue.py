"""A talk by itself, pasted without its article: divided by the same reader as an article's talk."""

from __future__ import annotations

from dataclasses import dataclass

from films.reading.article import ExchangeFacts, Point
from films.reading.decoding import split_lines
from films.reading.exchanges import exchanges_of
from films.reading.lines import Ledger, Paragraph, identical_neighbours, paragraphs_of, without_left_bold
from films.reading.people import People
from films.reading.scheme import Hints, find_scheme
from films.reading.section_points import kept_labels, orphans, repeats
from films.reading.talk import Turn
from films.reading.text_format import interviewer_of
from films.reading.turns import join_languages, part_run_on, without_outlet_marks


@dataclass(frozen=True)
class Division:
    """What a pasted talk gave. `left` are the lines that no exchange took, each with its number."""

    exchanges: tuple[ExchangeFacts, ...]
    points: tuple[Point, ...]
    left: tuple[tuple[int, str], ...]
    interviewer: str | None = None


def divide(
    text: str, *, asker: str | None = None, answerers: tuple[str, ...] = (), outlet: str | None = None
) -> Division:
    """Divide a talk into questions and answers; the text is kept as the importer keeps it.

    `asker` and `answerers` are labels named by an editor, `outlet` is who is known to ask.
    Raises Refusal for a text that is too long.
    """
    paragraphs, repeated = identical_neighbours(without_left_bold(paragraphs_of(text)))
    body = without_outlet_marks(part_run_on(paragraphs), outlet)
    scheme = find_scheme(body, Hints(asker, answerers, outlet))
    if scheme is None:
        return Division((), (Point("no_dialogue"),), _left(text, Ledger()))
    ledger, people = Ledger(), People()
    talk = scheme.read(body)
    turns, said_twice = join_languages(talk.turns)
    found = exchanges_of(turns, people, ledger)
    points = [*found.points, *kept_labels(talk), *orphans(talk), *repeats(talk), *_repeats(repeated)]
    points += [Point("two_languages", turns[0].lines.first, doubt=True)] if said_twice else []
    points += [] if found.exchanges else [Point("no_dialogue")]
    ordered = tuple(sorted(points, key=lambda point: point.line or 0))
    left = sorted([*_left(text, ledger), *_unpaired(turns, found.exchanges, ledger)])
    return Division(tuple(found.exchanges), ordered, tuple(left), interviewer_of(scheme, body))


def _repeats(repeated: list[Paragraph]) -> list[Point]:
    return [Point("repeated", paragraph.first) for paragraph in repeated]


def _unpaired(turns: list[Turn], exchanges: list[ExchangeFacts], ledger: Ledger) -> list[tuple[int, str]]:
    """Turns that no exchange took although others on their line were taken."""
    taken = {text for exchange in exchanges for text in (exchange.question, exchange.answer)}
    lost = [turn for turn in turns if turn.text and turn.text not in taken]
    return [(turn.lines.first, turn.text) for turn in lost if turn.lines.first in ledger.used]


def _left(text: str, ledger: Ledger) -> tuple[tuple[int, str], ...]:
    lines = enumerate(split_lines(text), 1)
    return tuple((number, line) for number, line in lines if line.strip() and number not in ledger.used)
