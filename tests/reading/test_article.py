"""The facts: frozen, and written as the report's `article` object."""

import pytest

from films.reading.article import (
    Article,
    Coverage,
    EditionFacts,
    ExchangeFacts,
    FilmFacts,
    InterviewFacts,
    Organiser,
    Passage,
    Point,
)

EXCHANGE = ExchangeFacts("为什么？", "因为。", "阿米", "阿米", False, Passage(3, 5))
ARTICLE = Article("hash", "utf-8", "text", "en", None, Coverage(2, 1, ((1, "a"),), ((2, "b"),)))


def test_facts_do_not_change() -> None:
    with pytest.raises(AttributeError):
        ARTICLE.language = "ko"  # type: ignore[misc]
    # All articles of which nothing was said share one empty mapping.
    with pytest.raises(TypeError):
        ARTICLE.printed["headline"] = "x"  # type: ignore[index]


def test_passages_are_two_numbers_and_in_order() -> None:
    assert Passage(3, 5).to_json() == [3, 5]
    assert sorted([Passage(4, 4), Passage(3, 9), Passage(3, 5)]) == [Passage(3, 5), Passage(3, 9), Passage(4, 4)]


def test_an_exchange_without_its_places() -> None:
    assert EXCHANGE.to_json() == {
        "question": "为什么？",
        "answer": "因为。",
        "speaker": "阿米",
        "label": "阿米",
        "continues": False,
        "lines": [3, 5],
    }


def test_an_interview_tells_its_key_only_where_it_stands_alone() -> None:
    talk = InterviewFacts("N", (EXCHANGE,), "talk", "圆桌")
    assert set(talk.to_json()) == {"interviewer", "exchanges"}
    assert list(talk.to_json_alone()) == ["key", "heading", "interviewer", "exchanges"]


def test_a_film_of_little() -> None:
    written = FilmFacts("a", None, "not_stated", Passage(1, 2)).to_json()
    assert (written["key"], written["title"], written["interview"]) == ("a", None, None)
    assert [written[name] for name in ("title_candidates", "creators", "tools", "works")] == [[], [], [], []]
    assert len(written) == 14


def test_an_edition() -> None:
    edition = EditionFacts("计划", "潮水", 2025, 3, (Organiser("甲", "乙"),))
    assert edition.to_json() == {
        "name": "计划",
        "theme": "潮水",
        "year": 2025,
        "month": 3,
        "organisers": [{"name": "甲", "note": "乙"}],
    }


def test_coverage() -> None:
    assert ARTICLE.coverage.to_json() == {
        "body_characters": 2,
        "used_characters": 1,
        "unused_lines": [[1, "a"]],
        "chrome_lines": [[2, "b"]],
    }


@pytest.mark.parametrize(("doubts", "sound"), [([], True), ([False], True), ([False, True], False)])
def test_one_doubt_is_enough(doubts: list[bool], sound: bool) -> None:
    points = tuple(Point("repeated", line=1, doubt=doubt) for doubt in doubts)
    assert ARTICLE._replace(points=points).is_sound == sound
