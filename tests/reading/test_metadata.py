"""The metadata line: its fields as printed, its place, and two articles in one file."""

import pytest

from films.reading.article import Refusal
from films.reading.lines import paragraphs_of
from films.reading.metadata import fields_of, metadata_lines


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (
            "来源:网络\u00a0\u00a0 发布时间:2025-04-17\u00a0\u00a0 浏览次数:155\u00a0\u00a0 评论",
            [("publisher", "网络"), ("published_on", "2025-04-17"), ("view_count", "155")],
        ),
        ("來源：鏡報 | 作者：阿米 | 日期：2025年4月17日", [("publisher", "鏡報"), ("author", "阿米"), ("published_on", "2025年4月17日")]),
        ("Source: Mirror | Published: January 12, 2019 | Views: 1,200", [("publisher", "Mirror"), ("published_on", "January 12, 2019"), ("view_count", "1,200")]),
        ("出典：鏡 公開日：2025年4月17日", [("publisher", "鏡"), ("published_on", "2025年4月17日")]),
        ("출처: 거울  작성일: 2025-04-17  조회수: 30", [("publisher", "거울"), ("published_on", "2025-04-17"), ("view_count", "30")]),
        ("来源：XX·X  日期：2025", [("publisher", "XX·X"), ("published_on", "2025")]),
        ("阅读 1.2万", [("view_count", "1.2万")]),
        ("浏览:-5", [("view_count", "-5")]),
        ("没有字段", []),
    ],
)  # fmt: skip
def test_fields_as_printed(line: str, fields: list[tuple[str, str]]) -> None:
    assert [tuple(field) for field in fields_of(line)] == fields


def test_the_first_of_two_equal_fields_counts() -> None:
    assert [tuple(field) for field in fields_of("时间:2025-04-17  更新:2025-05-01")] == [
        ("published_on", "2025-04-17")
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("标题\n来源:网络  发布时间:2025-04-17\n正文。", [2]),
        ("标题\n\n来源:镜报  时间:2025-04-17\n浏览:155\n\n正文。", [3, 4]),
        ("标题\n来源：镜报\n2025-04-17\n正文。", [2, 3]),
        ("标题\n2025年4月17日\n正文。", [2]),
        ("标题\n正文没有。\n更多正文。", []),
        ("标题\n正文里说来源很多，作者也很多。", []),
    ],
)
def test_where_the_metadata_stands(text: str, lines: list[int]) -> None:
    paragraphs = paragraphs_of(text)
    assert [paragraphs[index].first for index in metadata_lines(paragraphs)] == lines


def test_two_articles_in_one_file_are_refused_by_both_lines() -> None:
    one = "标题\n来源:镜报  发布时间:2025-04-17\n\n正文。\n\n"
    with pytest.raises(Refusal) as caught:
        metadata_lines(paragraphs_of(one + one))
    assert caught.value.reason == (
        "Lines 2 and 7 both say where an article is from: two articles in one file. Save each in a file of its own."
    )
    assert caught.value.line == 7


def test_a_long_paragraph_is_never_metadata() -> None:
    long = "来源:网络  发布时间:2025-04-17" + "，" + "很" * 300
    assert metadata_lines(paragraphs_of(f"标题\n{long}")) == []
