"""Headings and field lines: the marks of a film's section."""

import pytest

from films.reading.headings import (
    FieldLine,
    Heading,
    block_mark,
    credit_line,
    field_line,
    field_lines,
    heading_of,
    is_kind,
)
from films.reading.lines import Paragraph, paragraphs_of
from films.reading.words import MAKER_FIELD, STATEMENT, SYNOPSIS


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("片长:7分40秒", FieldLine("片长", "7分40秒")),
        ("Director: Ann Lee", FieldLine("director", "Ann Lee")),
        ("【导演】阿米", FieldLine("导演", "阿米")),
        ("■ 监督", None),
        ("編劇/導演：阿米", FieldLine("編劇/導演", "阿米")),
        ("阿米：好", None),
        ("没有冒号", None),
    ],
)
def test_field_lines(text: str, line: FieldLine | None) -> None:
    assert field_line(text) == line


def test_one_line_may_hold_two_fields() -> None:
    assert field_lines("作者：穆然　作品：《冰》") == [FieldLine("作者", "穆然"), FieldLine("作品", "《冰》")]


def test_one_part_of_a_field_name_is_enough() -> None:
    assert is_kind(FieldLine("编剧/导演", "x"), MAKER_FIELD)
    assert not is_kind(FieldLine("音乐", "x"), MAKER_FIELD)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("剧情简介:一只鹿", "一只鹿"),
        ("劇情簡介", ""),
        ("【剧情简介】", ""),
        ("Synopsis: A deer.", "A deer."),
        ("あらすじ", ""),
        ("시놉시스: 사슴", "사슴"),
        ("剧情简介很长", None),
        ("一只鹿", None),
    ],
)
def test_synopsis_marks(text: str, rest: str | None) -> None:
    assert block_mark(text, SYNOPSIS) == rest


@pytest.mark.parametrize(("text", "rest"), [("导演阐述：我", "我"), ("Director’s Statement", ""), ("监督", None)])
def test_statement_marks(text: str, rest: str | None) -> None:
    assert block_mark(text, STATEMENT) == rest


def heading(text: str) -> Heading | None:
    return heading_of(paragraphs_of(text), 0)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("《梅花鹿》", "梅花鹿"),
        ("01 《梅花鹿》 阿米", "梅花鹿"),
        ("■ 短片《梅花鹿》", "梅花鹿"),
        ("『海の底』佐藤克則監督", "海の底"),
        ("[Deer]", "Deer"),
        ("片名：海的底", "海的底"),
        ("片名：《海的底》", "海的底"),
        ("Title: Deer", "Deer"),
        ("DEER, 14min., Japan", "DEER"),
        ("Deer | Germany | 2022 | 03’", "Deer"),
        ("海的底\n导演：阿米\n片长：3分", "海的底"),
    ],
)
def test_titles(text: str, title: str) -> None:
    found = heading(text)
    assert found
    assert found.title == title


@pytest.mark.parametrize(
    "text",
    [
        "《梅花鹿》剧照",
        "《梅花鹿》讲述了一只鹿的故事",
        "一句话。又一句。",
        "阿米：好",
        "来源：网络",
        "普通的一行",
        "普通的一行\n又一行",
        "Deer, a film",
        "很" * 121,
    ],
)
def test_what_is_no_heading(text: str) -> None:
    assert heading(text) is None


@pytest.mark.parametrize(
    ("text", "names", "seconds"),
    [
        ("『海の底』佐藤克則監督", ("佐藤克則",), None),
        ("《梅花鹿》 导演：阿米 7分40秒", ("阿米",), 460),
        ("DEER, dir. Ann Lee, 14min.", ("Ann Lee",), 840),
        ("DEER, 14min., Japan", (), 840),
    ],
)
def test_names_and_lengths_beside_a_title(text: str, names: tuple[str, ...], seconds: int | None) -> None:
    found = heading(text)
    assert found
    assert (found.names, found.seconds) == (names, seconds)


@pytest.mark.parametrize(
    ("text", "names", "seconds"),
    [("佐藤澄人監督 17分", ("佐藤澄人",), 1020), ("12'", (), 720)],
)
def test_credit_lines(text: str, names: tuple[str, ...], seconds: int | None) -> None:
    found = credit_line(text)
    assert found
    assert (found.names, found.seconds) == (names, seconds)


@pytest.mark.parametrize("text", ["一只鹿走过。", "一只鹿", "导演很忙吗？"])
def test_what_credits_nobody(text: str) -> None:
    assert credit_line(text) is None


def test_the_first_heading_of_markdown_heads_the_article_and_no_film() -> None:
    assert heading_of([Paragraph(1, 1, "《梅花鹿》", heading=1)], 0) is None
    assert heading_of([Paragraph(1, 1, "《梅花鹿》", heading=2)], 0) == Heading("梅花鹿")
