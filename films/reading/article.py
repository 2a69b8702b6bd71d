"""What reading an article yields: plain frozen facts, each with the lines it came from.

Lines are 1-based, as received. `to_json` of an article is the `article` object of the
import report, and `formats.py` reads that same object back.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from films.reading.messages import Values, sentence

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Message(NamedTuple):
    """A sentence that can be told in any language: its code and its values. As text it is English."""

    code: str
    values: Values = NOTHING

    def __str__(self) -> str:
        return sentence(self.code, self.values)


class Refusal(Exception):
    """The file cannot become an article. One sentence for an editor, with the line if there is one."""

    def __init__(self, code: str, line: int | None = None, /, **values: str | int) -> None:
        self.why = Message(code, values)
        self.reason = str(self.why)
        self.line = line
        super().__init__(self.reason)


class Passage(NamedTuple):
    """The lines a value stands on, first and last."""

    first: int
    last: int

    def to_json(self) -> list[int]:
        return [self.first, self.last]


class Point(NamedTuple):
    """Something an editor should know: a stable code with values, a place. A doubt keeps entries in draft."""

    code: str
    line: int | None = None
    record: str | None = None
    doubt: bool = False
    values: Values = NOTHING

    @property
    def message(self) -> str:
        """The whole sentence in English."""
        return sentence(self.code, self.values)

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "message": self.message,
            "values": dict(self.values),
            "line": self.line,
            "record": self.record,
            "doubt": self.doubt,
        }


class Organiser(NamedTuple):
    name: str
    note: str | None = None

    def to_json(self) -> dict[str, Any]:
        return self._asdict()


class EditionFacts(NamedTuple):
    """A call for films; `month` is None when only the year is known, both when neither is."""

    name: str | None
    theme: str | None
    year: int | None = None
    month: int | None = None
    organisers: tuple[Organiser, ...] = ()
    passages: Mapping[str, Passage] = NOTHING

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "theme": self.theme,
            "year": self.year,
            "month": self.month,
            "organisers": [organiser.to_json() for organiser in self.organisers],
        }


class ToolFacts(NamedTuple):
    """A tool the maker says was used; `step` is one of `films.choices.ToolStep` or None."""

    name: str
    version: str | None
    step: str | None
    quote: str
    line: int

    def to_json(self) -> dict[str, Any]:
        return self._asdict()


class WorkFacts(NamedTuple):
    """A book, film or story named in title marks."""

    title: str
    line: int

    def to_json(self) -> dict[str, Any]:
        return self._asdict()


class TitleCandidate(NamedTuple):
    """A title that the text offers for a film but does not settle, and why it is offered."""

    title: str
    line: int
    why: str

    def to_json(self) -> dict[str, Any]:
        return self._asdict()


class ExchangeFacts(NamedTuple):
    """One question with one answer. `continues` marks a further answer to the question before."""

    question: str
    answer: str
    speaker: str | None
    label: str | None
    continues: bool
    lines: Passage
    passages: Mapping[str, Passage] = NOTHING

    def to_json(self) -> dict[str, Any]:
        return {
            "question": self.question,
            "answer": self.answer,
            "speaker": self.speaker,
            "label": self.label,
            "continues": self.continues,
            "lines": self.lines.to_json(),
        }


class InterviewFacts(NamedTuple):
    """Exchanges in order. `key` and `heading` matter for talk about no one film."""

    interviewer: str | None
    exchanges: tuple[ExchangeFacts, ...]
    key: str = ""
    heading: str | None = None
    passages: Mapping[str, Passage] = NOTHING

    def to_json(self) -> dict[str, Any]:
        return {"interviewer": self.interviewer, "exchanges": [exchange.to_json() for exchange in self.exchanges]}

    def to_json_alone(self) -> dict[str, Any]:
        return {"key": self.key, "heading": self.heading, **self.to_json()}


class FilmFacts(NamedTuple):
    """One film's section. `lines` spans the whole section; `key` is stable when sections move."""

    key: str
    title: str | None
    title_origin: str
    lines: Passage
    title_candidates: tuple[TitleCandidate, ...] = ()
    synopsis: str | None = None
    statement: str | None = None
    runtime_seconds: int | None = None
    adapted_from: str | None = None
    made_from: str | None = None
    made_to: str | None = None
    creators: tuple[str, ...] = ()
    tools: tuple[ToolFacts, ...] = ()
    works: tuple[WorkFacts, ...] = ()
    interview: InterviewFacts | None = None
    passages: Mapping[str, Passage] = NOTHING

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "title": self.title,
            "title_origin": self.title_origin,
            "title_candidates": [candidate.to_json() for candidate in self.title_candidates],
            "synopsis": self.synopsis,
            "statement": self.statement,
            "runtime_seconds": self.runtime_seconds,
            "adapted_from": self.adapted_from,
            "made_from": self.made_from,
            "made_to": self.made_to,
            "creators": list(self.creators),
            "tools": [tool.to_json() for tool in self.tools],
            "works": [work.to_json() for work in self.works],
            "interview": self.interview.to_json() if self.interview else None,
        }


class Coverage(NamedTuple):
    """How much of the body landed in a row. White space is not counted; chrome is not body."""

    body_characters: int
    used_characters: int
    unused_lines: tuple[tuple[int, str], ...] = ()
    chrome_lines: tuple[tuple[int, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "body_characters": self.body_characters,
            "used_characters": self.used_characters,
            "unused_lines": [list(line) for line in self.unused_lines],
            "chrome_lines": [list(line) for line in self.chrome_lines],
        }


class Article(NamedTuple):
    """One article: what its frame states, its films, its other interviews, and what reading noticed.

    `text` is the text as decoded. `printed` holds headline, publisher, published_on and view_count
    exactly as they stand. `passages` gives their lines (also of `lead`).
    """

    sha256: str
    encoding: str
    text: str
    language: str
    headline: str | None
    coverage: Coverage
    publisher: str | None = None
    published_on: str | None = None
    view_count: int | None = None
    lead: str | None = None
    edition: EditionFacts | None = None
    films: tuple[FilmFacts, ...] = ()
    interviews: tuple[InterviewFacts, ...] = ()
    points: tuple[Point, ...] = ()
    printed: Mapping[str, str] = NOTHING
    passages: Mapping[str, Passage] = NOTHING

    @property
    def is_sound(self) -> bool:
        """Nothing in doubt: what it gives may be published at once."""
        return not any(point.doubt for point in self.points)

    def to_json(self) -> dict[str, Any]:
        return {
            "headline": self.headline,
            "language": self.language,
            "publisher": self.publisher,
            "published_on": self.published_on,
            "view_count": self.view_count,
            "lead": self.lead,
            "edition": self.edition.to_json() if self.edition else None,
            "films": [film.to_json() for film in self.films],
            "interviews": [interview.to_json_alone() for interview in self.interviews],
        }
