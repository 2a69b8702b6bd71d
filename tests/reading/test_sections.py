"""The body in sections: a lead, then one stretch for each film."""

import pytest

from films.reading.lines import paragraphs_of
from films.reading.sections import split_sections
from films.reading.talk import Labelled


def split(text: str) -> tuple[list[int], list[tuple[int, int, set[str]]]]:
    lead, sections = split_sections(paragraphs_of(text), Labelled(frozenset({"q"})))
    return [p.first for p in lead], [(s.lines.first, s.lines.last, s.marks) for s in sections]


TALK = "Q：为什么？\n阿米：因为。"


def test_a_synopsis_begins_a_section_and_its_talk_goes_on() -> None:
    assert split(f"引子。\n剧情简介：鹿。\n{TALK}\n剧情简介：海。\n{TALK}") == (
        [1],
        [(2, 4, {"synopsis", "talk"}), (5, 7, {"synopsis", "talk"})],
    )


def test_a_heading_and_its_synopsis_are_one_section() -> None:
    assert split(f"《梅花鹿》\n剧情简介：鹿。\n{TALK}") == ([], [(1, 4, {"heading", "synopsis", "talk"})])


def test_two_headings_are_two_sections() -> None:
    assert [lines[:2] for lines in split(f"《鹿》\n{TALK}\n《海》\n{TALK}")[1]] == [(1, 3), (4, 6)]


def test_talk_alone_is_one_section() -> None:
    assert split(f"引子。\n{TALK}\n{TALK}") == ([1], [(2, 5, {"talk"})])


def test_fields_begin_a_section() -> None:
    assert split(f"引子。\n\n导演：阿米\n片长：3分\n{TALK}") == ([1], [(3, 6, {"fields", "talk"})])


def test_a_statement_never_begins_one() -> None:
    assert split("引子。\n导演阐述：我想。") == ([1, 2], [])


def test_no_mark_is_all_lead() -> None:
    assert split("一段。\n又一段。") == ([1, 2], [])


@pytest.mark.parametrize(("text", "titled"), [("《鹿》\n剧情简介：鹿。", True), ("剧情简介：鹿。", False)])
def test_a_section_knows_its_title(text: str, titled: bool) -> None:
    _, sections = split_sections(paragraphs_of(text), None)
    assert [section.is_titled for section in sections] == [titled]


def test_words_that_are_a_label_are_no_title() -> None:
    _, sections = split_sections(paragraphs_of("阿米：甲。\n\n阿米\n导演：阿米\n片长：3分\n阿米：乙。"), None)
    assert [section.is_titled for section in sections] == [False]
