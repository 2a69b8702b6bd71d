"""Two editors at once: nothing is overwritten unseen, nothing typed is lost."""

from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.urls import reverse

from films.admin.versioned import STALE, StaleSave, claim
from films.models import Film, User
from tests.admin.forms import deleted, errors_of, filled
from tests.admin.rows import ROWS, full_edition, full_film, full_interview
from tests.factories import make_exchange, make_film, make_interview


def change_url(row: Any) -> str:
    return reverse(f"admin:films_{row._meta.model_name}_change", args=[row.pk])


def stored_differences(response: Any) -> list[tuple[str, str, str]]:
    return [(found.label, found.typed, found.stored) for found in response.context["differences"]]


@pytest.mark.parametrize("make", [full_film, full_interview, full_edition])
def test_every_save_raises_the_version(make: Any, desk: Client) -> None:
    row = make()
    before = type(row).objects.get(pk=row.pk).version
    assert desk.post(change_url(row), filled(desk, change_url(row))).status_code == 302
    row.refresh_from_db()
    assert row.version == before + 1


def test_every_publishable_form_refuses_stale_saves() -> None:
    versioned = {model for model in ROWS if hasattr(model, "version")}
    for model in versioned:
        assert "VersionedMixin" in [base.__name__ for base in type(admin.site._registry[model]).__mro__]
    assert len(versioned) == 3


def test_a_stale_save_is_refused_and_shows_both_texts(desk: Client) -> None:
    film = make_film(title="鹿", synopsis="旧。")
    mine = filled(desk, change_url(film), synopsis="我的。")
    desk.post(change_url(film), filled(desk, change_url(film), synopsis="别人的。", runtime_seconds="60"))
    response = desk.post(change_url(film), mine)
    assert errors_of(response) == [[str(STALE)]]
    assert response.context["adminform"].form["synopsis"].value() == "我的。"
    assert stored_differences(response) == [("剧情简介", "我的。", "别人的。"), ("片长（秒）", "", "60")]
    assert "别人的。" in response.text
    film.refresh_from_db()
    assert (film.synopsis, film.version) == ("别人的。", 2)


def test_saving_again_after_looking_is_accepted(desk: Client) -> None:
    film = make_film(synopsis="旧。")
    mine = filled(desk, change_url(film), synopsis="我的。")
    desk.post(change_url(film), filled(desk, change_url(film), synopsis="别人的。"))
    shown = desk.post(change_url(film), mine)
    again = mine | {"loaded_version": shown.context["adminform"].form["loaded_version"].value()}
    assert desk.post(change_url(film), again).status_code == 302
    film.refresh_from_db()
    assert (film.synopsis, film.version) == ("我的。", 3)


@pytest.mark.parametrize("version", ["", "0", "99", "x", None])
def test_a_save_with_a_forged_or_missing_version_is_refused(version: str | None, desk: Client) -> None:
    film = make_film(synopsis="旧。")
    data = filled(desk, change_url(film), synopsis="我的。", loaded_version=version)
    if version is None:
        del data["loaded_version"]
    assert desk.post(change_url(film), data).status_code == 200
    film.refresh_from_db()
    assert film.synopsis == "旧。"


def test_a_row_that_someone_removed_keeps_what_was_typed_in_it(desk: Client) -> None:
    interview = make_interview(heading="圆桌", exchanges=0)
    first = make_exchange(interview=interview, position=1, question="甲", answer="甲答")
    make_exchange(interview=interview, position=2, question="乙", answer="乙答")
    url = change_url(interview)
    mine = filled(desk, url, **{"exchanges-0-answer": "我的甲答", "exchanges-1-answer": "我的乙答"})
    deleted(desk, reverse("admin:films_exchange_delete", args=[first.pk]))
    response = desk.post(url, mine)
    formset = response.context["inline_admin_formsets"][0].formset
    assert [form["answer"].value() for form in formset.forms] == ["我的乙答", "我的甲答"]
    assert all(words in response.text for words in ("我的甲答", "我的乙答"))

    again = mine | {"loaded_version": response.context["adminform"].form["loaded_version"].value()}
    assert desk.post(url, again).status_code == 200
    interview.refresh_from_db()
    data = redisplayed(response)
    assert desk.post(url, data).status_code == 302
    assert set(interview.exchanges.values_list("answer", flat=True)) == {"我的乙答", "我的甲答"}


def redisplayed(response: Any) -> dict[str, Any]:
    """What a browser would send of a form that came back."""
    form = response.context["adminform"].form
    data = dict(form.data.items())
    for inline in response.context["inline_admin_formsets"]:
        data |= {key: value for key, value in inline.formset.data.items() if key.startswith(inline.formset.prefix)}
    return data | {"loaded_version": form["loaded_version"].value()}


def test_a_row_that_someone_added_is_named_and_kept(desk: Client) -> None:
    interview = make_interview(heading="圆桌", exchanges=1)
    url = change_url(interview)
    mine = filled(desk, url, interviewer="我")
    added = filled(desk, reverse("admin:films_exchange_add"), interview=interview.pk, question="新", answer="新答")
    desk.post(reverse("admin:films_exchange_add"), added)
    response = desk.post(url, mine)
    assert [found[0::2] for found in stored_differences(response)][-1][0] == "问答"
    assert "新" in stored_differences(response)[-1][2]
    assert desk.post(url, redisplayed(response)).status_code == 302
    assert interview.exchanges.count() == 2


def test_an_exchange_is_refused_when_its_interview_changed(desk: Client) -> None:
    exchange = make_exchange(interview=make_interview(heading="圆桌", exchanges=0), answer="旧")
    mine = filled(desk, change_url(exchange), answer="我的")
    talk = change_url(exchange.interview)
    desk.post(talk, filled(desk, talk, **{"exchanges-0-answer": "别人的"}))
    response = desk.post(change_url(exchange), mine)
    assert stored_differences(response) == [("答", "我的", "别人的")]
    exchange.refresh_from_db()
    assert exchange.answer == "别人的"


@pytest.mark.django_db
def test_a_claim_is_good_once() -> None:
    film = make_film()
    claim(film, 1)
    assert film.version == 2
    with pytest.raises(StaleSave):
        claim(Film.objects.get(), 1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_saves_from_one_version_exactly_one_is_stored() -> None:
    """On PostgreSQL forms are read while others write; on SQLite a writer waits before it reads."""
    user = User.objects.create_superuser("editor")
    film = make_film(synopsis="旧。")
    clients = [Client() for _ in range(6)]
    for client in clients:
        client.force_login(user)
    forms = [filled(client, change_url(film), synopsis=f"第{n}位。") for n, client in enumerate(clients)]
    barrier, statuses = Barrier(len(clients)), []

    def save(client: Client, data: dict[str, Any]) -> None:
        barrier.wait()
        statuses.append(client.post(change_url(film), data).status_code)
        connection.close()

    threads = [Thread(target=save, args=pair) for pair in zip(clients, forms, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    film.refresh_from_db()
    assert sorted(statuses) == [200, 200, 200, 200, 200, 302]
    assert film.version == 2
    assert film.synopsis in [form["synopsis"] for form in forms]
