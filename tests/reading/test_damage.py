"""Damage is counted and told; a few odd characters are none."""

import pytest

from films.reading.damage import damage_points, is_index_of_teasers
from films.reading.lines import paragraphs_of


@pytest.mark.parametrize(
    ("sign", "words"),
    [
        ("\ufffd", "replacement characters, where letters were lost"),
        ("Ã©", "UTF-8 that was read as Latin-1"),
        ("鹿(lu4)", "pinyin spliced into the text"),
        ("\ue123", "characters from a private font"),
    ],
)
def test_damage_is_a_doubt_at_its_first_line(sign: str, words: str) -> None:
    points = damage_points(f"好的。\n好{sign}，{sign}，\n{sign}")
    assert [(point.code, point.line, point.doubt) for point in points] == [("damaged", 2, True)]
    assert points[0].message == f"The text is damaged: 3 times {words}. Look for a better copy."


@pytest.mark.parametrize("text", ["\ufffd\ufffd", "Ã©", "鹿(lu)", "好的。", "短片(film)很好(good)真的(yes)"])
def test_two_of_a_kind_are_no_damage(text: str) -> None:
    assert [point for point in damage_points(text) if "replacement" in point.message or "Latin" in point.message] == []


def test_three_teasers_are_an_index() -> None:
    assert is_index_of_teasers(paragraphs_of("一个故事 […]\n又一个 Read more\n再一个……\n再一个 […]"))


@pytest.mark.parametrize(("others", "expected"), [(9, True), (10, False)])
def test_teasers_are_a_quarter_of_an_index(others: int, expected: bool) -> None:
    assert is_index_of_teasers(paragraphs_of("一个故事 […]\n" * 3 + "正文。\n" * others)) == expected


def test_two_teasers_are_none() -> None:
    assert not is_index_of_teasers(paragraphs_of("一个故事 […]\n又一个 Read more\n正文。"))
