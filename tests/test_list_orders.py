"""Pages of ids, stretch by stretch, are the list as the columns order it."""

import pytest
from django.http import QueryDict

from films.filters import FilmFilter, InterviewFilter
from films.generating import generate
from films.models import Edition, Film, Interview, Tool
from tests.factories import make_edition, make_film

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
