"""Characters that look right and are wrong are put right; what only looks so stays."""

import unicodedata

import pytest

from films.reading.characters import (
    clean_name,
    compared,
    count_han,
    count_latin,
    full_width_marks,
    is_han,
    kept,
    map_radicals,
    without_invisible,
)

SEED_RADICALS = "⼀⼤⼒⽣⽤⽬⽚⾃⾕⼰⼯⼈⼼⽽⼗"


@pytest.mark.parametrize("radical", [chr(code) for code in range(0x2F00, 0x2FD6)])
def test_every_kangxi_radical_is_mapped_as_unicode_says(radical: str) -> None:
    assert map_radicals(radical) == unicodedata.normalize("NFKC", radical)


@pytest.mark.parametrize("radical", [chr(code) for code in range(0x2E80, 0x2EF4) if code != 0x2E9A])
def test_the_whole_supplement_is_mapped_but_its_repetition_marks(radical: str) -> None:
    mapped = map_radicals(radical)
    assert len(mapped) == 1
    assert is_han(mapped) == (radical != "⺀")


@pytest.mark.parametrize(
    ("radical", "character"),
    [("⻛", "风"), ("⻓", "长"), ("⻢", "马"), ("⺠", "民"), ("⻅", "见"), ("⻬", "齐"), ("⻰", "龙")],
)
def test_simplified_radicals_that_nfkc_leaves(radical: str, character: str) -> None:
    assert unicodedata.normalize("NFKC", radical) == radical or radical == "⻬"
    assert map_radicals(radical) == character


def test_radicals_of_the_real_article() -> None:
    assert map_radicals("请分享⼀下⽬前⾃⼰⽤⽣命⼒⽚⾕最⼤") == "请分享一下目前自己用生命力片谷最大"


@pytest.mark.parametrize("text", ["……", "①Ⅲ", "ｶﾞ", "２０２５", "㎏", "…", "—", "é", "🦌"])
def test_nothing_else_is_mapped(text: str) -> None:
    assert map_radicals(text) == text


# Marks beside Han.


@pytest.mark.parametrize(
    ("text", "mapped"),
    [
        ("你好,世界", "你好，世界"),
        ("什么?是的", "什么？是的"),
        ("在2025,“你好”", "在2025，“你好”"),
        ("他说:好", "他说：好"),
        ("好;坏", "好；坏"),
        ("好!", "好！"),
        ("来源(网络)", "来源（网络）"),
        ("提到“极乐世界(Elysium)”,你会想到什么", "提到“极乐世界（Elysium）”，你会想到什么"),
        ("一个AI,两个人和三只鹿", "一个AI，两个人和三只鹿"),
        ("《Her》,我喜欢这部电影", "《Her》，我喜欢这部电影"),
        ("NOWNESS:你是什么时候开始创作的?", "NOWNESS：你是什么时候开始创作的？"),
        ("“好”,他说", "“好”，他说"),
        ("真的?!", "真的？！"),
    ],
)
def test_half_width_marks_in_chinese_become_full_width(text: str, mapped: str) -> None:
    assert full_width_marks(text) == mapped


@pytest.mark.parametrize(
    "text",
    [
        "共1,234人",
        "上午12:30开始",
        "比例是16:9的画面",
        "Hello, world! (really?)",
        "见 http://a.b/c?d=1 这里",
        "我喜欢 :) 这样",
        "我喜欢 ;-) 这样",
        "他写 &amp; 和 &#39; 两个",
        "没有标点",
        "",
        "2,000 people (or so): yes",
    ],
)
def test_numbers_times_latin_smileys_and_entities_keep_their_marks(text: str) -> None:
    assert full_width_marks(text) == text


@pytest.mark.parametrize(
    ("text", "mapped"),
    [
        ("这部短片(Elysium)真的很好", "这部短片（Elysium）真的很好"),
        ("这部短片(an (old) film)真的是很好看的短片", "这部短片（an (old) film）真的是很好看的短片"),
        ("在(a)和(b)之间有许多", "在（a）和（b）之间有许多"),
    ],
)
def test_brackets_of_a_pair_have_one_width(text: str, mapped: str) -> None:
    assert full_width_marks(text) == mapped


@pytest.mark.parametrize(
    ("text", "mapped"),
    [("We met 阿米:she drew it", "We met 阿米:she drew it"), ("我们见到了Ami:她在画", "我们见到了Ami：她在画")],
)
def test_between_han_and_latin_the_majority_of_the_line_decides(text: str, mapped: str) -> None:
    assert full_width_marks(text) == mapped


def test_marks_are_mapped_one_for_one() -> None:
    text = "你好,(世界)?是:的!" * 50
    assert len(full_width_marks(text)) == len(text)


def test_kept_text_is_mapped_and_trimmed_and_nothing_more() -> None:
    assert kept("  ⻛格,……①  Ⅲ\u200b \u3000") == "风格，……①  Ⅲ\u200b"


# Names and comparing.


@pytest.mark.parametrize(
    "code",
    [0x00AD, 0x061C, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202E, 0x2060, 0x2066, 0x2069, 0xFEFF],
)
def test_invisible_characters_are_removed(code: int) -> None:
    assert without_invisible(f"a{chr(code)}b") == "ab"


def test_a_name_is_cleaned() -> None:
    assert clean_name(" \u202e⼤\u200b卫  ·\u3000Lin\u00a0") == "大卫 · Lin"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＣａｍＲｅｄ", "camred"),
        ("⻛格", "风格"),
        ("A\u200bmi", "ami"),
        ("阿 \u3000米", "阿 米"),
        ("STRASSE", "straße"),
        ("：", ":"),
    ],
)
def test_two_spellings_compare_equal(one: str, other: str) -> None:
    assert compared(one) == compared(other)


def test_different_names_compare_different() -> None:
    assert compared("阿米") != compared("阿咪")


@pytest.mark.parametrize(
    ("character", "han"),
    [
        ("中", True),
        ("々", True),
        ("〇", True),
        ("𠀀", True),
        ("a", False),
        ("カ", False),
        ("한", False),
        ("，", False),
        ("", False),
    ],
)
def test_what_is_han(character: str, han: bool) -> None:
    assert is_han(character) == han


def test_counting_scripts() -> None:
    assert (count_han("中a文é1カ"), count_latin("中a文é1カ")) == (2, 2)
