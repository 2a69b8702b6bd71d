"""One section → one film, with every fact that its words support."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from films.reading.article import FilmFacts, InterviewFacts, Passage, Point, ToolFacts
from films.reading.exchanges import Exchanges, exchanges_of
from films.reading.headings import FieldLine, block_mark, credit_line, first_field, is_kind, unmarked
from films.reading.lines import Ledger, Paragraph
from films.reading.people import People, makers_in
from films.reading.runtime import runtime_asked, runtime_in_field, runtime_said
from films.reading.section_points import film_points, kept_labels, orphans, repeats
from films.reading.sections import Section
from films.reading.talk import Said, Scheme, Talk
from films.reading.titles import Title, pitch_title, title_from_talk
from films.reading.tools import tools_asked, tools_in_fields, tools_said
from films.reading.turns import join_languages
from films.reading.vocabulary import Vocabulary
from films.reading.words import RUNTIME_FIELD, STATEMENT, SYNOPSIS, TITLE_FIELD, TOOL_FIELD
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
    makers: list[str] = field(default_factory=list)
    seconds: tuple[int, int] | None = None


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


def read_before(section: Section, paragraphs: list[Paragraph]) -> Before:
    """Sort the paragraphs before the talk."""
    found = Before()
    mode = ""
    for paragraph in paragraphs:
        line, more = first_field(paragraph.text)
        synopsis, statement = block_mark(paragraph.text, SYNOPSIS), block_mark(paragraph.text, STATEMENT)
        if paragraph not in section.headings or section.is_titled or paragraph.heading:
            found.paragraphs.append(paragraph)
        if synopsis is not None or statement is not None:
            mode = "synopsis" if synopsis is not None else "statement"
            _keep(found, mode, paragraph, synopsis or statement or "")
        elif line and (mode != "synopsis" or len(line.value) < 60):
            found.fields.append((line, paragraph.first))
            found.fields += [(other, paragraph.first) for other in more]
            _read_parts(found, line, paragraph.first)
            mode = ""
        elif paragraph not in section.headings and not (not mode and _read_credit(found, paragraph)):
            mode = "statement" if _turns_personal(section, paragraph) else mode or "synopsis"
            _keep(found, mode, paragraph, paragraph.text)
    return found


def _read_parts(found: Before, line: FieldLine, number: int) -> None:
    """The length among a field's parts: `宋一鸣 | 中国 | 2024 | 12'`."""
    for part in re.split(r"[|｜]", line.value)[1:]:
        seconds = runtime_in_field(part) if not part.strip().isdecimal() else None
        found.seconds = found.seconds or ((seconds, number) if seconds else None)


def _read_credit(found: Before, paragraph: Paragraph) -> bool:
    """A line under the heading with the maker's name and role, or the length."""
    credit = credit_line(paragraph.text)
    if credit is None:
        return False
    found.makers += credit.names
    if credit.seconds and not found.seconds:
        found.seconds = (credit.seconds, paragraph.first)
    return True


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
    turns, said_twice = join_languages(talk.turns)
    exchanges = exchanges_of(turns, people, ledger)
    points = [*exchanges.points, *people.points, *kept_labels(talk), *orphans(talk), *repeats(talk)]
    if said_twice:
        points.append(Point("two_languages", section.lines.first, doubt=True))
    if "parted" in section.marks:
        points.append(Point("section_parted", section.lines.first, doubt=True))
    asked = sum(turn.asks for turn in turns)
    title = _title(section, before, exchanges, context)
    if not section.is_marked and not title.title and not title.candidates:
        return Reading(None, _interview(exchanges, context, section), points, asked)
    ledger.use(*before.paragraphs)
    film = _film(section, before, exchanges, people, title, context)
    return Reading(film, None, [*points, *film_points(film, section)], asked)


def _named_makers(section: Section, before: Before) -> list[str]:
    named = makers_in([line for line, _ in before.fields])
    return [*named, *(section.heading.names if section.heading else ()), *before.makers]


def _title(section: Section, before: Before, exchanges: Exchanges, context: Context) -> Title:
    """The best evidence wins: heading or field, the headline, the pitch, the maker's own words."""
    if section.heading and section.heading.title:
        return Title(section.heading.title, "heading", section.headings[-1].lines)
    named = next(((line, n) for line, n in before.fields if is_kind(line, TITLE_FIELD) and line.value), None)
    if named:
        return Title(unmarked(named[0].value), "heading", Passage(named[1], named[1]))
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
        adapted_from=adapted_from("\n".join(part.text for part in said)),
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
        passages["runtime_seconds"] = section.headings[-1].lines
        return section.heading.seconds
    if before.seconds:
        passages["runtime_seconds"] = Passage(before.seconds[1], before.seconds[1])
        return before.seconds[0]
    stated = runtime_said([*before.statement, *exchanges.answered]) or runtime_asked(exchanges.exchanges)
    if stated:
        passages["runtime_seconds"] = Passage(stated[1], stated[1])
        return stated[0]
    return None


def _tools(before: Before, exchanges: Exchanges, vocabulary: Vocabulary) -> list[ToolFacts]:
    """Tools from a field, from words of use, and from an answer to the question which were used; each name once."""
    listed = [(line, number) for line, number in before.fields if is_kind(line, TOOL_FIELD)]
    found = tools_in_fields(listed, vocabulary)
    for more in (
        tools_said([*before.statement, *exchanges.answered], vocabulary),
        tools_asked(exchanges.exchanges, vocabulary),
    ):
        names = {tool.name for tool in found}
        found += [tool for tool in more if tool.name not in names]
    return sorted(found, key=lambda tool: tool.line)


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
