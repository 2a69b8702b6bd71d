"""An entry's way from draft to archive, in its form and from the list."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from films import preview
from films.choices import Role
from films.models import Credit, Film
from tests.admin.forms import filled
from tests.admin.people import sign_in
from tests.factories import make_edition, make_film, make_interview

pytestmark = pytest.mark.django_db
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
    row = make(status="draft", **({"heading": "圆桌"} if make is make_interview else {}))
    act(desk, "publish", row)
    row.refresh_from_db()
    assert row.status == "published"


def change_url(row: Any) -> str:
    return reverse(f"admin:films_{row._meta.model_name}_change", args=[row.pk])


def offered(client: Client, row: Any) -> list[str]:
    """The states that the form of an entry offers."""
    form = client.get(change_url(row)).context["adminform"].form
    return [value for value, _label in form.fields["status"].choices] if "status" in form.fields else []


ADVICE = ["交给编辑；交出以后您不再能看到", "写好以后请改为“待审”。", "您的修改一保存就公开"]


def advised(client: Client, row: Any) -> list[str]:
    page = client.get(change_url(row)).text
    return [advice for advice in ADVICE if advice in page]


def test_the_form_offers_each_role_its_moves() -> None:
    contributor, contributors_desk = sign_in(Role.CONTRIBUTORS)
    _editor, editors_desk = sign_in(Role.EDITORS)
    _publisher, publishers_desk = sign_in(Role.PUBLISHERS)
    own, public = make_film(status="draft", created_by=contributor), make_film()
    assert offered(contributors_desk, own) == ["draft", "review"]
    assert offered(editors_desk, own) == ["draft", "review"]
    assert offered(editors_desk, public) == []
    assert offered(publishers_desk, own) == ["draft", "review", "published", "archived"]
    assert offered(publishers_desk, public) == ["draft", "published", "archived"]
    assert advised(contributors_desk, own) == ADVICE[:1]
    assert (advised(editors_desk, own), advised(editors_desk, public)) == (ADVICE[1:2], ADVICE[2:])
    assert advised(publishers_desk, public) == []


def test_whoever_adds_an_entry_is_its_writer() -> None:
    contributor, client = sign_in(Role.CONTRIBUTORS)
    url = reverse("admin:films_film_add")
    assert client.post(url, filled(client, url, title="新片", **{"credits-TOTAL_FORMS": "0"})).status_code == 302
    film = Film.objects.get()
    assert (film.created_by, film.status, film.title_origin) == (contributor, "draft", "editor")
    assert [row.pk for row in client.get(reverse(FILMS)).context["cl"].result_list] == [film.pk]


def test_a_contributor_hands_over_and_no_longer_sees_the_entry() -> None:
    contributor, client = sign_in(Role.CONTRIBUTORS)
    film = make_film(status="draft", created_by=contributor)
    response = client.post(change_url(film), filled(client, change_url(film), status="review"), follow=True)
    film.refresh_from_db()
    assert (film.status, messages_of(response)) == ("review", [f"“{film}”已送审。"])
    assert response.context["cl"].result_count == 0
    assert client.get(change_url(film)).status_code == 302
    _editor, editors_desk = sign_in(Role.EDITORS)
    assert messages_of(act(editors_desk, "hand_back", film)) == ["已退回 1 条。"]
    assert client.get(change_url(film)).status_code == 200


def test_an_editors_correction_of_a_published_entry_is_public_at_once() -> None:
    film = make_film(title="旧名")
    _editor, client = sign_in(Role.EDITORS)
    forged = {"title": "新名", "status": "draft", "publish_at_0": "2030-01-01", "publish_at_1": "00:00"}
    assert client.post(change_url(film), filled(client, change_url(film), **forged)).status_code == 302
    film.refresh_from_db()
    assert (film.title, film.status, film.publish_at) == ("新名", "published", None)


def test_the_form_says_at_each_field_what_publication_needs() -> None:
    film = make_film(status="review", title="", synopsis="")
    Credit.objects.all().delete()
    _publisher, client = sign_in(Role.PUBLISHERS)
    url = change_url(film)
    data = filled(client, url, status="published", distinction="获奖短片", **{"credits-TOTAL_FORMS": "0"})
    response = client.post(url, data)
    form = response.context["adminform"].form
    assert set(form.errors) == {"title", "synopsis"}
    assert form["distinction"].value() == "获奖短片"
    film.refresh_from_db()
    assert (film.status, film.distinction, film.version) == ("review", "", 1)
    assert client.post(url, data | {"synopsis": "一句话。", "title": "名"}).status_code == 302
    film.refresh_from_db()
    assert (film.status, film.distinction) == ("published", "获奖短片")


def test_an_interview_without_answers_says_so_above_its_rows() -> None:
    talk = make_interview(status="draft", exchanges=0)
    _publisher, client = sign_in(Role.PUBLISHERS)
    preview.make(talk, _publisher, 7)
    assert client.post(change_url(talk), filled(client, change_url(talk), status="review")).status_code == 302
    assert preview.current(talk) is not None, "a save that publishes nothing leaves the link alone"
    response = client.post(change_url(talk), filled(client, change_url(talk), status="published"))
    assert set(response.context["adminform"].form.errors) == {"heading"}
    [rows] = response.context["inline_admin_formsets"]
    assert rows.formset.non_form_errors() == ["还没有问答。请至少录入一问一答。"]


def test_what_is_published_keeps_what_publication_needs() -> None:
    film = make_film()
    _editor, client = sign_in(Role.EDITORS)
    response = client.post(change_url(film), filled(client, change_url(film), synopsis=""))
    assert set(response.context["adminform"].form.errors) == {"synopsis"}
    film.refresh_from_db()
    assert film.synopsis
    publisher, client = sign_in(Role.PUBLISHERS)
    preview.make(film, publisher, 7)
    assert client.post(change_url(film), filled(client, change_url(film), status="draft")).status_code == 302
    assert preview.withdraw(film) is False, "what leaves the site has no link"
    Film.objects.update(status="review")
    nameless = {"title": "", "credits-0-DELETE": "on", "status": "published"}
    response = client.post(change_url(film), filled(client, change_url(film), **nameless))
    assert set(response.context["adminform"].form.errors) == {"title"}
    assert film.credits.count() == 1


def test_publishing_from_the_list_says_which_entry_lacks_what(desk: Client) -> None:
    film, ready = make_film(status="draft", synopsis=""), make_film(status="draft")
    [told, count] = messages_of(act(desk, "publish", film, ready))
    assert f'<a href="{change_url(film)}">' in told
    assert "剧情简介：还没有简介、自述或访谈" in told
    assert count == "已发布 1 条。"
    film.refresh_from_db()
    assert (film.status, film.version) == ("draft", 1)


def test_an_end_comes_after_the_beginning(desk: Client) -> None:
    film = make_film(status="draft")
    times = {"publish_at_0": "2030-01-02", "publish_at_1": "00:00", "unpublish_at_0": "2030-01-01"}
    data = filled(desk, change_url(film), **times, unpublish_at_1="00:00")
    response = desk.post(change_url(film), data)
    assert response.context["adminform"].form.errors == {
        "unpublish_at": ["结束时间要晚于发布时间，否则这个条目永远不会公开。"]
    }


@time_machine.travel(dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC), tick=False)
def test_the_list_says_in_words_when_an_entry_comes_and_goes(desk: Client) -> None:
    day = dt.timedelta(days=1)
    rows = {
        "已排期 11月30日 12:00": make_film(publish_at=timezone.now() + 8 * day),
        "已发布，至 11月24日 12:00": make_film(unpublish_at=timezone.now() + 2 * day),
        "已到期 2025年11月22日 12:00": make_film(unpublish_at=timezone.now() - 365 * day),
        "已发布": make_film(),
        "待审": make_film(status="review", publish_at=timezone.now() + day),
    }
    page = desk.get(reverse(FILMS))
    admin_class = page.context["cl"].model_admin
    assert {admin_class.state(film): film for film in page.context["cl"].result_list} == rows
    assert [words for words in rows if words not in page.text] == []
    found = {}
    for name in ("scheduled", "ending", "expired"):
        found[name] = list(desk.get(reverse(FILMS), {"time": name}).context["cl"].result_list)
    assert found == {
        "scheduled": [rows["已排期 11月30日 12:00"]],
        "ending": [rows["已发布，至 11月24日 12:00"]],
        "expired": [rows["已到期 2025年11月22日 12:00"]],
    }


def test_actions_are_offered_by_role() -> None:
    contributor, client = sign_in(Role.CONTRIBUTORS)
    make_film(status="draft", created_by=contributor)
    desks = {"contributor": client, "editor": sign_in(Role.EDITORS)[1], "publisher": sign_in(Role.PUBLISHERS)[1]}
    found = {}
    for name, someone in desks.items():
        form = someone.get(reverse(FILMS)).context["action_form"]
        found[name] = {value for value, _label in form.fields["action"].choices} & {
            "submit",
            "hand_back",
            "publish",
            "archive",
        }
    assert found["contributor"] == {"submit"}
    assert found["editor"] == {"submit", "hand_back"}
    assert found["publisher"] == {"submit", "hand_back", "publish", "archive"}


def test_the_films_interview_is_held_to_the_same(desk: Client) -> None:
    """An interview that follows its film into publication needs answers too."""
    film = make_film(status="draft")
    talk = make_interview(film=film, status="draft")
    talk.exchanges.update(answer=" ")
    response = desk.post(change_url(film), filled(desk, change_url(film), status="published"))
    film.refresh_from_db()
    talk.refresh_from_db()
    assert response.status_code == 200
    assert (film.status, talk.status) == ("draft", "draft")
