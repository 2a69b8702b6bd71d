"""Every public page in both languages, with the day it last changed."""

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from django.utils import timezone

from films import sitemaps
from films.models import Film, Interview, WorkMention
from films.sitemaps import FilmSitemap
from tests.factories import (
    make_edition,
    make_exchange,
    make_film,
    make_interview,
    make_source,
    make_tool,
    make_tool_use,
    make_topic,
    make_work,
)

pytestmark = pytest.mark.django_db

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def urls(client) -> dict[str, ET.Element]:
    root = ET.fromstring(client.get("/sitemap.xml").content)
    return {url.find(f"{MAP}loc").text.removeprefix("http://testserver"): url for url in root}


def make_everything() -> list[str]:
    """One of every noun; gives their addresses."""
    film = make_film(edition=make_edition(), source=make_source(), source_key="f")
    exchange = make_exchange(interview=make_interview(film=film, exchanges=0), topic=make_topic())
    use = make_tool_use(film=film, tool=make_tool())
    mention = WorkMention.objects.create(film=film, work=make_work(), exchange=exchange)
    maker = film.creators.get()
    talk = make_interview(heading="圆桌")
    rows = [film, film.edition, film.source, exchange.topic, use.tool, mention.work, maker, talk]
    return [row.get_absolute_url() for row in rows]


def test_names_every_page_in_both_languages_and_each_answers(client):
    entries = make_everything()
    found = urls(client)
    lists = ["/", "/films/", "/interviews/", "/creators/", "/editions/", "/topics/", "/tools/"]
    expected = {prefix + path for path in [*entries, *lists] for prefix in ("", "/en")}
    assert set(found) == expected
    for path in found:
        assert client.get(path).status_code == 200, path


def test_each_page_names_its_other_language_and_the_usual_one(client):
    film = make_film(slug="f")
    for path in (film.get_absolute_url(), "/en" + film.get_absolute_url()):
        links = {link.attrib["hreflang"]: link.attrib["href"] for link in urls(client)[path].findall(LINK)}
        assert links == {
            "zh-hans": "http://testserver/films/f/",
            "en": "http://testserver/en/films/f/",
            "x-default": "http://testserver/films/f/",
        }


def test_a_film_changes_with_its_public_interviews_only(client):
    film = make_film()
    day = timezone.now() + dt.timedelta(days=3)
    hidden = make_interview(film=film, status="draft")
    Interview.objects.filter(pk=hidden.pk).update(updated_at=day + dt.timedelta(days=3))
    talk = make_interview(film=film)
    Interview.objects.filter(pk=talk.pk).update(updated_at=day)
    entry = urls(client)[film.get_absolute_url()]
    assert entry.find(f"{MAP}lastmod").text == f"{timezone.localtime(day):%Y-%m-%d}"


def test_the_last_change_of_all_is_that_of_a_film_or_of_its_interviews(client, django_assert_num_queries):
    last = make_film()
    talk = make_interview(film=make_film())
    for rows, days in ((Film.objects.filter(pk=last.pk), 1), (Interview.objects.filter(pk=talk.pk), 2)):
        rows.update(updated_at=timezone.now() + dt.timedelta(days=days))
        with django_assert_num_queries(2):
            latest = FilmSitemap().get_latest_lastmod()
        assert latest == rows.get().updated_at


def test_asks_the_same_number_of_queries_however_much_there_is(client, same_query_count):
    assert same_query_count(make_everything, lambda: client.get("/sitemap.xml")) == 24


def test_a_large_site_gives_a_map_of_maps_with_every_page_once(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "PAGE", 10)
    monkeypatch.setattr(sitemaps.BilingualSitemap, "limit", 10)
    films = [make_film() for _ in range(12)]
    make_film(slug="geheim", status="draft")
    root = ET.fromstring(client.get("/sitemap.xml").content)
    parts = [entry.find(f"{MAP}loc").text.removeprefix("http://testserver") for entry in root]
    assert "/sitemap-films.xml?p=3" in parts
    found = [url.find(f"{MAP}loc").text for part in parts for url in ET.fromstring(client.get(part).content)]
    assert len(found) == len(set(found))
    for film in films:
        assert f"http://testserver{film.get_absolute_url()}" in found
    assert not [address for address in found if "geheim" in address]
    assert client.get("/sitemap-films.xml?p=99").status_code == 404
    assert client.get("/sitemap-nix.xml").status_code == 404
