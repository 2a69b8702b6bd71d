"""Which poster a film gets."""

from hashlib import sha256

import pytest

from films.poster import COMPOSITIONS, FIGURES, PIGMENTS, Choice, allowed, choose, possible

ALL = ("full", "column", "split", "mirror")


@pytest.mark.parametrize(
    ("title", "pigment", "names"),
    [
        ("", "ink", ("gate", "void", "nest")),
        ("\u200b \x00", "ink", ("gate", "void", "nest")),
        ("春", "ink", ALL),
        ("南方车站", "lapis", ALL),
        ("南方车站", "cinnabar", ("full", "column", "mirror")),
        ("五个字片名", "ink", ("column", "horizon", "mirror")),
        ("自愿被吃的猪", "ink", ("column", "horizon", "mirror")),
        ("七个字的片名呀", "ink", ("column", "horizon")),
        ("九个字的片名这么长", "ink", ("column", "horizon")),
        ("十个字的片名这么长啊", "ink", ("horizon", "mirror")),
        ("十二个字的片名是这么长的", "ink", ("horizon",)),
        ("Elysium", "ink", ("horizon", "mirror")),
        ("A Longer English Title", "ink", ("horizon",)),
        ("夜，航", "ink", ("horizon", "mirror")),
    ],
)
def test_compositions_by_title(title, pigment, names):
    assert allowed(title, pigment) == names
    assert set(allowed(title, pigment)) <= set(possible(title, pigment))


def test_the_bytes_decide():
    for seed in ("camred", "mei-hua-lu", "gong-ye", "片"):
        digest = sha256(seed.encode()).digest()
        choice = choose(seed, "")
        assert choice.pigment == list(PIGMENTS)[digest[0] % 10]
        assert choice.figure == list(FIGURES)[digest[1] % 8]
        assert choice.composition == ("gate", "void", "nest")[digest[2] % 3]


def test_the_lists_stand_in_the_order_that_the_bytes_count_by():
    assert " ".join(PIGMENTS) == "azurite malachite cinnabar orpiment leadwhite ink ochre lapis rouge indigo"
    assert " ".join(FIGURES) == "dome sun slats ripple steps petals branches fan"
    assert " ".join(COMPOSITIONS) == "full column horizon split mirror gate void nest"


def test_an_edition_uses_each_pigment_and_figure_once_before_it_repeats():
    taken: list[Choice] = []
    for number in range(10):
        taken.append(choose("the same", "", taken))
        assert len({choice.pigment for choice in taken}) == number + 1
        assert len({choice.figure for choice in taken}) == min(number + 1, 8)
    names, first = list(PIGMENTS), list(PIGMENTS).index(taken[0].pigment)
    assert [choice.pigment for choice in taken] == names[first:] + names[:first]
    assert choose("the same", "", taken).pigment == taken[0].pigment


def test_what_an_editor_gives_is_kept_even_when_taken():
    given = Choice("ink", "", "void")
    choice = choose("a", "", [Choice("ink", "dome", "void")], given)
    assert (choice.pigment, choice.composition) == ("ink", "void")
    assert choice.figure in FIGURES


def test_a_given_cinnabar_is_never_split():
    seeds = [f"seed {n}" for n in range(60)]
    assert "split" not in {choose(seed, "夜航", given=Choice("cinnabar")).composition for seed in seeds}
    assert "split" in {choose(seed, "夜航", given=Choice("lapis")).composition for seed in seeds}
