"""What visitors type."""

import pytest

from films.forms import SearchForm


@pytest.mark.parametrize(
    ("data", "valid"),
    [
        ({}, True),
        ({"q": "鹿"}, True),
        ({"q": "鹿", "kind": "answer", "page": "3"}, True),
        ({"q": "鹿" * 201}, False),
        ({"q": "x " * 21}, False),
        ({"q": "a\x00"}, False),
        ({"q": "鹿", "kind": "user"}, False),
        ({"q": "鹿", "page": "0"}, False),
        ({"q": "鹿", "page": "x"}, False),
        ({"q": "鹿", "page": "1001"}, False),
    ],
)
def test_what_can_be_asked(data, valid):
    form = SearchForm(data)
    assert form.is_valid() is valid
    assert form.query == (data.get("q", "") if valid else "")
    assert form.number == (int(data.get("page", 1)) if valid else 1)
