"""What a person may not do is refused when forged, and no side door tells what the front door hides."""

from typing import Any

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import reverse

from films.choices import Role, Status
from films.models import Film, Interview, User
from tests.admin.forms import deleted, filled
from tests.admin.people import sign_in
from tests.admin.rows import make_theme
from tests.factories import make_creator, make_edition, make_exchange, make_film, make_interview, make_tool, make_topic

pytestmark = pytest.mark.django_db
SECRET = "kanari"


def change_url(row: Any) -> str:
    return reverse(f"admin:films_{row._meta.model_name}_change", args=[row.pk])


@pytest.fixture
def writer() -> tuple[User, Client]:
    return sign_in(Role.CONTRIBUTORS)


POWER = {
    "created_by": "1",
    "first_published_at": "2020-01-01",
    "publish_at_0": "2020-01-01",
    "publish_at_1": "00:00",
    "unpublish_at_0": "2030-01-01",
    "unpublish_at_1": "00:00",
    "version": "99",
    "source": "1",
    "source_key": "x",
    "imported": "{}",
    "is_staff": "on",
    "is_superuser": "on",
    "groups": ["1", "2", "3", "4"],
    "user_permissions": ["1"],
}


@pytest.mark.parametrize("role", [Role.CONTRIBUTORS, Role.EDITORS])
def test_forged_fields_change_nothing(role: Role) -> None:
    user, client = sign_in(role)
    film = make_film(status="draft", created_by=user)
    assert client.post(change_url(film), filled(client, change_url(film), title="新", **POWER)).status_code == 302
    before, after = Film.objects.filter(pk=film.pk).values().get(), film
    for name in (
        "created_by_id",
        "first_published_at",
        "publish_at",
        "unpublish_at",
        "source_id",
        "source_key",
        "status",
    ):
        assert before[name] == getattr(after, name), name
    assert (before["title"], before["version"]) == ("新", 2)
    user = User.objects.get(pk=user.pk)
    assert (user.is_superuser, user.groups.count(), user.user_permissions.count()) == (False, 1, 0)


@pytest.mark.parametrize("role", [Role.CONTRIBUTORS, Role.EDITORS])
@pytest.mark.parametrize("status", ["published", "archived", "nonsense"])
def test_a_forged_state_is_refused_and_nothing_is_saved(role: Role, status: str) -> None:
    user, client = sign_in(role)
    film = make_film(status="draft", created_by=user)
    response = client.post(change_url(film), filled(client, change_url(film), title="新", status=status))
    assert set(response.context["adminform"].form.errors) == {"status"}
    stored = Film.objects.get()
    assert (stored.status, stored.title, stored.version) == ("draft", film.title, 1)
    add = reverse("admin:films_film_add")
    assert client.post(add, filled(client, add, title="别的", status=status)).status_code == 200
    assert Film.objects.count() == 1


@pytest.mark.parametrize("action", ["publish", "archive", "hand_back", "delete_selected"])
def test_a_forged_action_does_nothing(action: str, writer: tuple[User, Client]) -> None:
    user, client = writer
    films = [make_film(status="draft", created_by=user), make_film(status="review"), make_film()]
    data = {"action": action, "_selected_action": [film.pk for film in films], "post": "yes"}
    client.post(reverse("admin:films_film_changelist"), data)
    assert [Film.objects.get(pk=film.pk).status for film in films] == ["draft", "review", "published"]


# What each action of a list makes of an entry of somebody else: its state before → after; gone: deleted. Nothing else.
BULK: dict[Role, dict[str, dict[str, str]]] = {
    Role.CONTRIBUTORS: {},
    Role.EDITORS: {"submit": {"draft": "review"}, "hand_back": {"review": "draft"}},
    Role.PUBLISHERS: {
        "submit": {"draft": "review"},
        "hand_back": {"review": "draft", "published": "draft", "archived": "draft"},
        "publish": {"draft": "published", "review": "published", "archived": "published"},
        "archive": {"draft": "archived", "review": "archived", "published": "archived"},
    },
}
BULK[Role.ADMINISTRATORS] = BULK[Role.PUBLISHERS] | {"delete_selected": dict.fromkeys(Status.values, "gone")}


@pytest.mark.parametrize("make", [make_film, make_edition])
def test_each_role_moves_by_the_actions_of_a_list_what_it_may_and_nothing_more(make: Any) -> None:
    rows = {state: make(status=state) for state in Status.values}
    url = reverse(f"admin:films_{rows['draft']._meta.model_name}_changelist")
    found: dict[Role, dict[str, dict[str, str]]] = {}
    for role in Role:
        client = sign_in(role)[1]
        found[role] = {}
        for action in ("submit", "hand_back", "publish", "archive", "delete_selected"):
            body = {"action": action, "_selected_action": [row.pk for row in rows.values()]}
            with transaction.atomic():
                if action == "delete_selected" and role == Role.ADMINISTRATORS:
                    deleted(client, url, **body)
                client.post(url, body | {"post": "yes"})
                now = dict(type(rows["draft"]).objects.values_list("pk", "status"))
                transaction.set_rollback(True)
            moved = {state: now.get(row.pk, "gone") for state, row in rows.items() if now.get(row.pk) != state}
            found[role] |= {action: moved} if moved else {}
    assert found == BULK


def test_an_action_reaches_own_drafts_only(writer: tuple[User, Client]) -> None:
    user, client = writer
    own, foreign = make_film(status="draft", created_by=user), make_film(status="draft")
    data = {"action": "submit", "_selected_action": [own.pk, foreign.pk]}
    client.post(reverse("admin:films_film_changelist"), data)
    assert [Film.objects.get(pk=film.pk).status for film in (own, foreign)] == ["review", "draft"]


def test_rows_cannot_be_slipped_into_a_list(writer: tuple[User, Client]) -> None:
    film = make_film(status="draft", created_by=writer[0])
    rows = {
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "1",
        "form-0-id": str(film.pk),
        "form-0-status": "published",
    }
    writer[1].post(reverse("admin:films_film_changelist"), rows | {"form-1-title": "新", "_save": "1"})
    assert list(Film.objects.values_list("pk", "status")) == [(film.pk, "draft")]


def test_a_row_of_another_form_cannot_be_taken_over(writer: tuple[User, Client]) -> None:
    """The id of a row below another film, and below another interview, in the rows of one's own."""
    user, client = writer
    own, foreign = make_film(status="draft", created_by=user), make_film(status="draft")
    url = change_url(own)
    [stolen] = foreign.credits.all()
    client.post(url, filled(client, url, **{"credits-0-id": str(stolen.pk), "credits-0-film": str(own.pk)}))
    talk, other = make_interview(film=own, status="draft", created_by=user), make_interview(film=foreign)
    [answer] = other.exchanges.all()
    url = change_url(talk)
    forged = {"exchanges-0-id": str(answer.pk), "exchanges-0-answer": "改了"}
    client.post(url, filled(client, url, **forged))
    stolen.refresh_from_db()
    answer.refresh_from_db()
    assert (stolen.film_id, answer.interview_id, answer.answer == "改了") == (foreign.pk, other.pk, False)


def test_a_form_points_only_at_what_its_writer_may_choose(writer: tuple[User, Client]) -> None:
    user, client = writer
    hidden_film = make_film(status="draft", title=SECRET)
    hidden = make_creator(name=SECRET)
    talk = make_interview(heading="圆桌", status="draft", created_by=user)
    for forged in ({"film": str(hidden_film.pk)}, {"exchanges-0-speaker": str(hidden.pk)}):
        response = client.post(change_url(talk), filled(client, change_url(talk), **forged))
        assert response.status_code == 200
        assert SECRET not in response.text
    talk.refresh_from_db()
    assert (talk.film_id, talk.exchanges.get().speaker_id) == (None, None)


def test_what_an_editor_chose_stays_when_the_writer_saves(writer: tuple[User, Client]) -> None:
    user, client = writer
    hidden = make_creator()
    film = make_film(status="draft", created_by=user, creator=hidden)
    theme = make_theme()
    film.themes.add(theme)
    assert client.post(change_url(film), filled(client, change_url(film), title="新")).status_code == 302
    film.refresh_from_db()
    assert (film.title, film.credits.get().creator, list(film.themes.all())) == ("新", hidden, [theme])


def suggested(client: Client, model: str, field: str, term: str = "") -> list[str]:
    query = {"app_label": "films", "model_name": model, "field_name": field, "term": term}
    return [row["text"] for row in client.get(reverse("admin:autocomplete"), query).json()["results"]]


def test_suggestions_tell_what_may_be_chosen(writer: tuple[User, Client]) -> None:
    user, client = writer
    maker, hidden = make_creator(name="公开的人"), make_creator(name=SECRET)
    make_film(creator=maker)
    secret = make_film(creator=hidden, status="draft", title=SECRET)
    topic = make_topic(name=SECRET)
    make_exchange(interview=make_interview(film=secret, exchanges=0), topic=topic, answer=SECRET)
    make_tool(name=SECRET)
    own = make_film(status="draft", created_by=user, title="自己的片", creator=maker)
    assert suggested(client, "credit", "creator") == ["公开的人"]
    assert [own.title in label for label in suggested(client, "interview", "film")] == [True]
    for model, field in [
        ("credit", "creator"),
        ("exchange", "topic"),
        ("tooluse", "tool"),
        ("film", "pull_quote_exchange"),
    ]:
        assert suggested(client, model, field, SECRET) == []


def test_a_poster_names_nobody_who_may_not_be_chosen(writer: tuple[User, Client], desk: Client) -> None:
    hidden = make_creator(name="卡纳里卡纳里")
    data = {"title": "", "credits-TOTAL_FORMS": "1", "credits-INITIAL_FORMS": "0", "credits-0-creator": str(hidden.pk)}
    drawn = [client.post(reverse("admin:films_film_poster"), data).text for client in (writer[1], desk)]
    assert ["卡纳里" in poster for poster in drawn] == [False, True]


@pytest.mark.parametrize(
    "door", ["?_popup=1", "?_popup=1&_to_field=id", "?_to_field=slug", "?_changelist_filters=q%3Da"]
)
def test_no_variant_of_a_form_opens_a_hidden_entry(door: str, writer: tuple[User, Client]) -> None:
    film = make_film(status="draft", title=SECRET, slug=SECRET)
    for key in (film.pk, film.slug):
        url = reverse("admin:films_film_change", args=[key]) + door
        response = writer[1].get(url)
        assert response.status_code in (302, 400)
        assert SECRET not in response.content.decode()


def test_pages_of_a_contributor_name_nothing_hidden(writer: tuple[User, Client]) -> None:
    user, client = writer
    film = make_film(status="draft", title=SECRET, synopsis=SECRET, slug=SECRET)
    make_interview(film=film, status="review", heading=SECRET)
    make_film(status="draft", created_by=user, title="自己的片")
    pages = [
        "index",
        "films_film_changelist",
        "films_film_add",
        "films_interview_changelist",
        "films_interview_add",
        "board",
    ]
    for name in pages:
        page = client.get(reverse(f"admin:{name}"))
        assert (page.status_code, SECRET in page.text) == (200, False), name
    assert client.get(reverse("admin:films_film_changelist"), {"q": SECRET}).context["cl"].result_count == 0


LISTED = sorted((model for model in admin.site._registry), key=lambda model: model.__name__)
ORACLES = ["pk__gt", "id__in", "created_by__username", "created_by__password__startswith", "version__gt"]
TEXTS = [
    "startswith",
    "istartswith",
    "contains",
    "icontains",
    "regex",
    "iregex",
    "endswith",
    "gt",
    "lt",
    "in",
    "range",
]


@pytest.mark.parametrize("model", LISTED)
def test_lists_answer_only_what_their_filters_ask(model: type[Any], desk: Client) -> None:
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    fields = [field.name for field in model._meta.concrete_fields]
    own = [f"{name}__{text}" for name in fields for text in TEXTS if text not in ("gt", "lt", "range")]
    related = [
        f"{f.name}__{other.name}"
        for f in model._meta.fields
        if f.related_model
        for other in f.related_model._meta.concrete_fields
    ]
    allowed = {str(name) for spec in desk.get(url).context["cl"].filter_specs for name in spec.expected_parameters()}
    request = desk.get(url).wsgi_request
    model_admin = admin.site.get_model_admin(model)
    plain = {name.removesuffix("__exact").removesuffix("__id") for name in allowed}
    plain |= {entry for entry in model_admin.list_filter if isinstance(entry, str)}
    asked = {*own, *related, *ORACLES} - allowed - plain
    assert [lookup for lookup in asked if model_admin.lookup_allowed(lookup, "a", request)] == []
    for lookup in sorted(asked)[:3]:
        assert desk.get(url, {lookup: "a"}).status_code == 400


def test_a_deleted_writer_leaves_the_draft_to_the_editors(writer: tuple[User, Client]) -> None:
    user, _client = writer
    talk = make_interview(status="draft", created_by=user)
    user.delete()
    stored = Interview.objects.get(pk=talk.pk)
    assert stored.created_by is None
    assert (
        not sign_in(Role.CONTRIBUTORS, "another")[1]
        .get(reverse("admin:films_interview_changelist"))
        .context["cl"]
        .result_count
    )


@pytest.mark.parametrize("proposed", ["None", "x", "%00", "9" * 40, "-1"])
def test_an_address_may_propose_what_is_no_row(desk: Client, proposed: str) -> None:
    assert desk.get(f"{reverse('admin:films_exchange_add')}?interview={proposed}").status_code == 200
