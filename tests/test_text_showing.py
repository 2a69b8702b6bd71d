"""Text as it is shown: paragraphs, beginnings, printable characters."""

import pytest

from films.text import excerpt, paragraphs, visible


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("一", ["一"]),
        ("一\n二", ["一\n二"]),
        ("一\n\n二\n \n\n三\n", ["一", "二", "三"]),
        ("一\r\n\r\n二", ["一", "二"]),
        ("<b>一</b>\n\n{{ x }}", ["<b>一</b>", "{{ x }}"]),
    ],
)
def test_an_empty_line_divides_paragraphs(text, expected):
    assert paragraphs(text) == expected


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("短文。", 10, "短文。"),
        ("一二三四五六", 4, "一二三四…"),
        ("一\n\n二", 10, "一 二"),
        ("用Midjourney生成", 5, "用…"),
        ("用AI 生成图像", 3, "用AI…"),
        ("x" * 60, 50, "x" * 10 + "…"),
    ],
)
def test_a_beginning_never_ends_inside_a_latin_word(text, length, expected):
    assert excerpt(text, length) == expected


def test_what_no_xml_may_hold_is_left_out():
    assert visible("一\x00\x0b二\t三\n\ud800\uffff𠀀") == "一二\t三\n𠀀"
