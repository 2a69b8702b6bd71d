"""Numbers drawn: sound SVG, the same numbers as a table, and only for who may see the rows."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from films.charts import BAR, Bar, Chart, Group, shortened
from tests.admin.rows import full_film, full_source
from tests.factories import (
    make_edition,
    make_exchange,
    make_film,
    make_interview,
    make_tool,
    make_tool_use,
    make_topic,
)

INDEX = "admin:index"
SPACE = "{http://www.w3.org/2000/svg}"


def parsed(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(chart.svg.replace("<svg ", f'<svg xmlns="{SPACE[1:-1]}" '))


def chart_of(*values: float, **options: Any) -> Chart:
    bars = tuple(Bar(f"第{number}项", value) for number, value in enumerate(values, 1))
    return Chart("a", "标题", (Group(bars),), **options)


def lengths(svg: ElementTree.Element) -> list[float]:
    return [float(bar.get("width", "")) for bar in svg.iter(f"{SPACE}rect") if bar.get("class") == "chart-bar"]


def test_bars_are_as_long_as_their_numbers() -> None:
    whole, half, none = lengths(parsed(chart_of(10, 5, 0)))
    assert (half, none) == (whole / 2, 0)
    assert lengths(parsed(chart_of(50, full=100))) == [round(whole / 2, 1)]
    assert lengths(parsed(chart_of(0))) == [0]
    assert lengths(parsed(chart_of(-3, 7))) == [0, whole]


def test_a_drawing_is_named_and_told_for_who_cannot_see_it() -> None:
    svg = parsed(Chart("a", "标题", (Group((Bar("草稿", 2), Bar("已发布", 98.5, "98.5 %")), "短片"),)))
    title, told = svg.find(f"{SPACE}title"), svg.find(f"{SPACE}desc")
    assert title is not None
    assert told is not None
    assert (svg.get("role"), svg.get("aria-labelledby")) == ("img", f"{title.get('id')} {told.get('id')}")
    assert (title.text, told.text) == ("标题", "短片: 草稿 2, 已发布 98.5 %.")


def test_words_are_escaped_and_nothing_is_styled_inline() -> None:
    evil = '<script>alert("1")</script>&'
    chart = Chart("a", evil, (Group((Bar(evil, 1, words="<b>"),), evil),))
    assert "<script" not in chart.svg
    assert "<b>" not in chart.svg
    assert not re.search(r"\sstyle=|\son\w+=", chart.svg)
    title = parsed(chart).find(f"{SPACE}title")
    assert title is not None
    assert title.text == evil


def test_long_labels_are_cut_where_the_bar_begins() -> None:
    assert shortened("草稿", 100) == "草稿"
    assert shortened("一二三四五六七八九十", 100) == "一二三四五六…"
    assert shortened("Where does AI film stand", 100) == "Where does…"


def test_patterns_tell_bars_apart_without_colour() -> None:
    bars = [Chart("a", "", (Group((Bar("x", 1, fill=fill),)),)).svg for fill in (1, 2, 3, 4)]
    assert ["chart-pattern" in svg for svg in bars] == [False, True, True, True]
    assert len(set(bars)) == 4
    assert f"V{6}" in bars[1]
    assert f"v{BAR}" not in bars[1]


def charts(client: Client) -> dict[str, Chart]:
    return {chart.name: chart for chart in client.get(reverse(INDEX)).context["charts"]}


@pytest.fixture
def entries(db: None) -> None:
    edition = make_edition(theme="极乐世界", year=2025)
    topic = make_topic(name="最难的是什么?", name_en="What was hardest?")
    tool = make_tool(name="即梦")
    for status in ("draft", "published", "published"):
        film = make_film(edition=edition, status=status)
        make_tool_use(film=film, tool=tool, step="image")
        make_tool_use(film=film, tool=tool, step="video")
        talk = make_interview(film=film, exchanges=1)
        make_exchange(interview=talk, topic=topic)
    full_source()


def test_the_front_page_draws_the_four_numbers(entries: None, desk: Client) -> None:
    drawn = charts(desk)
    assert list(drawn) == ["states", "coverage", "answers", "tools"]
    films, talks, editions = drawn["states"].groups
    assert [(bar.label, bar.value) for bar in films.bars] == [("草稿", 1), ("已发布", 3)]
    assert [(group.label, sum(bar.value for bar in group.bars)) for group in (talks, editions)] == [
        ("访谈", 4),
        ("届次", 2),
    ]
    assert [bar.number for bar in drawn["coverage"].bars] == ["99.5 %"]
    assert [(bar.label, bar.value) for bar in drawn["answers"].bars] == [("最难的是什么?", 3), ("没有归题", 5)]
    assert [(group.label, group.bars[0].label, group.bars[0].value) for group in drawn["tools"].groups] == [
        ("极乐世界 2025", "即梦", 3)
    ]


def test_every_number_links_to_the_rows_it_counts(entries: None, desk: Client) -> None:
    drawn = charts(desk)
    for bar in [*drawn["states"].bars, *drawn["answers"].bars]:
        assert desk.get(bar.url).context["cl"].result_count == bar.value, bar
    for bar in [*drawn["coverage"].bars, *drawn["tools"].bars]:
        assert desk.get(bar.url).status_code == 200


def test_the_table_holds_what_the_drawing_says(entries: None, desk: Client) -> None:
    page = desk.get(reverse(INDEX), headers={"accept-language": "en"}).text
    figures = page[page.index('<section class="figures"') : page.index('id="content-related"')]
    assert figures.count("<svg ") == figures.count("</table>") == 4
    assert figures.count("What was hardest?</a></th><td>3</td>") == 1
    assert re.search(r"<desc [^>]*>What was hardest\? 3, Under no topic 5\.</desc>", figures)


def test_who_may_see_only_some_rows_sees_only_their_numbers(entries: None, desk_of: Any) -> None:
    assert charts(desk_of("view_tool")) == {}
    own = charts(desk_of("view_film", "view_topic"))
    assert list(own) == ["states"]
    assert [group.label for group in own["states"].groups] == ["短片"]
    assert list(charts(desk_of("view_source"))) == ["coverage"]
    assert list(charts(desk_of("view_exchange", "view_topic"))) == ["answers"]


def test_a_desk_without_entries_draws_nothing(desk: Client) -> None:
    assert charts(desk) == {}
    assert '<svg class="chart"' not in desk.get(reverse(INDEX)).text


def test_the_front_page_costs_the_same_for_one_entry_and_three(desk: Client, same_query_count: Any) -> None:
    def make() -> None:
        full_film()
        full_source()

    # Session, person and second step, two for the recent actions; the to-do list with its dead links and four charts.
    assert same_query_count(make, lambda: desk.get(reverse(INDEX))) <= 11
