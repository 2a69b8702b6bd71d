"""The pigments: legible in both prints, and the same in the stylesheet."""

import re
from pathlib import Path

import pytest

from films.poster import PIGMENTS
from films.poster.marks import by_class, by_colour
from films.poster.palette import Print

CSS = (Path(__file__).parents[2] / "films" / "static" / "films" / "css" / "poster.css").read_text("utf-8")
PRINTS = [(f"{name} {way}", getattr(pigment, way)) for name, pigment in PIGMENTS.items() for way in ("light", "dark")]


def luminance(colour: str) -> float:
    parts = [value / 255 for value in bytes.fromhex(colour[1:])]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_knows_black_from_white():
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0


@pytest.mark.parametrize(("name", "printed"), PRINTS, ids=[name for name, _printed in PRINTS])
def test_the_title_can_be_read_on_the_ground_and_on_the_inks_under_it(name, printed):
    assert contrast(printed.ink, printed.ground) >= 5.0
    assert contrast(printed.ink, printed.u1) >= 4.0
    assert contrast(printed.ink, printed.u2) >= 4.0


def test_the_stylesheet_has_the_same_pigments():
    rules = dict(re.findall(r'\[data-pigment="(\w+)"\] \{([^}]*)\}', CSS))
    assert list(rules) == list(PIGMENTS)
    for name, pigment in PIGMENTS.items():
        tokens = dict(re.findall(r"--(\w+): ([^;]+);", rules[name]))
        for token, field in {"pg": "ground", "p1": "p1", "p2": "p2", "u1": "u1", "u2": "u2"}.items():
            light, dark = getattr(pigment.light, field), getattr(pigment.dark, field)
            assert tokens[token] == (light if light == dark else f"light-dark({light}, {dark})"), (name, token)
        assert tokens["pt"] == pigment.light.ink == pigment.dark.ink


def test_every_class_is_coloured_by_the_stylesheet_and_in_files():
    printed = Print("#g", "#1", "#2", "#u1", "#u2", "#t")
    for role in ["kg", "k1", "k2", "s1", "s2", "st", "pt", "pk", "pgr", "pc", "pz"]:
        assert re.search(rf"\.{role}\b[^{{}}]*\{{[^}}]*(fill|stroke)", CSS), role
        assert by_colour(printed)(role, False), role
        assert by_class(role, False) == (("class", role),)
    assert dict(by_colour(printed)("k1", True)) == {"fill": "#u1"}
    assert dict(by_colour(printed)("pt pgr", False))["fill"] == "#g"
