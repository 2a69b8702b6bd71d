"""Strings and objects of a JSON text know their lines."""

import json

import pytest

from films.reading.json_places import Placed, PlacedDict, load_placed

TEXT = '{\n  "a": "one",\n  "b": [\n    {"c": "two\\nlines"}\n  ],\n  "d": 1.5\n}'


def test_it_decodes_as_json_does() -> None:
    assert load_placed(TEXT) == json.loads(TEXT)


def test_strings_know_their_line() -> None:
    value = load_placed(TEXT)["a"]
    assert isinstance(value, Placed)
    assert (value.first, value.last) == (2, 2)


def test_an_escaped_line_end_is_on_one_line() -> None:
    value = load_placed(TEXT)["b"][0]["c"]
    assert (value, value.first, value.last) == ("two\nlines", 4, 4)


def test_objects_know_their_lines() -> None:
    value = load_placed(TEXT)
    assert isinstance(value, PlacedDict)
    assert (value.first, value.last) == (1, 7)
    assert (value["b"][0].first, value["b"][0].last) == (4, 4)


@pytest.mark.parametrize("text", ["", "{", '{"a" 1}', "[1,]"])
def test_bad_json_raises_what_json_raises(text: str) -> None:
    with pytest.raises(json.JSONDecodeError):
        load_placed(text)


def test_nesting_without_end_raises_recursion_error() -> None:
    with pytest.raises(RecursionError):
        load_placed("[" * 100_000)
