"""Pages of ids, stretch by stretch, are the list as the columns order it."""

import datetime as dt

import pytest
import time_machine
from django.http import QueryDict
from django.utils import timezone

from films.filters import FilmFilter, InterviewFilter
from films.generating import generate
from films.models import Edition, Film, Interview, Tool
from tests.factories import make_edition, make_film, make_interview

pytestmark = pytest.mark.django_db
PAGE = 7


def in_pages(chosen) -> list[int]:
    return [pk for start in range(0, chosen.found + PAGE, PAGE) for pk in chosen.ids(start, PAGE)]


def test_every_order_and_filter_gives_each_entry_once_and_in_order():
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
