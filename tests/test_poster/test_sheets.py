"""The drawn poster: the same bytes for the same facts, well-formed, small, inside its margins."""

import os
import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from films.poster import COMPOSITIONS, FIGURES, PIGMENTS, poster, standalone, wide
from films.poster.setting import width
from tests.test_poster.drawing import LONG, TITLES, classes, every, facts, parsed, texts

KNOWN = {"poster", "kg", "k1", "k2", "s1", "s2", "st", "pt", "pk", "pgr", "pc", "pz", "fig", "under"}
PROGRAM = """
from hashlib import sha256
from films.poster import poster, standalone, wide
from tests.test_poster.drawing import TITLES, every
drawn = "".join(draw(f) for t in TITLES for f in every(t) for draw in (poster, standalone, wide))
print(sha256(drawn.encode()).hexdigest())
"""


def test_the_same_facts_give_the_same_bytes_in_every_process():
    runs = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1")
    ]
    assert runs[0] == runs[1]


def test_another_seed_draws_another_figure_and_leaves_the_words():
    one, two = poster(facts(seed="a")), poster(facts(seed="b"))
    assert one != two
    assert one.count("梅花鹿") == two.count("梅花鹿") == 1


@pytest.mark.parametrize("title", TITLES)
def test_every_poster_is_small_well_formed_and_free_of_what_pages_forbid(title):
    for value in every(title):
        drawn = poster(value)
        assert len(drawn.encode()) <= 3 * 1024
        root = parsed(drawn)
        assert root.attrib["viewBox"] == "0 0 400 600"
        assert root.attrib["aria-hidden"] == "true"
        assert root.attrib["data-pigment"] == value.pigment
        for element in root.iter():
            assert not {"id", "style", "href"} & set(element.attrib)
            assert not [name for name in element.attrib if name.startswith("on")]
            assert classes(element) <= KNOWN
        for file in (standalone(value), standalone(value, dark=True), wide(value)):
            assert "class=" not in file
            parsed(file)


def test_the_mean_poster_is_light():
    sizes = [len(poster(value).encode()) for title in TITLES[:9] for value in every(title)]
    assert sum(sizes) / len(sizes) <= 1300


@given(
    st.text(max_size=220), st.text(max_size=120), st.text(max_size=80), st.text(max_size=240), st.text(max_size=30),
    st.sampled_from(list(COMPOSITIONS)), st.sampled_from(list(FIGURES)), st.sampled_from(list(PIGMENTS)),
)  # fmt: skip
def test_any_words_make_a_well_formed_poster(title, creator, edition, lines, seed, composition, figure, pigment):
    value = facts(
        title, creator=creator, edition=edition, lines=lines, seed=seed, composition=composition, figure=figure,
        pigment=pigment,
    )  # fmt: skip
    drawn = poster(value)
    assert len(drawn.encode()) <= 3 * 1024
    for file in (drawn, standalone(value), wide(value)):
        shown = "".join(parsed(file).itertext())
        assert not re.search("[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", shown)


def test_markup_in_words_stays_text():
    drawn = poster(facts("</svg><script>x</script>&amp;", creator='"><img src=x onerror=y>', composition="horizon"))
    assert "<script" not in drawn
    assert "<img" not in drawn
    assert "</svg><script>" in "".join(parsed(drawn).itertext()).replace(" ", "")


def test_unknown_names_and_titles_that_outgrew_their_composition_are_drawn_all_the_same():
    lost = facts(pigment="mauve", figure="cube", composition="spiral")
    assert parsed(poster(lost)).attrib["data-pigment"] in PIGMENTS
    assert poster(facts("", composition="full")) == poster(facts("", composition="gate"))
    assert poster(facts("Elysium", composition="column")) == poster(facts("Elysium", composition="horizon"))


def places(text: ElementTree.Element) -> list[tuple[str, float, float, float]]:
    """Each run of glyphs with its place and the size of its type."""
    size, found = float(text.get("font-size", 0)), []
    for piece in list(text) or [text]:
        words = piece.text or ""
        xs = [float(x) for x in piece.get("x", "0").split()]
        ys = [float(y) for y in piece.get("y", "0").split()]
        if len(xs) == 1:
            found.append((words, xs[0], ys[0], size))
        else:
            assert len(xs) == len(words)
            found += [
                (glyph, x, ys[min(n, len(ys) - 1)], size) for n, (glyph, x) in enumerate(zip(words, xs, strict=True))
            ]
    return found


@pytest.mark.parametrize("title", TITLES[1:])
def test_every_glyph_stands_inside_the_margins(title):
    for value in every(title):
        for text in texts(value, "pt"):
            for glyphs, x, y, size in places(text):
                assert x >= 27.9, (value, glyphs)
                assert x + width(glyphs) * size <= 372.2, (value, glyphs)
                assert y - 0.88 * size >= 21.9, (value, glyphs)
                assert y + 0.12 * size <= 548, (value, glyphs)


@pytest.mark.parametrize(
    "name", ["阿", "阿米", "一位名字很长的创作者", "甲" * 60, "A Very Long Name of a Company, Limited " * 2]
)
@pytest.mark.parametrize("title", ["", "夜航", LONG])
def test_the_foot_drops_the_fine_print_before_it_shrinks_the_name(name, title):
    for value in every(title):
        value = value._replace(creator=name)
        (left,) = texts(value, "pc")
        size, right = float(left.get("font-size")), texts(value, "pz")
        room = 144 if "pgr" in classes(left) else 280 if value.composition == "gate" else 344
        assert width(left.text) * size <= room + 0.5
        assert size >= 10.9
        if size < 23:
            assert [text.text for text in right if value.composition not in {"gate", "split"}] == []


def test_no_title_says_so_and_a_title_does_not():
    assert [text.text for text in texts(facts("", composition="gate"), "pz")] == ["无题　极乐世界 2025"]
    assert [text.text for text in texts(facts(), "pz")] == ["极乐世界 2025"]
    assert "无题" not in poster(facts("", edition="", creator="甲" * 60, composition="void"))
    assert [text.text for text in texts(facts(edition=""), "pz")] == []


def test_long_titles_keep_the_horizon_where_the_figure_can_be_seen():
    for title in (LONG, LONG * 8, "W" * 200, TITLES[13]):
        (panel,) = [
            e for e in parsed(poster(facts(title, figure="dome", composition="horizon"))) if classes(e) == {"kg"}
        ][1:]
        assert float(panel.get("d").split()[1].split("h")[0]) >= 205.9


def columns_of(value) -> dict[float, str]:
    (text,) = texts(value, "pt")
    found: dict[float, str] = {}
    for glyph, x, _y, _size in places(text):
        found[x] = found.get(x, "") + glyph
    return dict(sorted(found.items(), reverse=True))


def test_an_editors_breaks_are_kept_and_foreign_ones_left_aside():
    broken = facts("自愿被吃的猪", composition="column", lines="自愿|被吃的猪")
    assert list(columns_of(broken).values()) == ["自愿", "被吃的猪"]
    for lines in ("", "自愿被吃的猪", "自愿|被吃的鱼", "|"):
        value = facts("自愿被吃的猪", composition="column", lines=lines)
        assert list(columns_of(value).values()) == ["自愿被", "吃的猪"]


def test_two_by_two_is_read_row_by_row():
    (text,) = texts(facts("南方车站"), "pt")
    placed = {glyph: (x, y) for glyph, x, y, _size in places(text)}
    assert placed["南"][1] == placed["方"][1] < placed["车"][1] == placed["站"][1]
    assert placed["南"][0] == placed["车"][0] < placed["方"][0] == placed["站"][0]


def test_split_draws_its_title_in_two_inks_and_mirror_turns_it_over():
    inks = [classes(text) for text in texts(facts("夜航", pigment="lapis", composition="split"), "pt")]
    assert inks == [{"pt", "pgr"}, {"pt"}]
    (image,) = texts(facts("山海经", composition="mirror"), "pk")
    assert image.get("transform") == "matrix(1 0 0 -1 0 600)"


def test_the_dark_print_differs_and_both_carry_their_colours():
    for name, pigment in PIGMENTS.items():
        light, dark = standalone(facts(pigment=name)), standalone(facts(pigment=name), dark=True)
        assert pigment.light.ground in light
        assert pigment.dark.ground in dark
        assert pigment.light.u1 in light


@pytest.mark.parametrize("height", [336, 360])
@pytest.mark.parametrize("title", TITLES)
def test_the_wide_version_keeps_its_title_left_of_the_figure(title, height):
    root = parsed(wide(facts(title, composition="horizon"), height))
    assert (root.get("width"), root.get("height")) == ("640", str(height))
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        assert text.get("fill")
        if text.get("font-weight") == "900":
            size = float(text.get("font-size"))
            for piece in list(text) or [text]:
                x, y = float(piece.get("x").split()[0]), float(piece.get("y").split()[0])
                assert 28 <= x <= x + width(piece.text) * size <= 356.5
                assert y - 0.88 * size >= 27.9
                assert y + 0.12 * size <= height - 56
