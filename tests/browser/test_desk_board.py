"""The desk's own pages in Chromium: from a gap to its field, joining by keyboard, suggestions, numbers drawn."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from films.models import Creator, Credit, Exchange, Film, Interview, Tool, User
from tests.browser.conftest import Visit
from tests.factories import make_creator, make_exchange, make_tool, make_tool_use

AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def desk(visit: Visit) -> Visit:
    """Signed in, as someone who may do everything."""
    client = Client()
    client.force_login(User.objects.create_superuser("editor"))
    name = settings.SESSION_COOKIE_NAME
    visit.page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": visit.site}])
    return visit


class Keys:
    """Counts what is pressed."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
            self.count += 1

    def tab_to(self, target: Locator, key: str = "Tab", most: int = 120) -> None:
        """Tab until the element has the focus, as somebody without a mouse does."""
        for _ in range(most):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.press(key)
        raise AssertionError(f"{most} tabs do not reach {target}")


def in_look(visit: Visit, language: str, scheme: Any, width: int) -> Page:
    page = visit.page
    page.context.add_cookies([{"name": "django_language", "value": language, "url": visit.site}])
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    return page


def faults(page: Page) -> list[str]:
    """What axe finds in our part of the page."""
    found = (
        Axe()
        .run(page, context="#content", options={"runOnly": AA, "resultTypes": ["violations"]})
        .response["violations"]
    )
    return [f"{fault['id']}: {node['target']}" for fault in found for node in fault["nodes"]]


def test_each_gap_opens_its_field_and_closing_it_takes_the_gap_away(desk: Visit) -> None:
    film = Film.objects.get(title="梅花鹿")
    page = desk.page
    desk.open(reverse("admin:index"))
    page.click("#desk-nav a:has-text('缺什么')")
    row = page.locator("tr", has_text="《梅花鹿》")
    row.get_by_role("link", name="片长").click()
    expect(page.locator("#id_runtime_seconds")).to_be_focused()
    page.keyboard.type("276")
    page.click("[name=_save]")
    expect(page.locator(".messagelist")).to_be_visible()
    film.refresh_from_db()
    assert film.runtime_seconds == 276
    desk.open(reverse("admin:board") + "?missing=synopsis_en")
    row.get_by_role("link", name="英文简介").click()
    expect(page.locator("#id_synopsis_en")).to_be_focused()
    expect(page.locator("#id_synopsis_en")).to_be_in_viewport()
    desk.open(reverse("admin:board"))
    assert row.get_by_role("link", name="片长").count() == 0
    row.get_by_role("link", name="阿米").click()
    expect(page.locator("#id_name_en")).to_be_focused()


def test_two_makers_are_joined_by_keyboard_alone_and_parted_again(desk: Visit) -> None:
    kept, gone = Creator.objects.get(name="CamRed"), make_creator(name="Cam Red")
    Credit.objects.create(film=Film.objects.get(title="梅花鹿"), creator=gone, role="music")
    page, keys = desk.page, Keys(desk.page)
    desk.open(reverse("admin:merges"))
    keys.tab_to(page.get_by_role("link", name="CamRed · Cam Red"))
    keys.press("Enter")
    expect(page.locator(f"[name=kept][value='{kept.pk}']")).to_be_focused()
    arrived = keys.count
    keys.press("ArrowRight")
    keys.press("ArrowLeft")
    keys.press("Enter")
    page.wait_for_url(f"**/creator/{kept.pk}/change/")
    expect(page.locator(".messagelist")).to_contain_text("已把“Cam Red”合并到“CamRed”")
    assert keys.count - arrived == 3
    assert not Creator.objects.filter(pk=gone.pk).exists()
    keys.tab_to(page.locator(".messagelist a"))
    keys.press("Enter")
    page.wait_for_url("**/admin/merges/")
    keys.tab_to(page.get_by_role("button", name="撤销 Cam Red"))
    keys.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Cam Red 回来了")
    assert Creator.objects.filter(pk=gone.pk).exists()
    # In English, from the list of makers: two boxes, the action, its button, and one key.
    in_look(desk, "en", "light", 1280)
    other = make_creator(name="凯姆")
    desk.open(reverse("admin:films_creator_changelist"))
    for row in (kept, other):
        page.check(f"[name=_selected_action][value='{row.pk}']")
    page.select_option("[name=action]", "merge_selected")
    page.click("[name=index]")
    expect(page.locator(f"[name=kept][value='{kept.pk}']")).to_be_focused()
    keys.press("Enter")
    page.wait_for_url(f"**/creator/{kept.pk}/change/")
    expect(page.locator(".messagelist")).to_contain_text("Joined “凯姆” into “CamRed”")
    assert Creator.objects.get(pk=kept.pk).aliases == ["凯姆"]


def test_a_question_is_filed_and_numbers_are_read_by_keyboard(desk: Visit) -> None:
    talk = Interview.objects.order_by("pk")[0]
    asked = make_exchange(interview=talk, question="你遇到的最大难点是什么？", position=90)
    page, keys = desk.page, Keys(desk.page)
    desk.open(reverse("admin:suggestions"))
    keys.tab_to(page.locator(f"[name=topic-{asked.pk}][value='']"))
    arrived = keys.count
    keys.press("ArrowUp")
    keys.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("已归题 1 问")
    assert keys.count - arrived == 2
    assert Exchange.objects.get(pk=asked.pk).topic is not None
    # The drawn numbers, read without seeing them.
    desk.open(reverse("admin:index"))
    drawing = page.get_by_role("img", name="条目与状态")
    expect(drawing).to_be_visible()
    assert "已发布 5" in (drawing.locator("desc").text_content() or "")
    page.locator("summary", has_text="条目与状态").press("Enter")
    table = page.get_by_role("table", name="条目与状态")
    expect(table).to_contain_text("已发布")
    table.get_by_role("link", name="已发布").first.click()
    page.wait_for_url("**/film/?status__exact=published")


LOOKS = [("zh-hans", "light", 1280), ("en", "dark", 390)]


def full_pages() -> list[str]:
    """The addresses of our pages, with something on each of them."""
    film = Film.objects.get(title="梅花鹿")
    make_tool_use(film=film, tool=make_tool(name="Run way"))
    make_exchange(interview=film.interviews.get(), question="你遇到的最大难点是什么？", position=90)
    ids = ",".join(str(Tool.objects.get(name=name).pk) for name in ("Runway", "Run way"))
    own = [reverse(f"admin:{name}") for name in ("index", "board", "suggestions", "merges")]
    return [*own, f"{reverse('admin:films_tool_merge')}?ids={ids}"]


def test_every_page_is_accessible_and_fits(desk: Visit) -> None:
    addresses = full_pages()
    for look in LOOKS:
        page = in_look(desk, *look)
        for address in addresses:
            desk.open(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= look[2], (address, look)
            assert faults(page) == [], (address, look)
    # axe adds a style of its own, which the policy refuses; the pages themselves ask for none.
    desk.console[:] = [words for words in desk.console if "inline style" not in words]
