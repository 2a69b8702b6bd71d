"""A file's ending chooses its reader."""

import pytest

from films.reading import Refusal, read_article
from films.reading.formats import FORMATS

TALK = "问：为什么？\n\n答：因为。\n\n问：怎么？\n\n答：慢慢。\n"


def test_three_formats() -> None:
    assert list(FORMATS) == [".txt", ".md", ".json"]


@pytest.mark.parametrize("name", ["a.txt", "A.TXT", "x/y/a.b.Md"])
def test_the_ending_in_any_case(name: str) -> None:
    assert len(read_article(TALK.encode(), name).interviews[0].exchanges) == 2


@pytest.mark.parametrize("name", ["a.html", "a.pdf", "a", "txt", "a.toml", ""])
def test_another_ending_is_refused(name: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_article(TALK.encode(), name)
    assert caught.value.line is None
    assert caught.value.reason.count(".txt") == 1
