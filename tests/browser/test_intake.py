"""The real article from upload to its public page in Chromium: by keyboard alone, and pasted on a phone in English without script."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from films.models import Film, ImportRun, Source, User
from tests.browser.conftest import Visit
from tests.browser.test_look import TAGS
from tests.importer.texts import article_text

SEED = settings.BASE_DIR / "seeds" / "000_ceeab1b294d20971.txt"
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@contextmanager
def desk(chromium: Browser, server: LiveServer, **options: Any) -> Iterator[Visit]:
    """The front page of the admin, signed in, on a site with nothing in it."""
    context = chromium.new_context(**options)
    client = Client()
    client.force_login(User.objects.create_superuser("editor"))
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": server.url}])
    page = context.new_page()
    page.set_default_timeout(20_000)
    visit = Visit(page, server.url)
    page.on("console", visit.note_console)
    page.on("pageerror", lambda error: visit.console.append(str(error)))
    page.on("request", visit.note_request)
    page.on("response", lambda response: visit.failed.append(response.url) if response.status >= 400 else None)
    visit.open("/admin/")
    yield visit
    visit.is_clean()
    context.close()


class Keyboard:
    """Presses keys and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.pressed += 1

    def go_to(self, name: str) -> None:
        """Tab to the control of that name."""
        for _ in range(60):
            self.press("Tab")
            if self.focused() == name:
                return
        raise AssertionError(f"no way to {name}")

    def focused(self) -> str:
        return str(
            self.page.evaluate(
                "(({value, innerText, type, labels}) => (type === 'submit' ? value : labels?.[0]?.innerText ?? innerText)"
                " || innerText || '')(document.activeElement)"
            )
        ).strip()

    def enter(self, name: str) -> None:
        self.go_to(name)
        with self.page.expect_navigation():
            self.press("Enter")


def violations(page: Page) -> list[Any]:
    """What axe finds in our part of the page, light and dark (it needs styles of its own, which the policy forbids)."""
    found = []
    for scheme, rules in (("light", TAGS), ("dark", ["color-contrast"])):
        page.emulate_media(color_scheme=scheme)
        page.evaluate("Promise.all(document.getAnimations().map((animation) => animation.finished))")
        wrong = (
            Axe()
            .run(page, context="#content", options={"runOnly": rules, "resultTypes": ["violations"]})
            .response["violations"]
        )
        found += [(page.url, scheme, rule["id"], rule["nodes"][0]["html"][:200]) for rule in wrong]
    return found


def test_the_real_article_is_taken_in_by_keyboard_alone(chromium: Browser, live_server: LiveServer) -> None:
    with desk(chromium, live_server, locale="zh-CN", viewport={"width": 1280, "height": 900}) as visit:
        page, keys = visit.page, Keyboard(visit.page)
        keys.enter("导入文章")
        assert page.evaluate("document.activeElement.type") == "file"
        page.wait_for_load_state("networkidle")
        with page.expect_file_chooser() as chooser:
            keys.press("Space")
        chooser.value.set_files(SEED)
        keys.enter("看看会发生什么")
        assert visit.heading() == "导入前看一看：走进五个AI创作的“极乐世界”"
        assert Source.objects.count() == 0
        keys.go_to("跳到主要内容")
        keys.press("Enter")
        keys.enter("确认导入")
        expect(page.get_by_role("status")).to_contain_text("已经公开")
        assert keys.pressed < 40
        film = Film.objects.get(title="梅花鹿")
        row = page.get_by_role("row", name="梅花鹿")
        row.get_by_role("link", name="网站上的页面").focus()
        with page.expect_navigation():
            keys.press("Enter")
        assert page.url == live_server.url + film.get_absolute_url()
        assert "梅花鹿" in visit.heading()
        assert ImportRun.objects.get().user.username == "editor"
        assert (Film.objects.published().count(), Source.objects.get().name) == (5, SEED.name)


def test_every_page_of_an_import_is_open_to_everyone(chromium: Browser, live_server: LiveServer) -> None:
    with desk(chromium, live_server, locale="en-GB", bypass_csp=True) as visit:
        page = visit.page
        visit.open("/admin/films/source/import/")
        found = violations(page)
        page.get_by_label("Or paste the text here").fill("Log in\n" + article_text().replace("04-17", "02-30"))
        page.get_by_role("button", name="See what would happen").click()
        expect(page.get_by_role("heading", name="Confirming makes these entries")).to_be_visible()
        page.get_by_text("Read it another way").click()
        found += violations(page)
        page.get_by_role("button", name="Import", exact=True).first.click()
        expect(page.get_by_role("button", name="Publish what this import made")).to_be_visible()
        found += violations(page)
        page.get_by_role("link", name="The source: doubts and conflicts").click()
        expect(page.get_by_role("button", name="Read again")).to_be_visible()
        found += violations(page)
    assert found == []


def test_it_is_pasted_corrected_and_answered_in_english_without_script(
    chromium: Browser, live_server: LiveServer
) -> None:
    options = {"locale": "en-GB", "viewport": PHONE, "color_scheme": "dark", "java_script_enabled": False}
    with desk(chromium, live_server, **options) as visit:
        page = visit.page
        page.get_by_role("link", name="Import articles").first.click()
        page.get_by_role("button", name="See what would happen").click()
        expect(page.get_by_text("There is no article yet")).to_be_visible()
        page.get_by_label("Or paste the text here").fill(SEED.read_text())
        page.get_by_role("button", name="See what would happen").click()
        expect(page.get_by_role("heading", name="Confirming makes these entries")).to_be_visible()
        page.get_by_text("Read it another way").click()
        page.get_by_label("Keep everything as drafts").check()
        page.get_by_role("button", name="Look again").click()
        expect(page.get_by_text("you asked for drafts")).to_be_visible()
        # The text may come in parts: it is read when all of it is there.
        with page.expect_navigation():
            page.get_by_role("link", name="Correct the text").first.click()
        area = page.get_by_label("Or paste the text here")
        area.fill(area.input_value().replace("地下城市", "地下之城"))
        page.get_by_role("button", name="See what would happen").click()
        page.get_by_role("button", name="Import", exact=True).first.click()
        expect(page.get_by_role("status")).to_contain_text("visitors do not see it yet")
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        assert Film.objects.filter(status="draft", synopsis__contains="地下之城").count() == 1

        film = Film.objects.get(synopsis__contains="地下之城")
        Film.objects.filter(pk=film.pk).update(synopsis="Ours.")
        visit.open("/admin/films/source/import/")
        page.get_by_label("Or paste the text here").fill(SEED.read_text())
        page.get_by_role("button", name="See what would happen").click()
        page.get_by_role("button", name="Import", exact=True).first.click()
        page.get_by_role("link", name="The source: doubts and conflicts").click()
        page.get_by_role("button", name="Take the article’s").click()
        expect(page.get_by_text("It now says what the article says")).to_be_visible()
        assert "地下城市" in Film.objects.get(pk=film.pk).synopsis
        expect(page.get_by_role("button", name="Take the article’s")).to_have_count(0)
        page.get_by_role("button", name="Read again").click()
        expect(page.get_by_role("heading", name="Unchanged: this article is imported already")).to_be_visible()
