"""Coming in with a telephone in the hand: set up, code, recovery code, and the page after too many tries."""

import time
from base64 import b32decode
from typing import Any

import pytest

from films.models import User
from films.security import second_factor
from tests.phone import code_at

PASSWORD = "correct horse battery staple"


@pytest.fixture
def page(chromium: Any, live_server: Any, settings: Any) -> Any:
    settings.SECOND_FACTOR = True
    page = chromium.new_page(locale="zh-CN", base_url=live_server.url)
    page.set_default_timeout(20_000)
    page.violations = []
    page.on("console", lambda message: page.violations.append(message.text) if message.type == "error" else None)
    yield page
    page.close()


def sign_in(page: Any, password: str = PASSWORD) -> None:
    page.goto("/admin/films/film/")
    page.fill("#id_username", "boss")
    page.fill("#id_password", password)
    page.click("input[type=submit]")


def sign_out(page: Any) -> None:
    page.context.clear_cookies()


def type_code(page: Any, code: str) -> None:
    page.wait_for_selector("#id_code")
    page.fill("#id_code", code)
    page.click("input[type=submit]")


@pytest.mark.django_db(transaction=True)
def test_the_way_in(page: Any) -> None:
    user = User.objects.create_superuser("boss", password=PASSWORD)
    sign_in(page)
    page.wait_for_selector(".qr")
    letters = page.inner_text(".key").replace(" ", "")
    key = b32decode(letters + "=" * (-len(letters) % 8)).hex()
    assert page.evaluate("document.querySelector('.qr path').getBBox().width") > 20
    type_code(page, code_at(key, time.time()))
    page.wait_for_selector(".codes")
    codes = page.locator(".codes li").all_inner_texts()
    page.click("a.button")
    page.wait_for_selector("#changelist")
    sign_out(page)
    # The next moment's code is good already, and this one's is used up.
    sign_in(page)
    type_code(page, code_at(key, time.time() + 30))
    page.wait_for_selector("#changelist")
    sign_out(page)
    sign_in(page)
    type_code(page, codes[3])
    page.wait_for_selector("#changelist")
    assert "恢复码还剩 9 个" in page.inner_text(".messagelist")
    assert second_factor.codes_left(user) == 9
    sign_out(page)
    assert page.violations == []
    for _try in range(5):
        sign_in(page, "wrong")
    page.wait_for_selector("text=暂时不能登录")
    assert "分钟后" in page.inner_text("#content")
    sign_in(page)
    page.wait_for_selector("text=暂时不能登录")
