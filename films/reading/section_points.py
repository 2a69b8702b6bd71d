"""What an editor is told about one section: inferences, labels kept as text, what was not stated."""

from __future__ import annotations

from films.reading.article import FilmFacts, Point, TitleCandidate
from films.reading.headings import credit_line, field_line
from films.reading.sections import Section
from films.reading.talk import Talk


def orphans(talk: Talk) -> list[Point]:
    words = (
        "An answer stands before the first question, so its question was lost. It was not imported; please add both."
    )
    return [Point("answer_without_question", words, talk.orphans[0].first, doubt=True)] if talk.orphans else []


def repeats(talk: Talk) -> list[Point]:
    """A label that repeats once or twice may hide a lost question; one that always does is a habit of the page."""
    doubt = len(talk.repeated) * 4 <= len(talk.turns)
    words = "The same label opens two answers in a row; they were kept as one. A question may be missing between them."
    return [Point("label_repeated", words, p.first, doubt=doubt) for p in talk.repeated]


def kept_labels(talk: Talk) -> list[Point]:
    kept = "looks like a label and was kept as text."
    aside = "stands between two turns and was taken for neither. Look whether it belongs to one."
    return [
        *(Point("label_kept_as_text", f"“{p.text[:24]}” {kept}", p.first) for p in talk.kept_as_text),
        *(Point("aside", f"“{p.text[:24]}” {aside}", p.first) for p in talk.asides),
    ]


def film_points(film: FilmFacts, section: Section) -> list[Point]:
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
    return {p.first for p in section.paragraphs if field_line(p.text) or credit_line(p.text)} | {
        p.first for p in section.headings
    }
