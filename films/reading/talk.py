"""Turns of talk, and the commonest way of marking them: an asker's label or a running number."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Protocol

from films.reading.article import Passage
from films.reading.characters import compared
from films.reading.labels import Label, label_of, looks_like_label
from films.reading.lines import Paragraph
from films.reading.questions import is_question, number_of
from films.reading.words import ASIDES


@dataclass(frozen=True)
class Said:
    """One paragraph of talk without its label, and its line."""

    text: str
    line: int


@dataclass
class Turn:
    """One voice's stretch of talk: its label if it had one, and its paragraphs."""

    asks: bool
    label: Label | None
    said: list[Said] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)

    def add(self, paragraph: Paragraph, text: str | None = None) -> None:
        value = paragraph.text if text is None else text
        if value:
            self.said.append(Said(value, paragraph.first))
        self.paragraphs.append(paragraph)

    @property
    def texts(self) -> list[str]:
        return [said.text for said in self.said]

    @property
    def lines(self) -> Passage:
        return Passage(self.paragraphs[0].first, self.paragraphs[-1].last)

    @property
    def text(self) -> str:
        return "\n\n".join(self.texts)


@dataclass
class Talk:
    """A stretch of body read as talk: what came before it, its turns, and labels kept as text."""

    before: list[Paragraph]
    turns: list[Turn]
    kept_as_text: list[Paragraph] = field(default_factory=list)
    asides: list[Paragraph] = field(default_factory=list)
    orphans: list[Paragraph] = field(default_factory=list)
    repeated: list[Paragraph] = field(default_factory=list)
    heard: set[str] = field(default_factory=set)
    closed: bool = False

    def take(self, turn: Turn) -> None:
        """One more turn; its label is known from here on."""
        self.turns.append(turn)
        if turn.label:
            self.heard.add(turn.label.form)

    def lead_in(self, paragraph: Paragraph, *, speaks: bool) -> None:
        """Before the first question; an answerer who speaks already has lost the question that was asked."""
        if speaks or self.orphans:
            self.orphans.append(paragraph)
        else:
            self.before.append(paragraph)

    def go_on(self, paragraph: Paragraph) -> None:
        """The turn goes on; a line that looks like a label is kept as its text and remembered."""
        if looks_like_label(paragraph.text):
            self.kept_as_text.append(paragraph)
        self.turns[-1].add(paragraph)

    def is_aside(self, paragraph: Paragraph) -> bool:
        """A caption, a credit, an editor's note or a part's heading between two turns belongs to neither."""
        part = bool(_PART.match(paragraph.text))
        if self.closed and len(paragraph.text) <= 30 and not is_question(paragraph.text):
            return True
        self.closed = part
        return part or is_caption(paragraph.text)


_PART = re.compile(
    r"^(?:话题|話題|议题|主题|主題|环节|part|chapter|topic|第)\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:部分|章|节|幕|回)?\s*[:：]?\s*$",
    re.I,
)


_ASIDE = re.compile(r"^[\s(（\[［【]*(?P<word>[^:：]{1,30}?)\s*[:：]", re.S)


_CREDITED = re.compile(
    r"^(?:interview|interviewed|words|text|photos?|photography|edited|translated) by\s.{1,100}$", re.I
)


def is_caption(text: str) -> bool:
    """`Watch the trailer: …`, `图片来源:…`, `Editor's note: …`: short, and opened by a word from the list."""
    match = _ASIDE.match(text)
    if len(text) > 160 or _CREDITED.match(text):
        return len(text) <= 160
    if not match:
        return False
    word = compared(match["word"]).strip("([（【")
    return word in ASIDES or word.split(" ")[0] in {"watch", "photo", "photos", "image", "picture", "caption"}


class Scheme(Protocol):
    """A way of marking talk. `opens` says that a paragraph begins a question."""

    def opens(self, paragraphs: list[Paragraph], index: int) -> bool: ...

    def read(self, paragraphs: list[Paragraph]) -> Talk: ...


@dataclass
class Labelled:
    """Questions carry an asker's label or a running number. Answers are labelled too, or simply follow.

    `recurring` and `named` are labels that may answer after an answer; `starts` are the first lines
    of numbered questions; with `bare` answers carry no label at all.
    """

    askers: frozenset[str] = frozenset()
    recurring: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    starts: frozenset[int] = frozenset()
    bare: bool = False

    def opens(self, paragraphs: list[Paragraph], index: int) -> bool:
        return self._asks(paragraphs[index])

    def _asks(self, paragraph: Paragraph) -> bool:
        label = label_of(paragraph.text)
        return paragraph.first in self.starts or bool(label and label.form in self.askers)

    def read(self, paragraphs: list[Paragraph]) -> Talk:
        talk = Talk([], [])
        for paragraph in paragraphs:
            label = label_of(paragraph.text)
            if self._asks(paragraph):
                talk.take(_asked(label, paragraph, numbered=paragraph.first in self.starts))
                talk.closed = False
            elif not talk.turns:
                talk.lead_in(paragraph, speaks=label is not None and label.form in self.recurring)
            elif talk.is_aside(paragraph):
                talk.asides.append(paragraph)
            elif label and self._answers(label, talk) and not self._is_quoted(label, talk):
                if _answer(talk, label, paragraph):
                    talk.repeated.append(paragraph)
            else:
                talk.go_on(paragraph)
        if self.bare:
            talk.turns = [part for turn in talk.turns for part in split_unlabelled(turn)]
        return talk

    def _is_quoted(self, label: Label, talk: Talk) -> bool:
        """An answer that ended in a colon goes on with words it quotes, whoever they are given to."""
        turn = talk.turns[-1]
        if turn.asks or not turn.said or label.form in self.named:
            return False
        announced = turn.said[-1].text.endswith((":", "：")) or turn.paragraphs[-1] in talk.kept_as_text
        return announced and label.form not in talk.heard

    def _answers(self, label: Label, talk: Talk) -> bool:
        """After a question any label answers; after an answer one that recurs, is named, or has a role."""
        if self.bare:
            return False
        if talk.turns[-1].asks or label.bracket:
            return True
        return any(label.form in known for known in (talk.heard, self.recurring, self.named))


def _asked(label: Label | None, paragraph: Paragraph, *, numbered: bool) -> Turn:
    """A question's first paragraph without its label and its number."""
    if label and not (numbered and number_of(paragraph.text) and not label.number):
        return opened(True, label, paragraph)
    turn = Turn(True, None)
    number = number_of(paragraph.text)
    turn.add(paragraph, number[1] if number else None)
    return turn


def _answer(talk: Talk, label: Label, paragraph: Paragraph) -> bool:
    """Add an answer's paragraph; says whether it only goes on with the same voice's answer."""
    last = talk.turns[-1]
    if not last.asks and last.label and last.label.form == label.form:
        last.add(paragraph, label.rest)
        return True
    talk.take(opened(False, label, paragraph))
    return False


def opened(asks: bool, label: Label, paragraph: Paragraph) -> Turn:
    turn = Turn(asks, label)
    turn.add(paragraph, label.rest)
    return turn


def split_unlabelled(turn: Turn) -> list[Turn]:
    """Part a question from the unlabelled answer that follows it in the same stretch."""
    size = question_size(turn.texts)
    if size >= len(turn.texts):
        return [turn]
    offset = len(turn.paragraphs) - len(turn.said)
    question = Turn(True, turn.label, turn.said[:size], turn.paragraphs[: size + offset])
    answer = Turn(False, None, turn.said[size:], turn.paragraphs[size + offset :])
    return [question, answer]


def question_size(texts: list[str]) -> int:
    """How many paragraphs the question has: one, or two when the first leads up to the real question."""
    if len(texts) > 2 and not is_question(texts[0]) and is_question(texts[1]) and len(texts[1]) < 160:
        return 2
    return min(1, len(texts))
