"""The rest of an editor's story in Chromium: what each role is offered, a schedule, two at once, and a way back."""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from films.choices import Role
from films.models import Film, User
from tests.browser.conftest import Visit
from tests.browser.test_policy import VIOLATIONS
from tests.factories import make_film

DAY = dt.timedelta(days=1)
SAVE = "[name=_save]"


def sign_in(context: BrowserContext, site: str, role: Role) -> User:
    user, client = User.objects.create_user(role.name.lower(), is_staff=True), Client()
    user.groups.add(Group.objects.get(name=role.value))
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
    return user


@contextmanager
def person(chromium: Browser, site: str, role: Role, **options: object) -> Iterator[Page]:
    """Somebody of a role at a browser of their own, in which nothing may go wrong."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, **{"locale": "zh-CN", **options})
    context.add_init_script(VIOLATIONS)
    page = context.new_page()
    page.set_default_timeout(20_000)
    visit = Visit(page, site)
    page.on("console", visit.note_console)
    page.on("request", visit.note_request)
    page.user = sign_in(context, site, role)  # type: ignore[attr-defined]
    yield page
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.violations") == []
    visit.is_clean()
    context.close()


def change(film: Film) -> str:
    return reverse("admin:films_film_change", args=[film.pk])


def offered(page: Page) -> tuple[list[str], list[str], int]:
    """The states and the list actions that somebody may choose, and whether they may set dates."""
    states = page.locator("#id_status option").all_inner_texts()
    dates = page.locator("#id_publish_at_0").count()
    page.goto(page.url.split("/admin/")[0] + reverse("admin:films_film_changelist"))
    actions = page.locator("[name=action] option").evaluate_all("options => options.map(one => one.value)")
    return states, [action for action in actions if action], dates


OFFERED = {
    Role.CONTRIBUTORS: (["草稿", "待审"], False),
    Role.EDITORS: (["草稿", "待审"], False),
    Role.PUBLISHERS: (["草稿", "待审", "已发布", "已归档"], True),
    Role.ADMINISTRATORS: (["草稿", "待审", "已发布", "已归档"], True),
}


IN_ENGLISH = {"草稿": "Draft", "待审": "In review", "已发布": "Published", "已归档": "Archived"}
IMPORT, USERS = {"zh-CN": "导入文章", "en-GB": "Import articles"}, {"zh-CN": "用户", "en-GB": "Users"}


def test_each_role_is_offered_what_it_may_do_and_no_more_in_its_language(chromium: Browser, site: str) -> None:
    for role, (named, may_publish) in OFFERED.items():
        language = "en-GB" if role in (Role.EDITORS, Role.ADMINISTRATORS) else "zh-CN"
        states = named if language == "zh-CN" else [IN_ENGLISH[name] for name in named]
        with person(chromium, site, role, locale=language) as page:
            own = make_film(title=f"{role.value} 自己的", status="draft", created_by=page.user)  # type: ignore[attr-defined]
            page.goto(site + change(own))
            found, actions, dates = offered(page)
            assert (found, "publish" in actions, bool(dates)) == (states, may_publish, may_publish), role
            listed = page.locator("#result_list").inner_text()
            assert ("梅花鹿" in listed) is (role != Role.CONTRIBUTORS), role
            page.goto(site + reverse("admin:index"))
            menu = page.locator("#desk-nav").inner_text()
            assert (IMPORT[language] in menu) is (role != Role.CONTRIBUTORS), role
            users = page.locator("#content-main").get_by_role("link", name=USERS[language], exact=True).count()
            assert bool(users) is (role == Role.ADMINISTRATORS), role


def test_two_editors_at_once_see_both_texts_and_the_older_one_comes_back(chromium: Browser, site: str) -> None:
    film = Film.objects.get(title="梅花鹿")
    before, url = film.synopsis, site + change(film)
    english = {"locale": "en-GB"}
    with person(chromium, site, Role.EDITORS, **english) as mine, person(chromium, site, Role.PUBLISHERS) as theirs:
        for page, words in ((mine, "我写的简介。"), (theirs, "同事写的简介。")):
            page.goto(url)
            page.fill("#id_synopsis", words)
        theirs.click(SAVE)
        expect(theirs.locator(".messagelist .success")).to_be_visible()
        mine.click(SAVE)
        expect(mine.locator(".errornote").first).to_be_visible()
        both = mine.locator(".differences")
        expect(both).to_contain_text("我写的简介。")
        expect(both).to_contain_text("同事写的简介。")
        assert "Somebody else saved this entry" in mine.locator("#content").inner_text()
        assert mine.input_value("#id_synopsis") == "我写的简介。"
        # Enter in a field saves; it does not press the poster's button.
        mine.locator("#id_title_en").press("Enter")
        expect(mine.locator(".messagelist .success")).to_be_visible()
        film.refresh_from_db()
        assert film.synopsis == "我写的简介。"
        mine.goto(url)
        mine.get_by_role("link", name="History").first.click()
        mine.locator("table.revisions tbody tr").last.get_by_role("link").first.click()
        mine.get_by_role("button", name="Restore this").click()
        expect(mine.locator(".messagelist .success")).to_be_visible()
    film.refresh_from_db()
    assert film.synopsis == before


def public(chromium: Browser, site: str, film: Film) -> int:
    """What a visitor who never came before is answered."""
    context = chromium.new_context()
    response = context.new_page().goto(site + film.get_absolute_url())
    context.close()
    assert response is not None
    return response.status


def test_an_entry_is_scheduled_by_its_form_in_english(chromium: Browser, site: str) -> None:
    film = Film.objects.get(title="梅花鹿")
    moment = timezone.localtime(timezone.now() + DAY).replace(hour=9, minute=30)
    assert public(chromium, site, film) == 200
    with person(chromium, site, Role.PUBLISHERS, locale="en-GB") as page:
        page.goto(site + change(film))
        page.fill("#id_publish_at_0", f"{moment:%Y-%m-%d}")
        page.fill("#id_publish_at_1", f"{moment:%H:%M}")
        page.click(SAVE)
        expect(page.locator(".messagelist .success")).to_be_visible()
        row = page.locator("#result_list tr", has_text="梅花鹿")
        expect(row).to_contain_text("Scheduled")
        expect(row).to_contain_text("09:30")
        assert not re.search("[一-鿿]", page.locator("#content h1").inner_text())
    assert public(chromium, site, film) == 404
    # The clock moves on.
    film.refresh_from_db()
    film.publish_at = timezone.now() - dt.timedelta(minutes=1)
    film.save()
    assert public(chromium, site, film) == 200


@pytest.mark.parametrize("script", [True, False])
def test_enter_in_a_field_saves_the_entry(script: bool, chromium: Browser, site: str) -> None:
    film = Film.objects.get(title="梅花鹿")
    context = chromium.new_context(java_script_enabled=script)
    sign_in(context, site, Role.EDITORS)
    page = context.new_page()
    page.goto(site + change(film))
    page.fill("#id_title_en", "Sika")
    page.locator("#id_title_en").press("Enter")
    expect(page.locator(".messagelist .success")).to_be_visible()
    context.close()
    film.refresh_from_db()
    assert film.title_en == "Sika"
