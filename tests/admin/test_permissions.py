"""Every address of the admin × method × reader × state of the entry, against the table kept by hand."""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpResponseBase
from django.template import Origin, Template
from django.template.loaders.base import Loader
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone

from films.choices import Role
from films.models import Edition, Film, Interview, User
from tests.admin.permission_table import OTHER, READERS, table
from tests.admin.rows import ROWS
from tests.factories import make_edition, make_film, make_interview

# The mark also has the test database made, which the module's own fixture cannot ask for.
pytestmark = pytest.mark.django_db

TABLE = table()
LOGIN = "/admin/login/"
DAY = dt.timedelta(days=1)
STATES: dict[str, dict[str, Any]] = {
    "own": {"status": "draft"},
    "draft": {"status": "draft"},
    "review": {"status": "review"},
    "scheduled": {"status": "published", "publish_at": timezone.now() + DAY},
    "published": {"status": "published"},
    "expired": {"status": "published", "unpublish_at": timezone.now() - DAY},
    "archived": {"status": "archived"},
}
MAKERS = {Film: make_film, Interview: make_interview, Edition: make_edition}
# What is posted where an empty form is not enough.
BODIES = {"delete": {"post": "yes"}, "preview": {"days": "1"}, "changelist": {"action": ""}}


class Blank(Loader):
    """Every page is empty: its answer is decided before it is drawn, and drawing is most of the cost."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        return Template("", origin=Origin(template_name, template_name, self), engine=self.engine)


class Remembering(ModelBackend):
    """People are read once with their rights: who they are is not what is asked here."""

    people: dict[Any, Any] = {}

    def get_user(self, user_id: Any) -> Any:
        if user_id not in self.people:
            self.people[user_id] = super().get_user(user_id)
        return self.people[user_id]


def blank() -> list[dict[str, Any]]:
    [engine] = settings.TEMPLATES
    options = engine["OPTIONS"] | {"loaders": ["tests.admin.test_permissions.Blank"], "context_processors": []}
    return [engine | {"APP_DIRS": False, "OPTIONS": options}]


@contextmanager
def bare_pages() -> Iterator[None]:
    """Without what is around every page, the list of all that its reader may see above all: nothing is drawn here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(admin.site, "each_context", lambda request: {})
        yield


def names(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every address of the admin by a name; those without one by what they stand for."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns, route)
        elif pattern.name:
            yield pattern.name
        else:
            yield "catch_all" if "(?P<url>" in route else "_".join([*route.split("/")[:2], "row"])


def model_of(name: str) -> type[Any] | None:
    found = [model for model in ROWS if name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_")]
    return found[0] if found else None


@dataclass
class House:
    """One row of every kind and one entry in every state, with a client for every reader."""

    clients: dict[str, Client] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    rows: dict[type[Any], dict[str, int]] = field(default_factory=dict)

    def let_in(self, reader: str, user: User | None) -> None:
        client = self.clients[reader] = Client()
        if user:
            client.force_login(user, backend="tests.admin.test_permissions.Remembering")
            self.sessions[reader] = client.cookies["sessionid"].value

    def ask(self, reader: str, method: str, url: str, body: dict[str, Any]) -> HttpResponseBase:
        """What this reader is answered; nothing that the request did remains."""
        client = self.clients[reader]
        client.cookies.clear()
        if reader in self.sessions:
            client.cookies["sessionid"] = self.sessions[reader]
        with transaction.atomic():
            response = client.post(url, body) if method == "POST" else client.generic(method, url, query_params=body)
            transaction.set_rollback(True)
        return response


def furnish() -> House:
    house = House()
    people = {"anonymous": None, "staff": User.objects.create_user("staff", is_staff=True)}
    for reader, role in zip(READERS[2:6], Role, strict=True):
        people[reader] = User.objects.create_user(reader, is_staff=True)
        people[reader].groups.add(Group.objects.get(name=role.value))
    people["superuser"] = User.objects.create_superuser("superuser")
    for reader in READERS:
        house.let_in(reader, people[reader])
    for model, make in MAKERS.items():
        house.rows[model] = {}
        for state, values in STATES.items():
            writer = people["superuser" if state == "draft" else "contributor"]
            house.rows[model][state] = make(created_by=writer, **values).pk
    for model, make in ROWS.items():
        house.rows.setdefault(model, {"": make(1).pk})
    return house


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    told = logging.getLogger("django.request")
    level = told.level
    # Thousands of refusals are expected, and each would be written down with its way through the code.
    told.setLevel(logging.CRITICAL)
    Remembering.people.clear()
    quick = {"TEMPLATES": blank(), "AUTHENTICATION_BACKENDS": ["tests.admin.test_permissions.Remembering"]}
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(**quick), bare_pages():
        yield furnish()
        transaction.set_rollback(True)
    told.setLevel(level)


def arguments(name: str, pk: int, house: House) -> list[Any]:
    """What the address is made from: a row, or a part of the site."""
    film = house.rows[Film]["draft"]
    special = {
        "app_list": ["films"],
        "view_on_site": [ContentType.objects.get_for_model(Film).pk, film],
        "undo_merge": [0],
        "password_reset_confirm": ["MQ", "set-password"],
        "films_intake": [0],
        "films_intake_confirm": [0],
        "films_intake_discard": [0],
        "films_intake_done": [0],
        "films_intake_move": [0],
    }
    by_ending = {"recover": [0], "revision": [pk, 0]}
    ending = name.rsplit("_", 1)[-1]
    of_row = ("change", "delete", "history", "preview", "again", "settle", "security")
    return special.get(name) or by_ending.get(ending) or ([pk] if ending in of_row and pk else [])


def address(name: str, pk: int, house: House) -> str:
    if name == "catch_all":
        return "/admin/nothing/here"
    if name.endswith("_row"):
        app, model, _row = name.split("_")
        return f"/admin/{app}/{model}/{pk}/"
    if name == "auth_user_password_change":
        return reverse("admin:auth_user_password_change", args=[house.rows[User][""]])
    return reverse(f"admin:{name}", args=arguments(name, pk, house))


def letter(response: Any) -> str:
    if response.status_code in (301, 302):
        if response.url.startswith(LOGIN) or response.url.startswith("/admin/login"):
            return "l"
        return "g" if response.url == reverse("admin:index") else "y"
    return {200: "y", 403: "n", 404: "-", 405: "m"}.get(response.status_code, str(response.status_code))


def body(name: str, method: str) -> dict[str, Any]:
    if name == "autocomplete":
        return {"app_label": "films", "model_name": "credit", "field_name": "creator"}
    return BODIES.get(name.rsplit("_", 1)[-1], {}) if method == "POST" else {}


def test_every_address_of_the_admin_has_a_line() -> None:
    found = set(names(admin.site.get_urls()))
    assert {name for name, _method in TABLE} == found
    methods = ("GET", "HEAD", "POST", *OTHER)
    assert {(name, method) for name in found for method in methods} == set(TABLE)


PLACES = sorted({model_of(name) for name, _method in TABLE} - {None}, key=lambda model: model.__name__)


def readers_of(name: str, method: str, state: str) -> tuple[str, ...]:
    """Everybody for an own draft and a public entry; in other states those for whom the state might decide.

    HEAD runs the code of GET, and other methods are refused before the reader is known: fewer have to ask.
    """
    if method in OTHER or method == "HEAD":
        asking = ("superuser",) if method in OTHER else ("contributor", "publisher")
        return asking if state in ("", "own") else ()
    if state in ("", "own", "published"):
        return READERS
    if name.endswith("_delete"):
        return ("contributor", "publisher", "administrator")
    return ("contributor", "editor") if name.endswith(("_change", "_preview")) else ("contributor",)


def questions(model: Any, house: House) -> Iterator[tuple[str, str, str, str, str]]:
    """Every address of a model, each once: name, method, address, state, letters."""
    asked = set()
    for (name, method), (own, other) in TABLE.items():
        for state, pk in house.rows.get(model, {"": 0}).items() if model_of(name) is model else ():
            url = address(name, pk, house)
            if (url, method) not in asked:
                asked.add((url, method))
                yield name, method, url, state, own if state == "own" else other


@pytest.mark.parametrize("model", [None, *PLACES])
def test_each_reader_gets_the_answer_of_the_table(model: Any, house: House) -> None:
    wrong = []
    for name, method, url, state, letters in questions(model, house):
        for reader in readers_of(name, method, state):
            got, expected = letter(house.ask(reader, method, url, body(name, method))), letters[READERS.index(reader)]
            if got != expected:
                wrong.append(f"{name} {method} {state} {reader}: {got}, not {expected}")
    assert not wrong, "\n".join(wrong)
