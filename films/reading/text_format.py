"""Plain text and Markdown → Article: frame, scheme, sections, facts, and an account of every line."""

from __future__ import annotations

import hashlib
import re
from collections import Counter

from films.reading.article import (
    Article,
    Coverage,
    EditionFacts,
    FilmFacts,
    InterviewFacts,
    Passage,
    Point,
    Refusal,
)
from films.reading.characters import clean_name, compared
from films.reading.damage import damage_points, is_index_of_teasers
from films.reading.decoding import Decoded, split_lines
from films.reading.edition import edition_of
from films.reading.frame import Frame, find_frame
from films.reading.labels import is_generic, label_of
from films.reading.language import language_of
from films.reading.lines import Ledger, Paragraph, identical_neighbours, paragraphs_of, without_left_bold
from films.reading.scheme import Hints, find_scheme, interview_credits
from films.reading.section_films import Context, Reading, read_section
from films.reading.sections import Section, part_makers, split_sections
from films.reading.talk import Labelled, Scheme
from films.reading.titles import headline_title, pitch_title
from films.reading.turns import part_run_on, without_outlet_marks
from films.reading.vocabulary import Vocabulary

_MOST_POINTS = 50  # of one kind; the rest are counted


def read_text(
    data: bytes, decoded: Decoded, vocabulary: Vocabulary, asker: str | None = None, answerers: tuple[str, ...] = ()
) -> Article:
    """Read a plain text. Raises Refusal for chrome without an article, two articles, or questions without answers."""
    paragraphs = without_left_bold(paragraphs_of(decoded.text))
    return read_paragraphs(data, decoded, paragraphs, vocabulary, asker, answerers)


def read_paragraphs(
    data: bytes,
    decoded: Decoded,
    paragraphs: list[Paragraph],
    vocabulary: Vocabulary,
    asker: str | None,
    answerers: tuple[str, ...],
) -> Article:
    """Read paragraphs, however they were marked up."""
    paragraphs, repeats = identical_neighbours(paragraphs)
    frame = find_frame(paragraphs)
    language = language_of(decoded.text)
    ledger = Ledger()
    ledger.use(*frame.used)
    ledger.drop(*frame.chrome)
    body = without_outlet_marks(part_run_on(frame.body), frame.publisher)
    scheme = find_scheme(body, Hints(asker, answerers, frame.publisher))
    lead, sections = split_sections(body, scheme)
    sections, lead = _with_talk_or_company(sections, lead)
    if scheme:
        sections = [part for section in sections for part in part_makers(section, scheme)]
        _adopt_unmarked(sections, scheme)
    context = Context(scheme, interviewer_of(scheme, body), language, vocabulary, _title_for_all(frame, sections))
    readings = [read_section(section, context, ledger) for section in sections]
    _refuse_unanswered(readings, sections)
    points = [*decoded.points, *frame.points, *damage_points(decoded.text), *_repeat_points(repeats)]
    points += _no_dialogue(scheme, readings, body, decoded.text)
    edition = edition_of(lead, frame.published_on) if sections else None
    if sections:
        ledger.use(*lead)
    return _article(data, decoded, frame, language, lead if sections else [], edition, readings, points, ledger)


def _with_talk_or_company(sections: list[Section], lead: list[Paragraph]) -> tuple[list[Section], list[Paragraph]]:
    """A synopsis mark or a heading alone makes no film: talk, particulars or a second mark must keep it company."""
    told = {mark for section in sections for mark in section.marks}
    company = len(sections) > 1 or any(section.is_titled for section in sections)
    enough = told & {"talk", "statement"} or (told & {"synopsis", "fields"} and company)
    if not enough and not any(_pitches(section) for section in sections):
        return [], [*lead, *(paragraph for section in sections for paragraph in section.paragraphs)]
    return sections, lead


def _adopt_unmarked(sections: list[Section], scheme: Scheme) -> None:
    """Among films, talk by one voice under no mark is a film too: its mark was lost."""
    if not any(section.is_marked for section in sections):
        return
    for section in sections:
        turns = scheme.read(section.paragraphs).turns if not section.is_marked else []
        if len({turn.label.form for turn in turns if turn.label and not turn.asks}) == 1:
            section.marks.add("parted")


def _pitches(section: Section) -> bool:
    """The heading's title opens the words below it: 《…》讲述的是."""
    title = section.heading.title if section.heading else None
    return any(title and pitch_title(p.text) == title for p in section.paragraphs)


def _title_for_all(frame: Frame, sections: list[Section]) -> str | None:
    """The headline's title, when the article is about one film."""
    return headline_title(frame.headline) if len(sections) == 1 else None


def interviewer_of(scheme: Scheme | None, body: list[Paragraph]) -> str | None:
    """The asker's label when it is a name, else a name credited with the interview."""
    if isinstance(scheme, Labelled):
        labels = [label for p in body if (label := label_of(p.text)) and label.form in scheme.askers]
        named = [label.printed for label in labels if not is_generic(label.form)]
        if named:
            return clean_name(named[0])
    credited = interview_credits(body)
    return credited[0] if credited else None


def _refuse_unanswered(readings: list[Reading], sections: list[Section]) -> None:
    asked = sum(reading.questions for reading in readings)
    answered = sum(len(e.exchanges) for r in readings for e in _interviews(r))
    if asked and not answered:
        first = next(p.line for r in readings for p in r.points if p.code == "unanswered")
        raise Refusal("no_answers", first, questions=asked)


def _interviews(reading: Reading) -> list[InterviewFacts]:
    found = [reading.interview, reading.film.interview if reading.film else None]
    return [interview for interview in found if interview]


def _repeat_points(repeats: list[Paragraph]) -> list[Point]:
    return [Point("repeated", p.first) for p in repeats]


def _no_dialogue(scheme: Scheme | None, readings: list[Reading], body: list[Paragraph], text: str) -> list[Point]:
    if any(_interviews(reading) for reading in readings):
        return []
    if not any(reading.film for reading in readings) and not any(_is_prose(paragraph.text) for paragraph in body):
        raise Refusal("only_furniture", body[0].first)
    if is_index_of_teasers(body):
        raise Refusal("teasers", body[0].first)
    told = any(reading.film for reading in readings)
    return [Point("no_dialogue", body[0].first, doubt=not told)]


def _is_prose(text: str) -> bool:
    return len(text) >= 50 or (len(text) >= 12 and bool(re.search(r"[。！？.!?]\W*$", text)))


def _article(
    data: bytes,
    decoded: Decoded,
    frame: Frame,
    language: str,
    lead: list[Paragraph],
    edition: EditionFacts | None,
    readings: list[Reading],
    points: list[Point],
    ledger: Ledger,
) -> Article:
    films, interviews = _keyed(readings)
    interviews = _headed(interviews, films, frame)
    found = [*points, *_placed_points(readings, films, interviews)]
    passages = dict(frame.passages)
    if lead:
        passages["lead"] = Passage(lead[0].first, lead[-1].last)
    return Article(
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=decoded.encoding,
        text=decoded.text,
        language=language,
        headline=frame.headline,
        coverage=coverage_of(decoded.text, ledger),
        publisher=frame.publisher,
        published_on=frame.published_on,
        view_count=frame.view_count,
        lead="\n\n".join(p.text for p in lead) or None,
        edition=edition,
        films=films,
        interviews=interviews,
        points=tuple(_bounded(found)),
        printed=frame.printed,
        passages=passages,
    )


def _keyed(readings: list[Reading]) -> tuple[tuple[FilmFacts, ...], tuple[InterviewFacts, ...]]:
    """Give films and interviews keys made from who made them and who answers: stable when sections move."""
    films: list[FilmFacts] = []
    interviews: list[InterviewFacts] = []
    taken: Counter[str] = Counter()
    for reading in readings:
        if reading.film:
            key = _unique(_film_key(reading.film), taken)
            interview = reading.film.interview._replace(key=key) if reading.film.interview else None
            films.append(reading.film._replace(key=key, interview=interview))
        if reading.interview:
            interviews.append(reading.interview._replace(key=_unique(_interview_key(reading.interview), taken)))
    return tuple(films), tuple(interviews)


def _headed(
    interviews: tuple[InterviewFacts, ...], films: tuple[FilmFacts, ...], frame: Frame
) -> tuple[InterviewFacts, ...]:
    """An article that is all one talk about no film: its headline heads the talk."""
    if films or len(interviews) != 1 or not frame.headline:
        return interviews
    passages = {**interviews[0].passages, "heading": frame.passages["headline"]}
    return (interviews[0]._replace(heading=frame.headline, passages=passages),)


def _placed_points(
    readings: list[Reading], films: tuple[FilmFacts, ...], interviews: tuple[InterviewFacts, ...]
) -> list[Point]:
    """Each section's points with the record they speak of."""
    film_keys, talk_keys = iter(films), iter(interviews)
    found: list[Point] = []
    for reading in readings:
        record = None
        if reading.film:
            record = f"film:{next(film_keys).key}"
        elif reading.interview:
            record = f"interview:{next(talk_keys).key}"
        found += [point._replace(record=record) for point in reading.points]
    return found


def _film_key(film: FilmFacts) -> str:
    names = "+".join(compared(name) for name in film.creators)
    return (names or compared(film.title or "") or _digest(film.synopsis or film.statement or ""))[:120]


def _interview_key(interview: InterviewFacts) -> str:
    speakers = sorted({compared(e.speaker) for e in interview.exchanges if e.speaker})
    return ("talk:" + "+".join(speakers))[:120] if speakers else "talk"


def _digest(text: str) -> str:
    return hashlib.sha256(compared(text)[:24].encode()).hexdigest()[:12]


def _unique(key: str, taken: Counter[str]) -> str:
    taken[key] += 1
    return key if taken[key] == 1 else f"{key}#{taken[key]}"


def _bounded(points: list[Point]) -> list[Point]:
    """At most fifty points of one kind, then how many more there are."""
    counts = Counter(point.code for point in points)
    seen: Counter[str] = Counter()
    found = []
    for point in sorted(points, key=lambda point: point.line or 0):
        seen[point.code] += 1
        if seen[point.code] <= _MOST_POINTS:
            found.append(point)
        elif seen[point.code] == _MOST_POINTS + 1:
            more = counts[point.code] - _MOST_POINTS
            found.append(point._replace(values={**point.values, "more": more}))
    return found


def coverage_of(text: str, ledger: Ledger) -> Coverage:
    """Account for every line exactly once: in a row, chrome, or unused. White space is not counted."""
    used = total = 0
    unused: list[tuple[int, str]] = []
    chrome: list[tuple[int, str]] = []
    for number, line in enumerate(split_lines(text), 1):
        size = len("".join(line.split()))
        if not size:
            continue
        if number in ledger.used:
            used, total = used + size, total + size
        elif number in ledger.chrome:
            chrome.append((number, line.strip()))
        else:
            total += size
            unused.append((number, line.strip()))
    return Coverage(total, used, tuple(unused), tuple(chrome))
