"""The catalogues of the interface: complete, and compiled as they stand."""

from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = sorted(ROOT.glob("films/locale/*/LC_MESSAGES/*.po"))


def test_there_is_an_english_catalogue():
    assert ROOT / "films" / "locale" / "en" / "LC_MESSAGES" / "django.po" in CATALOGUES


def words(entries: list[polib.POEntry]) -> dict[tuple[str | None, str], object]:
    return {(entry.msgctxt, entry.msgid): entry.msgstr_plural or entry.msgstr for entry in entries}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_compiled_is_what_is_written(path):
    compiled = path.with_suffix(".mo")
    assert compiled.exists(), "run: make messages"
    written = [entry for entry in polib.pofile(str(path)) if entry.translated() and not entry.obsolete]
    assert words(polib.mofile(str(compiled))) == words(written), "run: make messages"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_left_untranslated_or_uncertain(path):
    catalogue = polib.pofile(str(path))
    assert [entry.msgid for entry in catalogue.untranslated_entries() + catalogue.fuzzy_entries()] == []
