"""The door of the desk: how often somebody may try, what the answers tell, the second step, a forgotten password."""

import datetime as dt
import re
import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.checks import run_checks
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from films import generation
from films.choices import Role
from films.models import Organisation, User
from films.security import second_factor, throttling
from films.security.address import client_address, neighbourhood
from tests.admin.people import sign_in as role_client
from tests.factories import make_edition, make_film
from tests.phone import Phone

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
LOGIN, INDEX = "/admin/login/", "/admin/"
CHALLENGE, ENROL, MANAGE = "/admin/second-factor/", "/admin/second-factor/enrol/", "/admin/second-factor/manage/"


def account(name: str = "mine", **values: Any) -> User:
    values.setdefault("is_staff", True)
    return User.objects.create_user(name, f"{name}@example.org", PASSWORD, **values)


def give(client: Client, name: str = "mine", password: str = PASSWORD, **headers: str) -> Any:
    return client.post(f"{LOGIN}?next=/admin/", {"username": name, "password": password, "next": INDEX}, **headers)


def fail(times: int, name: str = "mine", **headers: str) -> list[int]:
    return [give(Client(), name, "wrong", **headers).status_code for _time in range(times)]


# How often


def test_after_five_failures_nothing_is_looked_at_for_an_hour() -> None:
    account()
    with time_machine.travel(dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC), tick=False) as now:
        assert fail(5) == [200, 200, 200, 200, 429]
        now.shift(dt.timedelta(minutes=20))
        locked = give(Client())
        assert (locked.status_code, locked.headers["Retry-After"]) == (429, "2400")
        assert "请在 40 分钟后（21:00）再试" in locked.text
        assert "_auth_user_id" not in locked.client.session
        english = Client()
        english.cookies["django_language"] = "en"
        assert "Try again in 40 minutes (at 21:00)" in give(english).text
        # Knocking meanwhile has not made it longer.
        now.shift(dt.timedelta(minutes=40, seconds=1))
        assert give(Client()).status_code == 302


def test_others_sign_in_meanwhile_and_so_does_the_owner_elsewhere() -> None:
    account()
    account("other")
    assert fail(5)[-1] == 429
    assert give(Client(), REMOTE_ADDR="192.0.2.7").status_code == 302
    assert give(Client(), "other").status_code == 302


def test_an_address_that_tries_many_accounts_is_stopped_too(settings: Any) -> None:
    settings.ADDRESS_FAILURE_LIMIT = 8
    account()
    assert [fail(1, f"guess{number}")[0] for number in range(8)] == [200] * 7 + [429]
    locked = give(Client())
    assert locked.status_code == 429
    assert 3500 < int(locked.headers["Retry-After"]) <= 3600
    assert give(Client(), REMOTE_ADDR="192.0.2.7").status_code == 302


def test_an_own_account_buys_no_guesses_at_others(settings: Any) -> None:
    settings.ADDRESS_FAILURE_LIMIT = 8
    account()
    for number in range(7):
        fail(1, f"guess{number}")
        assert give(Client()).status_code == 302
    assert fail(1, "guess8") == [429]


def test_a_success_forgives_ones_own_mistakes() -> None:
    account()
    for _round in range(3):
        assert 429 not in fail(4)
        assert give(Client()).status_code == 302


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_CLIENT_IP", "HTTP_FORWARDED"])
def test_a_made_up_address_counts_for_nothing(header: str) -> None:
    account()
    codes = [fail(1, **{header: f"198.51.100.{number}"})[0] for number in range(5)]
    assert codes[-1] == 429


def test_a_changed_browser_counts_for_nothing() -> None:
    account()
    assert [fail(1, HTTP_USER_AGENT=f"browser {number}")[0] for number in range(5)][-1] == 429


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (0, "198.51.100.1", "192.0.2.1"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        (2, "203.0.113.9, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "198.51.100.1", "192.0.2.1"),
        (1, "nonsense", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "198.51.100.1:4711", "198.51.100.1"),
        (1, '"[2001:db8::7]:4711"', "2001:db8::7"),
        (1, "::ffff:198.51.100.1", "198.51.100.1"),
        (1, "fe80::1%eth0", "fe80::1"),
    ],
)
def test_only_our_own_proxies_are_believed(proxies: int, forwarded: str, found: str, settings: Any) -> None:
    settings.PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == found


def test_a_home_network_is_one_neighbour() -> None:
    homes = ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1"]
    found = [neighbourhood(RequestFactory().get("/", REMOTE_ADDR=address)) for address in homes]
    assert found == ["2001:db8:1:2::", "2001:db8:1:2::", "2001:db8:1:3::"]
    assert neighbourhood(RequestFactory().get("/", REMOTE_ADDR="")) is None


def test_what_was_tried_is_forgotten_and_holds_no_secret() -> None:
    account()
    with time_machine.travel(dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC), tick=False) as now:
        fail(2)
        [row] = throttling.AccessAttempt.objects.values_list("post_data", flat=True)
        assert "wrong" not in row
        now.shift(dt.timedelta(hours=2))
        fail(1, "other")
        assert list(throttling.AccessAttempt.objects.values_list("username", flat=True)) == ["other"]


# What the answers tell


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often a password was hashed, which is what takes time."""
    work: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: Any, password: str, salt: str) -> str:
        work.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return work


def test_nobody_learns_which_accounts_there_are(hashed: list[str]) -> None:
    account()
    account("closed", is_active=False)
    account("visitor", is_staff=False)
    User.objects.create_user("invited", is_staff=True)
    tries = [(name, "wrong") for name in ("mine", "closed", "visitor", "invited", "nobody")]
    tries += [("closed", PASSWORD), ("visitor", PASSWORD)]
    answers = Counter()
    for name, password in tries:
        hashed.clear()
        response = give(Client(), name, password)
        page = response.text.replace(f'value="{name}"', "").replace("autofocus", "")
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
        answers[(response.status_code, len(hashed), page)] += 1
    assert list(answers.values()) == [len(tries)]
    assert next(iter(answers))[:2] == (200, 1)


def test_a_locked_account_that_is_not_there_answers_as_one_that_is(hashed: list[str]) -> None:
    account()
    account("closed", is_active=False)
    with time_machine.travel(dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC), tick=False):
        pages = set()
        for name in ("mine", "closed", "nobody"):
            fail(5, name)
            hashed.clear()
            response = give(Client(), name)
            pages.add((response.status_code, response.text, len(hashed)))
    assert {(status, work) for status, _page, work in pages} == {(429, 0)}
    assert len({re.sub(r'value="\w{64}"', "", page) for _status, page, _work in pages}) == 1


def test_signing_in_empties_no_cache(settings: Any) -> None:
    settings.SECOND_FACTOR = True
    account(is_superuser=True)
    client = Client()
    with CaptureQueriesContext(connection) as captured:
        fail(1)
        give(client)
        Phone(client).set_up()
        client.post("/admin/logout/")
    written = [query["sql"] for query in captured if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len(written) > 10
    assert [sql for sql in written if generation.writes_content(sql)] == []


def test_going_on_leads_nowhere_else() -> None:
    account()
    for address in ("https://evil.example/", "//evil.example", "/\\evil.example", "\t//evil.example", "javascript:1"):
        response = Client().post(LOGIN, {"username": "mine", "password": PASSWORD, "next": address})
        assert (response.status_code, response.url) == (302, INDEX), address


# The second step


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC), tick=False) as now:
        yield now


@pytest.fixture
def boss(settings: Any, clock: Any) -> tuple[User, Client]:
    """Somebody who must take the second step, with only the password given."""
    settings.SECOND_FACTOR = True
    user, client = account("boss", is_superuser=True), Client()
    assert give(client, "boss").url == INDEX
    return user, client


def ready(boss: tuple[User, Client]) -> tuple[User, Client, Phone]:
    """With the second step set up."""
    phone = Phone(boss[1])
    phone.set_up()
    return *boss, phone


def again(user: User) -> Client:
    """Another browser, with the password given."""
    client = Client()
    give(client, user.username)
    return client


@pytest.mark.parametrize(
    ("role", "is_asked"),
    [(Role.CONTRIBUTORS, False), (Role.EDITORS, False), (Role.PUBLISHERS, True), (Role.ADMINISTRATORS, True)],
)
def test_whoever_publishes_or_administers_is_asked(role: Role, is_asked: bool, settings: Any) -> None:
    settings.SECOND_FACTOR = True
    _user, client = role_client(role)
    response = client.get(INDEX)
    assert (response.status_code == 302) is is_asked


def test_one_right_to_publish_is_enough(settings: Any) -> None:
    settings.SECOND_FACTOR = True
    user, client = account(), Client()
    user.user_permissions.add(Permission.objects.get(codename="publish_film"))
    give(client)
    assert client.get(INDEX, follow=True).redirect_chain[-1][0].startswith(ENROL)


def test_no_address_leads_past_it(boss: tuple[User, Client]) -> None:
    user, client = boss
    film = make_film(title="旧")
    for url in (INDEX, f"/admin/films/film/{film.pk}/change/", MANAGE, "/admin/password_change/", "/admin/jsi18n/"):
        assert client.get(url).url.startswith(LOGIN), url
        assert client.get(url, follow=True).redirect_chain[-1][0].startswith(ENROL), url
        client.post(url, {"title": "新", "_save": "1", "new_password1": "x", "new_password2": "x"})
    film.refresh_from_db()
    user.refresh_from_db()
    assert (film.title, user.check_password(PASSWORD)) == ("旧", True)
    page = client.get(ENROL)
    assert "/admin/films/" not in page.text
    assert "desk-nav" not in page.text


def test_it_is_set_up_once_and_asked_for_from_then_on(boss: tuple[User, Client], clock: Any) -> None:
    user, client, phone = ready(boss)
    assert client.get(INDEX).status_code == 200
    clock.shift(30)
    other = again(user)
    assert other.get("/admin/films/film/", follow=True).context["next"] == "/admin/films/film/"
    assert other.get(ENROL).url.startswith(CHALLENGE)
    key = other.session.session_key
    response = other.post(CHALLENGE, {"code": phone.code(), "next": "/admin/films/film/"})
    assert (response.status_code, response.url) == (302, "/admin/films/film/")
    assert other.session.session_key != key
    assert other.get("/admin/films/film/").status_code == 200


def test_a_wrong_first_code_sets_nothing_up(boss: tuple[User, Client]) -> None:
    client = boss[1]
    key = client.get(ENROL).context["key"]
    response = client.post(ENROL, {"code": "000000"})
    assert (TOTPDevice.objects.count(), response.context["key"]) == (0, key)
    assert "手机的时间" in response.text
    assert client.get(INDEX).status_code == 302


def test_a_code_is_good_once(boss: tuple[User, Client], clock: Any) -> None:
    user, _client, phone = ready(boss)
    clock.shift(60)
    code = phone.code()
    assert again(user).post(CHALLENGE, {"code": code}).status_code == 302
    replayed = again(user).post(CHALLENGE, {"code": code})
    assert replayed.status_code == 200
    assert "已经用过" in replayed.text


def test_guessing_codes_takes_ever_longer(boss: tuple[User, Client], clock: Any) -> None:
    user, _client, phone = ready(boss)
    clock.shift(60)
    client = again(user)
    for _try in range(150):
        second_factor.try_code(user, "000000")
        clock.shift(4)
    looked_at = TOTPDevice.objects.get().throttling_failure_count
    assert 8 <= looked_at <= 11
    refused = client.post(CHALLENGE, {"code": phone.code()})
    assert refused.status_code == 200
    assert re.search(r"请等 \d+ 秒", refused.text)
    clock.shift(2048)
    assert client.post(CHALLENGE, {"code": phone.code()}).status_code == 302


def test_a_recovery_code_opens_once_however_it_is_typed(boss: tuple[User, Client], clock: Any) -> None:
    user, client = boss
    page = Phone(client).set_up()
    codes = page.context["codes"]
    assert len(set(codes)) == 10
    assert all(code in page.text for code in codes)
    stored = set(StaticToken.objects.values_list("token", flat=True))
    assert not stored & {second_factor.plain(code) for code in codes}
    typed = codes[0].upper().replace("-", "  ")
    response = again(user).post(CHALLENGE, {"code": typed}, follow=True)
    assert "恢复码还剩 9 个" in response.text
    assert again(user).post(CHALLENGE, {"code": codes[0]}).status_code == 200


def test_a_recovery_code_of_another_person_opens_nothing(boss: tuple[User, Client], clock: Any) -> None:
    page = Phone(boss[1]).set_up()
    other, client = account("other", is_superuser=True), Client()
    give(client, "other")
    Phone(client).set_up()
    clock.shift(30)
    assert again(other).post(CHALLENGE, {"code": page.context["codes"][0]}).status_code == 200


def test_changing_it_takes_the_password(boss: tuple[User, Client], clock: Any) -> None:
    _user, client, phone = ready(boss)
    before = set(StaticToken.objects.values_list("token", flat=True))
    client.post(MANAGE, {"action": "codes", "password": "wrong"})
    client.post(MANAGE, {"action": "remove"})
    assert (set(StaticToken.objects.values_list("token", flat=True)), TOTPDevice.objects.count()) == (before, 1)
    page = client.post(MANAGE, {"action": "codes", "password": PASSWORD})
    assert len(page.context["codes"]) == 10
    assert not before & set(StaticToken.objects.values_list("token", flat=True))
    clock.shift(60)
    new = Phone(client)
    assert client.post(ENROL, {"code": new.code(), "password": "wrong"}).status_code == 200
    assert TOTPDevice.objects.get().key == phone.key
    new.set_up(password=PASSWORD)
    assert TOTPDevice.objects.get().key == new.key
    assert client.get(INDEX).status_code == 200
    client.post(MANAGE, {"action": "remove", "password": PASSWORD})
    assert (TOTPDevice.objects.count(), StaticToken.objects.count()) == (0, 0)
    assert client.get(INDEX, follow=True).redirect_chain[-1][0].startswith(ENROL)


def test_whoever_need_not_may(settings: Any, clock: Any) -> None:
    """And is held to it from then on, also where nobody has to."""
    user, client = role_client(Role.EDITORS)
    user.set_password(PASSWORD)
    user.save()
    client = again(user)
    phone = Phone(client)
    phone.set_up()
    clock.shift(30)
    other = again(user)
    assert other.get(INDEX, follow=True).redirect_chain[-1][0].startswith(CHALLENGE)
    other.post(CHALLENGE, {"code": phone.code()})
    assert other.get(INDEX).status_code == 200


def test_half_way_in_one_can_leave(boss: tuple[User, Client]) -> None:
    client = boss[1]
    assert client.post(CHALLENGE, {"sign_out": "1"}).url == LOGIN
    assert "_auth_user_id" not in client.session


def test_what_was_typed_waits_for_the_second_step_too(boss: tuple[User, Client], clock: Any) -> None:
    _user, client, phone = ready(boss)
    url = reverse("admin:films_tool_add")
    page = client.get(url)
    data = {"name": "typed", "_typist": page.context["typist"]}
    clock.shift(30)
    client = Client()
    first = client.post(url, data)
    client.post(first.url, {"username": "boss", "password": PASSWORD, "next": url})
    assert client.get(url).status_code == 302
    client.post(CHALLENGE, {"code": phone.code(), "next": url})
    assert client.get(url).context["adminform"].form["name"].value() == "typed"


def test_switching_it_off_is_named(settings: Any) -> None:
    settings.SECOND_FACTOR = False
    found = [message for message in run_checks(include_deployment_checks=True) if message.id == "films.W020"]
    assert "SECOND_FACTOR" in found[0].msg
    settings.SECOND_FACTOR = True
    assert not [message for message in run_checks(include_deployment_checks=True) if message.id == "films.W020"]


def test_the_key_is_a_picture_without_a_style_and_stands_in_letters(boss: tuple[User, Client]) -> None:
    page = boss[1].get(ENROL)
    assert '<svg class="qr"' in page.text
    assert " style=" not in page.text
    assert page.context["key"] in page.text


# A forgotten password

RESET = "/admin/password-reset/"


def ask_for(address: str, client: Client | None = None, **headers: str) -> Any:
    response = (client or Client()).post(RESET, {"email": address}, **headers)
    for thread in threading.enumerate():
        if thread.name == "password-reset":
            thread.join()
    return response


def link() -> str:
    [found] = re.findall(r"http://testserver(/admin/password-reset/\S+)", mail.outbox[-1].body)
    return str(found)


def choose(url: str, password: str = "another long enough password") -> Any:
    client = Client()
    page = client.get(url, follow=True)
    form = {"new_password1": password, "new_password2": password}
    return client.post(page.redirect_chain[-1][0], form, follow=True) if page.redirect_chain else page


def test_a_link_by_mail_gives_a_new_password_once() -> None:
    user = account()
    fail(5)
    assert ask_for("MINE@example.org").url == "/admin/password-reset/sent/"
    assert mail.outbox[0].to == ["mine@example.org"]
    url = link()
    assert "密码换好了" in choose(url).text
    user.refresh_from_db()
    assert user.check_password("another long enough password")
    # The lock is gone with the old password.
    assert give(Client(), "mine", "another long enough password").status_code == 302
    assert "已经用过或过期" in choose(url).text


def test_the_link_is_good_for_an_hour_and_ends_with_a_sign_in(clock: Any) -> None:
    account()
    ask_for("mine@example.org")
    url = link()
    clock.shift(3601)
    assert "已经用过或过期" in choose(url).text
    ask_for("mine@example.org")
    url = link()
    clock.shift(5)
    give(Client())
    assert "已经用过或过期" in choose(url).text


def test_weak_passwords_are_refused() -> None:
    make_edition(theme="极乐世界")
    Organisation.objects.create(name="NOWNESS")
    account()
    ask_for("mine@example.org")
    weak = ("short", "123456789012345", "mine@example.org", "qwertyuiop12", "Elysium-2026!", "极乐世界NOWNESS2025")
    for password in (*weak, "Jileshijie2025", "Testserver#12"):
        assert choose(link(), password).context["form"].errors, password
    assert "密码换好了" in choose(link(), "elysium " + "x y" * 40).text


def test_every_address_is_answered_alike() -> None:
    account()
    account("closed", is_active=False)
    account("visitor", is_staff=False)
    answers = {
        (response.status_code, response.url, response.content)
        for response in (ask_for(f"{name}@example.org") for name in ("mine", "closed", "visitor", "nobody"))
    }
    assert len(answers) == 1
    assert [message.to for message in mail.outbox] == [["mine@example.org"]]


def test_nobody_is_flooded_with_mail(django_capture_on_commit_callbacks: Any) -> None:
    account()
    for number in range(6):
        with django_capture_on_commit_callbacks(execute=True):
            ask_for("mine@example.org", REMOTE_ADDR=f"192.0.2.{number}")
    assert len(mail.outbox) == 3
    for number in range(12):
        with django_capture_on_commit_callbacks(execute=True):
            ask_for(f"nobody{number}@example.org", REMOTE_ADDR="192.0.2.99")
    account("late")
    assert ask_for("late@example.org", REMOTE_ADDR="192.0.2.99").status_code == 302
    assert len(mail.outbox) == 3


def test_a_foreign_host_gets_into_no_mail() -> None:
    account()
    for headers in ({"HTTP_HOST": "evil.example"}, {"HTTP_X_FORWARDED_HOST": "evil.example"}):
        ask_for("mine@example.org", **headers)
    assert all("evil" not in message.body for message in mail.outbox)


def test_the_mail_is_in_the_language_of_the_page() -> None:
    account()
    client = Client()
    client.cookies["django_language"] = "en"
    ask_for("mine@example.org", client)
    assert mail.outbox[0].subject == "Elysium: choose a new password"
    assert "for an hour" in mail.outbox[0].body


def test_without_mail_nobody_is_sent_there(settings: Any) -> None:
    assert RESET in Client().get(LOGIN).text
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert RESET not in Client().get(LOGIN).text
    assert "请找管理员" in Client().get(LOGIN).text
    assert Client().get(RESET).status_code == 404
