"""What an editor is told about one section: inferences, labels kept as text, what was not stated."""

from __future__ import annotations

from films.reading.article import FilmFacts, Point, TitleCandidate
from films.reading.headings import credit_line, field_line
from films.reading.sections import Section
from films.reading.talk import Talk
from films.reading.titles import WHY_OFFERED


def orphans(talk: Talk) -> list[Point]:
    return [Point("answer_without_question", talk.orphans[0].first, doubt=True)] if talk.orphans else []


def repeats(talk: Talk) -> list[Point]:
    """A label that repeats once or twice may hide a lost question; one that always does is a habit of the page."""
    doubt = len(talk.repeated) * 4 <= len(talk.turns)
    return [Point("label_repeated", p.first, doubt=doubt) for p in talk.repeated]


def kept_labels(talk: Talk) -> list[Point]:
    return [
        *(Point("label_kept_as_text", p.first, values={"text": p.text[:24]}) for p in talk.kept_as_text),
        *(Point("aside", p.first, values={"text": p.text[:24]}) for p in talk.asides),
    ]


def film_points(film: FilmFacts, section: Section) -> list[Point]:
    first = section.lines.first
    points = []
    if film.title_origin == "stated_by_maker" and film.title:
        points.append(Point("title_stated_by_maker", film.passages["title"].first, values={"title": film.title}))
    elif not film.title:
        points.append(Point("title_not_stated", first))
        points += [_offered(candidate) for candidate in film.title_candidates]
    if film.runtime_seconds and film.passages["runtime_seconds"].first not in _field_lines(section):
        seconds = {"seconds": film.runtime_seconds}
        points.append(Point("runtime_from_answer", film.passages["runtime_seconds"].first, values=seconds))
    return points


def _offered(candidate: TitleCandidate) -> Point:
    values = {"title": candidate.title, "why": WHY_OFFERED[candidate.why]}
    return Point("title_offered", candidate.line, values=values)


def _field_lines(section: Section) -> set[int]:
    return {p.first for p in section.paragraphs if field_line(p.text) or credit_line(p.text)} | {
        p.first for p in section.headings
    }
