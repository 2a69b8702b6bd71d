"""The vocabulary file: what it gives, and what it is refused for."""

import pytest

from films.reading.article import Refusal
from films.reading.vocabulary import EMPTY, ToolWord, TopicWord, Vocabulary, line_of, parse_vocabulary

GOOD = """
[[tool]]
name = "即梦"
maker = "字节跳动"
aliases = ["即梦AI"]

[[topic]]
name = "最难的是什么?"
cues = ["最难的"]
"""
WRONG = {
    "not toml": ("[[tool]\n", "is not valid TOML", 1),
    "unknown table": ("[[tools]]\n", "tools: the vocabulary knows only", 1),
    "not tables": ("tool = 3\n", r"write \[\[tool\]\]", 1),
    "unknown key": ('[[tool]]\nname = "A"\nmakr = "B"\n', r"\[\[tool\]\] number 1: 'makr' is not known", 3),
    "not a text": ("[[tool]]\nname = 3\n", "name must be a text", 2),
    "not a list": ('[[topic]]\nname = "A"\ncues = "B"\n', "cues must be a list", 3),
    "empty word": ('[[tool]]\nname = "A"\naliases = [""]\n', "words that are not empty", 3),
    "no name": ('[[tool]]\nname = "A"\n\n[[tool]]\nmaker = "B"\n', r"\[\[tool\]\] number 2: name is missing", 4),
    "unknown step": ('[[tool]]\nname = "A"\nstep = "fly"\n', "step must be one of", 3),
    "two owners": ('[[tool]]\nname = "A"\n[[tool]]\nname = "B"\naliases = ["ａ"]\n', "already belongs to A", 3),
    "topic twice": ('[[topic]]\nname = "A"\n[[topic]]\nname = "a"\n', "is there twice", 3),
}


def test_tools_and_topics_in_the_order_of_the_file():
    assert parse_vocabulary(GOOD) == Vocabulary(
        (ToolWord("即梦", "字节跳动", ("即梦AI",), None),), (TopicWord("最难的是什么?", "", ("最难的",)),)
    )
    assert parse_vocabulary("") == EMPTY


@pytest.mark.parametrize(("text", "words", "line"), WRONG.values(), ids=WRONG)
def test_a_wrong_entry_is_refused_by_line_and_field(text, words, line):
    with pytest.raises(Refusal, match=words) as refused:
        parse_vocabulary(text)
    assert refused.value.line == line


def test_a_line_is_found_in_the_right_table():
    text = "[[film]]\na = 1\n[[film]]\n\na = 2\n"
    assert (line_of(text, "film", 2, "a"), line_of(text, "film", 2, "b"), line_of(text, "film", 3)) == (5, 3, None)
