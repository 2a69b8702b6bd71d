"""What machines are told: only what is stated, and nothing that could leave its element."""

import json
import re

import pytest
from django.utils import timezone

from films.models import Credit, Organisation, Partnership, Theme, WorkMention
from tests.factories import (
    make_creator,
    make_edition,
    make_exchange,
    make_film,
    make_interview,
    make_source,
    make_tool,
    make_topic,
    make_work,
)

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
HOSTILE = "</script><script>alert(1)</script><!--&amp;\u2028\u2029\\\"'{{ x }}"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def graph(client, path: str) -> dict[str, list[dict]]:
    """The page's things by type; the page has one element of them."""
    (text,) = SCRIPT.findall(client.get(path).content.decode())
    data = json.loads(text)
    assert data["@context"] == "https://schema.org"
    found: dict[str, list[dict]] = {}
    for node in data["@graph"]:
        found.setdefault(node["@type"], []).append(node)
    return found


def everything(value):
    """Every value inside."""
    yield value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from everything(part)


@pytest.fixture
def film():
    edition = make_edition(theme="极乐世界", theme_en="Elysium", name="未来影像计划", year=2025, slug="e")
    Partnership.objects.create(edition=edition, organisation=Organisation.objects.create(name="NOWNESS"))
    film = make_film(
        slug="deer", title="梅花鹿", title_en="Sika Deer", synopsis="森林里。", runtime_seconds=276, form="animation",
        made_to="2025-03", distinction="获奖短片", edition=edition, creator=make_creator(name="阿米", slug="a-mi"),
        adapted_from=make_work(title="十诫", slug="shi-jie", kind="story"),
        source=make_source(headline="走进", publisher="报", slug="s"), source_key="f",
    )  # fmt: skip
    Credit.objects.create(film=film, creator=make_creator(name="乐手", slug="yue"), role="music")
    film.themes.add(Theme.objects.create(name="寓言"))
    return film


@pytest.fixture
def talk(film):
    talk = make_interview(film=film, slug="deer-talk", exchanges=0, source=film.source, source_key="i")
    speaker = film.creators.get(name="阿米")
    words = {"interview": talk, "source": film.source}
    make_exchange(question="为什么?", answer="因为。", speaker=speaker, source_key="1", **words)
    make_exchange(question="", answer="我也说。", speaker_label="旁人", source_key="2", **words)
    return talk


def test_a_film_is_a_movie_with_what_is_stated(client, film, talk):
    (movie,) = graph(client, "/films/deer/")["Movie"]
    assert movie.pop("image").startswith(f"{HOST}/posters/deer.png?v=")
    maker = {
        "@type": "Person",
        "@id": f"{HOST}/creators/a-mi/#person",
        "name": "阿米",
        "url": f"{HOST}/creators/a-mi/",
    }
    musician = {
        "@type": "Person",
        "@id": f"{HOST}/creators/yue/#person",
        "name": "乐手",
        "url": f"{HOST}/creators/yue/",
    }
    assert movie == {
        "@type": "Movie",
        "@id": f"{HOST}/films/deer/#film",
        "url": f"{HOST}/films/deer/",
        "name": "梅花鹿",
        "alternateName": "Sika Deer",
        "description": "森林里。",
        "duration": "PT4M36S",
        "genre": "动画",
        "dateCreated": "2025-03",
        "award": "获奖短片",
        "keywords": ["寓言"],
        "creator": [maker],
        "musicBy": [musician],
        "isPartOf": {
            "@type": "CreativeWorkSeries",
            "@id": f"{HOST}/editions/e/#edition",
            "name": "极乐世界 2025",
            "url": f"{HOST}/editions/e/",
        },
        "isBasedOn": {"@type": "ShortStory", "name": "十诫", "url": f"{HOST}/works/shi-jie/"},
        "subjectOf": [{"@id": f"{HOST}/interviews/deer-talk/#interview"}],
    }


def test_the_two_languages_speak_of_one_film(client, film):
    chinese, english = (graph(client, f"{prefix}/films/deer/")["Movie"][0] for prefix in ("", "/en"))
    assert chinese["@id"] == english["@id"]
    assert (english["name"], english["alternateName"]) == ("Sika Deer", "梅花鹿")
    assert english["url"] == f"{HOST}/en/films/deer/"


def test_what_nobody_states_is_not_there(client):
    make_film(slug="bare", title="", synopsis="", creator=make_creator(name="甲", slug="jia"))
    (movie,) = graph(client, "/films/bare/")["Movie"]
    assert set(movie) == {"@type", "@id", "url", "creator", "image"}


def test_an_interview_is_an_article_of_questions_whose_answers_have_authors(client, film, talk):
    found = graph(client, "/films/deer/")
    assert not {"QAPage", "FAQPage"} & set(found)
    (article,) = found["Article"]
    asker = {"@type": "Organization", "name": "NOWNESS"}
    assert article["author"] == asker
    assert article["about"] == {"@id": found["Movie"][0]["@id"]}
    assert article["publisher"] == {"@id": found["Organization"][0]["@id"]}
    assert article["inLanguage"] == "zh-Hans"
    published = timezone.localtime(talk.first_published_at)
    assert article["datePublished"] == f"{published:%Y-%m-%dT%H:%M:%S}+08:00"
    assert article["isBasedOn"]["headline"] == "走进"
    (question,) = article["hasPart"]
    assert (question["@type"], question["text"], question["author"], question["answerCount"]) == (
        "Question", "为什么?", asker, 2,
    )  # fmt: skip
    first, second = question["suggestedAnswer"]
    assert (first["text"], first["author"]["name"]) == ("因为。", "阿米")
    assert first["author"]["@id"] == f"{HOST}/creators/a-mi/#person"
    assert first["url"] == f"{HOST}/films/deer/#a1"
    assert (second["text"], second["author"]) == ("我也说。", {"@type": "Person", "name": "旁人"})


def test_who_asks_is_no_organisation_unless_the_edition_names_it(client):
    make_interview(film=make_film(slug="x"), interviewer="王五")
    (article,) = graph(client, "/films/x/")["Article"]
    assert article["author"] == {"name": "王五"}


def test_words_without_a_question_stand_for_themselves(client):
    talk = make_interview(heading="圆桌", exchanges=0)
    make_exchange(interview=talk, question="", answer="独白。")
    (article,) = graph(client, talk.get_absolute_url())["Article"]
    assert [(part["@type"], part["text"]) for part in article["hasPart"]] == [("Answer", "独白。")]


def test_an_edition_is_a_series_of_its_films_with_those_behind_it(client, film):
    edition = film.edition
    edition.month = 3
    edition.save()
    organisation = Organisation.objects.create(name="即梦AI", link="https://example.org/")
    Partnership.objects.create(edition=edition, organisation=organisation, role="sponsor")
    (series,) = graph(client, "/editions/e/")["CreativeWorkSeries"]
    assert (series["name"], series["alternateName"], series["startDate"]) == (
        "极乐世界 2025",
        "未来影像计划",
        "2025-03",
    )
    assert series["creator"] == [{"@type": "Organization", "name": "NOWNESS"}]
    assert series["sponsor"] == [{"@type": "Organization", "name": "即梦AI", "url": "https://example.org/"}]
    assert [(part["@type"], part["name"]) for part in series["hasPart"]] == [("Movie", "梅花鹿")]


def test_a_person_comes_with_the_films_they_made(client, film):
    maker = film.creators.get(name="阿米")
    maker.bio, maker.links = "画画。", ["https://example.org/a", "javascript:alert(1)"]
    maker.save()
    found = graph(client, "/creators/a-mi/")
    (person,) = found["Person"]
    assert (person["name"], person["description"]) == ("阿米", "画画。")
    assert person["sameAs"] == ["https://example.org/a"]
    assert found["Movie"][0]["creator"][0]["@id"] == person["@id"]


def test_the_front_page_says_whose_site_it_is(client):
    found = graph(client, "/en/")
    assert found["Organization"] == [
        {"@type": "Organization", "@id": f"{HOST}/#organization", "name": "Elysium", "url": f"{HOST}/"}
    ]
    assert found["WebSite"][0]["publisher"] == {"@id": f"{HOST}/#organization"}


def test_breadcrumbs_lead_from_the_front_page_in_the_page_s_language(client, film):
    def steps(path: str) -> list[tuple[int, str, str]]:
        (crumbs,) = graph(client, path)["BreadcrumbList"]
        items = crumbs["itemListElement"]
        return [(item["position"], item["name"], item["item"].removeprefix(HOST)) for item in items]

    assert steps("/films/deer/") == [(1, "首页", "/"), (2, "短片", "/films/"), (3, "《梅花鹿》", "/films/deer/")]
    assert steps("/en/films/") == [(1, "Home", "/en/"), (2, "Films", "/en/films/")]
    assert steps("/works/shi-jie/") == [(1, "首页", "/"), (2, "十诫", "/works/shi-jie/")]


def test_pages_that_show_no_entry_have_no_data(client):
    for path in ("/nothing/", "/films/gone/", "/search/?q=x", "/films/?page=99"):
        assert SCRIPT.findall(client.get(path).content.decode()) == [], path


def plant_hostile() -> list[str]:
    """Every field of every noun holds words that try to leave the element; gives the pages."""
    edition = make_edition(name=HOSTILE, theme=HOSTILE, theme_en=HOSTILE, statement=HOSTILE, slug="e")
    organisation = Organisation.objects.create(name=HOSTILE, name_en=HOSTILE, link=f"https://x/{HOSTILE}")
    Partnership.objects.create(edition=edition, organisation=organisation, note=HOSTILE)
    creator = make_creator(name=HOSTILE, name_en=HOSTILE, bio=HOSTILE, links=[f"https://x/{HOSTILE}"], slug="c")
    work = make_work(title=HOSTILE, title_en=HOSTILE, author=HOSTILE, slug="w")
    film = make_film(
        title=HOSTILE, title_en=HOSTILE, synopsis=HOSTILE, statement=HOSTILE, distinction=HOSTILE, pull_quote=HOSTILE,
        edition=edition, creator=creator, adapted_from=work, slug="f",
        source=make_source(headline=HOSTILE, publisher=HOSTILE, lead=HOSTILE, text=HOSTILE, slug="s"), source_key="f",
    )  # fmt: skip
    film.themes.add(Theme.objects.create(name=HOSTILE[:50]))
    topic = make_topic(name=HOSTILE, name_en=HOSTILE, slug="t")
    for row in (make_interview(film=film, interviewer=HOSTILE, exchanges=0),
                make_interview(heading=HOSTILE, heading_en=HOSTILE, interviewer=HOSTILE, exchanges=0, slug="i")):  # fmt: skip
        make_exchange(interview=row, question=HOSTILE, answer=HOSTILE, speaker=creator, topic=topic)
        make_exchange(interview=row, question="", answer=HOSTILE, speaker_label=HOSTILE)
    exchange = film.interviews.get().exchanges.first()
    WorkMention.objects.create(film=film, work=work, exchange=exchange, quote=HOSTILE)
    film.tool_uses.create(tool=make_tool(name=HOSTILE, slug="o"), quote=HOSTILE, version=HOSTILE[:40])
    nouns = {
        "films": "f",
        "creators": "c",
        "editions": "e",
        "interviews": "i",
        "works": "w",
        "topics": "t",
        "tools": "o",
    }
    return [f"/{noun}/{slug}/" for noun, slug in nouns.items()] + ["/sources/s/", "/"]


def test_no_text_can_leave_the_element_or_the_head(client):
    told = 0
    for path in plant_hostile():
        for prefix in ("", "/en"):
            body = client.get(prefix + path).content.decode()
            (data,) = [script for script in re.findall("<script[^>]*>", body) if " src=" not in script]
            assert data == '<script type="application/ld+json">'
            assert body.count("</script>") == body.count("<script"), path
            assert body.count("<!--") == 0
            (text,) = SCRIPT.findall(body)
            assert not set("<>&\u2028\u2029") & set(text), path
            told += sum(HOSTILE in value for value in everything(json.loads(text)) if isinstance(value, str))
    assert told > 80


def test_every_page_has_a_card_for_sharing(client, film):
    def properties(path: str) -> dict[str, str]:
        return dict(re.findall(r'<meta property="([^"]*)" content="([^"]*)">', client.get(path).content.decode()))

    card = properties("/en/films/deer/")
    assert card.pop("og:image").startswith(f"{HOST}/posters/deer.png?v=")
    assert card == {
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:site_name": "Elysium",
        "og:type": "video.movie",
        "og:title": "Sika Deer 阿米, 乐手",
        "og:description": "森林里。",
        "og:url": f"{HOST}/en/films/deer/",
        "og:locale": "en_GB",
        "og:locale:alternate": "zh_CN",
    }
    assert properties("/creators/a-mi/")["og:type"] == "profile"
    assert properties("/films/?page=1&tool=none")["og:url"] == f"{HOST}/films/"
    assert properties("/search/?q=x")["og:title"] == "x — 搜索"


def test_words_in_the_head_are_escaped_once_and_stand_on_one_line(client):
    make_film(slug="x", title='A & "B" <i>', synopsis='一 & "二"\n\n三')
    body = client.get("/films/x/").content.decode()
    assert body.count("《A &amp; &quot;B&quot; &lt;i&gt;》") >= 2
    assert '<meta name="description" content="一 &amp; &quot;二&quot; 三">' in body
    assert '<meta property="og:description" content="一 &amp; &quot;二&quot; 三">' in body


def test_a_page_without_words_of_its_own_is_described_by_the_site_s(client):
    make_film(slug="x", synopsis="")
    assert '<meta name="description" content="策展短片，与创作者的对谈。">' in client.get("/films/x/").content.decode()


def test_a_further_page_of_a_list_has_a_title_and_an_address_of_its_own(client):
    for _number in range(25):
        make_film()
    body = client.get("/en/films/?sort=title&page=2").content.decode()
    assert "<title>Films — Elysium — Page 2</title>" in body
    assert f'<link rel="canonical" href="{HOST}/en/films/?page=2">' in body
    assert f'<link rel="alternate" hreflang="zh-Hans" href="{HOST}/films/?page=2">' in body
    assert "Page" not in client.get("/en/films/").content.decode().partition("</title>")[0]
