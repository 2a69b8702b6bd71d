"""JSON of our own schema: exact, or refused with place and line."""

import json
from typing import Any

import pytest

from films.reading import Article, Refusal, read_article
from films.reading.article import Organiser, Passage

FULL: dict[str, Any] = {
    "headline": "走进短片",
    "language": "zh-hans",
    "publisher": "镜报",
    "published_on": "2025-04-17",
    "view_count": 155,
    "lead": "引子。",
    "edition": {
        "name": "影像计划",
        "theme": "潮水",
        "year": 2025,
        "month": 3,
        "organisers": [{"name": "甲社", "note": None}, {"name": "乙厂", "note": "平台"}],
    },
    "films": [
        {
            "key": "阿米",
            "title": "鹿",
            "title_origin": "heading",
            "title_candidates": [{"title": "海", "line": 3, "why": "x"}],
            "synopsis": "一只鹿。",
            "statement": "我想。",
            "runtime_seconds": 276,
            "adapted_from": "猪",
            "made_from": "2024-09-07",
            "made_to": "2025-03",
            "creators": ["阿米"],
            "tools": [{"name": "即梦", "version": "P2.0", "step": "video", "quote": "用即梦。", "line": 8}],
            "works": [{"title": "黑镜", "line": 9}],
            "interview": {
                "interviewer": "NOWNESS",
                "exchanges": [
                    {
                        "question": "为什么？",
                        "answer": "因为。\n\n冷。",
                        "speaker": "阿米",
                        "label": "阿米",
                        "continues": False,
                        "lines": [20, 24],
                    }
                ],
            },
        }
    ],
    "interviews": [
        {"key": "talk", "heading": "圆桌", "interviewer": None, "exchanges": [{"question": "好？", "answer": "好。", "speaker": None, "label": None, "continues": False, "lines": [1, 2]}]}
    ],
}  # fmt: skip
LEAST = {"language": "en", "films": []}


def read(value: Any) -> Article:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)
    return read_article(text.encode(), "a.json")


def refused(value: Any) -> tuple[str, int | None]:
    with pytest.raises(Refusal) as caught:
        read(value)
    return caught.value.reason, caught.value.line


def test_what_is_written_reads_back() -> None:
    assert read(FULL).to_json() == FULL


def test_little_is_enough() -> None:
    assert read(LEAST).to_json() == {
        "headline": None,
        "language": "en",
        "publisher": None,
        "published_on": None,
        "view_count": None,
        "lead": None,
        "edition": None,
        "films": [],
        "interviews": [],
    }


def test_values_have_places_in_this_file() -> None:
    article = read(FULL)
    lines = article.text.split("\n")
    for name in ("headline", "publisher", "published_on", "lead"):
        assert f'"{name}"' in lines[article.passages[name].first - 1]
    film, edition = article.films[0], article.edition
    assert edition
    assert edition.passages.keys() == {"name", "theme"}
    for passages in (film.passages, edition.passages):
        assert [name for name, passage in passages.items() if f'"{name}"' not in lines[passage.first - 1]] == []
    assert film.passages.keys() >= {"title", "synopsis", "statement", "adapted_from", "made_from", "made_to"}
    assert lines[article.films[0].lines.first - 1].strip() == "{"


def test_exchanges_keep_the_lines_they_name() -> None:
    interview = read(FULL).films[0].interview
    assert interview
    assert interview.exchanges[0].lines == Passage(20, 24)


def test_organisers_keep_their_order() -> None:
    edition = read(FULL).edition
    assert edition
    assert edition.organisers == (Organiser("甲社"), Organiser("乙厂", "平台"))


def test_every_line_is_used() -> None:
    coverage = read(FULL).coverage
    assert (coverage.used_characters, coverage.unused_lines, coverage.chrome_lines) == (
        coverage.body_characters,
        (),
        (),
    )


def test_bad_syntax_is_refused_by_line() -> None:
    reason, line = refused('{\n "language": "en",\n "films": [,]\n}')
    assert reason.startswith("This is not valid JSON: ")
    assert line == 3


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"language":"en","films":[],"view_count":NaN}',
        '{"language":"en","films":[],"view_count":' + "1" * 5000 + "}",
    ],
)
def test_nesting_and_numbers_without_end_are_refused(text: str) -> None:
    assert refused(text)[0] == (
        "This JSON is nested too deeply or holds a number that is none. An article is a plain object."
    )


@pytest.mark.parametrize("value", ["1", "null", '"text"', "[]"])
def test_what_is_no_object_is_refused(value: str) -> None:
    assert refused(value)[0].startswith("article must be an object with headline, language,")


def test_a_key_that_stands_twice_is_refused() -> None:
    assert refused('{"language": "en", "films": [], "language": "ko"}')[0] == (
        "The key “language” stands twice in one object. Keep one of them."
    )


def test_a_key_that_stands_twice_before_the_text_breaks_off_is_refused() -> None:
    assert refused('{"language": "en", "films": [{"key": "a", "key": "b"}, {"key')[0] == (
        "The key “key” stands twice in one object. Keep one of them."
    )


def film(**values: Any) -> dict[str, Any]:
    return {"language": "en", "films": [{"key": "a", **values}]}


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({**LEAST, "view_count": -1}, "article.view_count"),
        ({**LEAST, "view_count": True}, "article.view_count"),
        ({**LEAST, "view_count": "155"}, "article.view_count"),
        ({**LEAST, "language": "fr"}, "article.language"),
        ({**LEAST, "headline": 3}, "article.headline"),
        ({**LEAST, "headline": "\ud800"}, "article.headline"),
        ({**LEAST, "headline": "a\x00"}, "article.headline"),
        ({**LEAST, "films": {}}, "article.films"),
        ({**LEAST, "edition": {"month": 13}}, "article.edition.month"),
        ({**LEAST, "edition": {"year": 25}}, "article.edition.year"),
        (film(runtime_seconds=0), "article.films[0].runtime_seconds"),
        (film(runtime_seconds=90_000), "article.films[0].runtime_seconds"),
        (film(creators=[""]), "article.films[0].creators[0]"),
        (film(tools=[{"name": "x", "line": 0}]), "article.films[0].tools[0].line"),
        (film(tools=[{"name": "x", "line": 1, "step": "fly"}]), "article.films[0].tools[0].step"),
        (film(interview={"exchanges": [{"answer": " "}]}), "article.films[0].interview.exchanges[0].answer"),
        (film(interview={"exchanges": [{"answer": "x", "lines": [3, 2]}]}), "article.films[0].interview.exchanges[0].lines"),
    ],
)  # fmt: skip
def test_values_that_do_not_fit_are_refused_by_their_place(value: dict[str, Any], place: str) -> None:
    reason, line = refused(json.dumps(value))
    assert reason.startswith(f"{place} must be ")
    assert line == 1


def test_the_line_of_a_value_is_named() -> None:
    assert refused('{\n"language": "en",\n"films": [],\n"headline":\n\n[1]}')[1] in {4, 6}
    assert refused('{\n"language":\n"fr",\n"films": []}')[1] == 3


@pytest.mark.parametrize(
    ("value", "key"),
    [({"films": []}, "language"), ({"language": "en"}, "films"), ({"language": "en", "films": [{}]}, "key")],
)
def test_what_is_missing_is_named(value: dict[str, Any], key: str) -> None:
    assert f"lacks “{key}”. Add it." in refused(value)[0]


@pytest.mark.parametrize("value", [{**LEAST, "heading": "x"}, film(colour="red")])
def test_unknown_keys_are_refused(value: dict[str, Any]) -> None:
    reason, line = refused(value)
    assert "has a key “" in reason
    assert line is not None


def test_an_impossible_date_is_refused_by_line() -> None:
    assert refused('{"language": "en", "films": [],\n"published_on": "2025-02-30"}') == (
        "published_on is “2025-02-30”, which the calendar lacks. Write it as 2025-04-17, or null.",
        2,
    )


@pytest.mark.parametrize(
    "values", [{"title": "鹿"}, {"title_origin": "heading"}, {"title": None, "title_origin": "editor"}]
)
def test_a_title_says_where_it_is_from_or_is_not_there(values: dict[str, Any]) -> None:
    assert refused(film(**values))[0] == (
        "A film has a title and says where it is from, or has neither (null and not_stated)."
    )


def test_two_films_of_one_key_are_refused() -> None:
    assert refused({"language": "en", "films": [{"key": "a"}, {"key": "a"}]})[0] == (
        "Two films have the key “a”. Give each a key of its own."
    )
