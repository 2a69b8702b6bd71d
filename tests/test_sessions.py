"""When a session ends: by time, by a changed password, role or account; and what it leaves behind."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from films.choices import Role
from films.models import User
from tests.admin.forms import filled
from tests.admin.people import sign_in
from tests.factories import make_film

pytestmark = pytest.mark.django_db
INDEX = "/admin/"
PASSWORD = "correct horse battery staple"


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC), tick=False) as now:
        yield now


def is_in(client: Client) -> bool:
    return client.get(INDEX).status_code == 200


@pytest.fixture
def editor(clock: Any) -> tuple[User, Client]:
    return sign_in(Role.EDITORS)


def test_a_session_left_alone_ends(editor: tuple[User, Client], clock: Any) -> None:
    client = editor[1]
    for _click in range(3):
        clock.shift(dt.timedelta(minutes=110))
        assert is_in(client)
    clock.shift(dt.timedelta(minutes=121))
    assert not is_in(client)


def test_a_session_ends_after_a_working_day_however_busy(editor: tuple[User, Client], clock: Any) -> None:
    client = editor[1]
    for _click in range(12):
        clock.shift(dt.timedelta(minutes=59))
        assert is_in(client)
    clock.shift(dt.timedelta(minutes=13))
    assert not is_in(client)


def test_the_limits_are_settings(editor: tuple[User, Client], clock: Any, settings: Any) -> None:
    settings.SESSION_IDLE_MINUTES = 10
    clock.shift(dt.timedelta(minutes=11))
    assert not is_in(editor[1])


def test_a_session_that_is_over_is_over_on_public_pages_too(editor: tuple[User, Client], clock: Any) -> None:
    client = editor[1]
    clock.shift(dt.timedelta(hours=13))
    make_film(slug="f")
    response = client.get("/films/f/")
    assert response.status_code == 200
    assert not response.wsgi_request.user.is_authenticated


def test_looking_about_writes_a_session_seldom(editor: tuple[User, Client], clock: Any) -> None:
    client = editor[1]
    clock.shift(dt.timedelta(minutes=10))
    is_in(client)
    with CaptureQueriesContext(connection) as captured:
        for _click in range(5):
            clock.shift(dt.timedelta(minutes=1))
            is_in(client)
    assert not [
        query["sql"] for query in captured if "django_session" in query["sql"] and "SELECT" not in query["sql"]
    ]


def test_what_was_typed_into_a_session_that_ran_out_is_kept(clock: Any) -> None:
    User.objects.create_superuser("mine", password=PASSWORD)
    client = Client()
    client.post("/admin/login/", {"username": "mine", "password": PASSWORD, "next": INDEX})
    url = reverse("admin:films_tool_add")
    data = {"name": "typed", "_typist": client.get(url).context["typist"]}
    clock.shift(dt.timedelta(hours=3))
    away = client.post(url, data)
    assert away.url.startswith("/admin/login/")
    client.post(away.url, {"username": "mine", "password": PASSWORD, "next": url})
    assert client.get(url).context["adminform"].form["name"].value() == "typed"


def test_sessions_that_are_over_are_cleared_away(clock: Any) -> None:
    sign_in(Role.EDITORS)
    clock.shift(dt.timedelta(days=15))
    sign_in(Role.PUBLISHERS)
    assert Session.objects.count() == 1


def give_role(user: User) -> None:
    user.groups.set([Group.objects.get(name=Role.PUBLISHERS)])


def take_role(user: User) -> None:
    user.groups.clear()


def give_right(user: User) -> None:
    user.user_permissions.add(Permission.objects.get(codename="delete_film"))


def change_group(user: User) -> None:
    Group.objects.get(name=Role.EDITORS).permissions.add(Permission.objects.get(codename="delete_film"))


CHANGES: dict[str, Any] = {
    "password": lambda user: (user.set_password("another long enough one"), user.save()),
    "role": give_role,
    "no role": take_role,
    "right": give_right,
    "group": change_group,
    "superuser": lambda user: User.objects.filter(pk=user.pk).update(is_superuser=True),
    "staff": lambda user: User.objects.filter(pk=user.pk).update(is_staff=False),
    "deactivation": lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
    "deletion": lambda user: user.delete(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_what_a_person_may_do_ends_their_sessions_and_no_other(
    change: str, editor: tuple[User, Client]
) -> None:
    user, client = editor
    _other, bystander = sign_in(Role.CONTRIBUTORS)
    assert is_in(client)
    CHANGES[change](user)
    assert not is_in(client)
    assert is_in(bystander)


def test_an_account_opened_again_does_not_open_its_old_sessions(editor: tuple[User, Client]) -> None:
    user, client = editor
    for is_active in (False, True):
        user.is_active = is_active
        user.save(update_fields=["is_active"])
    assert User.objects.get(pk=user.pk).is_active
    assert not is_in(client)


def test_changing_ones_own_password_ends_the_others_alone(editor: tuple[User, Client]) -> None:
    user, client = editor
    user.set_password(PASSWORD)
    user.save()
    client.force_login(user)
    elsewhere = Client()
    elsewhere.force_login(user)
    new = "another long enough one"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    key = client.session.session_key
    assert client.post("/admin/password_change/", form).status_code == 302
    assert (is_in(client), is_in(elsewhere)) == (True, False)
    assert client.session.session_key != key


def test_signing_in_begins_a_session_of_a_new_name() -> None:
    User.objects.create_superuser("mine", password=PASSWORD)
    client = Client()
    client.session.save()
    planted = client.session
    planted["x"] = 1
    planted.save()
    client.cookies["sessionid"] = planted.session_key
    client.post("/admin/login/", {"username": "mine", "password": PASSWORD, "next": INDEX})
    assert client.session.session_key != planted.session_key
    client.post("/admin/logout/")
    assert not Session.objects.filter(session_key=client.session.session_key).exists()


def test_an_administrator_signs_somebody_out(editor: tuple[User, Client]) -> None:
    user, client = editor
    _boss, desk = sign_in(Role.ADMINISTRATORS)
    url = reverse("admin:films_user_security", args=[user.pk])
    assert desk.post(url, {"action": "sign_out"}).status_code == 302
    assert (is_in(client), is_in(desk)) == (False, True)


def test_a_save_without_a_change_of_rights_ends_nothing(editor: tuple[User, Client]) -> None:
    user, client = editor
    _boss, desk = sign_in(Role.ADMINISTRATORS)
    url = reverse("admin:films_user_change", args=[user.pk])
    assert desk.post(url, filled(desk, url, first_name="名")).status_code == 302
    assert User.objects.get(pk=user.pk).first_name == "名"
    assert is_in(client)


def test_people_see_where_they_are_signed_in_and_end_the_others() -> None:
    User.objects.create_user("mine", password=PASSWORD, is_staff=True)
    here, there, neighbour = Client(), Client(), sign_in(Role.EDITORS)[1]
    for client, browser in ((here, "Paper 1"), (there, "Stone 2")):
        words = {"username": "mine", "password": PASSWORD, "next": INDEX}
        assert client.post("/admin/login/", words, headers={"user-agent": browser}).status_code == 302
    url = reverse("admin:second_factor_manage")
    shown = here.get(url)
    assert {(one.browser, one.address, one.is_this) for one in shown.context["sessions"]} == {
        ("Paper 1", "127.0.0.1", True),
        ("Stone 2", "127.0.0.1", False),
    }
    assert "Stone 2" in shown.text
    here.post(url, {"action": "elsewhere", "password": "not mine at all"})
    assert is_in(there)
    assert here.post(url, {"action": "elsewhere", "password": PASSWORD}).status_code == 302
    assert (is_in(here), is_in(there), is_in(neighbour)) == (True, False, True)
    assert [one.browser for one in here.get(url).context["sessions"]] == ["Paper 1"]
