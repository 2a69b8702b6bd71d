"""Run-on turns are parted, outlets unmarked, two languages joined."""

import pytest

from films.reading.lines import Paragraph
from films.reading.talk import Turn
from films.reading.turns import join_languages, part_run_on, without_outlet_marks


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Q. Why? A. Because. Q. How? A. So.", ["Q. Why?", "A. Because.", "Q. How?", "A. So."]),
        ("问：为什么？答：因为。", ["问：为什么？", "答：因为。"]),
        ("我问：为什么？答：因为。", ["我问：为什么？答：因为。"]),
        ("Q: Why not plan A: it is good", ["Q: Why not plan A: it is good"]),
    ],
)
def test_turns_on_one_line(text: str, parts: list[str]) -> None:
    assert part_run_on([Paragraph(7, 7, text)]) == [Paragraph(7, 7, part) for part in parts]


def test_a_line_of_more_turns_than_an_article_has_is_left_whole() -> None:
    whole = [Paragraph(1, 1, "Q. Why? A. So. " * 10_001)]
    assert part_run_on(whole) == whole


def test_an_outlet_in_title_marks_is_a_plain_label() -> None:
    marked = [Paragraph(1, 1, "《潮水》：你好吗？"), Paragraph(2, 2, "《黑镜》：一部剧")]
    assert [p.text for p in without_outlet_marks(marked, "《潮水》杂志")] == ["潮水：你好吗？", "《黑镜》：一部剧"]


def test_without_an_outlet_nothing_is_unmarked() -> None:
    marked = [Paragraph(1, 1, "《潮水》：你好吗？")]
    assert without_outlet_marks(marked, None) == marked


def turns(*sides: tuple[bool, str]) -> list[Turn]:
    found = []
    for number, (asks, text) in enumerate(sides, 1):
        turn = Turn(asks, None)
        turn.add(Paragraph(number, number, text))
        found.append(turn)
    return found


PAIR = [
    (True, "你为什么做这部短片？"),
    (True, "Why did you make this film?"),
    (False, "因为我喜欢鹿。"),
    (False, "Because I like deer."),
]


def test_every_turn_said_twice_is_one_turn() -> None:
    joined, pairs = join_languages(turns(*PAIR, *PAIR))
    assert pairs == 4
    assert [turn.texts for turn in joined][:2] == [
        ["你为什么做这部短片？", "Why did you make this film?"],
        ["因为我喜欢鹿。", "Because I like deer."],
    ]


def test_two_pairs_may_be_chance() -> None:
    given = turns(*PAIR)
    assert join_languages(given) == (given, 0)
