"""How many entries each value of a filter would leave."""

import datetime as dt

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from films import generation, search
from films.choices import Status
from films.facets import OFFERED
from films.filters import FilmFilter, InterviewFilter
from films.models import Creator, Film, Interview, Theme
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
)

pytestmark = pytest.mark.django_db

HIDDEN = [
    {"status": "draft"},
    {"status": "review"},
    {"status": "archived"},
    {"status": "published", "publish_at": timezone.now() + dt.timedelta(days=1)},
]


def chosen(query: str = "") -> FilmFilter:
    return FilmFilter(QueryDict(query), Film.objects.published())


def counts(query: str = "", name: str = "") -> dict[str, dict[str, int]]:
    """Filter → words → number, of the film list."""
    return {offer.name: {one.words: one.count for one in offer.options} for offer in chosen(query).offers()}


def talk_counts(query: str = "") -> dict[str, dict[str, int]]:
    offers = InterviewFilter(QueryDict(query), Interview.objects.published()).offers()
    return {offer.name: {one.words: one.count for one in offer.options} for offer in offers}


def theme(name: str, *films: Film, **values: str) -> Theme:
    row = Theme.objects.create(name=name, **values)
    row.films.set(films)
    return row


@pytest.fixture
def three():
    """Three films, each different in everything."""
    edition = make_edition(theme="极乐世界", year=2025)
    one = make_film(title="甲片", edition=edition, runtime_seconds=100, creator=make_creator(name="甲"))
    two = make_film(title="乙片", edition=edition, runtime_seconds=276, creator=make_creator(name="乙"))
    three = make_film(title="", creator=make_creator(name="丙"))
    runway = make_tool(name="Runway")
    make_tool_use(film=one, tool=runway, step="image")
    make_tool_use(film=one, tool=runway, step="video")
    make_tool_use(film=two, tool=runway)
    theme("寓言", one, two)
    theme("神话", three)
    topic = make_topic(name="最难？")
    talk = make_interview(film=one, exchanges=0)
    make_exchange(interview=talk, topic=topic)
    make_exchange(interview=talk, topic=topic)
    return one, two, three


def test_every_filter_counts_films_once(three):
    assert counts() == {
        "theme": {"寓言": 2, "神话": 1},
        "tool": {"Runway": 2, "未标注": 1},
        "runtime": {"3分钟以内": 1, "3–5分钟": 1, "5–10分钟": 0, "10分钟以上": 0, "未标注": 1},
        "title": {"已定名": 2, "无题": 1},
        "interview": {"有访谈": 1, "没有访谈": 2},
        "topic": {"最难？": 1},
        "creator": {"丙": 1, "甲": 1, "乙": 1},
        "edition": {"极乐世界 2025": 2},
    }


def test_a_filter_s_own_choices_do_not_lower_its_counts_but_those_of_the_others(three):
    found = counts("theme=yu-yan")
    assert found["theme"] == {"寓言": 2, "神话": 1}
    assert found["tool"] == {"Runway": 2, "未标注": 0}
    assert found["title"] == {"已定名": 2, "无题": 0}
    both = counts("theme=yu-yan&runtime=3-5")
    assert both["theme"] == {"寓言": 1, "神话": 0}
    assert both["runtime"] == {"3分钟以内": 1, "3–5分钟": 1, "5–10分钟": 0, "10分钟以上": 0, "未标注": 0}


@pytest.mark.parametrize(
    "query", ["theme=yu-yan&theme=shen-hua", "tool=runway&tool=none", "title=none", "interview=no"]
)
def test_each_count_is_what_choosing_that_value_leaves(three, query):
    """For every value of every filter: the list narrowed by it instead of the filter's own choices."""
    given = QueryDict(query)
    for offer in chosen(query).offers():
        for option in offer.options:
            wanted = given.copy()
            wanted.setlist(offer.name, [option.slug])
            left = FilmFilter(wanted, Film.objects.published()).results
            assert option.count == left.count() == len(set(left)), (offer.name, option.slug)


def test_interviews_are_counted_the_same_way():
    edition, topic, speaker = (
        make_edition(theme="极乐世界", year=2025),
        make_topic(name="最难？"),
        make_creator(name="甲"),
    )
    source = make_source(published_on="2024-04-17")
    of_film = make_interview(film=make_film(edition=edition), exchanges=0, source=source, source_key="t")
    for _ in range(2):
        make_exchange(interview=of_film, topic=topic, speaker=speaker)
    make_interview(edition=edition, heading="圆桌", interviewer="报社")
    make_interview(interviewer="")
    year = str(timezone.localdate().year)
    found = talk_counts()
    assert found["topic"] == {"最难？": 1}
    assert found["interviewer"] == {"NOWNESS": 1, "报社": 1}
    assert found["year"] == {year: 2, "2024": 1}
    assert list(found["year"]) == [year, "2024"]
    assert found["edition"] == {"极乐世界 2025": 2}
    assert found["creator"]["甲"] == 1
    assert talk_counts("year=2024")["interviewer"] == {"NOWNESS": 1, "报社": 0}
    for name, query in (
        ("interviewer", "interviewer=报社"),
        ("year", "year=2024"),
        ("edition", "edition=ji-le-shi-jie-2025"),
    ):
        rows = InterviewFilter(QueryDict(query), Interview.objects.published()).results
        assert rows.count() == {"interviewer": 1, "year": 1, "edition": 2}[name]


@pytest.mark.parametrize("hidden", HIDDEN, ids=lambda values: values["status"])
def test_what_is_hidden_never_counts_and_offers_nothing(three, hidden):
    before = counts()
    film = make_film(
        title="藏片", edition=make_edition(theme="藏届", **hidden), creator=make_creator(name="藏人"), **hidden
    )
    make_tool_use(film=film, tool=make_tool(name="Hidden"))
    theme("藏题", film)
    make_exchange(interview=make_interview(film=film, exchanges=0, interviewer="藏社"), topic=make_topic(name="藏问"))
    make_tool_use(film=film, tool=three[0].tools.first())
    assert counts() == before
    assert "藏社" not in talk_counts()["interviewer"]
    of_public = make_interview(film=three[1], exchanges=0, **hidden)
    make_exchange(interview=of_public, topic=three[0].interviews.get().exchanges.first().topic)
    assert counts() == before


def test_words_narrow_the_counts_too(three):
    search.rebuild()
    assert counts("q=甲片")["theme"] == {"寓言": 1, "神话": 0}
    assert counts("q=甲片&theme=shen-hua")["title"] == {"已定名": 0, "无题": 0}


def test_a_value_that_leaves_nothing_cannot_be_chosen_but_can_be_dropped(client, three):
    body = client.get("/films/?theme=shen-hua&runtime=3-5").content.decode()
    assert '<input type="checkbox" name="title" value="stated" disabled>' in body
    assert '<input type="checkbox" name="theme" value="shen-hua" checked>' in body
    assert '<span class="count">0</span>' in body


def test_the_page_asks_few_queries_whatever_is_chosen_and_however_many_films(client, same_query_count):
    def make_item():
        film = make_film(edition=make_edition(), runtime_seconds=200)
        make_tool_use(film=film, tool=make_tool())
        theme(f"词{film.pk}", film)
        make_exchange(interview=make_interview(film=film, exchanges=0), topic=make_topic(), speaker=make_creator())

    assert same_query_count(make_item, lambda: client.get("/films/")) <= 8
    everything = "runtime=3-5&tool=none&title=stated&interview=yes&interview=no"
    assert same_query_count(make_item, lambda: client.get(f"/films/?{everything}")) <= 8
    assert same_query_count(make_item, lambda: client.get("/interviews/")) <= 8


def test_of_very_many_values_those_with_most_films_and_those_chosen_are_offered():
    films = [make_film(creator=make_creator(name=f"人{number:02d}")) for number in range(OFFERED + 3)]
    busy = films[-1].credits.get().creator
    make_film(creator=busy)
    last = films[-2].credits.get().creator
    [offer] = [one for one in chosen(f"creator={last.slug}").offers() if one.name == "creator"]
    shown = {option.slug for option in offer.options}
    assert (len(shown), offer.left_out) == (OFFERED, 3)
    assert {busy.slug, last.slug} <= shown


def test_the_left_out_are_mentioned(client):
    for number in range(OFFERED + 3):
        make_film(creator=make_creator(name=f"人{number:02d}"))
    assert "还有3项较少的，未列出。" in client.get("/films/").content.decode()


def test_an_empty_list_names_the_filter_whose_removal_brings_most(client, three):
    advice = chosen("theme=shen-hua&title=stated&runtime=none").advice()
    assert (advice.label, advice.words, advice.without, advice.number) == (
        "片名",
        "已定名",
        "?theme=shen-hua&runtime=none",
        1,
    )
    page = client.get("/films/?theme=shen-hua&title=stated&runtime=none").content.decode()
    assert (
        '试着去掉“片名：<span lang="zh-Hans">已定名</span>”，<a href="?theme=shen-hua&amp;runtime=none">还有1部</a>。'
        in page
    )
    english = client.get("/en/films/?theme=shen-hua&title=stated&runtime=none").content.decode()
    assert (
        'Try without “Title: <span lang="en">Titled</span>”: <a href="?theme=shen-hua&amp;runtime=none">1 film is left</a>.'
        in english
    )


def test_words_that_find_nothing_are_what_to_drop(three):
    search.rebuild()
    advice = chosen("q=鲸鱼&title=none").advice()
    assert (advice.name, advice.words, advice.without, advice.number) == ("q", "鲸鱼", "?title=none", 1)


def test_no_advice_where_no_single_filter_helps_or_the_address_is_wrong(three):
    assert chosen("theme=shen-hua&title=stated&runtime=3-5&interview=yes").advice() is None
    assert chosen("theme=nix").advice() is None
    assert chosen("").advice() is None


def test_values_are_in_the_language_of_the_page(three):
    theme("寂静", three[0], name_en="Silence")
    with translation.override("en"):
        found = counts()
    assert "Silence" in found["theme"]
    assert found["runtime"]["Under 3 minutes"] == 1
    assert found["title"] == {"Titled": 2, "Untitled": 1}


def test_chips_name_words_and_filters(three):
    chips = chosen("q=甲&theme=yu-yan&page=3").chosen
    assert [(chip.label, chip.words, chip.without) for chip in chips] == [
        ("主题", "寓言", "?q=%E7%94%B2"),
        ("搜索", "甲", "?theme=yu-yan"),
    ]


@pytest.mark.parametrize("hidden", HIDDEN, ids=lambda values: values["status"])
def test_talk_about_a_hidden_film_never_counts(hidden):
    topic, speaker = make_topic(name="最难？"), make_creator(name="甲")
    talks = [make_interview(film=make_film(**values), exchanges=0, interviewer="报社") for values in ({}, hidden)]
    talks.append(make_interview(film=make_film(), exchanges=0, interviewer="报社", **hidden))
    for talk in talks:
        make_exchange(interview=talk, topic=topic, speaker=speaker)
    found = talk_counts()
    assert (found["interviewer"], found["topic"]) == ({"报社": 1}, {"最难？": 1})
    assert (found["creator"]["甲"], list(found["year"].values())) == (1, [1])
    assert counts()["topic"] == {"最难？": 1}
    make_exchange(interview=make_interview(exchanges=0), topic=topic)
    for film in (talks[0].film, talks[1].film, make_film()):
        for values in ({}, {}, hidden):
            make_exchange(interview=make_interview(film=film, exchanges=0, **values), topic=topic)
    assert counts()["topic"] == {"最难？": 2}
    assert counts()["interview"] == {"有访谈": 2, "没有访谈": len(Film.objects.published()) - 2}


def test_hidden_is_all_that_published_leaves_out():
    now = timezone.now()
    days = (None, now - dt.timedelta(days=2), now + dt.timedelta(days=2))
    moments = [
        (first, last) for first in days for last in (None, now - dt.timedelta(days=1), now + dt.timedelta(days=3))
    ]
    allowed = [(first, last) for first, last in moments if not (first and last and last <= first)]
    for status in Status.values:
        for first, last in allowed:
            film = make_film(status=status, publish_at=first, unpublish_at=last)
            make_interview(film=film, exchanges=0)
            make_interview(exchanges=0, status=status, publish_at=first, unpublish_at=last)
    for model in (Film, Interview):
        public, hidden = (
            set(rows.values_list("pk", flat=True)) for rows in (model.objects.published(), model.objects.hidden())
        )
        assert public
        assert hidden
        assert not public & hidden
        assert public | hidden == set(model.objects.values_list("pk", flat=True))
        assert public == set(model.objects.shown().values_list("pk", flat=True))


def test_hidden_makers_are_all_that_published_leaves_out():
    for values in ({}, *HIDDEN):
        film, talk = make_film(**values), make_interview(exchanges=0, **values)
        of_film = make_interview(film=film, exchanges=0)
        twice = make_creator()
        for number in range(2):
            make_film(creator=twice, **(values if number else HIDDEN[0]))
        make_exchange(interview=talk, speaker=make_creator())
        make_exchange(interview=of_film, speaker=make_creator())
    make_creator(name="无")
    public, hidden, every_one = (
        set(rows.values_list("pk", flat=True))
        for rows in (Creator.objects.published(), Creator.objects.hidden(), Creator.objects.all())
    )
    # Of those made with the public entries: who made the films, and who speaks in the talks.
    assert len(public) == 4
    assert public | hidden == every_one
    assert not public & hidden


@pytest.mark.django_db(transaction=True)
def test_makers_are_read_once_for_both_lists_and_languages(monkeypatch):
    # The number changes once more, a tenth of a second after a write.
    monkeypatch.setattr(generation, "SETTLED", -1)
    maker = make_creator(name="甲", name_en="One")
    make_exchange(interview=make_interview(film=make_film(creator=maker), exchanges=0), speaker=maker)
    found = []
    with CaptureQueriesContext(connection) as captured:
        for language in ("zh-hans", "en"):
            with translation.override(language):
                found += [*counts()["creator"], *talk_counts()["creator"]]
    assert found == ["甲", "甲", "One", "One"]
    assert len([query for query in captured if '"films_creator"."slug"' in query["sql"]]) == 1
    make_film(creator=make_creator(name="乙"))
    assert set(talk_counts()["creator"]) == set(counts()["creator"]) == {"甲", "乙"}
