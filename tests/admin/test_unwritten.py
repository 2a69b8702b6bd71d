"""A disk that is full while people work: reading goes on, and nothing that was typed is lost."""

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.db import InterfaceError, OperationalError, connection
from django.db.transaction import TransactionManagementError
from django.test import Client
from django.urls import reverse

from films.admin import kept_form
from films.models import Film, User
from films.unwritable import Cause, cause_of
from tests.admin.forms import as_posted, filled
from tests.factories import make_creator, make_film

PASSWORD = "correct horse battery staple"
WRITES = ("INSERT", "UPDATE", "DELETE")
Refusing = Callable[..., AbstractContextManager[None]]


def full() -> OperationalError:
    """What Django raises when SQLite finds no room: made by filling a database of two pages."""
    tiny = sqlite3.connect(":memory:")
    tiny.execute("PRAGMA max_page_count = 2")
    tiny.execute("CREATE TABLE a (b)")
    try:
        with pytest.raises(sqlite3.OperationalError, match="full") as raised:
            tiny.execute("INSERT INTO a VALUES (zeroblob(100000))")
    finally:
        tiny.close()
    error = OperationalError(str(raised.value))
    error.__cause__ = raised.value
    return error


@pytest.fixture
def refusing() -> Refusing:
    """Let the database refuse what writes (or everything), as a full disk does."""

    @contextmanager
    def refuse(verbs: tuple[str, ...] = WRITES) -> Iterator[None]:
        error = full()

        def wrapper(execute: Any, sql: str, *rest: Any) -> Any:
            if sql.lstrip().upper().startswith(verbs):
                raise error
            return execute(sql, *rest)

        with connection.execute_wrapper(wrapper):
            yield

    return refuse


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def at_desk(visitor: Client, editor: User) -> Client:
    visitor.force_login(editor)
    return visitor


class Controls(HTMLParser):
    """What a browser would send of the page's form."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "input" and found.get("type") == "hidden":
            self.sent[str(found.get("name"))] = found.get("value") or ""


def change(row: Any) -> str:
    return reverse(f"admin:films_{row._meta.model_name}_change", args=[row.pk])


def shown_again(answer: Any) -> dict[str, Any]:
    """The form of an answer as a browser would send it."""
    data = as_posted(answer.context["adminform"].form)
    for inline in answer.context["inline_admin_formsets"]:
        data |= as_posted(inline.formset.management_form)
        for form in inline.formset.forms:
            data |= as_posted(form)
    return data


def test_a_commit_that_fails_is_not_called_a_success(at_desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is often noticed when a transaction ends, after the desk has said that all went well."""

    def too_late(self: Any, request: Any, obj: Any, message: Any) -> None:
        messages.success(request, "这部短片已修改。")
        raise full()

    film = make_film(title="旧名")
    data = filled(at_desk, change(film), title="新名")
    monkeypatch.setattr(ModelAdmin, "log_change", too_late)
    answer = at_desk.post(change(film), data)
    assert answer.status_code == 503
    assert 'value="新名"' in answer.text
    assert "已修改" not in answer.text


def test_a_film_that_could_not_be_saved_is_given_back_and_saved_later(at_desk: Client, refusing: Refusing) -> None:
    film = make_film(title="旧名")
    data = filled(at_desk, change(film), title="新名 & <b>", synopsis="整段整段的话")
    with refusing():
        answer = at_desk.post(change(film), data)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "no-store" in answer["Cache-Control"]
    assert "服务器的磁盘满了" in answer.text
    assert "一个字也没有丢" in answer.text
    assert 'value="新名 &amp; &lt;b&gt;"' in answer.text
    assert "整段整段的话" in answer.text
    assert Film.objects.get().title == "旧名"
    again = shown_again(answer)
    assert again["title"] == "新名 & <b>"
    assert at_desk.post(change(film), again).status_code == 302
    assert Film.objects.get().title == "新名 & <b>"


@pytest.mark.sqlite
def test_a_database_that_may_only_be_read_says_so(at_desk: Client) -> None:
    """SQLite itself refuses here, as it does when its folder is closed."""
    film = make_film(title="旧名")
    data = filled(at_desk, change(film), title="新名")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        try:
            assert at_desk.get(change(film)).status_code == 200
            answer = at_desk.post(change(film), data)
        finally:
            cursor.execute("PRAGMA query_only = OFF")
    assert answer.status_code == 503
    assert "只能读，不能写" in answer.text
    assert 'value="新名"' in answer.text
    assert at_desk.post(change(film), data).status_code == 302
    assert Film.objects.get().title == "新名"


def test_the_sentence_is_the_reader_s(at_desk: Client, refusing: Refusing) -> None:
    film = make_film()
    data = filled(at_desk, change(film), title="Typed")
    with refusing():
        answer = at_desk.post(change(film), data, headers={"accept-language": "en"})
    assert "the server’s disk is full" in answer.text


def test_reading_goes_on(at_desk: Client, visitor: Client, refusing: Refusing) -> None:
    film = make_film(title="在读")
    pages = (reverse("admin:index"), reverse("admin:films_film_changelist"), change(film), film.get_absolute_url())
    with refusing():
        assert [at_desk.get(page).status_code for page in pages] == [200] * 4


def test_a_session_that_cannot_be_kept_up_does_not_stop_a_reader(at_desk: Client, refusing: Refusing) -> None:
    """Opening a form takes out of the session what was kept for it."""
    film, session = make_film(), at_desk.session
    typist = str(User.objects.get().pk)
    session[kept_form.SESSION_KEY] = {"path": change(film), "by": typist, "fields": [("title", "留下的")], "files": 0}
    session.save()
    with refusing():
        page = at_desk.get(change(film))
    assert page.status_code == 200
    assert "留下的" in page.text


def test_what_a_page_without_a_form_of_an_entry_sent_can_be_sent_again(at_desk: Client, refusing: Refusing) -> None:
    rows = [make_creator(name="甲"), make_creator(name="乙")]
    url = reverse("admin:films_creator_changelist")
    data = {"action": "delete_selected", "_selected_action": [str(row.pk) for row in rows]}
    data["seen_stamp"] = at_desk.post(url, data).context["stamp"]
    with refusing():
        answer = at_desk.post(url, data | {"post": "yes"})
    assert answer.status_code == 503
    sent = Controls(answer.text).sent
    assert (sent["action"], sent["post"]) == ("delete_selected", "yes")
    assert f'action="{url}"' in answer.text


def test_without_any_answer_of_the_database_a_plain_page_keeps_the_words(at_desk: Client, refusing: Refusing) -> None:
    film = make_film(title="旧名")
    data = filled(at_desk, change(film), title="新名")
    with refusing(("INSERT", "UPDATE", "DELETE", "SELECT")):
        answer = at_desk.post(change(film), data)
        public = at_desk.get("/films/")
    assert answer.status_code == public.status_code == 503
    assert Controls(answer.text).sent["title"] == "新名"
    assert "Not saved" in answer.text
    assert "Please try again later" in public.text


def test_who_cannot_sign_in_keeps_the_password_to_himself(visitor: Client, refusing: Refusing, db: None) -> None:
    User.objects.create_superuser("editor", password=PASSWORD)
    with refusing():
        answer = visitor.post("/admin/login/", {"username": "editor", "password": PASSWORD})
    assert answer.status_code == 503
    assert "请稍后" in answer.text
    assert PASSWORD not in answer.text
    assert 'name="username"' not in answer.text
    assert "sessionid" not in answer.cookies


def test_who_is_not_signed_in_learns_nothing_of_the_desk(visitor: Client, refusing: Refusing, db: None) -> None:
    film = make_film(title="内部")
    with refusing():
        answer = visitor.post(change(film), {"title": "试"})
    assert "内部" not in answer.text


def sqlite_error(code: int) -> OperationalError:
    cause = sqlite3.OperationalError("x")
    cause.sqlite_errorcode = code  # type: ignore[misc]
    error = OperationalError("x")
    error.__cause__ = cause
    return error


def postgresql_error(name: str, state: str | None) -> BaseException:
    cause = type(name, (Exception,), {"sqlstate": state})("x")
    error = InterfaceError("x") if name == "InterfaceError" else OperationalError("x")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (sqlite_error(13), Cause.FULL),
        (sqlite_error(8), Cause.CLOSED),
        (sqlite_error(1032), Cause.CLOSED),
        (sqlite_error(5), Cause.BUSY),
        (sqlite_error(262), Cause.BUSY),
        (sqlite_error(10), Cause.AWAY),
        (sqlite_error(1), None),
        (sqlite_error(19), None),
        (postgresql_error("DiskFull", "53100"), Cause.FULL),
        (postgresql_error("ReadOnlySqlTransaction", "25006"), Cause.CLOSED),
        (postgresql_error("TooManyConnections", "53300"), Cause.AWAY),
        (postgresql_error("AdminShutdown", "57P01"), Cause.AWAY),
        (postgresql_error("OperationalError", None), Cause.AWAY),
        (postgresql_error("InterfaceError", None), Cause.AWAY),
        (postgresql_error("UniqueViolation", "23505"), None),
        (postgresql_error("ProgrammingError", None), None),
        (OSError(errno.ENOSPC, "x"), Cause.FULL),
        (OSError(errno.EROFS, "x"), Cause.CLOSED),
        (PermissionError(errno.EACCES, "x"), Cause.CLOSED),
        (FileNotFoundError(errno.ENOENT, "x"), None),
        (BrokenPipeError(errno.EPIPE, "x"), None),
        (TransactionManagementError("x"), None),
        (ZeroDivisionError("x"), None),
        (None, None),
    ],
)
def test_what_passes_is_told_from_our_own_mistakes(error: BaseException | None, cause: Cause | None) -> None:
    assert cause_of(error) == cause


def test_what_merely_happened_before_a_mistake_is_no_excuse() -> None:
    mistake = ZeroDivisionError("x")
    mistake.__context__ = full()
    assert cause_of(mistake) is None
    wrapped = RuntimeError("x")
    wrapped.__cause__ = full()
    assert cause_of(wrapped) == Cause.FULL
