"""The edition that a lead presents."""

import time

import pytest

from films.reading.article import EditionFacts, Organiser
from films.reading.edition import edition_of
from films.reading.lines import paragraphs_of


def edition(text: str, published_on: str | None = "2025-04-17") -> EditionFacts | None:
    return edition_of(paragraphs_of(text), published_on)


def test_a_call_with_theme_and_organisers() -> None:
    found = edition("前言。\n\n3月,甲社携手乙厂(丙旗下的平台)和丁馆发起了以“潮水”为主题的未来影像计划,选出五部短片。")
    assert found
    assert (found.name, found.theme, found.year, found.month) == ("未来影像计划", "潮水", 2025, 3)
    assert found.organisers == (Organiser("甲社"), Organiser("乙厂", "丙旗下的平台"), Organiser("丁馆"))
    stated = ("name", "theme", "year", "month", "organisers")
    assert {name: passage.to_json()[0] for name, passage in found.passages.items()} == dict.fromkeys(stated, 3)


def test_a_month_later_than_the_publication_is_of_the_year_before() -> None:
    found = edition("11月,甲社发起了以“潮水”为主题的影像计划。", "2025-04-17")
    assert found
    assert (found.year, found.month) == (2024, 11)


def test_a_year_that_is_stated_wins() -> None:
    found = edition("2023年11月,甲社发起了以“潮水”为主题的影像计划。")
    assert found
    assert (found.year, found.month) == (2023, 11)


def test_without_any_date_year_and_month_are_empty() -> None:
    found = edition("甲社发起了以“潮水”为主题的影像计划。", None)
    assert found
    assert (found.year, found.month) == (None, None)


@pytest.mark.parametrize(
    "lead",
    ["甲社发起了以“潮水”为主题的影像计划。2024年5月下雨。", "2024年5月下雨。甲社发起了以“潮水”为主题的影像计划。"],
)
def test_the_sentences_beside_it_say_nothing_of_its_date(lead: str) -> None:
    found = edition(lead)
    assert found
    assert (found.theme, found.year, found.month) == ("潮水", None, None)


def test_an_impossible_month_is_none() -> None:
    found = edition("13月,甲社发起了以“潮水”为主题的影像计划。")
    assert found
    assert found.month is None


def test_traditional_chinese() -> None:
    found = edition("甲社發起了以「潮水」為題的影像計劃。")
    assert found
    assert (found.theme, found.organisers) == ("潮水", (Organiser("甲社"),))


@pytest.mark.parametrize(("before", "expected"), [(9_900, (Organiser("甲社"),)), (10_000, None)])
def test_a_call_is_looked_for_in_the_first_ten_thousand_letters(
    before: int, expected: tuple[Organiser, ...] | None
) -> None:
    found = edition("中" * before + "。甲社发起了“未来影像计划”征集活动。")
    assert (found and found.organisers) == expected


def test_a_lead_without_a_call_has_no_edition() -> None:
    assert edition("我们和五部获奖短片的作者聊了聊。") is None


def test_an_empty_lead_has_no_edition() -> None:
    assert edition_of([], "2025-04-17") is None


@pytest.mark.parametrize(
    "lead", ["以“a”为主题的计划" + "中" * 9000, "甲社" + " " * 9000 + "乙发起了以“a”为主题的影像计划"]
)
def test_a_sentence_without_end_costs_little(lead: str) -> None:
    start = time.process_time()
    found = edition(lead)
    assert found
    assert found.theme == "a"
    assert time.process_time() - start < 1
