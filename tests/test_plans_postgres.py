"""On PostgreSQL too the hot queries read the index that was made for them."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.http import QueryDict

from films import list_filter
from films.filters import FilmFilter, InterviewFilter
from films.models import Exchange, Film, Interview
from films.search import reindex, search
from tests.factories import make_exchange, make_film, make_interview, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def few() -> None:
    """A few public rows among many others; so small a table would be read whole and sorted."""
    films = [make_film(title=title, runtime_seconds=100) for title in ("天空", "云", "")]
    talk = make_interview(film=films[0], exchanges=0)
    make_exchange(interview=talk, topic=make_topic(slug="t"))
    Film.objects.bulk_create(Film(slug=f"draft-{number}", status="draft") for number in range(300))
    Exchange.objects.bulk_create(Exchange(interview=talk, position=number, answer="云") for number in range(9, 300))
    reindex(films=[film.pk for film in films])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")


def plans_of(act: Callable[[], object], part: str) -> list[str]:
    """The plans of the statements that hold a part."""
    statements: list[tuple[str, object]] = []

    def note(execute, sql, params, many, context):
        statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        act()
    with connection.cursor() as cursor:
        plans = []
        for sql, params in statements:
            if part in sql:
                cursor.execute(f"EXPLAIN {sql}", params)
                plans.append("\n".join(line for (line,) in cursor.fetchall()))
    assert plans
    return plans


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("sort=newest", "film_public_newest"),
        ("sort=title&title=stated", "film_public_title"),
        ("sort=runtime&runtime=0-3", "film_public_runtime"),
    ],
)
def test_a_page_of_films_is_read_from_the_index_of_its_order(
    monkeypatch: pytest.MonkeyPatch, query: str, index: str
) -> None:
    monkeypatch.setattr(list_filter, "MANY", -1)  # as if filters left more than is kept
    chosen = FilmFilter(QueryDict(query), Film.objects.published())
    assert chosen.counts
    [plan] = plans_of(lambda: chosen.ids(0, 24), "LIMIT")
    assert index in plan


def test_a_page_of_interviews_is_read_from_its_index() -> None:
    chosen = InterviewFilter(QueryDict(""), Interview.objects.published())
    assert chosen.counts
    [plan] = plans_of(lambda: chosen.ids(0, 24), "LIMIT")
    assert "interview_public_newest" in plan
    # Talks about films still to come, which stand first by their day, are not stepped over.
    assert re.search(r"Index Cond: .*status.* AND \(first_published_at <= ", plan)


def test_the_answers_to_a_question_are_read_from_their_index() -> None:
    rows = Exchange.objects.filter(topic=1).order_by("interview_id", "position", "pk").values("pk")
    assert "exchange_topic" in rows.explain()


def test_a_search_makes_no_tokens_anew() -> None:
    """Read by number, each document would be looked at: a hundred times slower for a common word."""
    for plan in plans_of(lambda: search("天空"), "@@"):
        assert "Bitmap Index Scan on films_search_" in plan
        assert "films_searchdocument_pkey" not in plan
