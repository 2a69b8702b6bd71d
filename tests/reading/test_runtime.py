"""A running time: from a field, or from a sentence that says so of the finished film."""

import pytest

from films.reading.runtime import runtime_in_field, runtime_said
from films.reading.talk import Said


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("7分40秒", 460), ("14min.", 840), ("03’", 180), ("4:36", 276), ("12", 720), ("十一分钟", 660), ("两分半", 150), ("１２分", 720), ("很长", None), ("", None), ("0", None)],
)  # fmt: skip
def test_fields(value: str, seconds: int | None) -> None:
    assert (runtime_in_field(value) or None) == seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("短片一共4分36秒，用到一百个镜头。", 276),
        ("成片7分40秒。", 460),
        ("最终版是十一分钟。", 660),
        ("The film runs 8 min 11 sec.", 491),
        ("Our film is nine minutes long.", 540),
        ("作品は17分です。", 1020),
        ("완성본은 17분입니다.", 1020),
    ],
)
def test_said_of_the_finished_film(text: str, seconds: int) -> None:
    assert runtime_said([Said("别的。", 2), Said(text, 5)]) == (seconds, 5)


@pytest.mark.parametrize(
    "text",
    [
        "我们计划做短片10分钟。",
        "短片原本有20分钟。",
        "拍摄用了5分钟。",
        "短片大约5分钟。",
        "短片5分钟左右。",
        "渲染一次要3分钟。",
        "要求短片不超过5分钟。",
        "他的短片5分钟。",
        "上一部短片5分钟。",
        "我等了5分钟。",
        "比例16:9。",
        "这部短片十分动人。",
        "The film would be 10 minutes.",
        "短片没有时长。",
    ],
)
def test_not_said_of_it(text: str) -> None:
    assert runtime_said([Said(text, 5)]) is None
