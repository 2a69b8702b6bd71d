"""Chrome goes by list and by place, and what looks like it stays."""

import pytest

from films.reading.chrome import is_chrome, part_chrome
from films.reading.lines import Paragraph, paragraphs_of


@pytest.mark.parametrize(
    "text",
    ["THE END", "- The End -", "首页", "登录", "上一篇：别的", "版权所有 2025", "京ICP备123号", "Page 3 of 4", "第 2 页", "3/4", "© 2025 Mirror", "ホーム", "홈", "（完）", "扫码关注", "Share this"],
)  # fmt: skip
def test_chrome(text: str) -> None:
    assert is_chrome(Paragraph(1, 1, text))


@pytest.mark.parametrize(
    "text", ["正文。", "首页的设计是我做的。", "10", "The end of the film was hard.", "我完了", "上" * 200]
)
def test_what_is_no_chrome(text: str) -> None:
    assert not is_chrome(Paragraph(1, 1, text))


def parted(text: str) -> tuple[list[int], list[int]]:
    article, chrome = part_chrome(paragraphs_of(text))
    return [p.first for p in article], sorted(p.first for p in chrome)


def test_a_bare_number_is_chrome_at_the_end_only() -> None:
    assert parted("正文。\n10\n正文。\nTHE END\n10") == ([1, 2, 3], [4, 5])


def test_listed_words_go_anywhere() -> None:
    assert parted("正文。\n首页\n正文。") == ([1, 3], [2])


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("问：好？\n答：好。\n相关阅读\n别的文章\n再一篇", 3),
        ("问：好？\n答：好。\n相关阅读\n别的文章\n问：别的？", 3),
        ("正文。\n相关阅读\n别的文章", 2),
    ],
)
def test_all_after_related_goes(text: str, begins: int) -> None:
    lines = range(1, text.count("\n") + 2)
    assert parted(text) == ([*lines[: begins - 1]], [*lines[begins - 1 :]])


def test_a_line_of_links_in_the_middle_takes_nothing_with_it() -> None:
    text = "问：好？\n答：好。\n相关阅读：一部短片\n问：真的？\n答：真的。"
    assert 4 in parted(text)[0]
    assert 5 in parted(text)[0]


def test_related_at_the_very_start_opens_no_end() -> None:
    assert parted("相关阅读\n正文。") == ([1, 2], [])


def test_related_between_a_question_and_its_answer_ends_nothing() -> None:
    assert parted("问：好？\n相关阅读\n答：好。") == ([1, 2, 3], [])
