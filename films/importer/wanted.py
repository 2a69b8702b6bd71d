"""An article's facts → the rows they ask for, by key, before looking at the database."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from films.importer.editors import EditorsFile
from films.importer.identity import bounded, sha256
from films.importer.shapes import NAMED_MODELS, SHAPES, name_field, why_unfit
from films.importer.topics import Topics
from films.reading.article import Article, EditionFacts, ExchangeFacts, FilmFacts, InterviewFacts, Passage, Point
from films.text import fold

SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?]*[”’」』）)]*")
EDITION_KEY = "edition"
# The field whose lines the reader gives for a row as a whole.
STANDS_FOR = {"partnership": "organisation", "credit": "creator", "tooluse": "quote", "workmention": "quote"}


@dataclass
class Wanted:
    """A row the article asks for. References are names or keys; `stated` is the editors' file's word."""

    kind: str
    key: str
    lines: list[int]
    values: dict[str, Any]
    parent: str = ""
    passages: dict[str, list[int]] = field(default_factory=dict)
    stated: dict[str, Any] = field(default_factory=dict)
    # What an editors' file stated before is stated still.
    keeps_stated: bool = False
    # Where it stands among its siblings; the exchange it continues keeps them together.
    position: int = 1

    @property
    def record(self) -> str:
        return f"{self.kind}:{self.key}"


@dataclass
class Recorder:
    """Collects the rows of one article and what does not fit in them."""

    article: Article
    editors: EditorsFile
    topics: Topics
    rows: list[Wanted] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)

    def record(self) -> None:
        """Fill `rows`, parents before children, each kind in the article's order."""
        if self.article.edition:
            self._edition(self.article.edition)
        for position, film in enumerate(self.article.films, start=1):
            self._film(film, position)
        for interview in self.article.interviews:
            self._interview(interview, bounded(interview.key or sha256(interview.heading or "")[:12]), film=None)

    def _edition(self, facts: EditionFacts) -> None:
        values = {"name": facts.name or "", "theme": facts.theme or "", "year": facts.year, "month": facts.month}
        lines = _span(facts.passages.values())
        row = self._add("edition", EDITION_KEY, lines, values, passages=facts.passages, stated=self.editors.edition)
        for position, organiser in enumerate(facts.organisers, start=1):
            partner = {"organisation": organiser.name, "role": "organiser", "note": organiser.note or ""}
            key = f"{EDITION_KEY}/{fold(organiser.name)}"
            self._add("partnership", key, row.lines if row else lines, partner, EDITION_KEY, position)

    def _film(self, facts: FilmFacts, position: int) -> None:
        key = bounded(facts.key)
        values = {
            "title": facts.title or "",
            "title_origin": facts.title_origin if facts.title else "not_stated",
            "edition": EDITION_KEY if self.article.edition else None,
            "synopsis": facts.synopsis or "",
            "statement": facts.statement or "",
            "runtime_seconds": facts.runtime_seconds,
            "adapted_from": facts.adapted_from,
            "made_from": facts.made_from or "",
            "made_to": facts.made_to or "",
        }
        film = self._add("film", key, facts.lines.to_json(), values, position=position, passages=facts.passages)
        for number, name in enumerate(facts.creators, start=1):
            lines = facts.passages.get("creators", facts.lines).to_json()
            self._add("credit", f"{key}/{fold(name)}", lines, {"creator": name, "role": "maker"}, key, number)
        spoken = self._interview(facts.interview, key, key) if facts.interview else []
        self._tools(facts, key, spoken)
        self._works(facts, key, spoken)
        if film:
            film.stated = self.editors.film(facts, [exchange.key for exchange in spoken])

    def _interview(self, facts: InterviewFacts, key: str, film: str | None) -> list[Wanted]:
        """The talk and its exchanges; returns the exchanges' rows."""
        values = {
            "edition": EDITION_KEY if self.article.edition else None,
            "heading": facts.heading or "",
            "interviewer": facts.interviewer or "",
        }
        lines = _span(exchange.lines for exchange in facts.exchanges)
        self._add("interview", key, lines, values, film or "", passages=facts.passages)
        taken: set[str] = set()
        question, rows = "", []
        for position, exchange in enumerate(facts.exchanges, start=1):
            question = exchange.question or question
            rows.append(self._exchange(exchange, question, key, position, taken))
        return [row for row in rows if row]

    def _exchange(
        self, facts: ExchangeFacts, question: str, parent: str, position: int, taken: set[str]
    ) -> Wanted | None:
        key = bounded(f"{parent}/{exchange_digest(question, facts.speaker, facts.continues)}")
        key = free_key(key, taken)
        values = {
            "question": facts.question,
            "answer": facts.answer,
            "speaker": facts.speaker,
            "speaker_label": facts.label or "",
            "topic": self.topics.of(question),
        }
        return self._add("exchange", key, facts.lines.to_json(), values, parent, position, facts.passages)

    def _tools(self, facts: FilmFacts, film: str, spoken: list[Wanted]) -> None:
        taken: set[str] = set()
        for position, tool in enumerate(facts.tools, start=1):
            values = {
                "tool": tool.name,
                "step": tool.step or "",
                "version": tool.version or "",
                "quote": tool.quote,
                "exchange": _spoken_on(spoken, tool.line),
            }
            key = free_key(bounded(f"{film}/{fold(tool.name)}"), taken)
            self._add("tooluse", key, [tool.line, tool.line], values, film, position)

    def _works(self, facts: FilmFacts, film: str, spoken: list[Wanted]) -> None:
        seen: set[str] = set()
        for work in facts.works:
            if fold(work.title) in seen:
                continue
            seen.add(fold(work.title))
            exchange = next((row for row in spoken if row.lines[0] <= work.line <= row.lines[1]), None)
            texts = [exchange.values["answer"], exchange.values["question"]] if exchange else []
            quote = sentence_with(work.title, [*texts, facts.synopsis or "", facts.statement or ""])
            values = {"work": work.title, "quote": quote, "exchange": exchange.key if exchange else None}
            key = bounded(f"{film}/{fold(work.title)}")
            self._add("workmention", key, [work.line, work.line], values, film, len(seen))

    def _add(
        self,
        kind: str,
        key: str,
        lines: list[int],
        values: dict[str, Any],
        parent: str = "",
        position: int = 1,
        passages: Mapping[str, Passage] | None = None,
        stated: Mapping[str, Any] | None = None,
    ) -> Wanted | None:
        """Add a row after checking its values; a row without the name it is about is left out."""
        row = Wanted(kind, bounded(key), lines, values, parent, position=position, stated=dict(stated or {}))
        row.keeps_stated = self.editors.is_elsewhere
        row.passages = {name: passage.to_json() for name, passage in (passages or {}).items()}
        if kind in STANDS_FOR and lines[0]:
            row.passages = {STANDS_FOR[kind]: lines}
        whole = [self._fits(row, name) for name in list(values)]
        if all(whole):
            self.rows.append(row)
        return row if all(whole) else None

    def _fits(self, row: Wanted, name: str) -> bool:
        """Empty a value its column would refuse, with a doubt; False when the row is nothing without it."""
        value = row.values[name]
        if value is None or value == "" or name in {"edition", "exchange"}:
            return True
        model = NAMED_MODELS.get(name)
        reason = (
            why_unfit(model, name_field(model), value) if model else why_unfit(SHAPES[row.kind].model, name, value)
        )
        if not reason:
            return True
        told = {**reason.values, "field": f"field.{name}", "value": str(value)[:40], "reason": reason.code}
        self.points.append(Point("value_refused", row.lines[0] or None, row.record, doubt=True, values=told))
        row.values[name] = None if model or not isinstance(value, str) else ""
        if name == "title":
            row.values["title_origin"] = "not_stated"
        return name not in {"organisation", "creator", "tool", "work"}


def exchange_digest(question: str, speaker: str | None, continues: bool) -> str:
    """Stands for an exchange as long as its question and its speaker stay the same."""
    return sha256(fold(question), fold(speaker or ""), "+" if continues else "")[:12]


def free_key(key: str, taken: set[str]) -> str:
    """Make a key unique among its siblings, and take it."""
    number, free = 1, key
    while free in taken:
        number += 1
        free = bounded(f"{key}-{number}")
    taken.add(free)
    return free


def sentence_with(words: str, texts: Iterable[str]) -> str:
    """The first sentence that has these words; "" when none has."""
    for text in texts:
        for sentence in SENTENCE.findall(text) if words in text else ():
            if words in sentence:
                return str(sentence).strip()
    return ""


def _spoken_on(spoken: list[Wanted], line: int) -> str | None:
    return next((row.key for row in spoken if row.lines[0] <= line <= row.lines[1]), None)


def _span(passages: Iterable[Passage]) -> list[int]:
    found = list(passages)
    return [min(p.first for p in found), max(p.last for p in found)] if found else [0, 0]
