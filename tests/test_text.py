"""Folding for search, tokens and pinyin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from films.text import bigrams, count_words, fold, pinyin_forms, reading_seconds, readings, search_fold


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("電影", "电影"),
        ("夢裡的極樂世界", "梦里的极乐世界"),
        ("ＡＩ影像", "ai影像"),
        ("Café", "cafe"),
        ("か\u3099ｶﾞ", "がガ"),
        ("⻛格", "风格"),
        ("天\u200b空", "天空"),
        ("葛\U000e0100城", "葛城"),
        ("각", "각"),
    ],
)
def test_search_fold(typed: str, kept: str) -> None:
    assert search_fold(typed) == kept


def test_search_fold_merges_what_the_fold_for_names_keeps_apart() -> None:
    assert search_fold("範") == search_fold("范")
    assert fold("範") != fold("范")


@given(st.text())
def test_search_fold_is_stable(text: str) -> None:
    once = search_fold(text)
    assert bigrams(search_fold(once)) == bigrams(once)


@given(st.text())
def test_tokens_hold_no_sign_that_an_index_understands(text: str) -> None:
    assert not set("".join(bigrams(search_fold(text)))) & set("\0 \n\"'*^:()[]{}\\&|!<>+-%_¦")


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("梅花鹿", ["梅花", "花鹿", "鹿"]),
        ("鹿", ["鹿"]),
        ("用ai创作", ["用", "ai", "创作", "作"]),
        ("天。空", ["天", "空"]),
        ("4分36秒", ["4", "分", "36", "秒"]),
        ("p2.0", ["p2", "0"]),
        ("a_b", ["a", "b"]),
        ("食べ物", ["食べ", "べ物", "物"]),
        ("“”，🎬", []),
    ],
)
def test_bigrams(text: str, tokens: list[str]) -> None:
    assert bigrams(text) == tokens


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("梅花鹿", ["meihualu", "hualu", "lu", "mhl", "hl"]),
        ("绿色", ["lvse", "luse", "se", "ls"]),
        ("AI梅", ["aimei", "mei", "am"]),
        ("CamRed", []),
        ("", []),
    ],
)
def test_pinyin_forms(name: str, forms: list[str]) -> None:
    assert pinyin_forms(name) == forms


def test_readings_agree_with_the_dictionary() -> None:
    assert [readings()[character] for character in "梅花鹿世界"] == ["mei", "hua", "lu", "shi", "jie"]


@pytest.mark.parametrize(
    ("text", "words", "seconds"),
    [
        ("", 0, 0),
        ("，。 —— ！\n", 0, 0),
        ("字", 1, 1),
        ("我用AI做了3个月。", 8, 2),
        ("It's a fox.", 4, 2),
        ("かな 한글 𠮷", 5, 1),
        ("字" * 400, 400, 60),
        ("字" * 401, 401, 61),
        ("word " * 220, 220, 60),
    ],
)
def test_a_text_is_as_long_as_its_characters_and_words(text: str, words: int, seconds: int) -> None:
    assert (count_words(text), reading_seconds(text)) == (words, seconds)
