"""Pages for when there is no page."""

import pytest
from django.template.loader import get_template
from django.test import Client

from films.views import machines


@pytest.mark.django_db
def test_a_missing_page_says_so_in_the_language_of_the_address(client):
    assert "此处无片" in client.get("/nix/").content.decode()
    english = client.get("/en/nix/").content.decode()
    assert '<html lang="en">' in english
    assert "此处无片" not in english


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "home"), [("/nix/", "/en/"), ("/en/nix/", "/")])
def test_a_missing_page_leads_to_the_other_language_s_home(client, path, home):
    assert f'href="{home}"' in client.get(path).content.decode()


@pytest.mark.django_db
def test_a_missing_page_asks_the_database_at_most_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/nix/")


def test_a_failure_is_told_without_the_database_or_a_request(monkeypatch):
    """No database mark: a query would fail this test."""

    def broken(*args, **kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr(machines, "plain", broken)
    client = Client(raise_request_exception=False)
    page = client.get("/robots.txt")
    assert page.status_code == 500
    assert "出了差错" in page.content.decode()
    assert "Something went wrong" in page.content.decode()
    assert "broken" not in page.content.decode()


@pytest.mark.parametrize("code", [400, 403, 414, 500])
def test_plain_pages_are_whole_in_both_languages(code):
    page = get_template(f"{code}.html").render()
    assert '<html lang="zh-Hans">' in page
    assert '<div lang="en">' in page
    assert "<style" not in page
    assert "//" not in page.replace("<!doctype html>", "")


def test_a_strange_host_is_a_bad_request():
    page = Client(headers={"host": "evil.example"}).get("/nix/")
    assert page.status_code == 400
    assert "Bad request" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/films/", "/nix/", "/admin/login/", "/api/v1/films/"])
def test_a_form_in_other_letters_is_a_bad_request(path):
    """Django refuses to read it, and so would its own page that says so."""
    client = Client(enforce_csrf_checks=True)
    page = client.post(path, b"a=1", content_type="application/x-www-form-urlencoded; charset=koi8-r")
    assert page.status_code == 400
    assert "Bad request" in page.content.decode()
    assert "Content-Security-Policy" in page.headers


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "host", "status"), [("/nix/", "testserver", 404), ("/", "[::1", 400)])
def test_an_error_does_not_read_a_form_that_cannot_be_read(path, host, status):
    """With a token to compare, Django's own pages for errors would."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False, headers={"host": host})
    client.cookies["csrftoken"] = "a" * 32
    assert client.post(path, b"--x", content_type="multipart/form-data").status_code == status


def test_a_form_of_no_length_is_a_bad_request():
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = "a" * 32
    form = "application/x-www-form-urlencoded"
    assert client.post("/admin/login/", b"a=1", content_type=form, CONTENT_LENGTH="x").status_code == 400
