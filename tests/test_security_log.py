"""What happens at the doors is written down: in lines that nobody can forge, and for the administrators."""

import datetime as dt
import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from films.choices import Role, SecurityKind
from films.models import SecurityEvent, User
from films.models.security import KEPT_EACH
from films.security import events, second_factor
from films.security.lines import JsonLines, Piped, PrivateFile
from tests.admin.forms import filled
from tests.admin.people import sign_in
from tests.factories import make_film
from tests.phone import Phone

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
Story = list[tuple[str, str, str, str]]


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """What the log says, as a file of it would."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("elysium.security")
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Callable[[], AbstractContextManager[Any]]:
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def told(committed: Any) -> Callable[[Callable[[], Any]], Story]:
    """Do something; gives what was written down of it, in order: kind, account, object, detail."""

    def act(action: Callable[[], Any]) -> Story:
        SecurityEvent.objects.all().delete()
        with committed():
            action()
        rows = SecurityEvent.objects.order_by("pk").values_list("kind", "name", "target", "detail")
        return list(rows)

    return act


def account(name: str = "mine", **values: Any) -> User:
    return User.objects.create_user(name, f"{name}@example.org", PASSWORD, is_staff=True, **values)


def give(client: Client, name: str = "mine", password: str = PASSWORD, **headers: str) -> Any:
    data = {"username": name, "password": password, "next": "/admin/"}
    return client.post("/admin/login/", data, **headers)


def change(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


# What is written


def test_coming_in_and_going_out(told: Any, client: Client, settings: Any) -> None:
    account()
    settings.PROXY_COUNT = 1
    story = told(lambda: (give(client, HTTP_X_FORWARDED_FOR="198.51.100.7"), client.post("/admin/logout/")))
    assert [line[:2] for line in story] == [("sign_in", "mine"), ("sign_out", "mine")]
    assert SecurityEvent.objects.get(kind="sign_in").address == "198.51.100.7"


def test_a_failure_and_a_lock(told: Any) -> None:
    account()
    story = told(lambda: [give(Client(), password="wrong") for _time in range(6)])
    assert sorted(line[:2] for line in story) == [("locked", "mine")] * 2 + [("sign_in_failed", "mine")] * 5


def test_what_was_typed_for_a_name_that_nobody_has_is_not_kept(told: Any, lines: StringIO) -> None:
    """People type their password there by mistake."""
    assert told(lambda: give(Client(), "hunter2 hunter2")) == [("sign_in_failed", "", "", "")]
    assert "hunter2" not in lines.getvalue()


def test_the_second_step(told: Any, client: Client, settings: Any) -> None:
    settings.SECOND_FACTOR = True
    user = account(is_superuser=True)
    give(client)
    story = told(lambda: Phone(client).set_up())
    assert [line[0] for line in story] == ["second_factor_added", "recovery_codes_made"]
    other = Client()
    give(other)
    assert [line[:2] for line in told(lambda: other.post("/admin/second-factor/", {"code": "000000"}))] == [
        ("second_factor_failed", "mine")
    ]
    code = second_factor.new_codes(user)[0]
    story = told(lambda: other.post("/admin/second-factor/", {"code": code}))
    assert story == [("recovery_code_used", "mine", "", "9 left")]
    data = {"action": "remove", "password": PASSWORD}
    assert told(lambda: client.post("/admin/second-factor/manage/", data)) == [
        ("second_factor_removed", "mine", "mine", "")
    ]


def test_what_an_administrator_does_to_an_account(told: Any) -> None:
    _boss, desk = sign_in(Role.ADMINISTRATORS)
    user = account("theirs")
    second_factor.enrol(user, second_factor.new_key(), "000000")
    [give(Client(), "theirs", "wrong") for _time in range(5)]
    url = reverse("admin:films_user_security", args=[user.pk])
    assert "锁着" in desk.get(url).text
    assert told(lambda: desk.post(url, {"action": "unlock"})) == [("unlocked", "ADMINISTRATORS", "theirs", "")]
    assert "锁着" not in desk.get(url).text
    assert told(lambda: desk.post(url, {"action": "sign_out"}))[0][0] == "signed_out"
    form = {"password1": "another long enough one", "password2": "another long enough one", "usable_password": "true"}
    password = reverse("admin:auth_user_password_change", args=[user.pk])
    assert told(lambda: desk.post(password, form)) == [("password_changed", "ADMINISTRATORS", "theirs", "")]


def test_roles(told: Any) -> None:
    boss, desk = sign_in(Role.ADMINISTRATORS, "boss")
    user = account("theirs")
    user.groups.add(Group.objects.get(name=Role.EDITORS))
    publishers = Group.objects.get(name=Role.PUBLISHERS)
    data = filled(desk, change(user), groups=[str(publishers.pk)], email="new@example.org")
    data.pop("is_active")
    assert told(lambda: desk.post(change(user), data)) == [
        ("role_changed", "boss", "user theirs", "flags -is_active; groups +Publishers -Editors; email changed")
    ]
    add = reverse("admin:auth_group_add")
    right = Group.objects.get(name=Role.EDITORS).permissions.get(codename="view_film")
    story = told(lambda: desk.post(add, filled(desk, add, name="放映组", permissions=[str(right.pk)])))
    assert story == [("role_changed", "boss", "group 放映组", "new; permissions +view_film")]
    delete = reverse("admin:films_user_delete", args=[user.pk])
    assert told(lambda: desk.post(delete, {"post": "yes"})) == [("role_changed", "boss", "user theirs", "deleted")]
    assert told(lambda: desk.post(change(boss), filled(desk, change(boss), first_name="名"))) == []


def test_publication_by_each_door(told: Any) -> None:
    _user, desk = sign_in(Role.ADMINISTRATORS, "boss")
    film = make_film(title="梅花鹿", status="draft")
    name = f"film {film.pk} 《梅花鹿》"
    story = told(lambda: desk.post(change(film), filled(desk, change(film), status="published")))
    assert story == [("published", "boss", name, "")]
    rows = reverse("admin:films_film_changelist")
    archive = {"action": "archive", "_selected_action": [film.pk]}
    assert told(lambda: desk.post(rows, archive)) == [("unpublished", "boss", name, "")]
    assert told(lambda: desk.post(rows, archive | {"action": "publish"})) == [("published", "boss", name, "")]
    delete = reverse("admin:films_film_delete", args=[film.pk])
    page = desk.get(delete)
    body = {"post": "yes", "seen_stamp": page.context["stamp"]}
    assert told(lambda: desk.post(delete, body)) == [("unpublished", "boss", name, "deleted")]


def test_what_leaves_and_what_comes(told: Any, tmp_path: Path) -> None:
    _user, desk = sign_in(Role.ADMINISTRATORS, "boss")
    make_film()
    assert told(lambda: b"".join(desk.get(reverse("admin:films_film_csv")))) == [("exported", "boss", "film 1", "CSV")]
    seeds = tmp_path / "out"
    [(kind, name, target, detail)] = told(lambda: call_command("export_seeds", str(seeds), verbosity=0))
    assert (kind, target, detail) == ("exported", "out", "seeds")
    assert name.startswith("(")
    assert told(lambda: call_command("create_editor", stdout=StringIO()))[0][2:] == (
        "user editor",
        "superuser, new password",
    )


def test_what_is_refused(told: Any) -> None:
    _user, client = sign_in(Role.CONTRIBUTORS, "writer")
    assert told(lambda: client.get("/admin/films/user/")) == [("refused", "writer", "GET /admin/films/user/", "")]
    strict = Client(enforce_csrf_checks=True)
    assert told(lambda: strict.post("/admin/login/", {"username": "a"})) == [("refused", "", "POST /admin/login/", "")]
    film = make_film(status="draft", created_by=User.objects.get(username="writer"))
    url = change(film)
    data = filled(client, url, title="新", created_by="1", publish_at_0="2020-01-01", version="9")
    [(kind, name, target, detail)] = told(lambda: client.post(url, data))
    assert (kind, name, target) == ("refused", "writer", f"POST {url}")
    assert detail == "fields not offered: created_by, publish_at, version"
    assert told(lambda: client.post(url, filled(client, url, title="再"))) == []


def test_a_public_page_that_is_not_there_is_no_event(told: Any, client: Client) -> None:
    assert told(lambda: client.get("/films/never-was/")) == []


# Lines


def test_a_line_is_one_object(lines: StringIO, committed: Any) -> None:
    with committed():
        events.record(SecurityKind.REFUSED, name="梅", address="192.0.2.1", target="GET /", detail="why")
    [line] = lines.getvalue().splitlines()
    assert line.isascii()
    told = json.loads(line)
    assert told.pop("at").endswith("+00:00")
    wanted = {"event": "refused", "name": "梅", "address": "192.0.2.1", "target": "GET /", "detail": "why"}
    assert told == {"level": "info", **wanted}


FORGED = [
    'x\n{"event": "sign_in", "name": "boss"}',
    "x\r\nx",
    "\x1b[2J\x1b[31mred",
    "\x00null",
    "\u2028line\u2029",
    "\u202egnp.exe",
    "\ud800half",
    "\x85next",
]


@pytest.mark.parametrize("text", FORGED)
def test_nothing_that_is_sent_begins_a_line_or_moves_a_cursor(text: str, lines: StringIO, committed: Any) -> None:
    with committed():
        events.record(SecurityKind.REFUSED, **dict.fromkeys(("name", "address", "target", "detail"), text))
    [line] = lines.getvalue().splitlines()
    told = json.loads(line)
    assert told["event"] == "refused"
    row = SecurityEvent.objects.get()
    assert all(told[name].isprintable() and told[name] == getattr(row, name) for name in events.WIDTHS)


def test_lines_are_bounded(lines: StringIO, committed: Any) -> None:
    with committed():
        events.record(SecurityKind.REFUSED, **dict.fromkeys(("name", "address", "target", "detail"), "鹿" * 100_000))
    assert len(lines.getvalue()) < 7000
    row = SecurityEvent.objects.get()
    assert [len(getattr(row, name)) for name in ("name", "address", "target", "detail")] == [150, 45, 200, 500]
    assert row.target.endswith("鹿…")


def test_no_secret_is_in_any_line_or_row(lines: StringIO, committed: Any, settings: Any) -> None:
    settings.SECOND_FACTOR = True
    account(is_superuser=True)
    client = Client()
    with committed():
        give(client, password="kanari-wrong-password")
        give(client)
        phone = Phone(client)
        codes = phone.set_up().context["codes"]
        client.post("/admin/second-factor/manage/", {"action": "codes", "password": "kanari-wrong-password"})
        other = Client()
        give(other)
        other.post("/admin/second-factor/", {"code": codes[0]})
        client.post("/admin/password-reset/", {"email": "mine@example.org"})
        client.get("/admin/films/user/99/security/?token=kanari-token")
    said = lines.getvalue() + str(list(SecurityEvent.objects.values()))
    secrets = [PASSWORD, "kanari", phone.key, phone.code(), *codes, client.session.session_key, "mine@example.org"]
    assert len(said) > 1000
    assert [secret for secret in secrets if secret in said] == []


def test_a_file_of_it_is_for_the_site_s_own_eyes(tmp_path: Path) -> None:
    path = tmp_path / "security.log"
    handler = PrivateFile(str(path), delay=True)
    handler.setFormatter(JsonLines())
    record = logging.makeLogRecord({"msg": "x", "event": {"event": "sign_in"}, "levelname": "INFO"})
    handler.emit(record)
    path.rename(tmp_path / "security.log.1")
    handler.emit(record)
    handler.close()
    assert [json.loads(line) for line in path.read_text().splitlines()] == [{"level": "info", "event": "sign_in"}]
    assert os.stat(path).st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("is_terminal", "count"), [(True, 0), (False, 1)])
def test_a_terminal_is_told_nothing(is_terminal: bool, count: int) -> None:
    class Screen(StringIO):
        def isatty(self) -> bool:
            return is_terminal

    screen = Screen()
    Piped(screen).emit(logging.makeLogRecord({"msg": "x"}))
    assert screen.getvalue().count("\n") == count


# Rows


def test_each_kind_keeps_its_last_ones(committed: Any) -> None:
    rows = [SecurityEvent(kind="sign_in", name=str(number)) for number in range(KEPT_EACH + 5)]
    SecurityEvent.objects.bulk_create([*rows, SecurityEvent(kind="role_changed")])
    with committed():
        events.record(SecurityKind.SIGN_IN, name="last")
    kept = SecurityEvent.objects.filter(kind="sign_in")
    assert (kept.count(), kept.first().name, kept.last().name) == (KEPT_EACH, "last", "6")
    assert SecurityEvent.objects.filter(kind="role_changed").exists()


def test_nothing_is_kept_for_more_than_a_year(committed: Any) -> None:
    for days in (366, 364):
        at = timezone.now() - dt.timedelta(days=days)
        SecurityEvent.objects.create(kind="role_changed", name=str(days), at=at)
    with committed():
        events.record(SecurityKind.SIGN_IN, name="now")
    assert set(SecurityEvent.objects.values_list("name", flat=True)) == {"364", "now"}


def test_an_operator_frees_somebody_whom_nobody_at_the_desk_can(told: Any) -> None:
    user = account()
    second_factor.new_codes(user)
    [give(Client(), password="wrong") for _time in range(5)]
    [(kind, _name, target, _detail)] = told(lambda: call_command("reset_second_factor", "mine", stdout=StringIO()))
    assert (kind, target, second_factor.codes_left(user)) == ("second_factor_removed", "mine", 0)
    assert give(Client()).status_code == 302
    with pytest.raises(CommandError, match="no account"):
        call_command("reset_second_factor", "nobody")


def test_a_flood_from_outside_stays_in_the_log(committed: Any, lines: StringIO) -> None:
    for _time in range(events.MOST_A_MINUTE + 10):
        with committed():
            events.record(SecurityKind.REFUSED)
    assert SecurityEvent.objects.count() == events.MOST_A_MINUTE
    assert len(lines.getvalue().splitlines()) == events.MOST_A_MINUTE + 10


@pytest.mark.django_db(transaction=True)
def test_without_room_for_a_row_people_still_come_in(client: Client, lines: StringIO) -> None:
    account()

    def full(execute: Any, sql: str, *rest: Any) -> Any:
        if "films_securityevent" in sql:
            raise DatabaseError("database or disk is full")
        return execute(sql, *rest)

    with connection.execute_wrapper(full):
        assert give(client).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert '"sign_in"' in lines.getvalue()


def test_what_is_rolled_back_did_not_happen(lines: StringIO) -> None:
    events.record(SecurityKind.PUBLISHED, target="film 1")
    assert (lines.getvalue(), SecurityEvent.objects.count()) == ("", 0)


@pytest.mark.parametrize(
    ("role", "is_shown"), [(Role.EDITORS, False), (Role.PUBLISHERS, False), (Role.ADMINISTRATORS, True)]
)
def test_the_last_are_on_the_front_page_of_administrators(role: Role, is_shown: bool) -> None:
    SecurityEvent.objects.create(kind="refused", name="kanari", target="POST /admin/x/")
    page = sign_in(role)[1].get("/admin/").text
    assert ("POST /admin/x/" in page) is is_shown
    assert ("全部安全记录" in page) is is_shown
