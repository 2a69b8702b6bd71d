"""The body in sections: what leads in, and one stretch for each film."""

from __future__ import annotations

from dataclasses import dataclass, field

from films.reading.article import Passage
from films.reading.characters import compared
from films.reading.headings import FieldLine, Heading, field_line, heading_of, is_synopsis
from films.reading.labels import label_of
from films.reading.lines import Paragraph
from films.reading.talk import Scheme


@dataclass
class Section:
    """One stretch of the body. Without any mark of a film it is talk about none in particular."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    heading: Heading | None = None
    has_synopsis: bool = False
    has_fields: bool = False
    has_talk: bool = False

    @property
    def is_marked(self) -> bool:
        return self.has_synopsis or self.has_fields or self.heading is not None

    @property
    def lines(self) -> Passage:
        return Passage(self.paragraphs[0].first, self.paragraphs[-1].last)


def split_sections(body: list[Paragraph], scheme: Scheme | None) -> tuple[list[Paragraph], list[Section]]:
    """The lead, and the sections after it. Two marks with no talk between them are of one section."""
    lead: list[Paragraph] = []
    sections: list[Section] = []
    for index, paragraph in enumerate(body):
        opens = bool(scheme and scheme.opens(body, index))
        heading = None if opens else _heading(body, index)
        synopsis = not opens and is_synopsis(paragraph.text)
        fields = not (opens or heading or synopsis) and _field_block(body, index)
        if _begins(sections, heading, synopsis, fields, opens):
            sections.append(Section())
        if not sections:
            lead.append(paragraph)
            continue
        _note(sections[-1], paragraph, heading, synopsis, fields, opens)
    return lead, sections


def _heading(body: list[Paragraph], index: int) -> Heading | None:
    heading = heading_of(body, index)
    if heading and heading.title and compared(heading.title) in {f.form for p in body if (f := label_of(p.text))}:
        return None if not body[index].heading else Heading(None, heading.title)
    return heading


def _begins(sections: list[Section], heading: Heading | None, synopsis: bool, fields: bool, opens: bool) -> bool:
    if not (heading or synopsis or fields or opens):
        return False
    if not sections:
        return True
    current = sections[-1]
    if opens:
        return False
    if heading:
        return current.has_talk or current.has_synopsis or current.has_fields or current.heading is not None
    if synopsis:
        return current.has_talk or current.has_synopsis
    return current.has_talk


def _note(
    section: Section, paragraph: Paragraph, heading: Heading | None, synopsis: bool, fields: bool, opens: bool
) -> None:
    section.paragraphs.append(paragraph)
    section.heading = section.heading or heading
    section.has_synopsis |= synopsis
    section.has_fields |= fields
    section.has_talk |= opens


def _field_block(body: list[Paragraph], index: int) -> bool:
    """Two known fields in a row, standing together: a film's particulars, never talk."""
    if not field_line(body[index].text):
        return False
    following = body[index + 1 : index + 2]
    return bool(following) and following[0].blanks_before == 0 and _is_field(field_line(following[0].text))


def _is_field(line: FieldLine | None) -> bool:
    return line is not None and len(line.value) < 80
