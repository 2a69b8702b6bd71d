"""The JSON interface: described as it is, the same filters, pages that hold still, problems in JSON."""

import datetime as dt
from urllib.parse import urlsplit

import pytest
from django.urls import get_resolver

from films.models import Credit, Film, Organisation, Partnership, Theme, WorkMention
from tests.factories import (
    make_creator,
    make_edition,
    make_exchange,
    make_film,
    make_interview,
    make_source,
    make_tool,
    make_tool_use,
    make_topic,
    make_work,
    settled,
)

pytestmark = pytest.mark.django_db

NOUNS = ("films", "interviews", "creators", "editions", "topics")
PROBLEM = "application/problem+json"


def make_everything() -> dict[str, str]:
    """One of every noun with every field; gives the slugs."""
    source = make_source(headline="走进", publisher="报", published_on=dt.date(2025, 4, 17))
    edition = make_edition(
        name_en="Future", theme_en="Elysium", year=2025, month=3, statement="缘起。", source=source, source_key="e"
    )
    organisation = Organisation.objects.create(name=f"机构{edition.pk}", link="https://example.org/")
    Partnership.objects.create(edition=edition, organisation=organisation, note="说明")
    creator = make_creator(name_en="Ami", bio="画画。", links=["https://example.org/a"])
    topic, work, tool = make_topic(name_en="How"), make_work(author="人", kind="book"), make_tool(maker="商")
    film = make_film(
        title_en="Deer", synopsis_en="Woods.", statement="自述。", runtime_seconds=276, form="animation",
        made_from="2024-09-07", made_to="2025-03", distinction="获奖短片", pull_quote="一句", edition=edition,
        adapted_from=work, creator=creator, source=source, source_key="f", position=1,
    )  # fmt: skip
    Credit.objects.create(film=film, creator=make_creator(), role="music")
    film.themes.add(Theme.objects.create(name=f"寓言{film.pk}"))
    talk = make_interview(film=film, heading="谈", heading_en="Talk", exchanges=0, source=source, source_key="i")
    words = {"interview": talk, "topic": topic, "source": source, "speaker": creator}
    exchange = make_exchange(speaker_label="阿米", source_key="1", **words)
    make_exchange(question="", source_key="2", **words)
    make_tool_use(film=film, tool=tool, exchange=exchange, step="image", version="P2.0", quote="原句")
    WorkMention.objects.create(film=film, work=work, exchange=exchange, quote="《书》")
    film.pull_quote_exchange = exchange
    film.save()
    make_interview(heading="圆桌", edition=edition)
    rows = {"films": film, "interviews": talk, "creators": creator, "editions": edition, "topics": topic}
    return {noun: row.slug for noun, row in rows.items()}


def make_bare() -> dict[str, str]:
    """One of every noun of which nothing is stated."""
    film = make_film(title="", synopsis="", creator=(creator := make_creator()), edition=make_edition(name=""))
    talk = make_interview(film=film, interviewer="", exchanges=0)
    exchange = make_exchange(interview=talk, question="", topic=make_topic())
    make_tool_use(film=film, tool=make_tool())
    WorkMention.objects.create(film=film, work=make_work())
    rows = {
        "films": film, "interviews": talk, "creators": creator, "editions": film.edition, "topics": exchange.topic,
    }  # fmt: skip
    return {noun: row.slug for noun, row in rows.items()}


def addresses(slugs: dict[str, str]) -> list[str]:
    entries = [f"/api/v1/{noun}/{slug}/" for noun, slug in slugs.items()]
    return ["/api/v1/", *(f"/api/v1/{noun}/" for noun in NOUNS), *entries]


def complaints(client, path: str, status: int = 200) -> list[str]:
    """What the description says against the answer of an address."""
    # Loading it takes a second, which every run of any test would pay.
    import jsonschema

    described = client.get("/api/v1/openapi.json").json()
    answer = client.get(path)
    assert answer.status_code == status, path
    operation = described["paths"][template_of(path)]["get"]
    response = operation["responses"][str(status)]
    name = response.get("$ref", "").rpartition("/")[2]
    response = described["components"]["responses"][name] if name else response
    ((kind, content),) = response["content"].items()
    assert answer.headers["Content-Type"] == kind
    schema = {**content["schema"], "components": described["components"]}
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
    return [f"{path}: {error.json_path}: {error.message}" for error in checker.iter_errors(answer.json())]


def template_of(path: str) -> str:
    """The path as the description writes it: `/films/{slug}/`."""
    noun, _slash, slug = urlsplit(path).path.removeprefix("/api/v1/").strip("/").partition("/")
    return f"/{noun}/{{slug}}/" if slug else f"/{noun}/" if noun else "/"


def slugs(answer) -> list[str]:
    return [item["slug"] for item in answer.json()["items"]]


def test_is_described_in_openapi_3_1(client):
    from openapi_spec_validator import OpenAPIV31SpecValidator

    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert described["servers"] == [{"url": "http://testserver/api/v1"}]
    assert list(OpenAPIV31SpecValidator(described).iter_errors()) == []


def test_every_address_is_described_and_no_other(client):
    (api,) = [part for part in get_resolver().url_patterns if getattr(part, "namespace", "") == "api"]
    routes = {str(part.pattern).replace("<slug:slug>", "{slug}") for part in api.url_patterns}
    described = client.get("/api/v1/openapi.json").json()["paths"]
    assert {f"/{route}" for route in routes} - {"/openapi.json", "/^(?P<rest>.*)/$"} == set(described)


@pytest.mark.parametrize("make", [make_everything, make_bare])
def test_every_answer_is_as_described(client, make):
    for path in addresses(make()):
        assert complaints(client, path) == [], path


def test_an_answer_that_is_not_as_described_is_seen(client):
    slug = make_bare()["films"]
    Film.objects.filter(slug=slug).update(made_to="early")
    assert complaints(client, f"/api/v1/films/{slug}/") != []


def test_both_languages_stand_side_by_side(client):
    slug = make_everything()["films"]
    film = client.get(f"/api/v1/films/{slug}/").json()
    assert (film["title_en"], film["synopsis"], film["synopsis_en"]) == ("Deer", "一个简介。", "Woods.")
    assert film["pages"] == {
        "zh-Hans": f"http://testserver/films/{slug}/",
        "en": f"http://testserver/en/films/{slug}/",
    }
    assert film["edition"]["theme_en"] == "Elysium"


def test_a_film_comes_whole(client):
    made = make_everything()
    film = client.get(f"/api/v1/films/{made['films']}/").json()
    page = f"http://testserver/films/{made['films']}/"
    assert film["credits"][0]["role"] == "maker"
    assert film["credits"][0]["creator"]["slug"] == made["creators"]
    (talk,) = film["interviews"]
    first, second = talk["exchanges"]
    assert (first["page"], second["page"]) == (f"{page}#a1", f"{page}#a2")
    assert first["question"].endswith("问?")
    assert second["question"] is None
    assert (first["speaker"]["slug"], first["topic"]["slug"]) == (made["creators"], made["topics"])
    assert film["pull_quote"] == {"quote": "一句", "answer": f"{page}#a1"}
    assert [(use["quote"], use["answer"]) for use in film["tools"]] == [("原句", f"{page}#a1")]
    assert [(mention["quote"], mention["answer"]) for mention in film["mentions"]] == [("《书》", f"{page}#a1")]
    assert film["source"]["published_on"] == "2025-04-17"


def test_a_title_that_nobody_states_is_null(client):
    film = client.get(f"/api/v1/films/{make_bare()['films']}/").json()
    assert (film["title"], film["title_origin"], film["synopsis"], film["runtime_seconds"]) == (
        None, "not_stated", None, None,
    )  # fmt: skip


def test_a_topic_comes_with_its_answers_page_by_page(client):
    topic = make_topic(slug="t")
    for _number in range(3):
        make_exchange(interview=make_interview(film=make_film(), exchanges=0), topic=topic)
    found = client.get("/api/v1/topics/t/", {"limit": 2}).json()["answers"]
    assert (found["count"], len(found["items"])) == (3, 2)
    rest = client.get(found["next"]).json()["answers"]
    assert (len(rest["items"]), rest["next"]) == (1, None)
    pages = [item["page"] for item in found["items"] + rest["items"]]
    shown = client.get("/topics/t/").context["page"].object_list
    assert pages == [f"http://testserver{exchange.get_absolute_url()}" for exchange in shown]


# Filters


@pytest.mark.parametrize("noun", ["films", "interviews"])
def test_filters_as_the_page_does(client, noun):
    """Every filter of the page, with each value that it offers there, finds the same in the same order."""
    make_everything()
    make_bare()
    tried = 0
    with settled():
        for offer in client.get(f"/{noun}/").context["offers"]:
            for option in offer.options:
                tried += compare(client, noun, {offer.name: option.slug})
        for sort in client.get(f"/{noun}/").context["filter"].orders:
            tried += compare(client, noun, {"sort": sort})
        tried += compare(client, noun, {"q": "第"})
    assert tried > 8


def compare(client, noun: str, query: dict[str, str]) -> bool:
    page = [row.slug for row in client.get(f"/{noun}/", query).context["page"].object_list]
    assert slugs(client.get(f"/api/v1/{noun}/", query)) == page, query
    return bool(page)


@pytest.mark.parametrize("noun", ["films", "interviews"])
def test_every_filter_of_the_page_is_described(client, noun):
    described = client.get("/api/v1/openapi.json").json()["paths"][f"/{noun}/"]["get"]["parameters"]
    page = client.get(f"/{noun}/").context["filter"]
    assert [part["name"] for part in described] == [*page.facets, "q", "sort", "cursor", "limit"]
    assert set(page.filters) == {*page.facets, "q", "sort"}


def test_what_an_entry_links_to_answers(client):
    made = make_everything()
    edition = client.get(f"/api/v1/editions/{made['editions']}/").json()
    assert slugs(client.get(edition["films"])) == [made["films"]]
    assert client.get(edition["interviews"]).json()["count"] == 2
    creator = client.get(f"/api/v1/creators/{made['creators']}/").json()
    assert slugs(client.get(creator["interviews"])) == [made["interviews"]]


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("films/?tool=nix", "tool"),
        ("films/?runtime=5", "runtime"),
        ("films/?sort=best", "sort"),
        ("films/?q=%00", "q"),
        ("films/?page=2", "page"),
        ("films/?colour=red", "colour"),
        ("films/?cursor=x", "cursor"),
        ("films/?cursor=9-9%0a", "cursor"),
        ("films/?limit=0", "limit"),
        ("films/?limit=101", "limit"),
        ("interviews/?topic=nix", "topic"),
        ("creators/?q=x", "q"),
        ("editions/?cursor=-1", "cursor"),
        ("topics/?limit=many", "limit"),
    ],
)
def test_a_parameter_that_means_nothing_is_named(client, address, parameter):
    assert complaints(client, f"/api/v1/{address}", 400) == []
    problem = client.get(f"/api/v1/{address}").json()
    assert [error["parameter"] for error in problem["errors"]] == [parameter]
    assert problem["errors"][0]["message"].isascii()


# Pages


def walk(client, address: str, between=lambda: None) -> list[str]:
    """The slugs of all pages from this one on; `between` happens after each."""
    found: list[str] = []
    while address:
        answer = client.get(address)
        found += slugs(answer)
        address = answer.json()["next"]
        between()
    return found


@pytest.mark.parametrize("sort", ["programme", "newest", "title", "runtime"])
def test_pages_follow_one_another_without_gap_or_repeat(client, sort):
    edition = make_edition(year=2025)
    for number in range(7):
        make_film(
            edition=edition if number % 2 else None, runtime_seconds=number % 3 or None, title="题" * (number % 2)
        )
    whole = slugs(client.get("/api/v1/films/", {"sort": sort}))
    assert len(whole) == 7
    assert walk(client, f"/api/v1/films/?limit=2&sort={sort}") == whole


def test_what_is_published_meanwhile_shifts_no_page(client):
    before = [make_film().slug for _number in range(5)][::-1]
    assert walk(client, "/api/v1/films/?limit=2&sort=newest", between=make_film) == before


def test_a_page_still_begins_where_the_row_before_it_was_withdrawn(client):
    films = [make_film() for _number in range(4)][::-1]
    following = client.get("/api/v1/films/?limit=2&sort=newest").json()["next"]
    films[1].status = "archived"
    films[1].save()
    assert slugs(client.get(following)) == [films[3].slug]


def test_a_cursor_beyond_the_end_finds_nothing(client):
    make_film()
    assert slugs(client.get("/api/v1/films/?cursor=999-999")) == []


# Answers


def test_an_unchanged_answer_is_not_sent_again_and_a_changed_one_is(client):
    film = make_film(slug="f")
    for path in ("/api/v1/films/", "/api/v1/films/f/", "/api/v1/openapi.json"):
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
    film.synopsis = "改了。"
    film.save()
    tag = client.get("/api/v1/films/f/").headers["ETag"]
    assert client.get("/api/v1/films/f/", headers={"If-None-Match": f'"old", {tag}'}).status_code == 304
    assert client.get("/api/v1/films/f/", headers={"If-None-Match": '"old"'}).json()["synopsis"] == "改了。"


def test_head_says_what_get_says(client):
    make_film(slug="f")
    for path in ("/api/v1/films/f/", "/api/v1/films/?limit=0", "/api/v1/films/gone/"):
        got, head = client.get(path), client.head(path)
        assert (head.status_code, dict(head.headers), head.content) == (got.status_code, dict(got.headers), b"")


def test_is_the_same_for_everyone_and_open_to_scripts_of_other_sites(client):
    make_film(slug="f")
    for path in ("/api/v1/films/f/", "/api/v1/films/?limit=0", "/api/v1/films/gone/"):
        answer = client.get(path, headers={"Origin": "https://example.org", "Accept-Language": "en", "Cookie": "a=b"})
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert answer.headers.get("Vary", "") in ("", "Accept-Encoding")
        assert not answer.cookies


def test_nothing_can_be_written(client):
    for method in (client.post, client.put, client.patch, client.delete, client.options):
        answer = method("/api/v1/films/")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
        assert answer.headers["Content-Type"] == PROBLEM


def test_what_is_not_there_says_so_in_json(client):
    make_film(slug="hidden", status="draft")
    for path in ("films/hidden/", "films/gone/", "nothing/", "films/a/b/"):
        answer = client.get(f"/api/v1/{path}")
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, PROBLEM)
        assert answer.json()["status"] == 404
    assert complaints(client, "/api/v1/films/gone/", 404) == []


def test_a_missing_slash_is_added_and_an_old_address_leads_to_the_new(client):
    make_film(slug="alt")
    film = Film.objects.get(slug="alt")
    film.slug = "neu"
    film.save()
    assert client.get("/api/v1/films").headers["Location"] == "/api/v1/films/"
    answer = client.get("/api/v1/films/alt/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/api/v1/films/neu/")


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("films/", 4),
        ("films/{films}/", 1),
        ("interviews/", 4),
        ("interviews/{interviews}/", 4),
        ("creators/", 3),
        ("creators/{creators}/", 2),
        ("editions/", 5),
        ("editions/{editions}/", 4),
        ("topics/", 4),
        ("topics/{topics}/", 4),
    ],
)
def test_asks_the_same_number_of_queries_however_much_there_is(client, same_query_count, path, queries):
    made: dict[str, str] = {}

    def more() -> None:
        """Another of every noun, and more of everything that the first ones show."""
        fresh = make_everything()
        if made:
            enlarge(made, fresh)
        else:
            made.update(fresh)

    assert same_query_count(more, lambda: client.get("/api/v1/" + path.format(**made))) == queries


def enlarge(made: dict[str, str], fresh: dict[str, str]) -> None:
    """Hang what another entry has onto the first."""
    film = Film.objects.get(slug=made["films"])
    other = Film.objects.get(slug=fresh["films"])
    creator, talk = other.creators.first(), film.interviews.first()
    topic = talk.exchanges.first().topic
    Credit.objects.create(film=film, creator=creator)
    Credit.objects.create(film=other, creator=film.creators.first(), role="sound")
    film.themes.add(*other.themes.all())
    exchange = make_exchange(interview=talk, speaker=creator, topic=topic)
    make_tool_use(film=film, tool=other.tools.first(), exchange=exchange)
    WorkMention.objects.create(film=film, work=make_work(), exchange=exchange)
    make_exchange(interview=make_interview(film=film, exchanges=0), topic=topic)
    Partnership.objects.create(edition=film.edition, organisation=other.edition.organisations.first())
