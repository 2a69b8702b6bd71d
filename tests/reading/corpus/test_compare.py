"""The measure itself, measured: a reading made from an expectation agrees with it, a changed one does not."""

import copy
from typing import Any

import pytest

from tests.reading.corpus import cases, compare

READABLE = [
    case for case in cases() if "article" in case[2] and not any(k.startswith("talk_") for k in case[2]["article"])
]
SILENT = {
    "points": [],
    "coverage": {"body_characters": 100, "used_characters": 100, "unused_lines": [], "chrome_lines": []},
}


def reading_of(article: dict[str, Any]) -> dict[str, Any]:
    """The least article that meets an expectation."""
    plain = {
        key: plain_of(value) for key, value in article.items() if key not in ("films", "interviews", "talk", "edition")
    }
    beside = [*article.get("interviews", []), *([{"exchanges": article["talk"]}] if article.get("talk") else [])]
    return plain | {
        "edition": edition_of(article.get("edition")),
        "films": [film_of(film) for film in article.get("films", [])],
        "interviews": [interview_of(interview) for interview in beside],
    }


def film_of(film: dict[str, Any]) -> dict[str, Any]:
    tools = [plainly(tool) if isinstance(tool, dict) else {"name": tool} for tool in film.get("tools", [])]
    plain = {key: plain_of(value) for key, value in film.items() if key != "interview"}
    return plain | {
        "tools": tools,
        "works": [{"title": title} for title in film.get("works", [])],
        "title_candidates": [{"title": title} for title in film.get("title_candidates", [])],
        "interview": interview_of(film["interview"]) if film.get("interview") else None,
    }


def interview_of(interview: dict[str, Any]) -> dict[str, Any]:
    exchanges = [{key: plain_of(value) for key, value in e.items()} for e in interview["exchanges"]]
    last = 0
    for exchange in exchanges:
        last = exchange.setdefault("lines", [last + 1, last + 1])[-1]
    return plainly({key: value for key, value in interview.items() if key != "exchanges"}) | {"exchanges": exchanges}


def edition_of(edition: dict[str, Any] | None) -> dict[str, Any] | None:
    return edition and plainly(edition) | {"organisers": [{"name": name} for name in edition.get("organisers", [])]}


def plainly(record: dict[str, Any]) -> dict[str, Any]:
    return {key: plain_of(value) for key, value in record.items()}


def plain_of(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if "one_of" in value:
        return value["one_of"][0]
    parts = [value.get("starts", ""), *value.get("has", []), value.get("ends", "")]
    middle = "".join(parts[1:-1])
    breaks = "\n\n" * (value.get("paragraphs", 1) - 1)
    return parts[0] + (breaks and "\n\n".join([""] * value["paragraphs"])) + middle + parts[-1]


@pytest.mark.parametrize(("name", "data", "expected"), READABLE, ids=[case[0] for case in READABLE])
def test_a_reading_made_from_the_expectation_agrees(name: str, data: bytes, expected: dict[str, Any]) -> None:
    reading = reading_of(expected["article"])

    assert compare({"article": expected["article"]}, reading, SILENT) == []


@pytest.mark.parametrize(("name", "data", "expected"), READABLE, ids=[case[0] for case in READABLE])
def test_a_lost_film_or_exchange_is_noticed(name: str, data: bytes, expected: dict[str, Any]) -> None:
    wanted = {key: value for key, value in expected["article"].items() if key in ("films", "talk") and value}
    for key in wanted:
        less = copy.deepcopy(reading_of(expected["article"]))
        less["films" if key == "films" else "interviews"].pop()
        assert compare({"article": {key: wanted[key]}}, less, SILENT)


def test_each_kind_of_difference_is_said() -> None:
    reading = {"headline": "a", "films": [], "interviews": []}
    assert compare({"article": {"headline": "b"}}, reading, SILENT) == ["headline: 'a', expected 'b'"]
    assert compare({"refused": True}, reading, SILENT) == ["read, though it must be refused"]
    assert compare({"refused": True}, None, {"reason": ""}) == ["refused without a reason"]
    assert compare({"refused": True, "line": 3}, None, {"reason": "no", "line": 2}) == ["refused at line 2, not 3"]
    assert compare({"refused": True, "reason_has": ["12"]}, None, {"reason": "line 12"}) == []
    assert compare({"article": {}}, None, {"reason": "why"}) == ["refused, though it can be read: why"]
    assert compare({"doubt": True}, reading, SILENT)
    assert compare({"points": [{"line": 4}]}, reading, SILENT)
    assert compare({"chrome_lines": [1]}, reading, SILENT) == ["line 1 is not among the chrome_lines"]


def test_a_doubt_about_a_sound_article_is_said() -> None:
    doubt = {"line": 5, "message": "x", "doubt": True}
    assert compare({"doubt": False}, {"films": [], "interviews": []}, SILENT | {"points": [doubt]})
    assert not compare({"doubt": True}, {"films": [], "interviews": []}, SILENT | {"points": [doubt]})
