"""The English catalogue holds every string that is marked, and no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "films" / "locale" / "en" / "LC_MESSAGES" / "django.po"
# Name of the function → places of context, string and plural among its arguments.
FUNCTIONS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
}
STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b({'|'.join(FUNCTIONS)})\(({STRING}(?:,\s*{STRING})*)", re.DOTALL)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")

Message = tuple[str | None, str, str | None]


def message(name: str, words: list[str | None]) -> Message | None:
    """Context, string and plural of a call, if it is a call with plain strings."""
    context, single, plural = (None if place is None else words[place] for place in FUNCTIONS[name])
    return (context, single, plural) if single is not None else None


def in_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            words = [part.value if isinstance(part, ast.Constant) else None for part in node.args]
            if name in FUNCTIONS and (found := message(name, words)):
                yield found


def in_template(source: str) -> Iterator[Message]:
    for name, words in CALL.findall(templatize(source)):
        strings = [ast.literal_eval(string) for string in re.findall(STRING, words, re.DOTALL)]
        if found := message(name, strings):
            yield found


def marked() -> set[Message]:
    """Every string of ours that is marked for translation."""
    found: set[Message] = set()
    for path in [*ROOT.glob("films/**/*.py"), *ROOT.glob("elysium/**/*.py")]:
        found |= set(in_python(path.read_text(encoding="utf-8")))
    for pattern in ("templates/**/*.html", "templates/**/*.txt", "films/templates/**/*.html"):
        for path in ROOT.glob(pattern):
            found |= set(in_template(path.read_text(encoding="utf-8")))
    return found


def keys(messages: set[Message]) -> set[tuple[str | None, str]]:
    return {(context, single) for context, single, _plural in messages}


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def test_extraction_finds_strings_plurals_and_contexts():
    code = (
        'a = _("一"); b = ngettext("二", "三", n); c = pgettext("x", "四"); d = gettext_lazy("五" "六"); e = _(name)'
    )
    assert set(in_python(code)) == {
        (None, "一", None),
        (None, "二", "三"),
        ("x", "四", None),
        (None, "五六", None),
    }
    page = '{% load i18n %}{% translate "一" %}{% translate "二" context "x" %}{% blocktranslate count n=n %}三 {{ n }}{% plural %}四 {{ n }}{% endblocktranslate %}{{ _("五") }}'
    assert set(in_template(page)) == {
        (None, "一", None),
        ("x", "二", None),
        (None, "三 %(n)s", "四 %(n)s"),
        (None, "五", None),
    }


def test_no_string_is_missing(catalogue):
    assert keys(marked()) - {(entry.msgctxt, entry.msgid) for entry in catalogue} == set()


def test_no_string_is_stale(catalogue):
    assert {(entry.msgctxt, entry.msgid) for entry in catalogue} - keys(marked()) == set()


def test_plurals_stand_in_the_catalogue_as_plurals(catalogue):
    plurals = {single for _context, single, plural in marked() if plural}
    assert plurals
    assert {entry.msgid for entry in catalogue if entry.msgid_plural} == plurals


def test_a_translation_names_only_what_its_string_names(catalogue):
    for entry in catalogue:
        offered = set(PLACEHOLDER.findall(entry.msgid))
        for words in entry.msgstr_plural.values() or [entry.msgstr]:
            assert set(PLACEHOLDER.findall(words)) <= offered, entry.msgid


def test_english_words_are_english(catalogue):
    """Han characters stand in English only inside an example that the Chinese string gives too."""
    for entry in catalogue:
        for words in entry.msgstr_plural.values() or [entry.msgstr]:
            for han in re.findall(r"[\u4e00-\u9fff]+", words):
                assert han in entry.msgid, entry.msgid
