"""Nothing that is not public shows anywhere: the addresses are asked of the resolver."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone, translation

from films import search
from films.models import (
    Caption,
    Creator,
    Credit,
    Edition,
    Film,
    Interview,
    Organisation,
    Partnership,
    Source,
    Theme,
    Tool,
    Topic,
    Work,
    WorkMention,
)
from films.sitemaps import SITEMAPS
from tests.factories import (
    make_caption,
    make_creator,
    make_edition,
    make_exchange,
    make_film,
    make_interview,
    make_portrait,
    make_poster,
    make_source,
    make_still,
    make_tool,
    make_tool_use,
    make_topic,
    make_video,
    make_work,
    settled,
)

pytestmark = pytest.mark.django_db

CANARY = "kanari"
HIDDEN = {
    "draft": {"status": "draft"},
    "review": {"status": "review"},
    "archived": {"status": "archived"},
    "scheduled": {"status": "published", "publish_at": timezone.now() + dt.timedelta(days=1)},
    "expired": {"status": "published", "unpublish_at": timezone.now() - dt.timedelta(days=1)},
}
# Every public address by name, and the noun whose entries have it (empty: it stands alone).
ADDRESSES = {
    "films:home": "",
    "films:film_list": "",
    "films:film_detail": "film",
    "films:interview_list": "",
    "films:interview_detail": "interview",
    "films:creator_list": "",
    "films:creator_detail": "creator",
    "films:edition_list": "",
    "films:edition_detail": "edition",
    "films:topic_list": "",
    "films:topic_detail": "topic",
    "films:tool_list": "",
    "films:tool_detail": "tool",
    "films:work_detail": "work",
    "films:source_detail": "source",
    "films:search": "",
    "films:film_feed": "",
    "films:interview_feed": "",
    "films:edition_feed": "edition",
    "share_image": "film",
    "wide_poster": "film",
    "captions": "caption",
    "api:index": "",
    "api:description": "",
    "api:film_list": "",
    "api:film_detail": "film",
    "api:interview_list": "",
    "api:interview_detail": "interview",
    "api:creator_list": "",
    "api:creator_detail": "creator",
    "api:edition_list": "",
    "api:edition_detail": "edition",
    "api:topic_list": "",
    "api:topic_detail": "topic",
    "sitemap": "",
    "sitemap_section": "section",
    "robots": "",
    "security": "",
    "healthz": "",
    "readyz": "",
}
# The language and the kind of the captions that films have here.
SPOKEN = "zh-Hans-subtitles"
MODELS = {
    "film": Film,
    "interview": Interview,
    "creator": Creator,
    "edition": Edition,
    "topic": Topic,
    "tool": Tool,
    "work": Work,
    "source": Source,
}
# `api:missing` says 404 to whatever else is asked of the interface; files have names that cannot be guessed.
# A preview opens only to whoever has its link.
NOT_PUBLIC = ("admin:", "set_language", "films:preview", "api:missing", "media")


def names(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            namespace = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from names(pattern.url_patterns, prefix + namespace)
        else:
            yield prefix + (pattern.name or str(pattern.pattern))


def secret(**values: object) -> dict[str, object]:
    return {key: f"{CANARY} {value}" for key, value in values.items()}


def plant_public() -> dict[str, object]:
    """One public entry of every noun, around which the hidden ones stand."""
    source = make_source(headline="公开的文章", text="公开的一行\nkanari 隐藏的一行\n框架", slug="article")
    source.records = {"film:open": [1, 3], "interview:gone": [2, 2]}
    source.report = {"points": [{"code": "x", "message": "kanari"}], "coverage": {"chrome_lines": [[3, "框架"]]}}
    source.save()
    edition = make_edition(slug="open-edition")
    creator, topic, tool, work = make_creator(), make_topic(), make_tool(), make_work()
    film = make_film(creator=creator, edition=edition, source=source, source_key="open", runtime_seconds=100)
    talk = make_interview(film=film, exchanges=0)
    exchange = make_exchange(interview=talk, speaker=creator, topic=topic)
    make_tool_use(film=film, tool=tool, exchange=exchange, quote="公开的话")
    make_video(film=film)
    make_caption(film=film)
    WorkMention.objects.create(film=film, work=work, exchange=exchange)
    interview = make_interview(heading="圆桌")
    return {
        "film": film, "edition": edition, "creator": creator, "topic": topic, "tool": tool,
        "work": work, "source": source, "interview": interview,
    }  # fmt: skip


def plant_hidden(state: dict[str, object], public: dict[str, object]) -> dict[str, object]:
    """A hidden entry of every noun, and hidden words hung onto public entries."""
    number = make_topic().pk
    source = make_source(**secret(headline="文", text="文", lead="导语", publisher="报"), slug=f"{CANARY}-{number}")
    edition = make_edition(
        **secret(theme=number, name="届", statement="缘起"), source=source, source_key=f"e{number}", **state
    )
    organisation = Organisation.objects.create(name=f"{CANARY} 机构 {number}")
    Partnership.objects.create(edition=edition, organisation=organisation, note=CANARY)
    creator = make_creator(**secret(name=number, bio="小传"))
    topic, tool = make_topic(name=f"{CANARY} {number}"), make_tool(name=f"{CANARY} {number}")
    work = make_work(title=f"{CANARY} {number}")
    film = make_film(
        creator=creator, edition=public["edition"], adapted_from=work, slug=f"{CANARY}-film-{number}",
        **secret(title=number, synopsis="简介", statement="自述", distinction="奖"), **state,
    )  # fmt: skip
    Credit.objects.create(film=film, creator=public["creator"])
    make_exchange(interview=make_interview(film=film, exchanges=0), speaker=creator, topic=public["topic"])
    film.themes.add(Theme.objects.create(name=f"{CANARY} {number}"))
    of_hidden_film = make_interview(film=film, exchanges=0)
    exchange = make_exchange(
        interview=of_hidden_film, speaker=creator, topic=topic, **secret(question="问", answer="答")
    )
    make_tool_use(film=film, tool=tool, exchange=exchange, quote=CANARY, version="P9")
    for make in (make_poster, make_still):
        make(film=film, **secret(alt="图", alt_en="picture", credit="提供"))
    make_portrait(creator=creator, **secret(alt="像", credit="提供"))
    make_video(film=film, site_id=f"{CANARY}-0000", site="youtube")
    make_caption(film=film, text=f"WEBVTT\n\n00:01.000 --> 00:02.000\n{CANARY}\n")
    WorkMention.objects.create(film=film, work=work, exchange=exchange, quote=CANARY)
    interview = make_interview(**secret(heading=number), exchanges=0, edition=public["edition"], **state)
    make_exchange(interview=interview, speaker=public["creator"], topic=public["topic"], **secret(answer="答"))
    hang_on_public_film(state, public, edition)
    return {
        "film": film, "edition": edition, "creator": creator, "topic": topic, "tool": tool,
        "work": work, "source": source, "interview": interview,
    }  # fmt: skip


def hang_on_public_film(state: dict[str, object], public: dict[str, object], edition: object) -> None:
    """A public film with a hidden interview, in a hidden edition: its page keeps quiet about both."""
    film = make_film(title="公开的片", edition=edition, creator=public["creator"], position=1)
    talk = make_interview(film=film, exchanges=0, **secret(heading="谈"), **state)
    words = secret(question="问", answer="答")
    exchange = make_exchange(interview=talk, speaker=public["creator"], topic=public["topic"], **words)
    make_tool_use(film=film, tool=public["tool"], exchange=exchange, quote=CANARY)
    WorkMention.objects.create(film=film, work=public["work"], exchange=exchange, quote=CANARY)
    unnamed = make_work(title=f"{CANARY} {film.pk}")
    WorkMention.objects.create(film=film, work=unnamed, exchange=exchange, quote=CANARY)
    make_interview(film=film)
    film.pull_quote, film.pull_quote_exchange = CANARY, exchange
    film.save()


def talk_about_films() -> set[str]:
    """The own addresses of talk about one film, which lead to the film's page."""
    slugs = Interview.objects.published().exclude(film=None).values_list("slug", flat=True)
    return {f"{prefix}/interviews/{slug}/" for slug in slugs for prefix in ("", "/en")}


def visit(client, path: str) -> str:
    response = client.get(path)
    return response.content.decode() + str(response.headers)


def test_every_address_has_a_row_here():
    found = {name for name in names(get_resolver().url_patterns) if not name.startswith(NOT_PUBLIC)}
    assert found == set(ADDRESSES)


@pytest.fixture
def world():
    public = plant_public()
    hidden = [plant_hidden(state, public) for state in HIDDEN.values()]
    search.rebuild()
    return public, hidden


def one_address(name: str, public: dict[str, object]) -> str:
    """An address of this name, as the public entry of its noun has it."""
    noun = ADDRESSES[name]
    if noun == "section":
        return reverse(name, args=[next(iter(SITEMAPS))])
    if noun == "caption":
        return reverse(name, args=[public["film"].slug, SPOKEN])
    return reverse(name, args=[public[noun].slug] if noun else [])


def addresses() -> Iterator[str]:
    """Every address of every public entry, in both languages."""
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for name, noun in ADDRESSES.items():
                slugs = [[row.slug] for row in MODELS[noun].objects.published()] if noun in MODELS else [[]]
                slugs = [[section] for section in SITEMAPS] if noun == "section" else slugs
                spoken = Caption.objects.published().values_list("film__slug", flat=True)
                slugs = [[slug, SPOKEN] for slug in spoken] if noun == "caption" else slugs
                assert slugs, name
                yield from [reverse(name, args=slug) for slug in slugs]


def test_no_address_shows_a_hidden_word(client, world):
    with settled():
        for path in addresses():
            response = client.get(path)
            assert response.status_code == (302 if path in talk_about_films() else 200), path
            assert CANARY not in response.content.decode(errors="replace").lower(), path
            assert CANARY not in str(response.headers).lower(), path


def own_addresses(noun: str, slug: str) -> list[str]:
    """Every address that an entry has or would have."""
    own = [reverse(name, args=[slug]) for name, of in ADDRESSES.items() if of == noun]
    return [*own, reverse("captions", args=[slug, SPOKEN])] if noun == "film" else own


def test_hidden_entries_are_as_missing_as_those_that_never_were(client, world):
    _public, hidden = world
    found = [(noun, row.slug) for rows in hidden for noun, row in rows.items()]
    with settled():
        for noun, slug in found:
            for path, other in zip(own_addresses(noun, slug), own_addresses(noun, "never-was"), strict=True):
                gone, never = client.get(path), client.get(other)
                assert gone.status_code == never.status_code == 404, path
                assert gone.content.decode().replace(slug, "never-was") == never.content.decode(), path


def test_an_old_address_of_a_hidden_entry_is_missing(client, world):
    _public, hidden = world
    for rows in hidden:
        for noun, row in rows.items():
            old, fresh = row.slug, type(row).objects.get(pk=row.pk)
            fresh.slug = f"new-{old}"
            fresh.save()
            for path in own_addresses(noun, old):
                assert client.get(path).status_code == 404, path


def test_no_hidden_entry_can_be_chosen_in_the_interface(client, world):
    _public, hidden = world
    for rows in hidden:
        for name in ("edition", "creator", "tool", "topic"):
            answer = client.get("/api/v1/films/", {name: rows[name].slug})
            never = client.get("/api/v1/films/", {name: "never-was"})
            assert answer.status_code == never.status_code == 400, name
            assert answer.content.decode().replace(rows[name].slug, "never-was") == never.content.decode()
    for noun in ("films", "interviews"):
        assert client.get(f"/api/v1/{noun}/", {"q": CANARY}).json()["count"] == 0


def test_search_finds_no_hidden_word_and_counts_none(client, world):
    page = client.get("/search/", {"q": CANARY})
    assert page.context["results"].total == 0
    assert page.context["results"].suggestions == ()


def test_lists_count_public_entries_only(client, world):
    assert client.get("/films/").context["total"] == 1 + len(HIDDEN)
    assert client.get("/films/", {"q": CANARY}).context["page"].paginator.count == 0
    assert client.get("/interviews/", {"q": CANARY}).context["page"].paginator.count == 0
    assert client.get("/interviews/").context["total"] == 2 + len(HIDDEN)
    counts = {noun: client.get(f"/api/v1/{noun}/").json()["count"] for noun in ("films", "interviews", "editions")}
    assert counts == {"films": 1 + len(HIDDEN), "interviews": 2 + len(HIDDEN), "editions": 1}


def test_the_public_words_are_there_to_be_seen(client, world):
    """The canaries would be found if they were shown: the public words beside them are."""
    public, _hidden = world
    page = visit(client, public["film"].get_absolute_url())
    assert public["film"].title in page
    assert "公开的话" in page
