"""Lines become paragraphs, each with its numbers; hard-wrapped lines are joined."""

import pytest

from films.reading.article import Passage, Refusal
from films.reading.lines import (
    PARAGRAPH_LIMIT,
    Ledger,
    Paragraph,
    identical_neighbours,
    paragraphs_of,
    without_bold,
)


def test_every_line_with_words_is_a_paragraph() -> None:
    assert paragraphs_of("one\n\n \ntwo\r\nthree\rfour") == [
        Paragraph(1, 1, "one", 0),
        Paragraph(4, 4, "two", 2),
        Paragraph(5, 5, "three", 0),
        Paragraph(6, 6, "four", 0),
    ]


def test_text_is_kept_with_its_marks_put_right() -> None:
    assert [p.text for p in paragraphs_of("\u3000⻛格统⼀吗?\u00a0")] == ["风格统一吗？"]


WRAPPED = """When we began to work on this film nobody
believed that a deer could carry a whole
story and yet here we are with ten quiet
minutes of it.

Q: And then you went on to make it all
over again with other tools and with an
other idea of what it was about? Why?"""


def test_hard_wrapped_lines_are_joined_to_the_blank_line() -> None:
    joined = paragraphs_of(WRAPPED)
    assert [(p.first, p.last) for p in joined] == [(1, 4), (6, 8)]
    assert joined[0].text.startswith("When we began to work on this film nobody believed that a deer")


def test_hard_wrapped_chinese_is_joined_without_blanks() -> None:
    lines = [
        "我们在森林里住了整整一个冬天才明白梅花鹿为",
        "什么不怕人后来的故事就是从这里开始写起的并",
        "且一直写到第二年春天才算写完。",
    ]
    assert [p.text for p in paragraphs_of("\n".join(lines))] == ["".join(lines)]


@pytest.mark.parametrize(("letters", "lines"), [(15, 1), (14, 3)])
def test_lines_narrower_than_fifteen_letters_are_verses(letters: int, lines: int) -> None:
    assert len(paragraphs_of("\n".join(["鹿" * letters] * 3))) == lines


def test_lines_that_end_as_sentences_end_are_not_joined() -> None:
    lines = [
        "我们在森林里住了整整一个冬天才明白过来的。",
        "后来的故事就是从这里开始写起的并且一直写。",
        "第二年春天才算写完这个故事的最后一个字的。",
    ]
    assert [p.text for p in paragraphs_of("\n".join(lines))] == lines


def test_more_lines_than_an_article_has_are_refused() -> None:
    with pytest.raises(Refusal) as caught:
        paragraphs_of("\n" + "x\n" * (PARAGRAPH_LIMIT + 1))
    assert caught.value.reason == (
        "The file has 20001 lines with words on them; an article has at most 20000. Split it."
    )
    assert caught.value.line == 20_002


def test_a_doubled_caption_is_kept_once() -> None:
    one, two, three = (
        Paragraph(1, 1, "《梅花鹿》剧照一张"),
        Paragraph(2, 2, "《梅花鹿》剧照一张"),
        Paragraph(3, 3, "别的"),
    )
    assert identical_neighbours([one, two, three]) == ([one, three], [two])


def test_short_words_may_repeat() -> None:
    repeated = [Paragraph(1, 1, "是的。"), Paragraph(2, 2, "是的。")]
    assert identical_neighbours(repeated) == (repeated, [])


def test_repeats_apart_are_no_doubles() -> None:
    apart = [Paragraph(n, n, text) for n, text in enumerate(["同一句很长的话", "别的", "同一句很长的话"], 1)]
    assert identical_neighbours(apart) == (apart, [])


@pytest.mark.parametrize(
    ("text", "plain", "bold"),
    [
        ("**你好吗？**", "你好吗？", True),
        ("__Why?__", "Why?", True),
        ("**阿米：** 你好", "阿米：你好", False),
        ("**阿米**：你好", "阿米：你好", False),
        ("**阿米** 你好", "**阿米** 你好", False),
        ("**a** and **b**", "**a** and **b**", False),
        ("你好", "你好", False),
    ],
)
def test_bold(text: str, plain: str, bold: bool) -> None:
    assert without_bold(Paragraph(1, 1, text)) == Paragraph(1, 1, plain, bold=bold)


def test_the_ledger_knows_every_line_of_a_passage() -> None:
    ledger = Ledger()
    ledger.use(Passage(2, 4), Paragraph(7, 7, "x"))
    ledger.drop(Paragraph(9, 10, "y"))
    assert (ledger.used, ledger.chrome) == ({2, 3, 4, 7}, {9, 10})


def test_a_paragraph_knows_its_compared_form() -> None:
    assert Paragraph(1, 1, "ＴＨＥ  ⽣").compared == "the 生"
