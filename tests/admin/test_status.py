"""Publishing and archiving from the list."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from films.models import Film
from tests.factories import make_edition, make_film, make_interview

FILMS = "admin:films_film_changelist"


def act(client: Client, action: str, *rows: Any) -> Any:
    url = reverse(f"admin:films_{rows[0]._meta.model_name}_changelist")
    return client.post(url, {"action": action, "_selected_action": [row.pk for row in rows]}, follow=True)


def messages_of(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_publishing_sets_the_date_once_and_raises_the_version(desk: Client) -> None:
    film, already = make_film(status="draft"), make_film()
    first = already.first_published_at
    response = act(desk, "publish", film, already)
    assert messages_of(response) == ["已发布 1 条。"]
    film.refresh_from_db()
    already.refresh_from_db()
    assert (film.status, film.version, film.first_published_at is None) == ("published", 2, False)
    assert (already.version, already.first_published_at) == (1, first)
    assert LogEntry.objects.get().object_id == str(film.pk)


def test_archiving_hides_and_keeps_the_first_date(desk: Client) -> None:
    film = make_film()
    act(desk, "archive", film)
    archived = Film.objects.get()
    assert (archived.status, archived.first_published_at) == ("archived", film.first_published_at)
    assert not Film.objects.published().exists()


def test_publishing_says_what_is_still_hidden(desk: Client) -> None:
    film = make_film(status="draft")
    interview = make_interview(film=film, status="draft")
    assert messages_of(act(desk, "publish", film)) == ["已发布 1 条。", "这些短片还有 1 篇访谈没有发布。"]
    act(desk, "archive", film)
    hidden = "其中 1 条访客还看不到：发布时间未到，或所属的短片没有发布。"
    assert messages_of(act(desk, "publish", interview)) == ["已发布 1 条。", hidden]


def test_publishing_works_from_a_list_filtered_by_status(desk: Client) -> None:
    film = make_film(status="draft")
    make_interview(film=film, status="draft")
    data = {"action": "publish", "_selected_action": [film.pk]}
    response = desk.post(f"{reverse(FILMS)}?status__exact=draft", data, follow=True)
    assert messages_of(response) == ["已发布 1 条。", "这些短片还有 1 篇访谈没有发布。"]


def test_whoever_may_only_view_is_not_offered_and_not_given_the_actions(desk_of: Any) -> None:
    film = make_film(status="draft")
    client = desk_of("view_film")
    act(client, "publish", film)
    film.refresh_from_db()
    assert film.status == "draft"
    assert 'value="publish"' not in client.get(reverse(FILMS)).text


@pytest.mark.parametrize("make", [make_film, make_edition, make_interview])
def test_every_publishable_list_has_the_actions(make: Any, desk: Client) -> None:
    row = make(status="draft")
    act(desk, "publish", row)
    row.refresh_from_db()
    assert row.status == "published"
