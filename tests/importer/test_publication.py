"""What the importer publishes has what publication asks for: editors and importer keep the same rules."""

from itertools import chain
from typing import Any

import pytest
from django.conf import settings

from films.importer import import_seeds
from films.models import Edition, Film, Interview
from films.publishing import LACKS, requirements
from tests.importer.articles import article, bring, edition, interview, with_film


@pytest.mark.django_db
def test_the_seeds_are_published_by_the_rules_of_the_desk() -> None:
    import_seeds([settings.BASE_DIR / "seeds"])
    entries = list(chain(*(model.objects.published() for model in (Film, Interview, Edition))))
    assert len(entries) > 2
    assert [(str(entry), lack) for entry in entries for lack in requirements(entry)] == []


def lacks(report: Any) -> list[tuple[str, int | None, str, bool]]:
    points = [point for point in report.points if point.code == "unready"]
    return [(point.record, point.line, point.values["lack"], point.doubt) for point in points]


NOTHING = {"synopsis": None, "interview": None, "tools": (), "works": ()}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"title": None, "creators": ()}, ["lack.no_name"]),
        (NOTHING, ["lack.nothing_told"]),
        (NOTHING | {"title": None, "creators": ()}, ["lack.no_name", "lack.nothing_told"]),
    ],
)
def test_what_an_article_does_not_fill_stays_a_draft_field_by_field(values: Any, expected: list[str]) -> None:
    report = bring(with_film(**values))
    assert lacks(report) == [("film:amie", 10, code, True) for code in expected]
    [film] = Film.objects.all()
    assert (report.status, film.status) == ("draft", "draft")
    # The desk says the same of what was stored.
    assert [LACKS[code.removeprefix("lack.")] for code in expected] == requirements(film)


@pytest.mark.django_db
def test_talk_about_no_one_film_needs_a_heading_and_an_edition_a_name() -> None:
    talk = interview(key="table", heading=None)
    report = bring(article(films=(), interviews=(talk,), edition=edition(name=None, theme=None)))
    assert [(record, code) for record, _line, code, _doubt in lacks(report)] == [
        ("edition:edition", "lack.no_theme"),
        ("interview:table", "lack.no_heading"),
    ]
    assert {row.status for row in (Edition.objects.get(), Interview.objects.get())} == {"draft"}


@pytest.mark.django_db
def test_what_a_later_text_empties_is_a_draft_again() -> None:
    bring(with_film())
    assert Film.objects.published().exists()
    dry = bring(with_film(**NOTHING), dry_run=True)
    report = bring(with_film(**NOTHING))
    assert dry.to_json() == report.to_json()
    assert lacks(report) == [("film:amie", 10, "lack.nothing_told", True)]
    assert Film.objects.get().status == "draft"


@pytest.mark.django_db
def test_what_editors_wrote_counts() -> None:
    bring(with_film())
    Film.objects.update(statement="编辑写的自述。")
    report = bring(with_film(**NOTHING))
    assert (lacks(report), Film.objects.get().status) == ([], "published")
