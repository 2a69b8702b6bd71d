"""Atom feeds with the full words."""

import xml.etree.ElementTree as ET

import feedparser
import pytest
from django.core.management import call_command

from films.models import Edition, Film
from tests.factories import make_creator, make_edition, make_exchange, make_film, make_interview

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(client, path: str) -> ET.Element:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)


def words(element: ET.Element, name: str) -> list[str]:
    return [found.text or "" for found in element.findall(f"{ATOM}{name}")]


@pytest.fixture
def film() -> Film:
    film = make_film(
        title="梅花鹿", creator=make_creator(name="阿米"), synopsis="森林 <b>里</b>。", runtime_seconds=276
    )
    interview = make_interview(film=film, exchanges=0)
    make_exchange(interview=interview, question="灵感？", answer="一段。\n\n二段 {{ x }}。", speaker_label="阿米")
    return film


@pytest.mark.parametrize("name", ["films", "interviews"])
def test_a_feed_has_what_atom_demands(client, film, name):
    root = feed(client, f"/feeds/{name}.atom")
    assert root.tag == f"{ATOM}feed"
    assert root.attrib[XML_LANG] == "zh-hans"
    for part in ("title", "id", "updated"):
        assert len(words(root, part)) == 1
    assert [link.attrib["href"] for link in root.findall(f"{ATOM}link") if link.attrib["rel"] == "self"] == [
        f"http://testserver/feeds/{name}.atom"
    ]
    (entry,) = root.findall(f"{ATOM}entry")
    for part in ("title", "id", "updated", "published", "content"):
        assert len(words(entry, part)) == 1, part
    assert entry.find(f"{ATOM}summary") is None
    assert entry.find(f"{ATOM}content").attrib["type"] == "html"
    assert entry.find(f"{ATOM}link").attrib["href"] == f"http://testserver{film.get_absolute_url()}"


def test_a_film_s_entry_holds_synopsis_and_interview_escaped(client, film):
    (entry,) = feed(client, "/feeds/films.atom").findall(f"{ATOM}entry")
    assert words(entry, "title") == ["《梅花鹿》"]
    assert words(entry.find(f"{ATOM}author"), "name") == ["阿米"]
    (content,) = words(entry, "content")
    for part in (
        "4分36秒",
        "森林 &lt;b&gt;里&lt;/b&gt;。",
        "NOWNESS: 灵感？",
        "<b>阿米</b> 一段。</p>",
        "<p>二段 {{ x }}。</p>",
    ):
        assert part in content


def test_an_interview_s_entry_holds_every_answer(client, film):
    (entry,) = feed(client, "/feeds/interviews.atom").findall(f"{ATOM}entry")
    assert words(entry, "title") == ["访谈：《梅花鹿》"]
    assert "<p>二段 {{ x }}。</p>" in words(entry, "content")[0]


def test_the_english_feed_is_english_and_an_entry_of_its_own(client, film):
    film.title_en = "Sika Deer"
    film.save()
    root = feed(client, "/en/feeds/films.atom")
    assert root.attrib[XML_LANG] == "en"
    (entry,) = root.findall(f"{ATOM}entry")
    assert words(entry, "title") == ["Sika Deer"]
    assert entry.find(f"{ATOM}link").attrib["href"] == f"http://testserver/en{film.get_absolute_url()}"
    (chinese,) = feed(client, "/feeds/films.atom").findall(f"{ATOM}entry")
    assert words(entry, "id") != words(chinese, "id")


def test_an_entry_keeps_its_id_when_its_address_changes(client, film):
    before = [words(entry, "id") for entry in feed(client, "/feeds/films.atom").findall(f"{ATOM}entry")]
    film = Film.objects.get(pk=film.pk)
    film.slug = "neu"
    film.save()
    assert [words(entry, "id") for entry in feed(client, "/feeds/films.atom").findall(f"{ATOM}entry")] == before


def test_a_film_s_entry_is_updated_with_its_interview(client, film):
    film.interviews.get().save()
    (entry,) = feed(client, "/feeds/films.atom").findall(f"{ATOM}entry")
    assert words(entry, "updated")[0] > words(entry, "published")[0]


def test_characters_that_no_xml_may_hold_are_left_out(client):
    make_film(title="坏\x0b题", synopsis="坏\x01文\ufffe")
    (entry,) = feed(client, "/feeds/films.atom").findall(f"{ATOM}entry")
    assert words(entry, "title") == ["《坏题》"]
    assert "坏文" in words(entry, "content")[0]


def test_newest_come_first_and_no_more_than_thirty(client):
    for number in range(31):
        make_film(title=f"第{number}片")
    titles = [words(entry, "title")[0] for entry in feed(client, "/feeds/films.atom").findall(f"{ATOM}entry")]
    assert len(titles) == 30
    assert titles[0] == "《第30片》"


@pytest.mark.parametrize(("name", "queries"), [("films", 5), ("interviews", 5)])
def test_a_feed_asks_the_same_number_of_queries_however_long(client, same_query_count, name, queries):
    def make_item():
        make_exchange(interview=make_interview(film=make_film(), exchanges=0), speaker=make_creator())

    assert same_query_count(make_item, lambda: client.get(f"/feeds/{name}.atom")) == queries


# One feed an edition


@pytest.fixture
def edition(film) -> Edition:
    edition = make_edition(theme="极乐世界", theme_en="Elysium", year=2025, statement="缘起。", slug="e")
    film.edition, film.slug = edition, "deer"
    film.save()
    talk = make_interview(heading="圆桌", interviewer="", edition=edition, exchanges=0)
    make_exchange(interview=talk, answer="大家都说。")
    make_film(title="别届的片", edition=make_edition())
    make_interview(heading="别处的谈话")
    return edition


def test_an_edition_s_feed_has_its_films_and_its_talks_about_no_film(client, edition):
    root = feed(client, "/feeds/editions/e.atom")
    assert words(root, "title") == ["Elysium：极乐世界 2025"]
    assert words(root, "subtitle") == ["缘起。"]
    talk, film = root.findall(f"{ATOM}entry")
    assert words(talk, "title") + words(film, "title") == ["圆桌", "《梅花鹿》"]
    assert "大家都说。" in words(talk, "content")[0]
    assert "<p>二段 {{ x }}。</p>" in words(film, "content")[0]
    assert words(feed(client, "/en/feeds/editions/e.atom"), "title") == ["Elysium: Elysium 2025"]


def test_an_entry_is_the_same_in_every_feed(client, edition):
    in_edition = [words(entry, "id") for entry in feed(client, "/feeds/editions/e.atom").findall(f"{ATOM}entry")]
    assert words(feed(client, "/feeds/films.atom").findall(f"{ATOM}entry")[1], "id") in in_edition


def test_an_edition_s_feed_moves_with_its_address(client, edition):
    edition = Edition.objects.get(pk=edition.pk)
    edition.slug = "neu"
    edition.save()
    answer = client.get("/en/feeds/editions/e.atom")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/en/feeds/editions/neu.atom")
    assert client.get("/feeds/editions/gone.atom").status_code == 404


def test_the_edition_s_page_leads_to_its_feed(client, edition):
    body = client.get("/en/editions/e/").content.decode()
    assert (
        '<link rel="alternate" type="application/atom+xml" title="Elysium: Elysium 2025" '
        'href="/en/feeds/editions/e.atom">' in body
    )
    assert '<a href="/en/feeds/editions/e.atom">' in body
    assert body.count('type="application/atom+xml"') == 3
    assert client.get("/films/").content.decode().count('type="application/atom+xml"') == 2


def test_an_entry_without_a_name_is_by_the_site(client, edition):
    (talk, _film) = feed(client, "/feeds/editions/e.atom").findall(f"{ATOM}entry")
    assert talk.find(f"{ATOM}author") is None


def test_an_edition_s_feed_asks_the_same_number_of_queries_however_long(client, same_query_count, edition):
    def make_item():
        film = make_film(edition=edition)
        make_exchange(interview=make_interview(film=film, exchanges=0), speaker=make_creator())
        make_exchange(interview=make_interview(edition=edition, exchanges=0), speaker=make_creator())

    assert same_query_count(make_item, lambda: client.get("/feeds/editions/e.atom")) == 10


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_strict_reader_finds_nothing_wrong_with_the_real_article(client, prefix):
    call_command("import_seeds", verbosity=0)
    edition = Edition.objects.get()
    for name in ("films", "interviews", f"editions/{edition.slug}"):
        address = f"{prefix}/feeds/{name}.atom"
        read = feedparser.parse(
            client.get(address).content, response_headers={"content-type": "application/atom+xml; charset=utf-8"}
        )
        assert not read.bozo, read.get("bozo_exception")
        assert read.version == "atom10"
        assert len(read.entries) == 5
        assert len({entry.id for entry in read.entries}) == 5
        for entry in read.entries:
            assert entry.author
            assert entry.updated_parsed >= entry.published_parsed
            assert len(entry.content[0].value) > 500
            assert client.get(entry.link).status_code == 200


def test_nothing_published_is_still_a_feed(client):
    make_edition(slug="e")
    for name in ("films", "interviews", "editions/e"):
        read = feedparser.parse(client.get(f"/feeds/{name}.atom").content)
        assert (bool(read.bozo), read.entries) == (False, [])
