"""An export in a real browser, from a bare file server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from films.models import Film, Interview
from films.site_export import export_site
from tests.browser.conftest import Visit
from tests.factories import make_exchange, make_film, make_interview
from tests.site_export.serving import file_server


@pytest.fixture
def visit(chromium: Browser, db: None, tmp_path: Path) -> Iterator[Visit]:
    """A small site as files; what fails to load or is said on the console is noted."""
    folder = tmp_path / "site"
    folder.mkdir()
    film: Film = make_film(title="梅花鹿", slug="mei-hua-lu")
    talk: Interview = make_interview(film=film, exchanges=0)
    make_exchange(interview=talk, answer="第一个回答。")
    with file_server(folder) as origin:
        export_site(folder, origin)
        context = chromium.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        visit = Visit(page, origin)
        page.on("console", visit.note_console)
        page.on("pageerror", lambda error: visit.console.append(str(error)))
        page.on("request", visit.note_request)
        page.on("response", lambda response: visit.failed.append(response.url) if response.status >= 400 else None)
        yield visit
        visit.is_clean()
        context.close()


def test_the_export_looks_and_works_like_the_site(visit):
    assert visit.open("/films/") == "短片"
    page = visit.page
    assert (
        page.locator(".film_card").evaluate("card => getComputedStyle(card.parentElement.parentElement).display")
        == "grid"
    )
    assert page.locator("form").count() == 0
    page.locator(".film_card a").click()
    assert page.locator("h1").inner_text() == "《梅花鹿》"
    page.locator(".site_head .language").click()
    page.wait_for_url("**/en/films/mei-hua-lu/")
    page.get_by_label("Dark").check()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    page.goto(f"{visit.site}/interviews/{Interview.objects.get().slug}/")
    page.wait_for_url("**/films/mei-hua-lu/**")
