"""One section becomes one film, with what its words support and no more."""

import pytest

from films.reading import read_article
from films.reading.article import FilmFacts, Passage

HEAD = "走进五部短片\n\n来源:镜报  发布时间:2025-04-17\n\n"
TALK = "NOWNESS:为什么做短片?\n\n阿米:{0}\n\nNOWNESS:怎么做的?\n\n阿米:慢慢做,一天一天做下去。\n\n"


def film(before: str, answer: str = "因为冷,一直很冷。") -> FilmFacts:
    (found,) = read_article((HEAD + before + "\n\n" + TALK.format(answer)).encode(), "a.txt").films
    return found


def test_fields() -> None:
    found = film("片名:鹿\n导演:阿米\n片长:4分36秒\n工具:Runway 3")
    assert (found.title, found.title_origin, found.creators, found.runtime_seconds) == (
        "鹿",
        "heading",
        ("阿米",),
        276,
    )
    assert [(tool.name, tool.version) for tool in found.tools] == [("Runway", "3")]
    assert found.passages["runtime_seconds"] == Passage(7, 7)
    assert found.interview
    assert found.interview.passages == {"exchanges": Passage(10, 16)}


def test_a_synopsis_of_two_paragraphs() -> None:
    found = film("剧情简介:一只鹿。\n\n它走了。")
    assert found.synopsis == "一只鹿。\n\n它走了。"
    assert found.passages["synopsis"] == Passage(5, 7)


def test_a_long_field_is_one_before_a_synopsis_and_a_part_of_it_within() -> None:
    long = "工具:Runway 3、" + "很长很长的名单" * 9
    assert film(f"{long}\n剧情简介:一只鹿。").synopsis == "一只鹿。"
    assert film(f"剧情简介:一只鹿。\n{long}").synopsis == f"一只鹿。\n\n{long.replace(':', '：')}"


def test_without_talk_words_in_the_first_person_are_the_makers() -> None:
    text = HEAD + "《鹿》\n导演:阿米\n剧情简介:一只鹿。\n\n我想做一只鹿，我一直很冷。\n"
    (found,) = read_article(text.encode(), "a.txt").films
    assert (found.synopsis, found.statement) == ("一只鹿。", "我想做一只鹿，我一直很冷。")


def test_a_statement_is_no_synopsis() -> None:
    found = film("剧情简介:一只鹿。\n\n导演阐述:我想做一只鹿。")
    assert (found.synopsis, found.statement) == ("一只鹿。", "我想做一只鹿。")


@pytest.mark.parametrize(
    ("before", "answer", "title", "origin"),
    [
        ("《鹿》\n剧情简介:一只鹿。", "因为冷。", "鹿", "heading"),
        ("剧情简介:《鹿》讲述了一只鹿。", "因为冷。", "鹿", "heading"),
        ("剧情简介:一只鹿。", "我们的短片《鹿》很冷。", "鹿", "stated_by_maker"),
        ("剧情简介:一只鹿。", "我喜欢《黑镜》。", None, "not_stated"),
        ("剧情简介:一只鹿,叫作“小鹿”。", "因为冷。", None, "not_stated"),
        ("《鹿》\n剧情简介:一只鹿。", "我们的短片《海》很冷。", "鹿", "heading"),
    ],
)
def test_the_best_evidence_gives_the_title(before: str, answer: str, title: str | None, origin: str) -> None:
    found = film(before, answer)
    assert (found.title, found.title_origin) == (title, origin)


@pytest.mark.parametrize(
    ("before", "seconds"),
    [("《鹿》 4分36秒\n剧情简介:一只鹿。", 276), ("剧情简介:一只鹿。", 300), ("片长:3分\n剧情简介:一只鹿。", 180)],
)
def test_a_field_or_heading_comes_before_an_answer(before: str, seconds: int) -> None:
    assert film(before, "短片一共5分钟。").runtime_seconds == seconds


def test_when_it_was_made() -> None:
    found = film("剧情简介:一只鹿。", "第一张图是从2024年9月7号开始画,直到最后成片竣工是2025年3月。")
    assert (found.made_from, found.made_to) == ("2024-09-07", "2025-03")


def test_without_both_dates_neither_is_given() -> None:
    found = film("剧情简介:一只鹿。", "我是2024年9月开始画的。")
    assert (found.made_from, found.made_to) == (None, None)


def test_nothing_is_invented() -> None:
    found = film("剧情简介:一只鹿。")
    assert (found.title, found.statement, found.runtime_seconds, found.adapted_from) == (None, None, None, None)
    assert (found.tools, found.works, found.title_candidates) == ((), (), ())
