"""The cache around the real site: every door of editing, every kind of visitor."""

import datetime as dt
from itertools import product
from typing import ClassVar

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.http import QueryDict
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, resolve
from django.utils import timezone, translation

from elysium.pagecache import site
from films import generation
from films.importer.bulk import insert, update
from films.models import Credit, Film, User
from films.search import reindex
from films.urls import QUERIES
from tests.factories import make_creator, make_edition, make_film, make_interview, make_tool, make_tool_use
from tests.pagecache.asking import Reply, ask
from tests.views.test_leaks import ADDRESSES, names, one_address, plant_public

# Asked for anew each time.
NEVER = ("admin:", "films:preview", "set_language", "healthz", "readyz", "media")


def addresses(public: dict) -> dict[str, str]:
    """Every public address of the resolver, by its name."""
    return {name: one_address(name, public) for name in ADDRESSES}


def test_every_address_is_kept_or_never_kept():
    found = {name for name in names(get_resolver().url_patterns) if not name.startswith(NEVER)}
    assert found == set(QUERIES)


class Noting(QueryDict):
    """A query that notes what is asked of it."""

    asked: ClassVar[set[str]] = set()

    def __getitem__(self, key):
        self.asked.add(key)
        return super().__getitem__(key)

    def __contains__(self, key):
        self.asked.add(key)
        return super().__contains__(key)

    def get(self, key, default=None):
        self.asked.add(key)
        return super().get(key, default)

    def getlist(self, key, default=None):
        self.asked.add(key)
        return super().getlist(key, default)


def test_the_table_knows_every_key_that_a_page_reads(db):
    public = plant_public()
    for name, address in addresses(public).items():
        request = RequestFactory(headers={"host": "testserver"}).get(address)
        request.GET = Noting()
        Noting.asked.clear()
        request.LANGUAGE_CODE, request.user = "zh-hans", None
        request.resolver_match = match = resolve(address)
        response = match.func(request, *match.args, **match.kwargs)
        getattr(response, "render", lambda: None)()
        # The head of every page looks for the page's number; where there is none it is a key unknown.
        assert Noting.asked <= {*QUERIES.get(name, ()), "page"}, name


def test_pages_show_no_table_that_the_generation_passes_over(db, client):
    with CaptureQueriesContext(connection) as captured:
        for address in addresses(plant_public()).values():
            assert client.get(address).status_code == 200
    for name in generation.PRIVATE:
        assert not [query["sql"] for query in captured if f'"{name}"' in query["sql"]], name


# Signed in, cookie, method, host, encodings: each value of each beside some of the others.
VISITORS = (
    (False, "", "GET", "testserver", ("", "gzip", "br, gzip;q=0.5", "identity;q=0, *")),
    (False, "theme=dark", "GET", "localhost", ("br",)),
    (False, "", "HEAD", "testserver", ("br",)),
    (False, "sessionid=stale", "GET", "testserver", ("gzip",)),
    (True, "theme=dark", "GET", "testserver", ("", "gzip")),
    (False, "", "POST", "testserver", ("gzip",)),
)
PATHS = (
    "/films/?runtime=0-3&sort=title", "/films/?sort=title&runtime=0-3", "/films/?x=1", "/en/films/", "/films",
    "/films/f/", "/en/films/f/", "/films/never-was/", "/api/v1/films/f/", "/api/v1/films/?x=1", "/search/?q=片",
    "/admin/", "/healthz", "/robots.txt", "/sitemap.xml", "/feeds/films.atom", "/static/films/icon.svg",
)  # fmt: skip


# In which order a page's links repeat the query is the cache's choice.
IN_ORDER = {"/films/?sort=title&runtime=0-3": "/films/?runtime=0-3&sort=title"}


def shown(reply: Reply, method: str) -> tuple:
    """What a person notices of an answer. (It is the server that drops the body that Django gives to a HEAD.)"""
    text = reply.text if method != "HEAD" else ""
    if "csrfmiddlewaretoken" in text:
        text = text[: text.index("csrfmiddlewaretoken")]
    return reply.status, reply["Content-Type"], reply["Location"], reply["Content-Language"], text


def test_whoever_asks_gets_what_django_answers(behind_cache, admin_client):
    """Viewer × cookie × language × encoding × method × host × order of the query, before and after an edit."""
    make_tool_use(film=make_film(slug="f", title="第一名", runtime_seconds=100), tool=make_tool())
    session = f"sessionid={admin_client.cookies['sessionid'].value}"
    django = WSGIHandler()
    for edit in (None, "第二名"):
        if edit:
            Film.objects.update(title=edit)
        for path, (is_editor, cookie, method, host, encodings) in product(PATHS, VISITORS):
            sent = {"Host": host, "Cookie": "; ".join(filter(None, [cookie, is_editor and session]))}
            alike = IN_ORDER.get(path, path) if method != "POST" and "sessionid" not in sent["Cookie"] else path
            expected = shown(ask(django, alike, method, **sent), method)
            for encoding in encodings:
                reply = ask(behind_cache, path, method, **sent, **({"Accept_Encoding": encoding} if encoding else {}))
                assert shown(reply, method) == expected, (path, sent, method, encoding)
                if is_editor or method == "POST" or path in {"/admin/", "/healthz"}:
                    assert "s-maxage" not in reply["Cache-Control"], (path, sent)
    assert edit in ask(behind_cache, "/films/f/").text


def test_a_host_that_django_refuses_is_refused_each_time(behind_cache):
    for _time in range(2):
        assert ask(behind_cache, "/", Host="evil.example").status == 400
    assert not behind_cache.epoch.pages.found.pages


def with_savepoint(film: Film) -> None:
    """A savepoint that is rolled back takes its word with it, and the next statement gives it again."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                Film.objects.update(synopsis="x")
                raise ValueError
        except ValueError:
            pass
        Film.objects.update(title="新名")


def by_sql(film: Film) -> None:
    with connection.cursor() as cursor:
        cursor.execute("\n  update films_film SET title = '新名'")


def by_sql_with_cte(film: Film) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH named AS (SELECT '新名' AS title) UPDATE films_film SET title = (SELECT title FROM named)"
        )


def by_bulk(film: Film) -> None:
    film.title = "新名"
    update(Film, [film], ["title"])


def by_bulk_insert(film: Film) -> None:
    film.title = "一"
    other = Film(title="新名", title_origin="heading", title_sort="x", slug="new", status="published")
    other.stamp()
    insert(Film, [other])


def saved(film: Film) -> None:
    film.title = "新名"
    film.save()


EDITS = {
    "save": saved,
    "update": lambda film: Film.objects.update(title="新名"),
    "bulk_update": lambda film: Film.objects.bulk_update([Film(pk=film.pk, title="新名")], ["title"]),
    "create": lambda film: make_film(title="新名"),
    "bulk_create": lambda film: Film.objects.bulk_create([Film(title="新名", title_origin="heading", slug="x", status="published")]),
    "the importer's update": by_bulk,
    "the importer's insert": by_bulk_insert,
    "another table": lambda film: Credit.objects.create(film=film, creator=make_creator(name="新名")),
    "a savepoint": with_savepoint,
    "SQL": by_sql,
    "SQL with a common table": by_sql_with_cte,
}  # fmt: skip


@pytest.mark.parametrize("door", EDITS)
def test_an_edit_by_any_door_is_seen_on_both_workers(door, behind_cache):
    other = site.around(WSGIHandler())
    other.interval = 0.0
    film = make_film(title="旧名")
    workers = (behind_cache, other)
    assert all("新名" not in ask(worker, "/films/").text for worker in workers for _time in range(2))
    EDITS[door](film)
    assert all("新名" in ask(worker, "/films/").text for worker in workers)


@pytest.mark.parametrize("away", [lambda: Film.objects.all().delete(), lambda: Film.objects.update(status="archived")])
def test_what_is_withdrawn_is_gone(away, behind_cache):
    path = make_film().get_absolute_url()
    assert ask(behind_cache, path).status == 200
    away()
    assert ask(behind_cache, path).status == 404


def number() -> object:
    """The generation, less whether it is settled."""
    found = generation.current()
    return found[:2] if isinstance(found, tuple) else found


def test_what_is_rolled_back_was_never_told(behind_cache):
    film = make_film(title="旧名")
    before = number()
    with transaction.atomic():
        saved(film)
        transaction.set_rollback(True)
    assert number() == before


def test_signing_in_tells_nothing(behind_cache, client):
    User.objects.create_user("someone", password="words", is_staff=True)
    before = number()
    assert client.post("/admin/login/", {"username": "someone", "password": "words"}).status_code == 302
    assert number() == before


def test_inside_a_transaction_nothing_is_told(behind_cache):
    film = make_film(title="旧名")
    before = number()
    with transaction.atomic():
        saved(film)
        reindex(films=[film.pk])
        assert number() == before
    assert number() != before


@pytest.mark.parametrize(("field", "before", "after"), [("publish_at", 404, 200), ("unpublish_at", 200, 404)])
def test_what_falls_due_is_seen_at_that_moment(field, before, after, behind_cache):
    with time_machine.travel(dt.datetime(2026, 1, 1, tzinfo=dt.UTC), tick=False) as traveller:
        behind_cache.clock = lambda: timezone.now().timestamp()
        film = make_film(**{field: timezone.now() + dt.timedelta(seconds=30)})
        # Others that are far off, or long past, do not matter.
        make_edition(publish_at=timezone.now() + dt.timedelta(days=3))
        make_interview(publish_at=timezone.now() - dt.timedelta(days=3))
        path = film.get_absolute_url()
        assert ask(behind_cache, path).status == before
        traveller.shift(29.9)
        assert ask(behind_cache, path).status == before
        traveller.shift(0.1)
        assert ask(behind_cache, path).status == after


def test_the_next_moment_is_found_by_one_query(db, django_assert_num_queries):
    now = timezone.now()
    with django_assert_num_queries(1):
        assert generation.next_due(now) is None
    soon = make_film(unpublish_at=now + dt.timedelta(hours=1)).unpublish_at
    make_interview(publish_at=now + dt.timedelta(hours=2))
    make_edition(publish_at=now - dt.timedelta(hours=1))
    assert generation.next_due(now) == soon


def test_a_page_in_english_is_another_page(behind_cache):
    make_film()
    with translation.override("en"):
        assert ask(behind_cache, "/en/films/")["Content-Language"] == "en"
    assert ask(behind_cache, "/films/", Accept_Language="en")["Content-Language"] == "zh-hans"
