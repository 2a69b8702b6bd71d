"""Turns → exchanges: each answer with its question, each with its lines."""

from __future__ import annotations

from dataclasses import dataclass, field

from films.reading.article import ExchangeFacts, Passage, Point
from films.reading.characters import clean_name
from films.reading.lines import Ledger
from films.reading.people import People, is_maker
from films.reading.questions import is_question
from films.reading.talk import Said, Turn, split_unlabelled


@dataclass
class Exchanges:
    """The exchanges of one section and what was noticed in making them."""

    exchanges: list[ExchangeFacts] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    makers: list[str] = field(default_factory=list)
    asked: list[Said] = field(default_factory=list)
    answered: list[Said] = field(default_factory=list)


def exchanges_of(turns: list[Turn], people: People, ledger: Ledger) -> Exchanges:
    """Pair answers with the question before them. A question without an answer is a point, not an exchange."""
    found = Exchanges()
    for asked, answers in _rounds(turns):
        if asked and not answers:
            asked, answers = _unlabelled_answer(asked, found)
        if asked and not answers:
            _note_unanswered(asked, found)
        for index, answer in enumerate(answers):
            _add(found, None if index else asked, answer, people, ledger, continues=index > 0)
    return found


def _rounds(turns: list[Turn]) -> list[tuple[Turn | None, list[Turn]]]:
    rounds: list[tuple[Turn | None, list[Turn]]] = []
    for turn in turns:
        if turn.asks:
            rounds.append((turn, []))
        elif not rounds:
            rounds.append((None, [turn]))
        elif turn.text:
            rounds[-1][1].append(turn)
    return rounds


def _unlabelled_answer(asked: Turn, found: Exchanges) -> tuple[Turn, list[Turn]]:
    """A question that runs on into paragraphs that do not ask: one answer lost its label."""
    parts = split_unlabelled(asked)
    if len(parts) == 1 or is_question(parts[1].texts[-1]) or not is_question(parts[0].texts[-1]):
        return asked, []
    found.points.append(Point("unlabelled_answer", parts[1].lines.first, doubt=True))
    return parts[0], [parts[1]]


def _note_unanswered(asked: Turn, found: Exchanges) -> None:
    values = {"question": _short(asked.text)}
    found.points.append(Point("unanswered", asked.lines.first, doubt=True, values=values))


def _short(text: str) -> str:
    line = text.replace("\n\n", " ")
    return line if len(line) <= 40 else line[:39] + "…"


def _add(
    found: Exchanges, asked: Turn | None, answer: Turn, people: People, ledger: Ledger, *, continues: bool
) -> None:
    speaker = people.resolve(answer.label, answer.lines.first) if answer.label else None
    if speaker and is_maker(answer.label) and speaker not in found.makers:
        found.makers.append(speaker)
    passages = {"answer": answer.lines}
    if asked:
        passages["question"] = asked.lines
    first = asked.lines.first if asked else answer.lines.first
    found.exchanges.append(
        ExchangeFacts(
            question=asked.text if asked else "",
            answer=answer.text,
            speaker=speaker,
            label=clean_name(answer.label.printed) if answer.label else None,
            continues=continues,
            lines=Passage(first, answer.lines.last),
            passages=passages,
        )
    )
    found.asked += asked.said if asked else []
    found.answered += answer.said
    ledger.use(*(asked.paragraphs if asked else []), *answer.paragraphs)
