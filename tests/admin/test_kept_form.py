"""An ended session loses nothing that was typed: it is shown again after signing in, to the same person, unsaved."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from films.models import Creator, Film, Tool, User
from tests.admin.forms import filled
from tests.factories import make_creator, make_film, make_interview

PASSWORD = "correct horse battery staple"
ADD = "/admin/films/tool/add/"


@pytest.fixture
def people(db: None) -> list[User]:
    return [User.objects.create_superuser(name, password=PASSWORD) for name in ("mine", "theirs")]


@pytest.fixture
def mine(people: list[User]) -> Client:
    client = Client()
    client.force_login(people[0])
    return client


def change(row: Any) -> str:
    return reverse(f"admin:films_{row._meta.model_name}_change", args=[row.pk])


def typed_into(client: Client, url: str, **changes: Any) -> dict[str, Any]:
    """A form as a browser sends it, with the hidden word about who opened it."""
    data = filled(client, url, **changes)
    typist = client.get(url).context["typist"]
    assert f'name="_typist" value="{typist}"' in client.get(url).text
    return data | {"_typist": typist}


def end_session(client: Client) -> None:
    client.session.flush()
    del client.cookies["sessionid"]


def sign_in(client: Client, response: Any, name: str = "mine") -> Any:
    """Through the page that the answer leads to."""
    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")
    page = client.get(response.url)
    assert "typed" not in page.text
    data = {"username": name, "password": PASSWORD, "next": page.context["next"]}
    return client.post(response.url, data, follow=True)


def test_what_was_typed_is_shown_after_signing_in_and_saved_when_asked(mine: Client) -> None:
    talk = make_interview(heading="圆桌", exchanges=1)
    data = typed_into(mine, change(talk), heading="typed<b>", **{"exchanges-0-answer": "typed answer"})
    end_session(mine)
    shown = sign_in(mine, mine.post(change(talk), data))
    form = shown.context["adminform"].form
    rows = shown.context["inline_admin_formsets"][0].formset
    assert (form["heading"].value(), rows.forms[0]["answer"].value()) == ("typed<b>", "typed answer")
    assert "登录已过期" in shown.text
    assert "_kept" not in shown.text
    talk.refresh_from_db()
    assert talk.heading == "圆桌"
    assert mine.post(change(talk), data).status_code == 302
    talk.refresh_from_db()
    assert talk.heading == "typed<b>"
    assert mine.get(change(talk)).context["adminform"].form.is_bound is False


def test_a_new_entry_is_kept_too(mine: Client) -> None:
    data = typed_into(mine, ADD, name="typed")
    end_session(mine)
    shown = sign_in(mine, mine.post(ADD, data))
    assert shown.context["adminform"].form["name"].value() == "typed"
    assert not Tool.objects.exists()


def test_what_somebody_else_changed_meanwhile_is_shown_beside_it(mine: Client) -> None:
    film = make_film(synopsis="旧。")
    data = typed_into(mine, change(film), synopsis="typed")
    end_session(mine)
    response = mine.post(change(film), data)
    Film.objects.update(synopsis="别人的。", version=2)
    shown = sign_in(mine, response)
    assert ("typed", "别人的。") in [(found.typed, found.stored) for found in shown.context["differences"]]


def test_another_person_is_told_but_shown_nothing(mine: Client) -> None:
    film = make_film()
    data = typed_into(mine, change(film), synopsis="typed")
    end_session(mine)
    shown = sign_in(mine, mine.post(change(film), data), "theirs")
    assert shown.context["adminform"].form.is_bound is False
    assert "typed" not in shown.text
    assert "另一位登录者" in shown.text


def test_a_form_that_does_not_say_whose_it_is_is_not_kept(mine: Client) -> None:
    data = filled(mine, ADD, name="typed")
    end_session(mine)
    for typist in (None, "1:forged"):
        mine.post(ADD, data | ({"_typist": typist} if typist else {}))
        assert "kept_form" not in mine.session


def test_a_page_without_a_form_of_an_entry_shows_what_would_be_sent(mine: Client) -> None:
    film = make_film()
    url = reverse("admin:films_film_delete", args=[film.pk])
    page = mine.get(url)
    data = {"post": "yes", "seen_stamp": page.context["stamp"], "_typist": page.context["typist"]}
    end_session(mine)
    shown = sign_in(mine, mine.post(url, data))
    assert ("seen_stamp", data["seen_stamp"]) in [tuple(pair) for pair in shown.context["fields"]]
    assert Film.objects.exists()
    mine.post(shown.context["action"], dict(shown.context["fields"]))
    assert not Film.objects.exists()


def test_passwords_are_not_kept_and_files_are_asked_for_again(mine: Client) -> None:
    typist = mine.get(ADD).context["typist"]
    end_session(mine)
    data = {"password1": "secret", "name": "typed", "file": SimpleUploadedFile("a.txt", b"x"), "_typist": typist}
    shown = sign_in(mine, mine.post(ADD, data))
    assert "secret" not in str(mine.session.items())
    assert "请再选一次" in shown.text


def test_a_token_that_another_tab_replaced_loses_nothing(people: list[User]) -> None:
    film = make_film(synopsis="旧。")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people[0])
    data = typed_into(browser, change(film), synopsis="typed") | {"csrfmiddlewaretoken": "x" * 64}
    origin = {"HTTP_ORIGIN": "http://testserver"}
    shown = browser.post(change(film), data, follow=True, **origin)
    assert shown.context["adminform"].form["synopsis"].value() == "typed"
    film.refresh_from_db()
    assert film.synopsis == "旧。"


@pytest.mark.parametrize("origin", [{}, {"HTTP_ORIGIN": "https://evil.example"}])
def test_what_another_site_sends_is_refused(origin: dict[str, str], people: list[User]) -> None:
    film = make_film()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people[0])
    data = typed_into(browser, change(film), synopsis="typed") | {"csrfmiddlewaretoken": "x" * 64}
    assert browser.post(change(film), data, **origin).status_code == 403
    assert "kept_form" not in browser.session


def test_a_token_replaced_by_another_persons_sign_in_shows_them_nothing(people: list[User]) -> None:
    film = make_film()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people[0])
    data = typed_into(browser, change(film), synopsis="typed") | {"csrfmiddlewaretoken": "x" * 64}
    browser.force_login(people[1])
    shown = browser.post(change(film), data, follow=True, HTTP_ORIGIN="http://testserver")
    assert "typed" not in shown.text
    assert "另一位登录者" in shown.text


def test_every_form_of_the_desk_says_whose_it_is(mine: Client) -> None:
    """A form that does not would lose what was typed in it when the session has ended."""
    forms = re.compile(r'<form\b[^>]*method="post".*?</form>', re.DOTALL)
    for template in Path("templates/admin").rglob("*.html"):
        if template.name == "_language.html":
            continue
        for form in forms.findall(template.read_text()):
            assert 'include "admin/films/_typist.html"' in form, (template, form[:120])


def test_a_choice_of_topics_and_of_what_stays_is_kept(mine: Client) -> None:
    makers = [make_creator(name=name) for name in ("CamRed", "Cam Red")]
    url = reverse("admin:films_creator_merge") + f"?ids={makers[0].pk},{makers[1].pk}"
    page = mine.get(url)
    assert f'name="_typist" value="{page.context["typist"]}"' in page.text
    data = {"kept": str(makers[1].pk), "stamp": page.context["stamp"], "_typist": page.context["typist"]}
    end_session(mine)
    shown = sign_in(mine, mine.post(url, data | {"ids": page.context["ids"]}))
    assert Creator.objects.count() == 2
    mine.post(shown.context["action"], dict(shown.context["fields"]))
    assert Creator.objects.get().pk == makers[1].pk
