"""The language comes from the address alone; public pages know nobody."""

import gzip

import pytest
from django.utils import translation

from tests.factories import make_film, make_interview
from tests.views.test_leaks import ADDRESSES, one_address, plant_public

pytestmark = pytest.mark.django_db


def test_the_root_is_chinese_whatever_the_reader_prefers(client):
    client.cookies["django_language"] = "en"
    page = client.get("/", headers={"accept-language": "en"})
    assert '<html lang="zh-Hans">' in page.content.decode()
    assert page.headers["Content-Language"] == "zh-hans"


def test_below_en_is_english_whatever_the_reader_prefers(client):
    client.cookies["django_language"] = "zh-hans"
    page = client.get("/en/", headers={"accept-language": "zh"})
    assert '<html lang="en">' in page.content.decode()
    assert page.headers["Content-Language"] == "en"


@pytest.mark.parametrize("path", ["/zh-hans/", "/en-us/", "/fr/", "/en"])
def test_other_prefixes_are_no_addresses(client, path):
    assert client.get(path, follow=False).status_code in (404, 301)
    assert client.get(path, follow=True).status_code == (200 if path == "/en" else 404)


def test_public_pages_set_no_cookie_and_vary_by_nobody(client):
    public = plant_public()
    for name in ADDRESSES:
        with translation.override("zh-hans"):
            page = client.get(one_address(name, public))
        assert page.status_code == 200
        assert not page.cookies, name
        assert page.headers.get("Vary", "") in ("", "Accept-Encoding"), name


def test_a_missing_page_sets_no_cookie_and_varies_by_nobody(client):
    page = client.get("/films/never-was/")
    assert not page.cookies
    assert page.headers.get("Vary", "") in ("", "Accept-Encoding")


def test_a_page_is_compressed_for_whoever_asks(client):
    film = make_film(synopsis="一个很长的简介。" * 100)
    page = client.get(film.get_absolute_url(), headers={"accept-encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(page.content) == client.get(film.get_absolute_url()).content


def test_a_signed_in_editor_sees_the_same_bytes(client, admin_client):
    film = make_film()
    make_interview(film=film)
    path = film.get_absolute_url()
    assert client.get(path).content == admin_client.get(path).content


def test_the_desk_asks_who_is_reading(client):
    page = client.get("/admin/login/", headers={"accept-language": "en"})
    assert page.headers["Content-Language"] == "en"
    assert {"Accept-Language", "Cookie"} <= {part.strip() for part in page.headers["Vary"].split(",")}
    client.cookies["django_language"] = "zh-hans"
    page = client.get("/admin/login/", headers={"accept-language": "en"})
    assert page.headers["Content-Language"] == "zh-hans"


def test_each_page_names_itself_in_both_languages(client):
    film = make_film(slug="mei-hua-lu")
    for path in (film.get_absolute_url(), "/en/films/mei-hua-lu/"):
        page = client.get(path).content.decode()
        assert '<link rel="alternate" hreflang="zh-Hans" href="http://testserver/films/mei-hua-lu/">' in page
        assert '<link rel="alternate" hreflang="en" href="http://testserver/en/films/mei-hua-lu/">' in page
        assert f'<link rel="canonical" href="http://testserver{path}">' in page


def test_the_language_link_keeps_the_query(client):
    assert 'href="/en/films/?sort=title"' in client.get("/films/?sort=title").content.decode()
    assert 'href="/films/?sort=title"' in client.get("/en/films/?sort=title").content.decode()
