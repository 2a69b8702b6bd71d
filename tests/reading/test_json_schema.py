"""The check that names what does not fit."""

from typing import Any

import pytest

from films.reading.article import Refusal
from films.reading.json_schema import COUNT_OR_NULL, LONGEST, MOST, TEXT, Many, Record, check


def refused(value: Any, shape: Any) -> str:
    with pytest.raises(Refusal) as caught:
        check(value, shape, "here")
    return caught.value.reason


SHAPE = Record({"a": TEXT, "b": Many(COUNT_OR_NULL)}, needs=("a",))


@pytest.mark.parametrize("value", [{"a": ""}, {"a": "x", "b": []}, {"a": "x", "b": [1, None]}])
def test_what_fits(value: Any) -> None:
    check(value, SHAPE, "here")


@pytest.mark.parametrize(
    ("value", "opening"),
    [
        ({}, "here lacks “a”."),
        ({"a": 1}, "here.a must be a text, not 1."),
        ({"a": "x" * (LONGEST + 1)}, "here.a must be a text, not"),
        ({"a": "x", "b": 3}, f"here.b must be a list of at most {MOST}."),
        ({"a": "x", "b": [1] * (MOST + 1)}, f"here.b must be a list of at most {MOST}."),
        ({"a": "x", "b": [1, -1]}, "here.b[1] must be a whole number or null, not -1."),
        ({"a": "x", "b": [10**15]}, "here.b[0] must be a whole number or null"),
        ({"a": "x", "b": [1.0]}, "here.b[0] must be a whole number or null, not 1.0."),
        (None, "here must be an object with a, b."),
        ([], "here must be an object with a, b."),
        ({"a": "x", "c": 1}, "here has a key “c” that is not known here. Known are a, b."),
    ],
)
def test_what_does_not_fit(value: Any, opening: str) -> None:
    assert refused(value, SHAPE).startswith(opening)


def test_an_object_may_be_null_where_it_says_so() -> None:
    check(None, Record({}, nullable=True), "here")


def test_a_long_value_is_shown_by_its_opening() -> None:
    assert len(refused({"a": ["x" * 1000]}, SHAPE)) < 120
