"""Labels → who asks, who answers → turns. Each way of marking talk is one scheme."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol

from films.reading.article import Passage
from films.reading.characters import compared
from films.reading.labels import Label, label_of, looks_like_label
from films.reading.lines import Paragraph
from films.reading.words import ASIDES

_QUESTION_END = re.compile(
    r"[?？][\s”’\"'」』）)】…]*$|(?:吗|嗎|呢|么|麼|ですか|ますか|でしょうか|ましたか|のか|ますか|까|까요|나요|가요|는지요)[。.~～]?$"
)
_REQUEST = re.compile(
    r"^(?:请|請|能否|能不能|可否|谈谈|談談|聊聊|说说|說說|介绍一下|分享|如何|怎么|怎麼|为什么|為什麼|"
    r"(?:please|tell us|tell me|describe|talk us|talk about|can you|could you|walk us)\b|"
    r"お聞かせ|教えて)|"
    r"(?:谈谈|談談|聊聊|说说|介绍一下|分享一下|お聞かせください|教えてください|お願いします|말씀해\s?주세요|들려주세요|부탁드립니다)[。.…]?$",
    re.I,
)


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
    closed: bool = False

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


def is_caption(text: str) -> bool:
    """`Watch the trailer: …`, `图片来源:…`, `Editor's note: …`: short, and opened by a word from the list."""
    match = _ASIDE.match(text)
    if not match or len(text) > 160:
        return False
    word = compared(match["word"]).strip("([（【")
    return word in ASIDES or word.split(" ")[0] in {"watch", "photo", "photos", "image", "picture", "caption"}


class Scheme(Protocol):
    """A way of marking talk. `opens` says that a paragraph begins a question."""

    def opens(self, paragraphs: list[Paragraph], index: int) -> bool: ...

    def read(self, paragraphs: list[Paragraph]) -> Talk: ...


def is_question(text: str) -> bool:
    """Ends as a question does, in four languages."""
    return bool(_QUESTION_END.search(text.strip()))


def sounds_asked(text: str) -> bool:
    """A question, or a short request to tell something."""
    return is_question(text) or (len(text) < 200 and bool(_REQUEST.search(text.strip())))


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
                talk.turns.append(_asked(label, paragraph, numbered=paragraph.first in self.starts))
                talk.closed = False
            elif not talk.turns:
                talk.before.append(paragraph)
            elif talk.is_aside(paragraph):
                talk.asides.append(paragraph)
            elif label and self._answers(label, talk.turns):
                _answer(talk.turns, label, paragraph)
            else:
                talk.go_on(paragraph)
        if self.bare:
            talk.turns = [part for turn in talk.turns for part in split_unlabelled(turn)]
        return talk

    def _answers(self, label: Label, turns: list[Turn]) -> bool:
        """After a question any label answers; after an answer one that recurs, is named, or has a role."""
        if self.bare:
            return False
        if turns[-1].asks:
            return True
        heard = {turn.label.form for turn in turns if turn.label}
        return label.form in heard | self.recurring | self.named or bool(label.bracket)


def _asked(label: Label | None, paragraph: Paragraph, *, numbered: bool) -> Turn:
    """A question's first paragraph without its label and its number."""
    if label and not (numbered and number_of(paragraph.text) and not label.number):
        return _opened(True, label, paragraph)
    turn = Turn(True, None)
    number = number_of(paragraph.text)
    turn.add(paragraph, number[1] if number else None)
    return turn


def _answer(turns: list[Turn], label: Label, paragraph: Paragraph) -> None:
    if not turns[-1].asks and turns[-1].label and turns[-1].label.form == label.form:
        turns[-1].add(paragraph, label.rest)
    else:
        turns.append(_opened(False, label, paragraph))


def _opened(asks: bool, label: Label, paragraph: Paragraph) -> Turn:
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


_NUMBER = re.compile(
    r"^(?:Q\s*)?[（(]?(?:(\d{1,3})|([一二三四五六七八九十]{1,3})|([①-⑳]))(?:\s*[.．、)）]|\s*[:：])\s*(?=\D)(.*)$",
    re.S | re.I,
)
_HAN_NUMBERS = {c: i for i, c in enumerate("一二三四五六七八九十", 1)}


def number_of(text: str) -> tuple[int, str] | None:
    """A paragraph's leading number and the rest of it."""
    match = _NUMBER.match(text)
    if not match:
        return None
    arabic, han, circled, rest = match.groups()
    return (int(arabic) if arabic else _han_number(han) if han else ord(circled) - ord("①") + 1), rest.strip()


def _han_number(text: str) -> int:
    if len(text) == 1:
        return _HAN_NUMBERS[text]
    tens, _, ones = text.partition("十")
    return _HAN_NUMBERS.get(tens, 1) * 10 + _HAN_NUMBERS.get(ones, 0)


def question_numbers(paragraphs: list[Paragraph]) -> frozenset[int]:
    """First lines of the paragraphs whose numbers run 1, 2, 3; empty unless most of them ask."""
    starts: list[Paragraph] = []
    expected, listed = 1, 0
    for index, paragraph in enumerate(paragraphs):
        number = number_of(paragraph.text)
        if not number:
            listed = 0 if len(paragraph.text) > 1 else listed
            continue
        value, rest = number
        in_list = listed and value == listed + 1 and not sounds_asked(rest)
        restarts = value == 1 and expected > 2 and sounds_asked(rest) and _answered_next(paragraphs, index)
        if (value == expected and not in_list) or restarts:
            starts.append(paragraph)
            expected, listed = value + 1, 0
        else:
            listed = value
    asked = sum(1 for p in starts if sounds_asked((number_of(p.text) or (0, ""))[1]))
    return frozenset(p.first for p in starts) if len(starts) >= 2 and asked * 2 >= len(starts) else frozenset()


def _answered_next(paragraphs: list[Paragraph], index: int) -> bool:
    following = paragraphs[index + 1 : index + 2]
    return bool(following) and not number_of(following[0].text)


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
                talk.turns.append(_opened(False, label, paragraph))
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
                if talk.turns[-1].asks or talk.turns[-1].label != label:
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
