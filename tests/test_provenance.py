"""Which line of an article became what, as far as visitors may know."""

import pytest

from films.models import Film, Interview, Source
from films.provenance import Line, lines_of, standings
from tests.factories import make_edition, make_exchange, make_film, make_interview, make_source

pytestmark = pytest.mark.django_db


def article(lines: int = 12, **values) -> Source:
    """A source whose line 7 reads “行7”."""
    return make_source(text="\n".join(f"行{number}" for number in range(1, lines + 1)), **values)


def kinds(source: Source) -> dict[int, str]:
    """Line number → kind, the withheld runs told apart again."""
    fresh = Source.objects.get(pk=source.pk)
    return {number: line.kind for line in lines_of(fresh) for number in range(line.number, line.last + 1)}


def line(source: Source, number: int) -> Line:
    return next(found for found in lines_of(source) if found.number <= number <= found.last)


@pytest.fixture
def source() -> Source:
    """Lines 1–2 frame, 3–10 one film with two exchanges (5–6, 8–9), 7 unused, 11 chrome, 12 unaccounted for."""
    source = article(
        passages={"headline": [1, 1], "lead": [2, 2]},
        records={"film:f": [3, 10], "interview:i": [5, 9], "exchange:x": [5, 6], "exchange:y": [8, 9]},
        report={"coverage": {"unused_lines": [[7, "行7"]], "chrome_lines": [[11, "行11"]]}},
    )
    film = make_film(source=source, source_key="f", passages={"synopsis": [3, 4]})
    interview = make_interview(film=film, source=source, source_key="i", exchanges=0)
    for key, first in (("x", 5), ("y", 8)):
        make_exchange(
            interview=interview,
            source=source,
            source_key=key,
            passages={"question": [first, first], "answer": [first + 1, first + 1]},
        )
    return source


def test_every_line_has_its_kind(source):
    assert kinds(source) == {
        **dict.fromkeys(range(1, 7), "row"),
        7: "row",  # inside the film's section
        **dict.fromkeys(range(8, 11), "row"),
        11: "chrome",
        12: "withheld",
    }


def gave(source: Source, number: int) -> list[tuple[object, tuple[str, ...]]]:
    """The rows that a line became part of, by source key, and their fields."""
    return [(getattr(part.entry, "source_key", None), part.labels) for part in line(source, number).became]


def test_each_line_leads_to_what_it_became(source):
    assert gave(source, 1) == [(None, ("标题",))]
    assert gave(source, 3) == [("f", ("剧情简介",))]
    assert gave(source, 6) == [("x", ("答",))]
    assert line(source, 3).text == "行3"


def test_a_line_that_gave_no_field_leads_to_the_narrowest_section(source):
    assert gave(source, 7) == [("i", ("访谈",))]
    assert gave(source, 10) == [("f", ("短片",))]


def test_a_line_can_become_several_things(source):
    film = Film.objects.get()
    film.passages |= {"runtime_seconds": [6, 6], "made_to": [6, 6]}
    film.save()
    assert gave(source, 6) == [("x", ("答",)), ("f", ("完成", "片长（秒）"))]


def test_a_line_that_nothing_public_accounts_for_is_withheld(source):
    assert line(source, 12) == Line(12, 12, "", "withheld")


def test_unused_lines_outside_every_entry_are_shown(source):
    source.report["coverage"]["unused_lines"].append([12, "行12"])
    source.save()
    assert kinds(source)[12] == "unused"


def test_a_draft_film_withholds_its_whole_section(source):
    Film.objects.update(status="draft")
    make_edition(source=source, source_key="e")
    assert {number for number, kind in kinds(source).items() if kind == "withheld"} == {*range(3, 11), 12}


@pytest.mark.parametrize("status", ["draft", "review", "archived"])
def test_a_hidden_interview_withholds_its_lines_and_no_others(source, status):
    Interview.objects.update(status=status)
    assert {number for number, kind in kinds(source).items() if kind == "withheld"} == {*range(5, 10), 12}


def test_an_exchange_that_an_editor_deleted_stays_withheld(source):
    Interview.objects.get().exchanges.get(source_key="x").delete()
    assert {number for number, kind in kinds(source).items() if kind == "withheld"} == {5, 6, 12}


def test_a_hidden_row_without_a_record_is_withheld_by_its_passages(source):
    make_film(status="draft", source=source, source_key="later", passages={"synopsis": [11, 11]})
    assert kinds(source)[11] == "withheld"


def test_hidden_wins_where_a_public_and_a_hidden_entry_share_a_line(source):
    make_film(status="draft", source=source, source_key="g", passages={"synopsis": [2, 3]})
    assert kinds(source)[2] == kinds(source)[3] == "withheld"


def test_records_of_things_that_are_never_hidden_withhold_nothing(source):
    source.records |= {"creator:阿米": [3, 10], "tool_use:f:1": [6, 6]}
    source.save()
    assert kinds(source)[6] == "row"


def test_nothing_is_shown_of_a_source_that_says_nothing_about_itself():
    assert {found.kind for found in lines_of(article(3))} == {"withheld"}


def test_runs_of_withheld_lines_are_one_and_say_nothing():
    (run,) = lines_of(make_source(text="甲\n\n乙\r\n丙\n"))
    assert run == Line(1, 4, "", "withheld")


def test_damaged_line_numbers_are_passed_over(source):
    source.passages |= {"publisher": "3", "published_on": [1], "view_count": [None, 2]}
    source.save()
    assert kinds(source)[1] == "row"


def test_lines_are_counted_as_the_reader_counts():
    """A form feed or a line separator inside a line divides nothing."""
    source = make_source(text="甲\x0c乙\u2028丙\n丁", passages={"headline": [2, 2]})
    assert line(source, 2).text == "丁"


def test_asks_the_same_few_questions_however_many_rows(source, django_assert_num_queries):
    make_film(source=source, source_key="second")
    with django_assert_num_queries(10):
        lines_of(source)


def test_standings_are_in_the_order_of_the_article():
    film = make_film(passages={"synopsis": [84, 85], "title": [12, 12], "damaged": "x", "made_to": [84, 84]})
    assert [(found.label, found.first, found.last) for found in standings(film)] == [
        ("片名", 12, 12),
        ("完成", 84, 84),
        ("剧情简介", 84, 85),
    ]
