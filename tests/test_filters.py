"""What the lists can be narrowed to."""

import pytest
from django.http import QueryDict
from django.utils import translation

from films import search
from films.filters import FilmFilter, InterviewFilter
from films.models import Film, Interview
from tests.factories import (
    make_creator,
    make_edition,
    make_exchange,
    make_film,
    make_interview,
    make_tool,
    make_tool_use,
    make_topic,
)

pytestmark = pytest.mark.django_db


def films(query: str) -> list[str]:
    """The titles that a query of the film list leaves."""
    return [film.title for film in FilmFilter(QueryDict(query), Film.objects.published()).results]


def talks(query: str) -> list[Interview]:
    return list(InterviewFilter(QueryDict(query), Interview.objects.published()).results)


def test_or_inside_a_filter_and_across_filters():
    one, two = make_edition(), make_edition()
    amy = make_creator()
    make_film(title="甲", edition=one, creator=amy)
    make_film(title="乙", edition=two)
    make_film(title="丙", creator=amy)
    assert sorted(films(f"edition={one.slug}&edition={two.slug}")) == ["乙", "甲"]
    assert films(f"edition={one.slug}&edition={two.slug}&creator={amy.slug}") == ["甲"]


def test_tool_or_not_stated():
    runway, sora = make_tool(name="Runway"), make_tool(name="Sora")
    for tool in (runway, sora):
        film = make_film(title=tool.name)
        make_tool_use(film=film, tool=tool)
        make_tool_use(film=film, tool=tool, step="video")
    make_film(title="无")
    assert films("tool=runway") == ["Runway"]
    assert films("tool=none") == ["无"]
    assert sorted(films("tool=none&tool=sora")) == ["Sora", "无"]


def test_topic_counts_public_answers_only():
    topic = make_topic()
    for title, status in (("公开", "published"), ("藏", "draft")):
        film = make_film(title=title)
        make_exchange(interview=make_interview(film=film, exchanges=0, status=status), topic=topic)
    assert films(f"topic={topic.slug}") == ["公开"]


@pytest.mark.parametrize(
    ("runtime", "expected"),
    [
        ("0-3", [1, 179]),
        ("3-5", [180, 299]),
        ("5-10", [300, 599]),
        ("10-", [600]),
        ("none", [None]),
    ],
)
def test_runtime_ranges_meet_without_gap_or_overlap(runtime, expected):
    for seconds in (1, 179, 180, 299, 300, 599, 600, None):
        make_film(runtime_seconds=seconds)
    found = FilmFilter(QueryDict(f"runtime={runtime}"), Film.objects.published()).results
    assert list(found.order_by("runtime_seconds").values_list("runtime_seconds", flat=True)) == expected


def test_words_narrow_films_and_interviews():
    film = make_film(title="梅花鹿")
    interview = make_interview(film=film, exchanges=0)
    make_exchange(interview=interview, answer="天空很远。")
    make_interview(film=make_film(title="别的"))
    search.rebuild()
    assert films("q=天空") == ["梅花鹿"]
    assert films("q=meihualu") == ["梅花鹿"]
    assert films("q=海") == []
    assert talks("q=天空") == [interview]


def test_words_and_a_missing_tool_together():
    """Both ask through subqueries; their columns must not be taken for one another."""
    make_exchange(interview=make_interview(film=make_film(title="有"), exchanges=0), answer="天空")
    make_film(title="无")
    search.rebuild()
    assert films("q=天空&tool=none") == ["有"]


def test_orders():
    edition = make_edition(year=2025)
    make_film(title="", edition=edition, position=2, runtime_seconds=None)
    make_film(title="乙", edition=edition, position=1, runtime_seconds=300)
    make_film(title="甲", runtime_seconds=100)
    assert films("") == films("sort=") == films("sort=programme")
    assert films("sort=newest") == ["甲", "乙", ""]
    assert films("sort=programme") == ["乙", "", "甲"]
    assert films("sort=title") == ["甲", "乙", ""]
    assert films("sort=runtime") == ["甲", "乙", ""]


def test_orders_of_interviews():
    first, second = make_interview(), make_interview()
    assert talks("sort=newest") == [second, first]
    assert talks("sort=oldest") == [first, second]


@pytest.mark.parametrize(
    "query",
    [
        "edition=nix",
        "creator=%00",
        "tool=1' OR 1=1",
        "topic=",
        "runtime=1-2",
        "sort=random",
        "q=" + "x" * 201,
        "q=%00",
        "edition=nix&runtime=3-5",
    ],
)
def test_what_is_no_choice_is_an_error_and_an_empty_list(query):
    make_film(runtime_seconds=200)
    chosen = FilmFilter(QueryDict(query), Film.objects.published())
    assert list(chosen.results) == []
    assert chosen.form.errors


def test_errors_are_shown_in_words(client):
    make_film()
    page = client.get("/films/?runtime=1-2").content.decode()
    assert 'role="alert"' in page
    assert "1-2 不在可用的选项中" in page
    assert "地址里有看不懂的条件" in page


def test_unknown_parameters_change_nothing():
    make_film(title="甲")
    assert films("colour=red&status=draft&id=7") == ["甲"]


def test_choices_come_from_public_rows_in_the_language_of_the_page():
    make_film(edition=make_edition(theme="极乐世界", theme_en="Elysium", year=2025))
    make_film(edition=make_edition(theme="藏", status="draft"), status="draft")
    with translation.override("zh-hans"):
        values = FilmFilter(QueryDict(), Film.objects.published()).values
        assert [value.words for value in values["edition"].values()] == ["极乐世界 2025"]
        assert len(values["creator"]) == 1
    with translation.override("en"):
        values = FilmFilter(QueryDict(), Film.objects.published()).values
        assert [value.words for value in values["edition"].values()] == ["Elysium 2025"]


def test_each_choice_can_be_dropped_by_itself():
    make_film(runtime_seconds=200)
    chosen = FilmFilter(QueryDict("runtime=3-5&runtime=none&sort=title&page=2"), Film.objects.published()).chosen
    assert [(chip.words, chip.without) for chip in chosen] == [
        ("3–5分钟", "?runtime=none&sort=title"),
        ("未标注", "?runtime=3-5&sort=title"),
    ]


def test_interviews_by_edition_speaker_and_topic():
    edition, speaker, topic = make_edition(), make_creator(), make_topic()
    of_film = make_interview(film=make_film(edition=edition), exchanges=0)
    make_exchange(interview=of_film, speaker=speaker, topic=topic)
    round_table = make_interview(heading="圆桌", edition=edition)
    make_interview()
    assert talks(f"edition={edition.slug}") == [round_table, of_film]
    assert talks(f"creator={speaker.slug}") == [of_film]
    assert talks(f"topic={topic.slug}&edition={edition.slug}") == [of_film]
