"""The lists of words: compared forms, each on the side it belongs to."""

import pytest

from films.reading.words import ANSWERING, ASIDES, ASKING, FIELDS, NOT_SPEAKERS, STATEMENT, SYNOPSIS, listed, words


def test_words_are_kept_in_their_compared_form() -> None:
    assert words("ＴＨＥ End|⻛||  ") == {"the end", "风"}


def test_a_list_keeps_its_order() -> None:
    assert listed("b|a||c") == ["b", "a", "c"]


@pytest.mark.parametrize(
    ("one", "other"), [(ASKING, ANSWERING), (SYNOPSIS, STATEMENT), (SYNOPSIS, FIELDS), (ASKING, NOT_SPEAKERS)]
)
def test_no_word_is_on_two_sides(one: frozenset[str], other: frozenset[str]) -> None:
    assert one & other == set()


@pytest.mark.parametrize(
    ("word", "where"),
    [("剧情简介", SYNOPSIS), ("劇情簡介", SYNOPSIS), ("synopsis", SYNOPSIS), ("あらすじ", SYNOPSIS), ("시놉시스", SYNOPSIS), ("问", ASKING), ("問", ASKING), ("記者", ASKING), ("聞き手", ASKING), ("기자", ASKING), ("答", ANSWERING), ("监制", FIELDS), ("編集部注", ASIDES)],
)  # fmt: skip
def test_four_languages(word: str, where: frozenset[str]) -> None:
    assert word in where
