"""The title of a film: by evidence, each piece with its line."""

import pytest

from films.reading.article import Passage
from films.reading.talk import Said
from films.reading.titles import BORROWED, IN_PASSING, headline_title, pitch_title, title_from_talk


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("走进《梅花鹿》的森林", "梅花鹿"),
        ("专访『海の底』監督", "海の底"),
        ("《梅花鹿》与《海》", None),
        ("《梅花鹿》：再谈《梅花鹿》", "梅花鹿"),
        ("《镜报》杂志专访", None),
        ("走进极乐世界", None),
        (None, None),
    ],
)
def test_the_one_title_of_a_headline(headline: str | None, title: str | None) -> None:
    assert headline_title(headline) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("《梅花鹿》讲述的是一只鹿", "梅花鹿"),
        ("短片《海》是一部动画", "海"),
        ("『海の底』は、ある少年の話", "海の底"),
        ("一只鹿走进《梅花鹿》", None),
        ("《梅花鹿》很好看", None),
        (None, None),
    ],
)
def test_the_title_that_opens_a_pitch(text: str | None, title: str | None) -> None:
    assert pitch_title(text) == title


@pytest.mark.parametrize(
    "answer",
    [
        "我们的短片《海》花了三个月。",
        "短片叫《海》，花了三个月。",
        "《海》这部短片花了三个月。",
        "《海》是我的毕业短片。",
        "《海》的创作很慢，直到成片竣工。",
        "《海》的视觉风格很冷。后来《海》的剪辑也冷。",
        "I spent a year on my short film “Sea”.",
    ],
)
def test_a_title_that_the_maker_gives_is_set_as_stated(answer: str) -> None:
    title = title_from_talk([], [Said("先说别的。", 3), Said(answer, 5)])
    assert (title.title, title.origin, title.passage) in [
        ("海", "stated_by_maker", Passage(5, 5)),
        ("Sea", "stated_by_maker", Passage(5, 5)),
    ]


@pytest.mark.parametrize(
    "answer",
    [
        "我很喜欢《黑镜》。",
        "像《黑镜》那样的科技感。",
        "《山海经》里有很多异兽。",
        "我看过短片《海》。",
        "我的上一部短片《海》很冷。",
        "三个月做完，没有名字。",
    ],
)
def test_another_work_is_never_the_title(answer: str) -> None:
    title = title_from_talk([], [Said(answer, 5)])
    assert (title.title, title.origin) == (None, "not_stated")


def test_a_text_it_adapts_is_offered_and_not_set() -> None:
    title = title_from_talk([], [Said("我们改编自《猪》，其实《猪》的创作过程很顺利。", 5)])
    assert title.title is None
    assert [(c.title, c.line, c.why) for c in title.candidates] == [("猪", 5, BORROWED)]


def test_a_title_that_only_the_asker_gives_is_offered() -> None:
    title = title_from_talk([Said("短片《海》是怎么开始的？", 4)], [Said("从《海》里的一张图开始。", 5)])
    assert title.title is None
    assert [(c.title, c.why) for c in title.candidates] == [("海", IN_PASSING)]


def test_marks_around_nothing_name_nothing() -> None:
    assert title_from_talk([], [Said("我们的短片《\u200b》花了三个月。", 5)]).title is None
