"""Pages of ids, stretch by stretch, are the list as the columns order it."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from films import list_filter
from films.filters import FilmFilter, InterviewFilter
from films.generating import generate
from films.models import Edition, Exchange, Film, Interview, Tool
from tests.factories import make_edition, make_film, make_interview

pytestmark = pytest.mark.django_db
PAGE = 7


def in_pages(chosen) -> list[int]:
    return [pk for start in range(0, chosen.found + PAGE, PAGE) for pk in chosen.ids(start, PAGE)]


@pytest.mark.parametrize("most", [0, list_filter.MANY])
def test_every_order_and_filter_gives_each_entry_once_and_in_order(monkeypatch, most):
    monkeypatch.setattr(list_filter, "MANY", most)
    generate(520, 3)
    make_film(edition=None)
    hidden = make_edition(status="draft", year=2030)
    make_film(edition=hidden, position=None)
    make_film(edition=hidden, position=2, title="")
    tool, edition = Tool.objects.first().slug, Edition.objects.published().first().slug
    narrowings = ["", f"tool={tool}", "tool=none", f"edition={edition}&runtime=none", "title=none", "interview=no"]
    for narrowing in narrowings:
        for order in FilmFilter.orders:
            chosen = FilmFilter(QueryDict(f"sort={order}&{narrowing}"), Film.objects.published())
            expected = list(chosen.results.values_list("pk", flat=True))
            assert in_pages(chosen) == expected, (narrowing, order)
            assert chosen.found == len(expected)
    for order in InterviewFilter.orders:
        talks = InterviewFilter(QueryDict(f"sort={order}"), Interview.objects.published())
        assert in_pages(talks) == list(talks.results.values_list("pk", flat=True))


def test_editions_of_one_month_follow_one_another_on_every_page():
    for number in range(3):
        edition = make_edition(year=2024, month=4)
        for position in range(5 + number):
            make_film(edition=edition, position=position)
    chosen = FilmFilter(QueryDict(""), Film.objects.published())
    latest_first = Film.objects.order_by("-edition_id", "position")
    assert in_pages(chosen) == list(latest_first.values_list("pk", flat=True))
    assert in_pages(chosen) == list(chosen.results.values_list("pk", flat=True))


def talks_in(order: str) -> list[int]:
    return in_pages(InterviewFilter(QueryDict(f"sort={order}"), Interview.objects.published()))


@pytest.mark.django_db(transaction=True)
def test_talk_stands_first_from_its_moment_on_and_not_before():
    now = timezone.now()
    old, new = make_interview(), make_interview()
    soon = make_interview(film=make_film(publish_at=now + dt.timedelta(hours=1)))
    scheduled = make_interview(publish_at=now + dt.timedelta(hours=2))
    assert (talks_in("newest"), talks_in("oldest")) == ([new.pk, old.pk], [old.pk, new.pk])
    with time_machine.travel(now + dt.timedelta(minutes=61)):
        assert (talks_in("newest"), talks_in("oldest")) == ([soon.pk, new.pk, old.pk], [old.pk, new.pk, soon.pk])
    with time_machine.travel(now + dt.timedelta(minutes=121)):
        assert talks_in("newest") == [scheduled.pk, soon.pk, new.pk, old.pk]
        make_interview()
        assert len(talks_in("newest")) == len(talks_in("oldest")) == 5


@pytest.mark.django_db(transaction=True)
def test_talk_without_a_day_is_listed_too():
    dated, undated = make_interview(), make_interview()
    assert talks_in("newest") == [undated.pk, dated.pk]
    Interview.objects.filter(pk=undated.pk).update(first_published_at=None)
    assert sorted(talks_in("newest")) == sorted(talks_in("oldest")) == [dated.pk, undated.pk]
    Interview.objects.update(first_published_at=None)
    assert sorted(talks_in("newest")) == [dated.pk, undated.pk]
    Interview.objects.all().delete()
    assert talks_in("newest") == []


@pytest.mark.django_db(transaction=True)
def test_what_filters_leave_is_read_once_for_all_pages():
    """Page after page, each would be looked for among all films: the further behind, the longer."""
    generate(520, 3)
    tool, speaker = Tool.objects.first(), Exchange.objects.exclude(speaker=None).first().speaker
    for chosen in (
        FilmFilter(QueryDict("q=天&sort=title"), Film.objects.published()),
        FilmFilter(QueryDict(f"tool={tool.slug}&sort=newest"), Film.objects.published()),
        InterviewFilter(QueryDict(f"creator={speaker.slug}"), Interview.objects.published()),
        InterviewFilter(QueryDict("q=天&sort=oldest"), Interview.objects.published()),
    ):
        assert chosen.found > 0
        with CaptureQueriesContext(connection) as captured:
            assert in_pages(chosen) == list(dict.fromkeys(in_pages(chosen)))
        assert [query["sql"] for query in captured if 'FROM "films_' in query["sql"]] == []
        assert in_pages(chosen) == list(chosen.results.values_list("pk", flat=True))
