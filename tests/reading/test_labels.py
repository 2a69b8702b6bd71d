"""What may open a turn of talk, and what only looks so."""

import pytest

from films.reading.labels import (
    Label,
    bare_name,
    count_labels,
    is_generic,
    is_initials_or_surname,
    label_of,
    looks_like_label,
)
from films.reading.lines import paragraphs_of


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("NOWNESS：你好吗？", Label("NOWNESS", "nowness", "你好吗？")),
        ("CamRed: hello", Label("CamRed", "camred", "hello")),
        ("火星 ： 好", Label("火星", "火星", "好")),
        ("阿米：", Label("阿米", "阿米", "")),
        ("■ 阿米：好", Label("阿米", "阿米", "好")),
        ("— Ann Lee: yes", Label("Ann Lee", "ann lee", "yes")),
        ("2. MZ: yes", Label("MZ", "mz", "yes", 2)),
        ("Q1. Why?", Label("Q", "q", "Why?", 1)),
        ("Q1：为什么？", Label("Q1", "q", "为什么？")),
        ("问 你好吗", Label("问", "问", "你好吗")),
        ("Lin (Deer: a tale): yes", Label("Lin (Deer: a tale)", "lin", "yes")),
        ("佐藤監督：はい", Label("佐藤監督", "佐藤監督", "はい")),
        ("【阿米】好", Label("阿米", "阿米", "好")),
        ("기자: 왜요?", Label("기자", "기자", "왜요?")),
        ("⽣⼦：好", Label("生子", "生子", "好")),
        ("A\u200bmi: hi", Label("Ami", "ami", "hi")),
    ],
)
def test_labels(text: str, label: Label) -> None:
    assert label_of(text) == label


@pytest.mark.parametrize(
    "text",
    [
        "没有冒号",
        "http://a.b/c",
        "https://a.b",
        "见 http a.b 一处：好",
        "12:30 开始",
        "比例是16:9",
        "《梅花鹿》：一部短片",
        "“好”：他说",
        "他说，是的：好",
        "例如：这个",
        "比如：那个",
        "问题是：没有钱",
        "我说：好",
        "他问道：为什么",
        "来源：网络",
        "编辑：阿米",
        "Runtime: 14 min",
        "Twitter: @ami",
        "剧情简介：一只鹿",
        "Synopsis: A deer",
        "For example: this",
        "Ami says: no",
        "一二三四五六七八九十一二三四五六七八九十一二三四五：太长",
        "one two three four five six: too many words",
        "123：数",
        "：空",
        "",
    ],
)
def test_what_is_no_label(text: str) -> None:
    assert label_of(text) is None


@pytest.mark.parametrize(
    ("text", "looks"), [("例如：这个", True), ("12:30", False), ("没有", False), ("《x》：y", False)]
)
def test_what_looks_like_a_label_and_was_kept_is_told(text: str, looks: bool) -> None:
    assert looks_like_label(text) == looks


def test_the_bracket_of_a_label() -> None:
    label = label_of("林（导演，《海》）：好")
    assert label is None or label.bracket == "导演，《海》"
    composer = label_of("Lin (composer): yes")
    assert composer
    assert composer.bracket == "composer"


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("佐藤克則監督", "佐藤克則"),
        ("Ami (director)", "Ami"),
        ("导演 阿米", "阿米"),
        ("导演阿米", "阿米"),
        ("Ann Lee, director", "Ann Lee"),
        ("阿米", "阿米"),
        ("导演", "导演"),
    ],
)
def test_a_name_without_role_and_bracket(printed: str, name: str) -> None:
    assert bare_name(printed) == name


@pytest.mark.parametrize(
    ("form", "generic"), [("q", True), ("答", True), ("监督", False), ("監督", True), ("host", True), ("阿米", False)]
)
def test_labels_that_name_nobody(form: str, generic: bool) -> None:
    assert is_generic(form) == generic


@pytest.mark.parametrize(
    ("short", "full", "fits"),
    [
        ("SHP", "Sun Hao Peng", True),
        ("S.H.P.", "Sun Hao Peng", True),
        ("Chen", "Chen Wei", True),
        ("Wei", "Chen Wei", True),
        ("Sun", "Sun Hao Peng", True),
        ("CW", "Chen Wei", True),
        ("佐藤", "佐藤克則", True),
        ("佐藤監督", "佐藤克則", True),
        ("CX", "Chen Wei", False),
        ("克則", "佐藤克則", False),
        ("Chen Wei", "Chen Wei", False),
        ("", "Chen Wei", False),
    ],
)
def test_initials_and_surnames(short: str, full: str, fits: bool) -> None:
    assert is_initials_or_surname(short, full) == fits


def test_labels_are_counted_by_their_compared_form() -> None:
    assert count_labels(paragraphs_of("Ａmi：a\nAMI: b\n例如：c\nLin：d")) == {"ami": 2, "lin": 1}
