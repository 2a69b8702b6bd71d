"""The three voices on devices that have all faces, and on those that have only Hei."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from films.models import Film
from tests.browser.conftest import FLAGS
from tests.browser.test_look import go, looking, too_wide

WITHOUT_SONG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <cachedir>{folder}</cachedir>
  <selectfont><rejectfont><glob>*Serif*</glob></rejectfont></selectfont>
</fontconfig>
"""
TITLE, ANSWER, QUESTION = "h1 .t", ".qa .prose p", ".qa h3 [lang=zh-Hans]"


def faces(page: Page, selector: str) -> set[str]:
    """The families from which the browser really took the Han characters of an element."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return {font["familyName"] for font in fonts if "CJK" in font["familyName"]}


def weight(page: Page, selector: str) -> str:
    return page.locator(selector).first.evaluate("element => getComputedStyle(element).fontWeight")


def size(page: Page, selector: str) -> float:
    return page.locator(selector).first.evaluate("element => parseFloat(getComputedStyle(element).fontSize)")


def voices(page: Page) -> dict[str, set[str]]:
    return {selector: faces(page, selector) for selector in (TITLE, QUESTION, ANSWER)}


def test_titles_and_answers_speak_in_song_and_questions_in_hei(chromium, site):
    with looking(chromium, site) as visit:
        go(visit, Film.objects.get(title="梅花鹿").get_absolute_url())
        song, hei = {"Noto Serif CJK SC"}, {"Noto Sans CJK SC"}
        assert voices(visit.page) == {TITLE: song, QUESTION: hei, ANSWER: song}


@pytest.fixture
def hei_only(chromium: Browser, tmp_path: Path) -> Iterator[Browser]:
    """A browser on a device without any Song, as many phones are."""
    config = tmp_path / "fonts.conf"
    config.write_text(WITHOUT_SONG.format(folder=tmp_path))
    browser = chromium.browser_type.launch(
        executable_path=shutil.which("chromium"), args=FLAGS, env={**os.environ, "FONTCONFIG_FILE": str(config)}
    )
    yield browser
    browser.close()


def test_without_song_the_order_of_voices_survives(hei_only, site):
    with looking(hei_only, site) as visit:
        for address in ["/", "/films/", Film.objects.get(title="梅花鹿").get_absolute_url()]:
            go(visit, address)
            assert too_wide(visit) == [], address
        page = visit.page
        hei = {"Noto Sans CJK SC"}
        assert voices(page) == {TITLE: hei, QUESTION: hei, ANSWER: hei}
        assert [weight(page, selector) for selector in (TITLE, QUESTION, ANSWER)] == ["700", "600", "400"]
        assert size(page, TITLE) > size(page, QUESTION) >= size(page, ANSWER)
        visit.is_clean()
