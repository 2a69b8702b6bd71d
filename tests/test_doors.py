"""Doors that strangers rattle at: hosts, forwarded headers, methods, paths, depths. Refused or bounded, never obeyed."""

import math
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from elysium.pagecache import PageCache, site
from elysium.pagecache.address import Addresses
from films import generation, search
from films.urls import QUERIES
from tests.factories import make_film
from tests.pagecache.asking import Reply, ask, environ
from tests.views.test_leaks import ADDRESSES, HIDDEN, one_address, own_addresses, plant_hidden, plant_public

pytestmark = pytest.mark.django_db
EVIL = "evil.example"


@pytest.fixture
def server(db: None, settings: Any) -> Iterator[PageCache]:
    """The site as it is served, with its cache of pages; only that it keeps the test's own connection."""
    endings = (request_started, request_finished)
    for signal in endings:
        signal.disconnect(close_old_connections)
    yield PageCache(
        WSGIHandler(),
        Addresses(QUERIES, settings, site.aside()),
        generation=generation.current,
        seconds_until_due=lambda: math.inf,
        interval=0.0,
        most_bytes=4_000_000,
    )
    for signal in endings:
        signal.connect(close_old_connections)


@pytest.fixture
def public() -> dict[str, Any]:
    found = plant_public()
    search.rebuild()
    return found


# Hosts and forwarded headers

FORWARDED = {
    "X_Forwarded_Host": EVIL,
    "X_Forwarded_Server": EVIL,
    "X_Forwarded_Port": "4711",
    "X_Forwarded_Proto": "https",
    "X_Forwarded_Scheme": "https",
    "X_Forwarded_Prefix": f"//{EVIL}",
    "X_Forwarded_For": EVIL,
    "X_Original_URL": "/admin/",
    "X_Rewrite_URL": "/admin/",
    "X_HTTP_Method_Override": "DELETE",
    "X_Original_Host": EVIL,
    "Forwarded": f"host={EVIL};proto=https",
    "Referer": f"https://{EVIL}/",
    "Origin": f"https://{EVIL}",
    "Via": EVIL,
    "Range": "bytes=0-10",
    "Accept_Language": "en",
    "User_Agent": f"<script>{EVIL}</script>",
}


def told(reply: Reply) -> tuple[int, bytes, dict[str, str]]:
    varying = {"date", "expires", "etag", "cache-control", "vary", "content-length", "last-modified"}
    return reply.status, reply.text.encode(), {k: v for k, v in reply.headers.items() if k not in varying}


@pytest.mark.parametrize("name", FORWARDED)
def test_what_a_visitor_says_of_his_way_is_not_believed_nor_kept_for_the_next(name: str, server: Any) -> None:
    make_film(slug="f")
    for path in ("/", "/films/f/", "/feeds/films.atom", "/films", "/never-was/"):
        first = ask(server, path, **{name: FORWARDED[name]})
        after = ask(server, path)
        assert told(first) == told(after), path
        assert first.status in (200, 301, 404), path
        assert EVIL not in str(told(first)), path


@pytest.mark.parametrize(
    "host",
    [EVIL, f"testserver.{EVIL}", f"testserver@{EVIL}", f"{EVIL}#testserver", "testserver:80:80", "testserver/x",
     "testserver, evil.example", "", " ", "testserver\t", "[::1", "127.0.0.1.nip.io"],
)  # fmt: skip
def test_a_foreign_host_is_refused_cold_and_warm(host: str, server: Any) -> None:
    ask(server, "/")
    for _time in range(2):
        reply = ask(server, "/", Host=host)
        assert (reply.status, EVIL in reply.text) == (400, False)
        assert reply["Content-Security-Policy"]
    assert ask(server, "/").status == 200


# Where to next

AWAY = [
    f"https://{EVIL}/", f"//{EVIL}/", f"///{EVIL}/", f"/\\{EVIL}", f"\\\\{EVIL}", f"\t//{EVIL}", f"/\t/{EVIL}",
    f"https:{EVIL}", f"http:///{EVIL}", "javascript:alert(1)", "data:text/html,x", f"/%0d%0aLocation:%20https://{EVIL}/",
    f"//testserver@{EVIL}/", f"https://testserver.{EVIL}/",
]  # fmt: skip


@pytest.mark.parametrize("address", AWAY)
def test_no_next_leads_off_the_site(address: str, admin_client: Client) -> None:
    answers = [
        Client().post("/i18n/setlang/", {"language": "en", "next": address}),
        Client().post("/i18n/setlang/", {"language": "en"}, headers={"referer": address}),
        Client().get("/admin/films/film/", {"next": address}),
        admin_client.get("/admin/second-factor/", {"next": address}),
        admin_client.get("/admin/login/", {"next": address}),
        admin_client.post("/admin/films/tool/add/?_return=" + address, {"name": "工具"}),
    ]
    for response in answers:
        assert response.status_code in (200, 302)
        leads = response.headers.get("Location", "/")
        assert leads.startswith("/")
        assert not leads.startswith(("//", "/\\"))
        assert EVIL not in leads.partition("?")[0] or "%0d" in address


# Methods


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "X" * 100])
def test_public_addresses_are_only_read(method: str, public: dict[str, Any], server: Any) -> None:
    for name in ADDRESSES:
        reply = ask(server, one_address(name, public), method)
        # What changes something needs a token first, which nobody has for a page that has no form.
        assert (name, reply.status) in ((name, 405), (name, 403 if method != "TRACE" else 405))
        assert reply["Content-Security-Policy"], name
        assert not reply["Set-Cookie"], name


# Paths

TRICKS = [
    "//", f"//{EVIL}", f"//{EVIL}/", f"//{EVIL}/films", f"/\\{EVIL}", "/films//", "//films/", "/films/./", "/films/../admin",
    "/films/../admin/", "/films/%2e%2e/admin/", "/./admin/", "/films/f;a=b/", "/films/;/", "/films/f/;.css", "/films/f/x.css",
    "/films/f.css", "/films/f/\x00", "/\x00", "/films/f\r\nSet-Cookie:%20a=b/", "/films/%00/", "/FILMS/", "/films/f/?",
    "/en/en/", "/en//films/", "/zh-hans/", "/media/../db.sqlite3", "/media/%2e%2e/db.sqlite3", "/media//etc/passwd",
    "/static/../elysium/settings.py", "/static/%2e%2e/", "/.git/config", "/.env", "/db.sqlite3", "/manage.py", "/server-status",
    "/" + "a" * 100_000, "/" + "a/" * 20_000, "/films/" + "鹿" * 5_000 + "/", "/films/\ud83e\udd8c/", "/%ff%fe/", "/films/‮/",
    "/admin;/", "/admin%2f", "/admin/login/x.css", "/api/v1/..", "/api/v1//films/", "/sitemap-../x.xml", "/posters/../x.svg",
]  # fmt: skip


@pytest.mark.parametrize("path", TRICKS, ids=[str(number) for number in range(len(TRICKS))])
def test_no_path_opens_what_it_is_not(path: str, server: Any) -> None:
    make_film(slug="f")
    query = path.encode("utf-8", "surrogatepass").decode("latin-1").partition("?")[0]
    for _time in range(2):
        reply = ask_raw(server, query)
        assert reply.status in (200, 301, 302, 400, 404, 414), reply.status
        leads = reply["Location"]
        assert leads == "" or (leads.startswith("/") and not leads.startswith(("//", "/\\"))), leads
        assert "\n" not in str(reply.headers.values()).replace("\\n", "\n")
        assert not reply["Set-Cookie"] or "/admin" in path
    if reply.status == 200:
        assert path in ("/films/f/?",)


def ask_raw(server: Any, path: str) -> Reply:
    """As `ask`, with the bytes of a path as a server hands them on."""
    said: list[Any] = []
    asked = environ("/") | {"PATH_INFO": path}
    chunks = server(asked, lambda *words: said.append(words))
    body = b"".join(chunks)
    getattr(chunks, "close", lambda: None)()
    status, found = said[-1][:2]
    return Reply(int(status[:3]), {name.lower(): value for name, value in found}, body)


# Depth and size

TERM = "片"
ASKED = [
    "/films/?page=1000000000", "/films/?page=-1", "/films/?page=0", "/films/?page=NaN", "/films/?page=" + "9" * 5000,
    "/films/?size=1000000", "/films/?sort=-pk", "/films/?sort=password", "/films/?creator__user__password=a",
    "/films/?" + "&".join(f"tool=x{number}" for number in range(50)),
    "/films/?" + "&".join(f"topic=x{number}&tool=y{number}&creator=z{number}&edition=e{number}" for number in range(50)),
    "/films/?" + "&".join(f"k{number}=v" for number in range(900)),
    "/films/?" + "&".join(f"k{number}=v" for number in range(20_000)),
    "/films/?q=" + "a" * 100_000, "/films/?runtime=" + "1-" * 2000, "/films/?edition[$ne]=1", "/films/?q[]=1",
    "/interviews/?page=99999", "/creators/?page=99999", "/topics/?page=99999", "/tools/?page=99999", "/editions/?page=99999",
    "/search/?q=" + "+".join([TERM] * 10_000), "/search/?q=" + "a" * 100_000, "/search/?q=片&page=1000000000",
    "/search/?q=%00", "/search/?q=%FF%FE", "/search/?q=%ED%A0%80", "/search/?q=" + "%22" * 500, "/search/?q=NEAR(片+片)",
    "/search/?q=title:*", "/search/?q=a-b+OR+NOT+AND+(", "/search/?q=" + "(" * 1000, "/search/?q='%3B DROP TABLE films_film--",
    "/search/?q=%25%25%25___", "/search/?q=" + "*" * 300, "/search/?q=%F0%9F%A6%8C%E2%80%8D" * 3, "/search/?q=" + "a%CC%81" * 5000,
    "/search/?kind=x&kind=film&kind=" + "y" * 5000, "/api/v1/films/?limit=1000000", "/api/v1/films/?cursor=" + "A" * 20_000,
    "/api/v1/films/?cursor=..%2f..", "/api/v1/interviews/?q=" + "a" * 50_000, "/sitemap.xml?p=1000000000", "/sitemap-films.xml?p=-1",
]  # fmt: skip


@pytest.mark.parametrize("address", ASKED, ids=[str(number) for number in range(len(ASKED))])
def test_whatever_is_asked_costs_little(address: str, public: dict[str, Any], server: Any) -> None:
    ask(server, "/films/?q=warm")
    began = time.process_time()
    with CaptureQueriesContext(connection) as captured:
        reply = ask(server, quote(address, safe="/?=&%+*()[]"))
    assert reply.status in (200, 400, 404, 414)
    assert len(captured) <= 12
    assert len(reply.body) < 100_000
    # Loosely, for a busy machine; a quiet one needs a tenth of it.
    assert time.process_time() - began < 1


# Hidden and missing


def facts(reply: Reply) -> tuple[Any, ...]:
    """What tells two answers apart, less what is another for every answer there is."""
    headers = {name: value for name, value in reply.headers.items() if name not in ("etag", "date")}
    headers["content-security-policy"] = str(sorted(headers["content-security-policy"].split("; ")))
    return reply.status, len(reply.text), len(reply["Etag"]), sorted(headers.items())


def twin(slug: str) -> str:
    """A slug that never was, as long as this one."""
    return "".join("z" if sign.isalnum() else sign for sign in slug)


def test_hidden_and_missing_cannot_be_told_apart(public: dict[str, Any], server: Any) -> None:
    count = 0
    for state in HIDDEN.values():
        for noun, row in plant_hidden(state, public).items():
            pairs = zip(own_addresses(noun, row.slug), own_addresses(noun, twin(row.slug)), strict=True)
            for hidden, missing in pairs:
                cold = ask(server, hidden), ask(server, missing)
                warm = ask(server, hidden), ask(server, missing)
                assert facts(cold[0])[0] == 404
                assert facts(cold[0]) == facts(cold[1]), hidden
                assert facts(warm[0]) == facts(warm[1]) == facts(cold[0]), hidden
                with CaptureQueriesContext(connection) as of_hidden:
                    ask(server.application, hidden)
                with CaptureQueriesContext(connection) as of_missing:
                    ask(server.application, missing)
                assert len(of_hidden) == len(of_missing), hidden
                count += 1
    assert count > 50
