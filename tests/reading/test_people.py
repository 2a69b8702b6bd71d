"""Whose voice a label is."""

import pytest

from films.reading.headings import FieldLine
from films.reading.labels import Label, label_of
from films.reading.people import People, is_maker, makers_in


def label(text: str) -> Label:
    found = label_of(f"{text}：好")
    assert found
    return found


def resolved(*labels: str, makers: tuple[str, ...] = ()) -> tuple[list[str | None], list[tuple[str, int | None]]]:
    people = People()
    people.know_makers(makers)
    names = [people.resolve(label(text), line) for line, text in enumerate(labels, 1)]
    return names, [(point.code, point.line) for point in people.points]


@pytest.mark.parametrize(
    ("labels", "names", "aliases"),
    [
        (("Sun Hao Peng", "SHP", "Sun"), ["Sun Hao Peng"] * 3, [("alias", 2), ("alias", 3)]),
        (("孙浩鹏", "SHP"), ["孙浩鹏"] * 2, [("alias", 2)]),
        (("佐藤克則監督", "佐藤監督", "監督"), ["佐藤克則"] * 3, [("alias", 2), ("alias", 3)]),
        (("阿米", "ＡＭＩ", "阿米"), ["阿米", "ＡＭＩ", "阿米"], []),
        (("阿米", "A"), ["阿米"] * 2, [("alias", 2)]),
        (("阿米", "巩烨", "A"), ["阿米", "巩烨", None], []),
        (("Chen Wei", "Chen Xi", "Chen"), ["Chen Wei", "Chen Xi", None], []),
        (("A",), [None], []),
        (("导演沈亦", "巩烨", "导演"), ["沈亦", "巩烨", "沈亦"], [("alias", 3)]),
    ],
)
def test_labels_resolve(labels: tuple[str, ...], names: list[str | None], aliases: list[tuple[str, int]]) -> None:
    assert resolved(*labels) == (names, aliases)


def test_an_alias_is_told_once_and_is_a_doubt() -> None:
    people = People()
    for line, text in enumerate(["Chen Wei", "CW", "CW"], 1):
        people.resolve(label(text), line)
    assert [(point.line, point.doubt) for point in people.points] == [(2, True)]


def test_makers_named_in_fields_are_known_beforehand() -> None:
    assert resolved("A", makers=("阿米",))[0] == ["阿米"]


@pytest.mark.parametrize(
    ("name", "value", "makers"),
    [
        ("导演", "阿米", ["阿米"]),
        ("导演", "阿米、巩烨", ["阿米", "巩烨"]),
        ("编剧/导演", "阿米", ["阿米"]),
        ("director", "Ann Lee and Bo Li", ["Ann Lee", "Bo Li"]),
        ("导演", "宋一鸣 | 中国 | 2024", ["宋一鸣"]),
        ("音乐", "阿米", []),
    ],
)
def test_makers_in_fields(name: str, value: str, makers: list[str]) -> None:
    assert makers_in([FieldLine(name, value)]) == makers


@pytest.mark.parametrize(
    ("text", "maker"),
    [("Lin", True), ("Lin (composer)", False), ("Lin (director)", True), ("林（导演）", True), ("林（作曲）", False)],
)
def test_a_role_may_say_that_its_bearer_made_no_film(text: str, maker: bool) -> None:
    assert is_maker(label(text)) == maker


def test_no_label_says_nothing_against_it() -> None:
    assert is_maker(None)
