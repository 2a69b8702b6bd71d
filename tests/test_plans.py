"""The hot queries read the index that was made for them."""

import pytest
from django.db import connection
from django.db.models import Value
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from films import list_filter
from films.facets import tally
from films.filters import FilmFilter, InterviewFilter
from films.models import Creator, Exchange, Film, Interview, Source, Theme, Tool, ToolUse, Topic, Work
from films.pages.film import own_parts
from films.search import reindex
from tests.factories import (
    make_edition,
    make_exchange,
    make_film,
    make_interview,
    make_tool,
    make_tool_use,
    make_topic,
)

EDITION_NEWEST = "USING COVERING INDEX film_edition_newest (edition_id=? AND status=?)"

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture
def few():
    film = make_film(edition=make_edition(), runtime_seconds=100)
    make_tool_use(film=film, tool=make_tool(name="Runway"))
    make_exchange(interview=make_interview(film=film, exchanges=0), topic=make_topic(slug="t"))
    make_film(title="")
    return film


@pytest.fixture
def very_many(monkeypatch):
    """As if filters left more than is kept, so that each page is read by itself."""
    monkeypatch.setattr(list_filter, "MANY", -1)


def plan_of(chosen) -> str:
    """The plan of the last statement that reads the ids of a page."""
    assert chosen.counts
    statements: list[tuple[str, object]] = []

    def note(execute, sql, params, many, context):
        statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        chosen.ids(0, 24)
    [sql, params] = statements[-1]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        return "\n".join(row[3] for row in cursor.fetchall())


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("sort=newest", "film_public_newest"),
        ("sort=title&title=stated", "film_public_title"),
        ("sort=runtime&runtime=0-3", "film_public_runtime"),
    ],
)
def test_a_page_of_films_is_read_from_the_index_of_its_order(few, very_many, query, index):
    plan = plan_of(FilmFilter(QueryDict(query), Film.objects.published()))
    assert f"USING COVERING INDEX {index} (status=?" in plan
    assert "TEMP B-TREE" not in plan


def test_a_common_running_time_is_looked_for_in_the_order_of_the_list(few, very_many):
    plan = plan_of(FilmFilter(QueryDict("sort=newest&runtime=0-3"), Film.objects.published()))
    assert "USING COVERING INDEX film_public_newest (status=?)" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("sort", ["title&title=stated", "runtime&runtime=0-3"])
def test_a_large_edition_is_looked_for_in_the_order_of_the_list(few, very_many, sort):
    edition = few.edition.slug
    plan = plan_of(FilmFilter(QueryDict(f"sort={sort}&edition={edition}"), Film.objects.published()))
    assert f"USING COVERING INDEX film_public_{sort.split('&')[0]} (status=?" in plan
    assert "TEMP B-TREE" not in plan


def test_the_feed_of_an_edition_reads_its_newest_films_from_their_index(few):
    rows = Film.objects.published().filter(edition=1).order_by("-first_published_at", "-pk").values("pk")
    assert f"SEARCH films_film {EDITION_NEWEST}" in rows.explain()
    assert "TEMP B-TREE" not in rows.explain()


def test_the_talks_of_an_edition_are_found_from_the_edition(client, few):
    """Newest first, all that is public would be looked at for a handful."""
    for path in (f"/editions/{few.edition.slug}/", f"/feeds/editions/{few.edition.slug}.atom"):
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        [sql] = [query["sql"] for query in captured if 'films_interview"."film_id" IS NULL)' in query["sql"]]
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = "\n".join(row[3] for row in cursor.fetchall())
        assert "SEARCH films_interview USING INDEX films_interview_edition_id" in plan


def test_words_in_a_list_are_looked_up_once(few):
    """The statement that reads what matches in order holds no search of its own."""
    reindex(films=[few.pk])
    chosen = FilmFilter(QueryDict(f"q={few.title}&sort=newest"), Film.objects.published())
    assert chosen.ids(0, 24) == [few.pk]
    plan = plan_of(chosen)
    assert "films_search" not in plan
    assert "json_each" in plan


def test_what_public_films_use_is_found_from_their_links(few):
    """Beginning with all public films took minutes at a hundred thousand of them, once the database had counted."""
    for model in (Tool, Theme, Topic, Work, Creator, Source):
        plan = model.objects.published().explain()
        assert "film_public" not in plan
        assert "interview_public_newest" not in plan


def test_a_tool_is_looked_for_film_by_film(few, very_many):
    plan = plan_of(FilmFilter(QueryDict("sort=newest&tool=runway"), Film.objects.published()))
    assert "film_public_newest" in plan
    assert "TEMP B-TREE" not in plan


def test_a_page_of_interviews_is_read_from_its_index(few, very_many):
    plan = plan_of(InterviewFilter(QueryDict("topic=t"), Interview.objects.published()))
    assert "interview_public_newest" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_talks_about_films_still_to_come_are_not_stepped_over(few, sort):
    """They stand first by their day; to see that they are hidden, the film of each would be looked at."""
    plan = plan_of(InterviewFilter(QueryDict(f"sort={sort}"), Interview.objects.published()))
    assert "USING COVERING INDEX interview_public_newest (status=? AND first_published_at<?)" in plan
    assert "TEMP B-TREE" not in plan


def test_the_answers_to_a_question_are_read_in_order_from_their_index(few):
    rows = Exchange.objects.filter(topic=1).order_by("interview_id", "position", "pk").values("pk")
    assert "USING COVERING INDEX exchange_topic (topic_id=?)" in rows.explain()


def test_what_hidden_talk_is_about_is_taken_off_without_a_look_at_its_answers(few):
    hidden = Interview.objects.hidden().order_by().values("pk")
    for noun in ("topic", "speaker"):
        plan = Exchange.objects.filter(interview__in=hidden).order_by().values("interview", noun).explain()
        assert "SEARCH films_exchange USING COVERING INDEX exchange_in_order (interview_id=?)" in plan


def test_who_asks_is_counted_by_an_index(few):
    plan = tally(Interview.objects.all(), "interviewer").explain()
    assert "USING COVERING INDEX interview_interviewer" in plan
    assert "TEMP B-TREE" not in plan


def test_whatever_belongs_to_all_is_counted_without_grouping(few):
    plan = tally(ToolUse.objects.all(), Value("yes"), "film").explain()
    assert "USING COVERING INDEX" in plan
    assert "TEMP B-TREE" not in plan


def test_a_film_page_begins_with_the_film_and_not_with_all_that_is_public(few):
    for part in own_parts("t"):
        plan = part.explain()
        assert "interview_public_newest" not in plan
        assert "film_public" not in plan


def test_the_films_of_people_are_read_from_their_credits(few):
    rows = Film.objects.shown().filter(creators__in=[1, 2])
    assert "credit_creator_film (creator_id=?" in rows.explain()
