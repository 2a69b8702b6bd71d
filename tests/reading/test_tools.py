"""A tool stated as used, and a tool talked about."""

import pytest

from films.reading.article import ToolFacts
from films.reading.headings import FieldLine
from films.reading.talk import Said
from films.reading.tools import tools_in_fields, tools_said
from films.reading.vocabulary import EMPTY, ToolWord, Vocabulary

WORDS = Vocabulary(
    tools=(
        ToolWord("即梦", "字节跳动", ("即梦AI", "Dreamina")),
        ToolWord("Runway", "Runway", (), "video"),
        ToolWord("Midjourney", "Midjourney", ("MJ",), "image"),
        ToolWord("Photoshop", "Adobe", ("PS",)),
        ToolWord("GPT", "OpenAI", ("ChatGPT",)),
        ToolWord("Stable Diffusion", "Stability AI", ("SD",), "image"),
    )
)


def used(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(tool.name, tool.version, tool.step) for tool in tools_said([Said(text, 1)], WORDS)]


@pytest.mark.parametrize(
    ("text", "tools"),
    [
        ("我用Runway生成影像。", [("Runway", None, "video")]),
        (
            "再用Midjourney生成一些分镜图，同时用Runway生成影像。",
            [("Midjourney", None, "image"), ("Runway", None, "video")],
        ),
        ("唯独即梦P2.0模型跑出来理想的效果。", [("即梦", "P2.0", None)]),
        ("我使用了Runway 3完成动画。", [("Runway", "3", "video")]),
        ("We used Runway for the clips.", [("Runway", None, "video")]),
        ("The images were made with Midjourney.", [("Midjourney", None, "image")]),
        ("Midjourneyで画像を生成しました。", [("Midjourney", None, "image")]),
        ("Runway로 영상을 생성했습니다.", [("Runway", None, "video")]),
        ("我们用stable  diffusion画图。", [("Stable Diffusion", None, "image")]),
        ("用ChatGPT写脚本。", [("GPT", None, "script")]),
    ],
)
def test_used(text: str, tools: list[tuple[str, str | None, str | None]]) -> None:
    assert used(text) == tools


@pytest.mark.parametrize(
    "text",
    [
        "我觉得GPT更人性化一点。",
        "逃不开的PS合成等。",
        "如果用Runway会更快。",
        "很多人用Runway。",
        "我没有用Runway。",
        "未来我会用Runway。",
        "We did not use Runway.",
        "People used Runway a lot.",
        "诸如即梦这种优秀的AI平台和工具的迭代。",
        "我用MJX做图。",
        "我用铅笔画图。",
    ],
)
def test_talked_about(text: str) -> None:
    assert used(text) == []


def test_a_tool_is_told_once_with_its_first_sentence_and_line() -> None:
    said = [Said("先想。我用Runway生成影像。", 5), Said("又用Runway生成影像。", 7)]
    assert tools_said(said, WORDS) == [ToolFacts("Runway", None, "video", "我用Runway生成影像。", 5)]


def test_no_vocabulary_no_tool() -> None:
    assert tools_said([Said("我用Runway生成影像。", 5)], EMPTY) == []


def test_a_sentence_without_end_is_not_searched() -> None:
    assert used("我用Runway生成影像" + "，很长" * 1000) == []


def test_a_field_states_what_it_lists_known_or_not() -> None:
    field = FieldLine("工具", "MJ、Runway 3，Foo")
    assert tools_in_fields([(field, 4)], WORDS) == [
        ToolFacts("Midjourney", None, "image", "MJ、Runway 3，Foo", 4),
        ToolFacts("Runway", "3", "video", "MJ、Runway 3，Foo", 4),
        ToolFacts("Foo", None, None, "MJ、Runway 3，Foo", 4),
    ]
