"""How a question shows itself."""

import pytest

from films.reading.lines import paragraphs_of
from films.reading.questions import is_question, number_of, question_numbers, sounds_asked


@pytest.mark.parametrize(
    "text",
    [
        "为什么？",
        "Why?",
        "好吗",
        "是什么呢。",
        "“真的？”",
        "どうですか。",
        "何でしょうか",
        "왜 그랬나요",
        "真的?)",
        "how?…",
    ],
)
def test_questions(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize("text", ["是的。", "为什么？因为冷。", "", "I wonder.", "吗啡很危险。"])
def test_what_is_no_question(text: str) -> None:
    assert not is_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "请谈谈创作过程。",
        "能否分享一下",
        "Tell us about the deer.",
        "制作についてお聞かせください。",
        "작품에 대해 말씀해 주세요.",
    ],
)
def test_requests_ask_too(text: str) -> None:
    assert sounds_asked(text)


def test_a_long_paragraph_is_no_request() -> None:
    assert not sounds_asked("请" + "很长的话，" * 60)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1. 为什么？", (1, "为什么？")),
        ("12) Why?", (12, "Why?")),
        ("（3）为什么", (3, "为什么")),
        ("Q2. Why?", (2, "Why?")),
        ("三、为什么", (3, "为什么")),
        ("十二、为什么", (12, "为什么")),
        ("二十、为什么", (20, "为什么")),
        ("②、为什么", (2, "为什么")),
        ("4：为什么", (4, "为什么")),
    ],
)
def test_numbers(text: str, number: tuple[int, str]) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize("text", ["1.5 倍", "12:30 开始", "2025年", "1 为什么", "一只鹿", "1.", ""])
def test_what_is_no_number(text: str) -> None:
    assert number_of(text) is None


def test_numbers_that_run_are_questions() -> None:
    assert question_numbers(paragraphs_of("1. 为什么？\n因为。\n2. 怎么做？\n慢慢做。")) == {1, 3}


def test_a_number_that_does_not_continue_is_text() -> None:
    assert question_numbers(paragraphs_of("1. 为什么？\n因为。\n7. 年。\n2. 怎么做？\n慢慢做。")) == {1, 4}


def test_a_list_that_does_not_ask_is_no_talk() -> None:
    assert question_numbers(paragraphs_of("1. 苹果。\n好。\n2. 梨。\n好。")) == set()


def test_numbering_that_starts_again_asks_again() -> None:
    text = "1. 为什么？\n因为。\n2. 怎么做？\n慢慢。\n1. 你呢？\n好。\n2. 他呢？\n也好。"
    assert question_numbers(paragraphs_of(text)) == {1, 3, 5, 7}


def test_a_list_inside_an_answer_is_text() -> None:
    text = "1. 为什么？\n1. 苹果。\n2. 梨。\n2. 怎么做？\n慢慢。"
    assert question_numbers(paragraphs_of(text)) == {1, 4}
