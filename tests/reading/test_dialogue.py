"""A talk pasted by itself: divided as an article's talk is, and nothing of it lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from films.reading.article import Refusal
from films.reading.decoding import split_lines
from films.reading.dialogue import Division, divide
from films.reading.lines import PARAGRAPH_LIMIT


def pairs(found: Division) -> list[tuple[str, str, str | None]]:
    return [(exchange.question, exchange.answer, exchange.label) for exchange in found.exchanges]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("问：你好吗？\n答：很好。", [("你好吗？", "很好。", "答")]),
        ("Q1. How?\nA1. So.\nQ2. Why?\nA2. Because.", [("How?", "So.", "A"), ("Why?", "Because.", "A")]),
        (
            "NOWNESS:怎么开始?\n\n阿米:⻛格。\n\n后来多了。\nNOWNESS:然后?\n阿米:没有。",
            [("怎么开始？", "风格。\n\n后来多了。", "阿米"), ("然后？", "没有。", "阿米")],
        ),
        (
            "1. 怎么开始？\n从一张图。\n2. 最难的是什么？\n停下来。",
            [("怎么开始？", "从一张图。", None), ("最难的是什么？", "停下来。", None)],
        ),
    ],
)
def test_a_talk_is_divided_and_kept_as_the_importer_keeps_it(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = divide(text)
    assert pairs(found) == expected
    assert found.left == ()


def test_who_asks_by_name_is_the_interviewer() -> None:
    assert divide("NOWNESS：怎么开始？\n阿米：从一张图。\nNOWNESS：然后？\n阿米：没有了。").interviewer == "NOWNESS"
    assert divide("问：怎么开始？\n答：从一张图。").interviewer is None


def test_what_no_exchange_took_is_left_with_its_line() -> None:
    found = divide("开场。\n问：甲？\n答：甲甲。\n\n（图片来源：网络）\n问：乙？")
    assert pairs(found) == [("甲？", "甲甲。", "答")]
    assert found.left == ((1, "开场。"), (5, "（图片来源：网络）"), (6, "问：乙？"))
    assert [(point.code, point.line) for point in found.points] == [("aside", 5), ("unanswered", 6)]


def test_a_question_that_shares_its_line_is_not_lost_with_it() -> None:
    found = divide("Q. One? A. Yes. Q. Two?")
    assert pairs(found) == [("One?", "Yes.", "A")]
    assert found.left == ((1, "Two?"),)


def test_without_marks_no_dialogue_is_claimed_until_labels_are_named() -> None:
    text = "张三：你看。\n李四：我觉得不错。"
    found = divide(text)
    assert (found.exchanges, [point.code for point in found.points]) == ((), ["no_dialogue"])
    assert [line for _number, line in found.left] == split_lines(text)
    assert pairs(divide(text, asker="张三")) == [("你看。", "我觉得不错。", "李四")]


def test_a_text_beyond_measure_is_refused_with_its_line() -> None:
    with pytest.raises(Refusal) as refusal:
        divide("问\n" * (PARAGRAPH_LIMIT + 1))
    assert refusal.value.line == PARAGRAPH_LIMIT + 1


@given(
    st.lists(
        st.sampled_from(["问：甲？", "答：乙。", "阿米：丙。", "一句话。", "", "Q. D? A. E. Q. F?", "《鹿》", "3."]),
        max_size=14,
    )
)
def test_every_line_is_in_an_exchange_or_left(lines: list[str]) -> None:
    found = divide("\n".join(lines))
    taken = {
        n
        for exchange in found.exchanges
        for passage in exchange.passages.values()
        for n in range(passage.first, passage.last + 1)
    }
    left = {number for number, _line in found.left}
    assert {number for number, line in enumerate(lines, 1) if line.strip()} <= taken | left
