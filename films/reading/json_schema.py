"""The schema of an article object, and the check that names what does not fit it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from films.reading.article import Refusal

LONGEST = 400_000
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")  # JSON can spell half a character; nothing can store it
MOST = 10_000


@dataclass(frozen=True)
class Value:
    """A plain value: what it must be, as a phrase of messages.py and as a test."""

    wants: str
    fits: Callable[[Any], bool]


@dataclass(frozen=True)
class Record:
    """An object: its keys, and which of them it cannot do without."""

    keys: dict[str, Any]
    needs: tuple[str, ...] = ()
    nullable: bool = False


@dataclass(frozen=True)
class Many:
    """A list of one kind of thing."""

    of: Any


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST and not _NO_TEXT.search(value)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**15


TEXT = Value("json.text", _is_text)
WORDS = Value("json.words", lambda v: _is_text(v) and bool(v.strip()))
TEXT_OR_NULL = Value("json.text_or_null", lambda v: v is None or _is_text(v))
COUNT_OR_NULL = Value("json.count", lambda v: v is None or _is_count(v))
SECONDS = Value("json.seconds", lambda v: v is None or (_is_count(v) and 1 <= v <= 86_400))
MONTH = Value("json.month", lambda v: v is None or (_is_count(v) and 1 <= v <= 12))
YEAR = Value("json.year", lambda v: v is None or (_is_count(v) and 1000 <= v <= 9999))
LINE = Value("json.line", lambda v: _is_count(v) and v >= 1)
LINES = Value(
    "json.lines",
    lambda v: isinstance(v, list) and len(v) == 2 and all(_is_count(n) and n >= 1 for n in v) and v[0] <= v[1],
)
FLAG = Value("json.flag", lambda v: isinstance(v, bool))
LANGUAGE = Value("json.language", lambda v: v in ("zh-hans", "zh-hant", "en", "ja", "ko"))
ORIGIN = Value(
    "json.origin",
    lambda v: v in ("heading", "stated_by_maker", "editor", "not_stated"),
)
STEP = Value(
    "json.step",
    lambda v: v in (None, "script", "image", "video", "voice", "music", "edit", "training", "other"),
)

EXCHANGE = Record(
    {
        "question": TEXT,
        "answer": WORDS,
        "speaker": TEXT_OR_NULL,
        "label": TEXT_OR_NULL,
        "continues": FLAG,
        "lines": LINES,
    },
    needs=("answer",),
)
INTERVIEW = Record({"interviewer": TEXT_OR_NULL, "exchanges": Many(EXCHANGE)}, needs=("exchanges",), nullable=True)
TALK = Record(
    {"key": TEXT_OR_NULL, "heading": TEXT_OR_NULL, "interviewer": TEXT_OR_NULL, "exchanges": Many(EXCHANGE)},
    needs=("exchanges",),
)
FILM = Record(
    {
        "key": WORDS,
        "title": TEXT_OR_NULL,
        "title_origin": ORIGIN,
        "title_candidates": Many(Record({"title": WORDS, "line": LINE, "why": TEXT}, needs=("title", "line", "why"))),
        "synopsis": TEXT_OR_NULL,
        "statement": TEXT_OR_NULL,
        "runtime_seconds": SECONDS,
        "adapted_from": TEXT_OR_NULL,
        "made_from": TEXT_OR_NULL,
        "made_to": TEXT_OR_NULL,
        "creators": Many(WORDS),
        "tools": Many(
            Record(
                {"name": WORDS, "version": TEXT_OR_NULL, "step": STEP, "quote": TEXT, "line": LINE},
                needs=("name", "line"),
            )
        ),
        "works": Many(Record({"title": WORDS, "line": LINE}, needs=("title", "line"))),
        "interview": INTERVIEW,
    },
    needs=("key",),
)
EDITION = Record(
    {
        "name": TEXT_OR_NULL,
        "theme": TEXT_OR_NULL,
        "organisers": Many(Record({"name": WORDS, "note": TEXT_OR_NULL}, needs=("name",))),
        "year": YEAR,
        "month": MONTH,
    },
    nullable=True,
)
ARTICLE = Record(
    {
        "headline": TEXT_OR_NULL,
        "language": LANGUAGE,
        "publisher": TEXT_OR_NULL,
        "published_on": TEXT_OR_NULL,
        "view_count": COUNT_OR_NULL,
        "lead": TEXT_OR_NULL,
        "edition": EDITION,
        "films": Many(FILM),
        "interviews": Many(TALK),
    },
    needs=("language", "films"),
)


def check(value: Any, shape: Any, place: str) -> None:
    """Raise Refusal at the first value that does not fit, naming its place and what belongs there."""
    if isinstance(shape, Record):
        _check_record(value, shape, place)
    elif isinstance(shape, Many):
        if not isinstance(value, list) or len(value) > MOST:
            raise Refusal("json_list", place=place, limit=MOST)
        for index, item in enumerate(value):
            check(item, shape.of, f"{place}[{index}]")
    elif not shape.fits(value):
        raise Refusal("json_value", _line_of(value), place=place, wants=shape.wants, value=_shown(value))


def _check_record(value: Any, shape: Record, place: str) -> None:
    if value is None and shape.nullable:
        return
    if not isinstance(value, dict):
        raise Refusal("json_object", _line_of(value), place=place, known=", ".join(shape.keys))
    for key in value:
        if key not in shape.keys:
            known = ", ".join(shape.keys)
            raise Refusal("json_unknown", _line_of(value, key), place=place, key=key, known=known)
    for key in shape.needs:
        if key not in value:
            raise Refusal("json_lacks", _line_of(value), place=place, key=key)
    for key, item in value.items():
        try:
            check(item, shape.keys[key], f"{place}.{key}")
        except Refusal as refusal:
            raise Refusal(refusal.why.code, refusal.line or _line_of(value, key), **refusal.why.values) from None


def _line_of(value: Any, key: str = "") -> int | None:
    """The line of a value, or of a key inside it, where the decoder knew it."""
    lines: dict[str, int] = getattr(value, "key_lines", {})
    first: int | None = getattr(value, "first", None)
    return lines.get(key, first)


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:39] + "…"
