"""An editor's session ends while they type: in a real browser, without a word lost."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from films.models import User
from tests.factories import make_interview

PASSWORD = "correct horse battery staple"


@pytest.mark.django_db(transaction=True)
def test_what_was_typed_outlives_the_session(chromium: Any, live_server: Any) -> None:
    User.objects.create_superuser("mine", password=PASSWORD)
    talk = make_interview(heading="圆桌", exchanges=1)
    page = chromium.new_page(locale="zh-CN")
    page.goto(live_server.url + reverse("admin:films_interview_change", args=[talk.pk]))
    sign_in(page)
    page.fill("#id_heading", "我打的<题目>")
    page.fill("#id_exchanges-0-answer", "我打的回答")
    Session.objects.all().delete()
    page.click("input[name=_continue]")
    assert "/login/" in page.url
    assert "我打的" not in page.content()
    sign_in(page)
    assert page.input_value("#id_heading") == "我打的<题目>"
    assert page.input_value("#id_exchanges-0-answer") == "我打的回答"
    assert "登录已过期" in page.inner_text("#content")
    page.click("input[name=_continue]")
    page.wait_for_selector(".success")
    page.close()
    talk.refresh_from_db()
    assert (talk.heading, talk.exchanges.get().answer) == ("我打的<题目>", "我打的回答")


def sign_in(page: Any) -> None:
    page.fill("#id_username", "mine")
    page.fill("#id_password", PASSWORD)
    page.click("input[type=submit]")
    page.wait_for_selector("#id_heading")
