"""Talk without a labelled asker: named by film, answers labelled, bullets, bold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from films.reading.characters import compared
from films.reading.labels import Label, label_of
from films.reading.lines import Paragraph
from films.reading.questions import number_of, sounds_asked
from films.reading.talk import Talk, Turn, opened

_FILM_LABEL = re.compile(r"^(?P<label>[^()（）:：。？！?!]{1,40}\s*[(（][^()（）]{1,80}[)）])\s*[:：]?\s*$")


@dataclass
class NamedWithFilm:
    """One question, many answerers: `Name (Film: Subtitle):` alone on a line."""

    def opens(self, paragraphs: list[Paragraph], index: int) -> bool:
        following = paragraphs[index + 1 : index + 2]
        return bool(following) and film_label(following[0].text) is not None and not film_label(paragraphs[index].text)

    def read(self, paragraphs: list[Paragraph]) -> Talk:
        talk = Talk([], [])
        for index, paragraph in enumerate(paragraphs):
            label = film_label(paragraph.text)
            if label:
                talk.turns.append(opened(False, label, paragraph))
            elif self.opens(paragraphs, index) and (not talk.turns or sounds_asked(paragraph.text)):
                turn = Turn(True, None)
                turn.add(paragraph)
                talk.turns.append(turn)
            elif talk.turns:
                talk.turns[-1].add(paragraph)
            else:
                talk.before.append(paragraph)
        return talk


def film_label(text: str) -> Label | None:
    match = _FILM_LABEL.match(text)
    if not match or not text.rstrip().endswith((":", "：")):
        return None
    return Label(match["label"].strip(), compared(match["label"]), "")


@dataclass
class AnswersLabelled:
    """Only answers carry labels: the paragraph just before one is the question."""

    answerers: frozenset[str]

    def opens(self, paragraphs: list[Paragraph], index: int) -> bool:
        return (
            index + 1 < len(paragraphs)
            and self._answers(paragraphs[index + 1])
            and not self._answers(paragraphs[index])
        )

    def _answers(self, paragraph: Paragraph) -> bool:
        label = label_of(paragraph.text)
        return bool(label and label.form in self.answerers)

    def read(self, paragraphs: list[Paragraph]) -> Talk:
        talk = Talk([], [])
        for index, paragraph in enumerate(paragraphs):
            label = label_of(paragraph.text)
            if label and label.form in self.answerers and talk.turns:
                speaking = talk.turns[-1].label  # a question has none
                if not speaking or speaking.form != label.form:
                    talk.turns.append(Turn(False, label))
                talk.turns[-1].add(paragraph, label.rest)
            elif self.opens(paragraphs, index):
                number = number_of(paragraph.text)
                turn = Turn(True, None)
                turn.add(paragraph, number[1] if number else paragraph.text)
                talk.turns.append(turn)
            elif talk.turns:
                talk.turns[-1].add(paragraph)
            else:
                talk.before.append(paragraph)
        return talk


_BULLET = re.compile(r"^(?:[■□▶►▷●○◆◇★☆◎•※]+|[–—―─]{1,3}|[-*＊])\s*(?=\S)")


@dataclass
class Marked:
    """Questions open with a bullet or a dash, or stand in bold; what follows answers them.

    `glyph` is the mark that opens questions; with `shared` the same mark opens answers too.
    """

    bold: bool = False
    glyph: str = ""
    shared: bool = False

    def opens(self, paragraphs: list[Paragraph], index: int) -> bool:
        paragraph = paragraphs[index]
        if self.bold:
            return paragraph.bold and not paragraph.heading
        return paragraph.text.startswith(self.glyph) and (not self.shared or sounds_asked(_unbulleted(paragraph.text)))

    def read(self, paragraphs: list[Paragraph]) -> Talk:
        talk = Talk([], [])
        for index, paragraph in enumerate(paragraphs):
            text = paragraph.text if self.bold else _unbulleted(paragraph.text)
            asks = self.opens(paragraphs, index)
            if asks and talk.turns and talk.turns[-1].asks and self.bold:
                talk.turns[-1].add(paragraph, text)
            elif asks:
                talk.turns.append(Turn(True, None))
                talk.turns[-1].add(paragraph, text)
            elif not talk.turns:
                talk.before.append(paragraph)
            else:
                self._answer(talk.turns, paragraph, text)
        return talk

    def _answer(self, turns: list[Turn], paragraph: Paragraph, text: str) -> None:
        label = label_of(paragraph.text)
        if turns[-1].asks:
            turns.append(Turn(False, label))
            text = label.rest if label else text
        elif label and turns[-1].label and label.form == turns[-1].label.form:
            text = label.rest
        turns[-1].add(paragraph, text)


def _unbulleted(text: str) -> str:
    return _BULLET.sub("", text)


def question_glyph(paragraphs: list[Paragraph]) -> Marked | None:
    """The bullet or dash that opens questions: two or more, and every second one at least asks."""
    glyphs: dict[str, list[int]] = {}
    for index, paragraph in enumerate(paragraphs):
        match = _BULLET.match(paragraph.text)
        if match:
            glyphs.setdefault(match.group().strip(), []).append(index)
    for glyph, places in glyphs.items():
        asked = sum(sounds_asked(_unbulleted(paragraphs[i].text)) for i in places)
        neighbours = sum(b - a == 1 for a, b in pairwise(places))
        if len(places) >= 2 and asked >= 2 and asked * 2 >= len(places):
            return Marked(glyph=glyph, shared=neighbours > 0)
    return None
