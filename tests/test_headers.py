"""Every answer carries the headers that protect its reader: pages, files, errors, the desk."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from elysium.headers import ALLOWED, REFUSED
from films import search
from films.views import machines
from tests.factories import make_film
from tests.views.test_leaks import addresses, plant_public

SAME = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
# The page of a film at a video site lets in that site's player, and no other page lets in anything.
FRAMING = POLICY | {"frame-src": "https://www.youtube-nocookie.com"}
DOCUMENT_POLICY = dict.fromkeys(("default-src", "base-uri", "form-action", "frame-ancestors"), "'none'")


def policy(response) -> dict[str, str]:
    parts = response.headers["Content-Security-Policy"].split("; ")
    return {name: sources for name, _, sources in (part.partition(" ") for part in parts)}


def is_tighter(response) -> bool:
    """A picture or a file may be forbidden everything."""
    return policy(response)["default-src"] == "'none'" and set(policy(response)) <= {*DOCUMENT_POLICY, "sandbox"}


def missing(response) -> list[str]:
    """What an answer lacks of what it should carry."""
    lacks = [name for name, value in SAME.items() if response.headers.get(name) != value]
    if policy(response) not in (POLICY, FRAMING) and not is_tighter(response):
        lacks.append("Content-Security-Policy")
    if response.headers.get("Cross-Origin-Resource-Policy") not in ("same-origin", "cross-origin"):
        lacks.append("Cross-Origin-Resource-Policy")
    if "camera=()" not in response.headers.get("Permissions-Policy", ""):
        lacks.append("Permissions-Policy")
    return lacks


def paths(patterns: list[URLPattern | URLResolver], prefix: str = "/") -> Iterator[str]:
    """An address of every pattern there is, with something in the place of its arguments."""
    for pattern in patterns:
        route = re.sub(r"<\w+:\w+>|\(\?P<\w+>.*?\)(?=[/$])", "1", str(pattern.pattern)).strip("^").rstrip("$")
        if isinstance(pattern, URLResolver):
            yield from paths(pattern.url_patterns, prefix + route)
        else:
            yield prefix + route.replace("\\", "").replace("\\Z", "")


EVERY_PATH = sorted(set(paths(get_resolver().url_patterns)))
DESK = {path for path in EVERY_PATH if path.startswith(("/admin/", "/i18n/"))}


def is_kept_by_nobody(response) -> bool:
    return {"no-store", "private"} <= set(response.headers.get("Cache-Control", "").split(", "))


@pytest.mark.django_db
def test_every_public_page_and_file_is_protected_and_sets_no_cookie(client):
    film = plant_public()["film"]
    search.rebuild()
    framing = set()
    for path in addresses():
        response = client.get(path)
        framing |= {path} if "frame-src" in policy(response) else set()
        assert response.status_code in (200, 302), path
        assert missing(response) == [], path
        assert not response.cookies, path
        assert not is_kept_by_nobody(response) or path in ("/healthz", "/readyz"), path
    assert framing == {f"/films/{film.slug}/", f"/en/films/{film.slug}/"}


@pytest.mark.django_db
def test_every_address_is_protected_whatever_it_answers(client, admin_client):
    assert len(EVERY_PATH) > 100
    assert len(DESK) > 60
    for path in EVERY_PATH:
        for reader in (client, admin_client):
            for method in (reader.get, reader.post):
                response = method(path)
                assert response.status_code < 500, path
                assert missing(response) == [], path
                # What was made for one person.
                assert is_kept_by_nobody(response) or path not in DESK or method != reader.get, path


@pytest.mark.django_db
def test_a_picture_for_sharing_may_be_shown_elsewhere_and_a_page_may_not(client):
    film = make_film()
    for name in ("share_image", "wide_poster"):
        picture = client.get(reverse(name, args=[film.slug]))
        assert picture.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert policy(picture) == (DOCUMENT_POLICY if name == "wide_poster" else POLICY)
    page = client.get(film.get_absolute_url())
    assert page.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.django_db
def test_static_files_and_the_icon_are_protected(settings):
    settings.WHITENOISE_USE_FINDERS = True
    client = Client()
    for path in ("/static/films/css/site.css", "/static/films/icon.svg", "/favicon.ico"):
        response = client.get(path)
        response.close()
        assert response.status_code == 200
        assert missing(response) == [], path


def test_a_bad_request_is_protected():
    response = Client(headers={"host": "evil.example"}).get("/films/")
    assert response.status_code == 400
    assert missing(response) == []


@pytest.mark.django_db
def test_a_refused_form_is_protected():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert missing(response) == []


def test_a_failure_is_protected(monkeypatch):
    monkeypatch.delattr(machines, "plain")
    response = Client(raise_request_exception=False).get("/robots.txt")
    assert response.status_code == 500
    assert missing(response) == []


def test_an_address_without_its_slash_is_protected(client):
    response = client.get("/films")
    assert response.status_code == 301
    assert missing(response) == []


def test_nothing_inline_is_allowed_by_any_word_of_the_policy():
    words = [word for part in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].values() for word in part]
    assert set(words) == {"'none'", "'self'"}


def test_no_feature_is_both_allowed_and_refused():
    assert set(ALLOWED) & set(REFUSED) == set()
    assert len(set(ALLOWED + REFUSED)) == len(ALLOWED + REFUSED)
