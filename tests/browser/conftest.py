"""A real Chromium at the real site: the live server with the real article imported."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test import testcases
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from pytest_django.live_server_helper import LiveServer

from films import generation

# Playwright keeps an event loop running in this thread; the tests themselves are not asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; without it tests/conftest.py skips what is in this folder."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session", autouse=True)
def own_media() -> Iterator[None]:
    """Media as our own view sends them: Django's test server would send them whole, and films cannot be sought through."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(testcases._MediaFilesHandler, "_should_handle", lambda handler, path: False)
        yield


@pytest.fixture(scope="session")
def imported() -> Iterator[Any]:
    """The whole database with the real article, as the first test made it."""
    with closing(connection.Database.connect(":memory:")) as database:
        yield database


@pytest.fixture
def site(live_server: LiveServer, imported: Any) -> str:
    """Where the site with the real article is served."""
    if imported.execute("SELECT * FROM sqlite_master").fetchone():
        imported.backup(connection.connection)
        ContentType.objects.clear_cache()
        generation.content_changed()
    else:
        call_command("import_seeds", str(settings.BASE_DIR / "seeds"), verbosity=0)
        connection.connection.backup(imported)
    return live_server.url


@dataclass
class Visit:
    """A page in the browser, and what went wrong while it was looked at."""

    page: Page
    site: str
    console: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def open(self, address: str) -> str:
        """Go to an address of the site; gives the heading that is shown."""
        response = self.page.goto(self.site + address)
        assert response is not None
        assert response.status == 200, address
        return self.heading()

    def heading(self) -> str:
        [heading] = [element for element in self.page.locator("h1").all() if element.is_visible()]
        return heading.inner_text()

    def is_clean(self) -> None:
        assert (self.console, self.elsewhere, self.failed) == ([], [], []), self.page.url

    def note_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.console.append(message.text)

    def note_request(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.site).netloc:
            self.elsewhere.append(request.url)


@pytest.fixture
def visit(chromium: Browser, site: str, tmp_path: Path) -> Iterator[Visit]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(20_000)
    visit = Visit(page, site)
    page.on("console", visit.note_console)
    page.on("pageerror", lambda error: visit.console.append(str(error)))
    page.on("request", visit.note_request)
    page.on("response", lambda response: visit.failed.append(response.url) if response.status >= 400 else None)
    yield visit
    visit.is_clean()
    context.close()
