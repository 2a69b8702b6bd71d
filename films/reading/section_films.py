"""One section → one film, with every fact that its words support."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from films.reading.article import FilmFacts, InterviewFacts, Passage, Point, TitleCandidate, ToolFacts
from films.reading.exchanges import Exchanges, exchanges_of
from films.reading.headings import FieldLine, block_mark, field_line, is_kind
from films.reading.lines import Ledger, Paragraph
from films.reading.people import People, makers_in
from films.reading.runtime import runtime_in_field, runtime_said
from films.reading.sections import Section
from films.reading.talk import Said, Scheme, Talk
from films.reading.titles import Title, pitch_title, title_from_talk
from films.reading.tools import tools_in_fields, tools_said
from films.reading.vocabulary import Vocabulary
from films.reading.words import RUNTIME_FIELD, STATEMENT, SYNOPSIS, TOOL_FIELD
from films.reading.works import adapted_from, works_of

_FIRST_PERSON = re.compile(r"我|俺|\b(?:I|my|me|we|our)\b|私|僕|わたし|저는|나는|제가|내가|우리")
_MADE = re.compile(
    r"(?:第一张图|第一幅|动笔|开始(?:画|做|创作|制作|动手)?)[^。]{0,12}?从?\s*(\d{4})年(?:(\d{1,2})月)?(?:(\d{1,2})[号日])?(?:开始|起)[^。]{0,16}?(?:直到|到|至)[^。]{0,12}?(?:成片|竣工|完成|完片)[^。]{0,6}?(\d{4})年(?:(\d{1,2})月)?(?:(\d{1,2})[号日])?"
)


@dataclass
class Before:
    """What stands in a section before its talk: fields, synopsis, statement, and what is none of them."""

    fields: list[tuple[FieldLine, int]] = field(default_factory=list)
    synopsis: list[Paragraph] = field(default_factory=list)
    synopsis_text: list[Said] = field(default_factory=list)
    statement: list[Said] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    heading: Paragraph | None = None


@dataclass
class Reading:
    """What one section gave: a film, or talk about none, and what was noticed."""

    film: FilmFacts | None = None
    interview: InterviewFacts | None = None
    points: list[Point] = field(default_factory=list)
    questions: int = 0


@dataclass(frozen=True)
class Context:
    """What a section's reader knows of the whole article."""

    scheme: Scheme | None
    interviewer: str | None
    language: str
    vocabulary: Vocabulary
    headline_title: str | None = None


def read_before(section: Section, before: list[Paragraph]) -> Before:
    """Sort the paragraphs before the talk."""
    found = Before()
    mode = ""
    for paragraph in before:
        line = field_line(paragraph.text)
        synopsis, statement = block_mark(paragraph.text, SYNOPSIS), block_mark(paragraph.text, STATEMENT)
        if synopsis is not None or statement is not None:
            mode = "synopsis" if synopsis is not None else "statement"
            _keep(found, mode, paragraph, (synopsis if synopsis is not None else statement) or "")
        elif _is_heading(section, paragraph, found):
            found.heading = paragraph
            found.paragraphs.append(paragraph)
        elif line and (mode != "synopsis" or len(line.value) < 60):
            found.fields.append((line, paragraph.first))
            found.paragraphs.append(paragraph)
            mode = ""
        else:
            mode = mode or "synopsis"
            mode = "statement" if _turns_personal(section, paragraph) else mode
            _keep(found, mode, paragraph, paragraph.text)
    return found


def _is_heading(section: Section, paragraph: Paragraph, found: Before) -> bool:
    return section.heading is not None and found.heading is None and paragraph is section.paragraphs[0]


def _turns_personal(section: Section, paragraph: Paragraph) -> bool:
    """Without talk, words in the first person are the maker's statement."""
    return not section.has_talk and len(_FIRST_PERSON.findall(paragraph.text)) >= 2


def _keep(found: Before, mode: str, paragraph: Paragraph, text: str) -> None:
    said = [Said(text, paragraph.first)] if text else []
    if mode == "synopsis":
        found.synopsis.append(paragraph)
        found.synopsis_text += said
    else:
        found.statement += said
    found.paragraphs.append(paragraph)


def read_section(section: Section, context: Context, ledger: Ledger) -> Reading:
    """Read one section. Talk without any mark of a film hangs on the article, not on a film."""
    talk = (
        context.scheme.read(section.paragraphs)
        if context.scheme and section.has_talk
        else Talk(section.paragraphs, [])
    )
    people = People()
    before = read_before(section, talk.before)
    people.know_makers(_named_makers(section, before))
    exchanges = exchanges_of(talk.turns, people, ledger)
    points = [*exchanges.points, *people.points, *_kept_labels(talk)]
    asked = sum(turn.asks for turn in talk.turns)
    title = _title(section, before, exchanges, context)
    if not section.is_marked and not title.title and not title.candidates:
        return Reading(None, _interview(exchanges, context, section), points, asked)
    ledger.use(*before.paragraphs)
    film = _film(section, before, exchanges, people, title, context)
    return Reading(film, None, [*points, *_film_points(film, section)], asked)


def _named_makers(section: Section, before: Before) -> list[str]:
    named = makers_in([line for line, _ in before.fields])
    return [*named, *(section.heading.names if section.heading else ())]


def _kept_labels(talk: Talk) -> list[Point]:
    return [
        Point("label_kept_as_text", f"“{p.text[:24]}” looks like a label and was kept as text.", p.first)
        for p in talk.kept_as_text
    ]


def _title(section: Section, before: Before, exchanges: Exchanges, context: Context) -> Title:
    """The best evidence wins: heading or field, the headline, the pitch, the maker's own words."""
    heading = before.heading or (section.paragraphs[0] if section.heading else None)
    if section.heading and section.heading.title and heading:
        return Title(section.heading.title, "heading", heading.lines)
    if context.headline_title:
        return Title(context.headline_title, "heading")
    pitch = pitch_title(before.synopsis_text[0].text if before.synopsis_text else None)
    if pitch:
        return Title(pitch, "heading", before.synopsis[0].lines)
    about = "\n".join(said.text for said in [*before.synopsis_text, *before.statement])
    return title_from_talk(exchanges.asked, [*before.statement, *exchanges.answered], about)


def _interview(exchanges: Exchanges, context: Context, section: Section) -> InterviewFacts | None:
    if not exchanges.exchanges:
        return None
    lines = {"exchanges": Passage(exchanges.exchanges[0].lines.first, exchanges.exchanges[-1].lines.last)}
    return InterviewFacts(context.interviewer, tuple(exchanges.exchanges), passages=lines)


def _film(
    section: Section, before: Before, exchanges: Exchanges, people: People, title: Title, context: Context
) -> FilmFacts:
    passages: dict[str, Passage] = {"title": title.passage} if title.passage else {}
    seconds = _runtime(section, before, exchanges, passages)
    synopsis = _joined(before.synopsis_text)
    statement = _joined(before.statement)
    _place(passages, "synopsis", before.synopsis_text)
    _place(passages, "statement", before.statement)
    makers = people.makers or exchanges.makers
    if makers and exchanges.exchanges:
        passages.setdefault("creators", exchanges.exchanges[0].passages["answer"])
    made = _made(exchanges.answered, passages)
    said = [*before.synopsis_text, *before.statement, *exchanges.answered]
    return FilmFacts(
        key="",
        title=title.title,
        title_origin=title.origin,
        title_candidates=title.candidates,
        lines=section.lines,
        synopsis=synopsis,
        statement=statement,
        runtime_seconds=seconds,
        adapted_from=adapted_from(synopsis),
        made_from=made[0],
        made_to=made[1],
        creators=tuple(makers),
        tools=tuple(_tools(before, exchanges, context.vocabulary)),
        works=works_of(said, title.title, context.language),
        interview=_interview(exchanges, context, section),
        passages=passages,
    )


def _joined(said: list[Said]) -> str | None:
    return "\n\n".join(part.text for part in said) or None


def _place(passages: dict[str, Passage], name: str, said: list[Said]) -> None:
    if said:
        passages[name] = Passage(said[0].line, said[-1].line)


def _runtime(section: Section, before: Before, exchanges: Exchanges, passages: dict[str, Passage]) -> int | None:
    """From a field, from the heading, or from a sentence that says so; in this order."""
    for line, number in before.fields:
        if is_kind(line, RUNTIME_FIELD) and (seconds := runtime_in_field(line.value)):
            passages["runtime_seconds"] = Passage(number, number)
            return seconds
    if section.heading and section.heading.seconds:
        passages["runtime_seconds"] = section.paragraphs[0].lines
        return section.heading.seconds
    stated = runtime_said([*before.statement, *exchanges.answered])
    if stated:
        passages["runtime_seconds"] = Passage(stated[1], stated[1])
        return stated[0]
    return None


def _tools(before: Before, exchanges: Exchanges, vocabulary: Vocabulary) -> list[ToolFacts]:
    listed = [(line, number) for line, number in before.fields if is_kind(line, TOOL_FIELD)]
    stated = tools_in_fields(listed, vocabulary)
    names = {tool.name for tool in stated}
    return [
        *stated,
        *(tool for tool in tools_said([*before.statement, *exchanges.answered], vocabulary) if tool.name not in names),
    ]


def _made(answered: list[Said], passages: dict[str, Passage]) -> tuple[str | None, str | None]:
    """From when to when it was made, as far as one sentence says both."""
    for said in answered:
        match = _MADE.search(said.text)
        if match:
            groups = match.groups()
            passages["made_from"] = passages["made_to"] = Passage(said.line, said.line)
            return _partial(groups[:3]), _partial(groups[3:])
    return None, None


def _partial(parts: tuple[str | None, ...]) -> str:
    return "-".join(part.zfill(2) for part in parts if part)


def _film_points(film: FilmFacts, section: Section) -> list[Point]:
    first = section.lines.first
    points = []
    if film.title_origin == "stated_by_maker" and film.title:
        words = f"The maker calls this film 《{film.title}》; no heading does. Please confirm."
        points.append(Point("title_stated_by_maker", words, film.passages["title"].first))
    elif not film.title:
        words = "The article states no title for this film; it is shown as untitled, with its maker."
        points.append(Point("title_not_stated", words, first))
        points += [_offered(candidate) for candidate in film.title_candidates]
    if film.runtime_seconds and film.passages["runtime_seconds"].first not in _field_lines(section):
        words = f"The running time, {film.runtime_seconds} s, is from an answer."
        points.append(Point("runtime_from_answer", words, film.passages["runtime_seconds"].first))
    return points


def _offered(candidate: TitleCandidate) -> Point:
    return Point(
        "title_offered", f"《{candidate.title}》 may be the title: {candidate.why}. It was not set.", candidate.line
    )


def _field_lines(section: Section) -> set[int]:
    return {p.first for p in section.paragraphs if field_line(p.text)} | {section.paragraphs[0].first}
