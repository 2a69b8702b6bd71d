"""Two texts side by side: both are whole, and what differs is marked on its own side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from films.differing import MOST_PAIRS, sides


def marked(pieces):
    return [piece.text for piece in pieces if piece.is_marked]


@pytest.mark.parametrize(
    ("before", "after", "gone", "came"),
    [
        ("地下城市里。", "地下之城里。", ["市"], ["之"]),
        ("made in 2024", "made in 2025", ["2024"], ["2025"]),
        ("", "新", [], ["新"]),
        ("旧", "", ["旧"], []),
        ("一样", "一样", [], []),
        ("aa", "aaa", ["aa"], ["aaa"]),
        ("鹿鹿", "鹿鹿鹿", [], ["鹿"]),
    ],
)
def test_what_differs_is_marked(before, after, gone, came):
    left, right = sides(before, after)
    assert (marked(left), marked(right)) == (gone, came)


@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_is_lost_and_what_stayed_is_the_same(before, after):
    left, right = sides(before, after)
    assert ("".join(p.text for p in left), "".join(p.text for p in right)) == (before, after)
    stayed = ["".join(p.text for p in side if not p.is_marked) for side in (left, right)]
    assert stayed[0] == stayed[1]


def test_a_long_middle_is_shown_as_replaced():
    length = int(MOST_PAIRS**0.5) + 1
    left, right = sides("始" + "甲乙" * length + "终", "始" + "乙丙" * length + "终")
    assert [len(text) for text in marked(left) + marked(right)] == [2 * length, 2 * length]
    assert (left[0].text, left[-1].text) == ("始", "终")
