"""JSON of our own schema → Article: the `article` object of a report, so that what one run writes another can read."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from contextlib import suppress
from typing import Any

from films.reading.article import (
    Article,
    EditionFacts,
    ExchangeFacts,
    FilmFacts,
    InterviewFacts,
    Organiser,
    Passage,
    Refusal,
    TitleCandidate,
    ToolFacts,
    WorkFacts,
)
from films.reading.decoding import Decoded, split_lines
from films.reading.json_places import Placed, PlacedDict, load_placed
from films.reading.json_schema import ARTICLE, check
from films.reading.lines import Ledger
from films.reading.text_format import coverage_of
from films.reading.vocabulary import Vocabulary


def read_json(
    data: bytes, decoded: Decoded, vocabulary: Vocabulary, asker: str | None, answerers: tuple[str, ...]
) -> Article:
    """Read one article object. Unknown keys, wrong types and impossible values are refused with their line."""
    placed = _load(decoded.text)
    ledger = Ledger()
    ledger.use(Passage(1, len(split_lines(decoded.text))))
    films = tuple(_film(film) for film in placed["films"])
    _refuse_twins([film.key for film in films], placed["films"])
    return Article(
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=decoded.encoding,
        text=decoded.text,
        language=str(placed["language"]),
        headline=_plain(placed.get("headline")),
        coverage=coverage_of(decoded.text, ledger),
        publisher=_plain(placed.get("publisher")),
        published_on=_date(placed),
        view_count=placed.get("view_count"),
        lead=_plain(placed.get("lead")),
        edition=_edition(placed.get("edition")),
        films=films,
        interviews=tuple(_talk(talk) for talk in placed.get("interviews", [])),
        points=decoded.points,
        printed={name: str(placed[name]) for name in _FRAME if placed.get(name) is not None},
        passages=_places(placed, *_FRAME, "lead"),
    )


_PLACED_LIMIT = 400_000  # characters; naming a line in more would take too long
_FRAME = ("headline", "publisher", "published_on", "view_count")


def _load(text: str) -> PlacedDict:
    """Check the plain value first: the slow decoder that knows places sees only what fits, or names the misfit's line."""
    try:
        check(json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_once), ARTICLE, "article")
        placed: PlacedDict = load_placed(text)
        return placed
    except Refusal:
        if len(text) <= _PLACED_LIMIT:
            # What is refused before the end need not be JSON to the end.
            with suppress(json.JSONDecodeError, RecursionError):
                check(load_placed(text), ARTICLE, "article")
        raise
    except json.JSONDecodeError as error:
        raise Refusal("not_json", error.lineno, problem=error.msg, column=error.colno) from error
    except (RecursionError, ValueError) as error:
        raise Refusal("json_too_deep", 1) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys stand once each: which of two counts cannot be known."""
    value = dict(pairs)
    if len(value) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise Refusal("json_key_twice", key=twice)
    return value


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _plain(value: str | None) -> str | None:
    return None if value is None else str(value)


def _places(record: PlacedDict, *names: str) -> dict[str, Passage]:
    """Where in this file each named value stands."""
    values = ((name, record.get(name)) for name in names)
    return {name: Passage(value.first, value.last) for name, value in values if isinstance(value, Placed)}


def _date(placed: PlacedDict) -> str | None:
    value = placed.get("published_on")
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise Refusal("json_date", value.first, value=str(value)) from error


def _edition(edition: PlacedDict | None) -> EditionFacts | None:
    if edition is None:
        return None
    organisers = tuple(Organiser(str(o["name"]), _plain(o.get("note"))) for o in edition.get("organisers", []))
    return EditionFacts(
        _plain(edition.get("name")),
        _plain(edition.get("theme")),
        edition.get("year"),
        edition.get("month"),
        organisers,
        _places(edition, "name", "theme"),
    )


def _film(film: PlacedDict) -> FilmFacts:
    interview = film.get("interview")
    _refuse_untold_title(film)
    return FilmFacts(
        key=str(film["key"]),
        title=_plain(film.get("title")),
        title_origin=str(film.get("title_origin", "not_stated")),
        lines=Passage(film.first, film.last),
        title_candidates=tuple(
            TitleCandidate(str(c["title"]), c["line"], str(c["why"])) for c in film.get("title_candidates", [])
        ),
        synopsis=_plain(film.get("synopsis")),
        statement=_plain(film.get("statement")),
        runtime_seconds=film.get("runtime_seconds"),
        adapted_from=_plain(film.get("adapted_from")),
        made_from=_plain(film.get("made_from")),
        made_to=_plain(film.get("made_to")),
        creators=tuple(map(str, film.get("creators", []))),
        tools=tuple(
            ToolFacts(
                str(t["name"]), _plain(t.get("version")), _plain(t.get("step")), str(t.get("quote", "")), t["line"]
            )
            for t in film.get("tools", [])
        ),
        works=tuple(WorkFacts(str(w["title"]), w["line"]) for w in film.get("works", [])),
        interview=_interview(interview) if interview else None,
        passages=_places(film, "title", "synopsis", "statement", "adapted_from", "made_from", "made_to"),
    )


def _refuse_untold_title(film: PlacedDict) -> None:
    stated = film.get("title_origin", "not_stated") != "not_stated"
    if stated != bool(film.get("title")):
        raise Refusal("json_title", film.first)


def _refuse_twins(keys: list[str], films: list[PlacedDict]) -> None:
    seen: set[str] = set()
    for index, key in enumerate(keys):
        if key in seen:
            raise Refusal("json_film_twice", films[index].first, key=key)
        seen.add(key)


def _talk(talk: PlacedDict) -> InterviewFacts:
    return _interview(talk, str(talk.get("key") or "talk"))


def _interview(talk: PlacedDict, key: str = "") -> InterviewFacts:
    exchanges = tuple(_exchange(exchange) for exchange in talk["exchanges"])
    return InterviewFacts(
        _plain(talk.get("interviewer")),
        exchanges,
        key,
        _plain(talk.get("heading")),
        _places(talk, "heading", "interviewer"),
    )


def _exchange(exchange: PlacedDict) -> ExchangeFacts:
    lines = exchange.get("lines") or [exchange.first, exchange.last]
    return ExchangeFacts(
        question=str(exchange.get("question", "")),
        answer=str(exchange["answer"]),
        speaker=_plain(exchange.get("speaker")),
        label=_plain(exchange.get("label")),
        continues=exchange.get("continues", False),
        lines=Passage(*lines),
        passages=_places(exchange, "question", "answer"),
    )
