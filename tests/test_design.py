"""The look, as far as it can be counted: contrast, weights, budgets, and what the style sheets may not say."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from films.poster import PIGMENTS
from films.templatetags.showing import display_length, films_spelled, pigment, questions_spelled, quoted_pieces
from tests.factories import make_edition, make_film

STATIC = settings.BASE_DIR / "films" / "static" / "films"
TEMPLATES = settings.BASE_DIR / "templates"
TOKENS = (STATIC / "css" / "tokens.css").read_text()
SHEETS = ("tokens.css", "poster.css", "site.css")
CSS_LIMIT, HTML_LIMIT, JS_LIMIT = 12 * 1024, 20 * 1024, 2 * 1024


def zipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def tokens(appearance: str) -> dict[str, str]:
    """The colours of one appearance by name."""
    place = ("light", "dark").index(appearance)
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", TOKENS)
    same = re.findall(r"--([\w-]+): (#\w{6});", TOKENS)
    return dict(same) | {name: values[place] for name, *values in pairs}


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_counted_as_wcag_does():
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


# The figures of the brief, on paper and on paper-2.
FIGURES = {
    "light": {"ink": (16.6, 15.3), "ink-2": (8.9, 8.2), "ink-3": (5.5, 5.1), "line-2": (3.7, None)},
    "dark": {"ink": (15.5, 14.1), "ink-2": (10.4, 9.5), "ink-3": (7.1, 6.4), "line-2": (4.8, None)},
}
FIGURES["light"] |= {"azurite": (8.3, None), "azurite-2": (12.0, None), "cinnabar": (5.8, 5.3)}
FIGURES["dark"] |= {"azurite": (9.7, None), "azurite-2": (13.2, None), "cinnabar": (8.1, 7.4)}


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_the_colours_have_the_contrast_that_the_brief_promises(appearance):
    colours = tokens(appearance)
    for name, figures in FIGURES[appearance].items():
        for ground, figure in zip(("paper", "paper-2"), figures, strict=True):
            if figure:
                assert contrast(colours[name], colours[ground]) == pytest.approx(figure, abs=0.11), (name, ground)


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_words_can_be_read_on_every_ground(appearance):
    colours = tokens(appearance)
    for ground in ("paper", "paper-2", "raised"):
        for name in ("ink", "ink-2", "ink-3", "azurite", "azurite-2", "cinnabar"):
            assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
        assert contrast(colours["line-2"], colours[ground]) >= 3, ground
    assert contrast(colours["on-orpiment"], colours["orpiment"]) >= 4.5


def test_words_can_be_read_in_the_room():
    colours = tokens("dark")
    for name in ("ink", "ink-2", "ink-3", "azurite"):
        assert contrast(colours[name], colours["room"]) >= 4.5, name


@pytest.mark.parametrize("name", PIGMENTS)
def test_words_can_be_read_on_the_ground_of_every_edition(name):
    for printed in (PIGMENTS[name].light, PIGMENTS[name].dark):
        assert contrast(printed.ink, printed.ground) >= 4.5


def test_style_sheets_and_scripts_keep_their_budgets():
    assert sum(zipped(STATIC / "css" / name) for name in SHEETS) <= CSS_LIMIT
    scripts = public_scripts()
    assert STATIC / "js" / "appearance.js" in scripts
    assert sum(map(zipped, scripts)) <= JS_LIMIT


def public_scripts() -> set[Path]:
    """Those that some page names, the desk's apart."""
    pages = [path for path in TEMPLATES.rglob("*.html") if TEMPLATES / "admin" not in path.parents]
    return {STATIC / "js" / name for page in pages for name in re.findall(r"films/js/(\w+\.js)", page.read_text())}


@pytest.mark.django_db
def test_pages_keep_their_budget(client):
    call_command("import_seeds", str(settings.BASE_DIR / "seeds"), verbosity=0)
    for _ in range(60):
        make_film()
    for path in ("/", "/films/", "/films/mei-hua-lu/", "/films/camred/", "/topics/", "/en/films/?page=2"):
        page = client.get(path)
        assert page.status_code == 200, path
        assert len(gzip.compress(page.content, 9)) <= HTML_LIMIT, path


@pytest.mark.parametrize("name", SHEETS)
def test_a_style_sheet_is_plain(name):
    sheet = re.sub(r"/\*.*?\*/", "", (STATIC / "css" / name).read_text(), flags=re.DOTALL)
    assert "@import" not in sheet
    assert "url(" not in sheet
    assert "://" not in sheet
    ids = {word for word in re.findall(r"#[\w-]+", sheet) if not re.fullmatch(r"#(?:[0-9a-f]{3}){1,2}", word)}
    assert ids == set(), "ids are for addresses"
    important = sheet.count("!important")
    elsewhere = sheet[: sheet.find("@media (prefers-reduced-motion: reduce)")] if important else sheet
    assert "!important" not in elsewhere


def test_the_layers_are_in_the_order_of_the_brief():
    assert "@layer reset, tokens, base, layout, components, pages, utilities, print;" in TOKENS


def test_sheets_for_pages_are_written_in_logical_directions():
    sheet = (STATIC / "css" / "site.css").read_text()
    assert not re.search(r"(?<![\w-])(?:margin|padding|border)-(?:left|right|top|bottom)\b", sheet)
    assert not re.search(r"text-align:\s*(?:left|right)", sheet)


def test_each_component_of_a_partial_has_its_rules():
    sheet = (STATIC / "css" / "site.css").read_text()
    named = [
        "site_head",
        "site_foot",
        "title",
        "film_card",
        "film_row",
        "facts",
        "qa_nav",
        "pull",
        "credits",
        "provenance",
        "q_list",
        "answer",
    ]
    for name in [*named, "filters", "chips", "tabs", "pager", "search_box", "hit", "empty"]:
        assert (settings.BASE_DIR / "templates" / "partials" / f"_{name}.html").exists(), name
        assert re.search(rf"\.{name}\b", sheet), name


@pytest.mark.django_db
def test_an_edition_owns_a_pigment_by_its_year(client):
    first, second = make_edition(year=2025), make_edition(year=2026)
    assert (pigment(first), pigment(second)) == ("azurite", "malachite")
    assert 'class="site_head on-pigment" data-pigment="malachite"' in client.get("/").content.decode()
    assert 'data-pigment="azurite"' in client.get(first.get_absolute_url()).content.decode()
    assert "on-pigment" not in client.get("/films/").content.decode()


def test_a_display_line_knows_how_much_it_must_hold():
    assert [display_length(words) for words in ("岸", "极乐世界", "五个字主题", "一个很长很长的主题")] == [
        "4",
        "4",
        "5",
        "long",
    ]


def test_marks_inside_a_quotation_are_left_to_the_page():
    pieces = quoted_pieces("想到“极乐世界”的主语")
    assert [(piece.text, piece.is_quoted) for piece in pieces] == [
        ("想到", False),
        ("极乐世界", True),
        ("的主语", False),
    ]
    assert quoted_pieces("") == []


@pytest.mark.parametrize(
    ("number", "films"), [(1, "一部短片"), (2, "两部短片"), (15, "十五部短片"), (120, "120部短片")]
)
def test_numbers_are_spelled_as_they_are_spoken(number, films):
    assert films_spelled(number) == films


def test_numbers_are_spelled_in_english():
    with translation.override("en"):
        assert films_spelled(5) == "Five films"
        assert questions_spelled(15) == "fifteen questions"
        assert questions_spelled(120) == "120 questions"
