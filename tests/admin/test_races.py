"""Saving, restoring and deleting one entry from several machines at the same moment: one of them wins, whole."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from reversion.models import Version

from films.history.recorded import versions
from films.models import Film, User
from tests.admin.forms import filled
from tests.factories import make_film

# On SQLite a writer waits before it reads; on PostgreSQL forms are read while others write.
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TIMES = 2


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """What each action answers, begun at the same moment, each with a connection of its own."""
    barrier, answers = Barrier(len(actions)), dict[int, Any]()

    def act(number: int, action: Callable[[], Any]) -> None:
        barrier.wait()
        answers[number] = action()
        connection.close()

    threads = [Thread(target=act, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[number] for number in range(len(actions))]


def address(film: Film, page: str, *keys: int) -> str:
    return reverse(f"admin:films_film_{page}", args=[film.pk, *keys])


def desks(count: int) -> list[Client]:
    user, _is_new = User.objects.get_or_create(username="editor", is_staff=True, is_superuser=True)
    clients = [Client() for _ in range(count)]
    for client in clients:
        client.force_login(user)
    return clients


def confirmed(client: Client, url: str) -> dict[str, Any]:
    """What a page that asks back would send."""
    page = client.get(url)
    return {"post": "yes", page.context["stamp_name"]: page.context["stamp"]}


def test_of_saves_and_restores_exactly_one_is_stored() -> None:
    clients, film = desks(4), make_film(synopsis="第一稿。")
    url = address(film, "change")
    assert clients[0].post(url, filled(clients[0], url, synopsis="第二稿。")).status_code == 302
    first: Version = versions(Film, [film.pk]).order_by("pk").first()
    back = address(film, "revision", first.pk)
    saves = [(url, filled(client, url, synopsis=f"第{n}位。")) for n, client in enumerate(clients[:2])]
    asked = saves + [(back, confirmed(client, back)) for client in clients[2:]]
    answers = at_once(*(lambda c=c, a=a: c.post(*a) for c, a in zip(clients, asked, strict=True)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 302]
    film.refresh_from_db()
    [winner] = [place for place, answer in enumerate(answers) if answer.status_code == 302]
    assert (film.version, film.synopsis) == (3, ["第0位。", "第1位。", "第一稿。", "第一稿。"][winner])
    # Who lost still reads what they typed.
    assert all(f"第{n}位。" in answers[n].text for n in (0, 1) if n != winner)


def test_of_a_save_and_a_deletion_one_wins_and_nothing_typed_is_lost() -> None:
    saver, remover = desks(2)
    for number in range(TIMES):
        film = make_film(synopsis="旧。")
        url, away = address(film, "change"), address(film, "delete")
        typed, sure = filled(saver, url, synopsis="新打的字。"), confirmed(remover, away)
        saved, deleted = at_once(lambda t=typed, u=url: saver.post(u, t), lambda s=sure, a=away: remover.post(a, s))
        stored = Film.objects.filter(pk=film.pk).values_list("synopsis", flat=True)
        if deleted.status_code == 302:
            assert (list(stored), saved.status_code) == ([], 409), number
            assert "新打的字。" in saved.text
        else:
            assert (list(stored), saved.status_code, deleted.status_code) == (["新打的字。"], 302, 200), number
            assert "没有删除" in deleted.text
