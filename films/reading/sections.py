"""The body in sections: what leads in, and one stretch for each film."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from films.reading.article import Passage
from films.reading.characters import compared
from films.reading.headings import FieldLine, Heading, block_mark, field_line, heading_of, is_kind, is_synopsis
from films.reading.labels import count_labels, label_of
from films.reading.lines import Paragraph
from films.reading.talk import Scheme, Turn, is_caption
from films.reading.words import MAKER_FIELD, STATEMENT, TITLE_FIELD


@dataclass
class Section:
    """One stretch of the body. Without any mark of a film it is talk about none in particular."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    heading: Heading | None = None
    headings: list[Paragraph] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)

    @property
    def has_talk(self) -> bool:
        return "talk" in self.marks

    @property
    def is_marked(self) -> bool:
        """Something here says that this stretch is about one film."""
        return bool(self.marks & {"synopsis", "fields", "statement", "parted"}) or self.heading is not None

    @property
    def is_titled(self) -> bool:
        return self.heading is not None and self.heading.title is not None

    @property
    def lines(self) -> Passage:
        return Passage(self.paragraphs[0].first, self.paragraphs[-1].last)


def split_sections(body: list[Paragraph], scheme: Scheme | None) -> tuple[list[Paragraph], list[Section]]:
    """The lead, and the sections after it. Two marks with no talk between them are of one section."""
    lead: list[Paragraph] = []
    sections: list[Section] = []
    labels = count_labels(body)
    for index, paragraph in enumerate(body):
        opens = bool(scheme and scheme.opens(body, index))
        heading = None if opens else _heading(body, index, labels)
        mark = "talk" if opens else _mark(body, index, heading)
        if mark and _begins(sections, mark, heading):
            sections.append(Section())
        if sections:
            _note(sections[-1], paragraph, heading, mark)
        else:
            lead.append(paragraph)
    return lead, sections


def _mark(body: list[Paragraph], index: int, heading: Heading | None) -> str:
    """What a paragraph marks: a heading, a synopsis, a statement, a block of fields, or nothing."""
    text = body[index].text
    if heading:
        return "heading"
    if is_synopsis(text):
        return "synopsis"
    if block_mark(text, STATEMENT) is not None:
        return "statement"
    return "fields" if _field_block(body, index) or _names_next(body, index) else ""


def _heading(body: list[Paragraph], index: int, labels: Counter[str]) -> Heading | None:
    """A heading whose words are somebody's label is no title."""
    heading = heading_of(body, index)
    own = label_of(body[index].text)
    title = compared(heading.title or "") if heading else ""
    if heading and heading.title and labels[title] > (own is not None and own.form == title):
        return Heading(None, heading.title) if body[index].heading else None
    return heading


def _begins(sections: list[Section], mark: str, heading: Heading | None) -> bool:
    """A talk or a statement never begins a section that another mark has begun already."""
    if not sections:
        return mark != "statement"
    current = sections[-1]
    if mark in ("talk", "statement"):
        return False
    if mark == "heading":
        only_words = current.marks <= {"heading"} and not current.is_titled and bool(heading and heading.title)
        return not only_words
    if mark == "synopsis":
        return bool(current.marks & {"talk", "synopsis", "statement"})
    return current.has_talk or "statement" in current.marks


def _note(section: Section, paragraph: Paragraph, heading: Heading | None, mark: str) -> None:
    section.paragraphs.append(paragraph)
    if mark:
        section.marks.add(mark)
    if heading:
        section.headings.append(paragraph)
        if not section.is_titled:
            section.heading = heading


def _field_block(body: list[Paragraph], index: int) -> bool:
    """Two known fields in a row, standing together: a film's particulars, never talk."""
    following = body[index + 1 : index + 2]
    lines = [field_line(paragraph.text) for paragraph in (body[index], *following)]
    together = len(lines) == 2 and following[0].blanks_before == 0 and all(map(_is_field, lines))
    return together and not all(is_caption(paragraph.text) for paragraph in (body[index], *following))


def _names_next(body: list[Paragraph], index: int) -> bool:
    """A maker's or a title's field right above a synopsis belongs to the section that the synopsis opens."""
    line = field_line(body[index].text)
    following = body[index + 1 : index + 2]
    return bool(line and following and is_kind(line, MAKER_FIELD | TITLE_FIELD) and is_synopsis(following[0].text))


def _is_field(line: FieldLine | None) -> bool:
    return line is not None and len(line.value) < 80


def part_makers(section: Section, scheme: Scheme) -> list[Section]:
    """Two makers in one stretch, one after the other and apart: the second one's section lost its mark.

    The first must never return, and a wider gap than any inside the first one's talk must part them.
    """
    turns = scheme.read(section.paragraphs).turns
    places = _others_take_over(turns)
    if len(places) != 1:
        return [section]
    first = turns[places[0]].paragraphs[0]
    cut = section.paragraphs.index(first)
    gaps = [paragraph.blanks_before for paragraph in section.paragraphs[1:cut] if scheme.opens([paragraph], 0)]
    if first.blanks_before <= max(gaps[1:] or [1]) + 1:
        return [section]
    before = replace(section, paragraphs=section.paragraphs[:cut])
    return [before, Section(section.paragraphs[cut:], marks={"talk", "parted"})]


def _others_take_over(turns: list[Turn]) -> list[int]:
    """Questions from which on only voices answer that did not answer before them."""
    forms = ["" if turn.asks or not turn.label else turn.label.form for turn in turns]
    last = {form: index for index, form in enumerate(forms) if form}
    final = max(last.values(), default=0)
    found, heard_until = [], -1
    for index, turn in enumerate(turns):
        if index >= 2 and turn.asks and 0 <= heard_until < index < final:
            found.append(index)
        heard_until = max(heard_until, last.get(forms[index], -1))
    return found
