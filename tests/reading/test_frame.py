"""What the page says of itself."""

import pytest

from films.reading.article import Passage, Refusal
from films.reading.frame import Frame, find_frame
from films.reading.lines import paragraphs_of


def framed(text: str) -> Frame:
    return find_frame(paragraphs_of(text))


PAGE = "站名\n走进短片\n来源:{}  发布时间:{}  浏览次数:{}\n\n第一段正文。\nTHE END"


def test_the_headline_stands_above_the_metadata() -> None:
    frame = framed(PAGE.format("镜报", "2025-04-17", "155"))
    assert (frame.headline, frame.passages["headline"]) == ("走进短片", Passage(2, 2))


def test_fields() -> None:
    frame = framed(PAGE.format("镜报", "2025-04-17", "155"))
    assert (frame.publisher, frame.published_on, frame.view_count) == ("镜报", "2025-04-17", 155)


def test_what_is_above_and_below_is_chrome_and_the_rest_is_body() -> None:
    frame = framed(PAGE.format("镜报", "2025-04-17", "155"))
    assert [p.first for p in frame.chrome] == [1, 6]
    assert sorted(p.first for p in frame.used) == [2, 3]
    assert [p.text for p in frame.body] == ["第一段正文。"]


@pytest.mark.parametrize("publisher", ["网络", "網路", "互联网", "未知", "The Web", "本站"])
def test_words_that_name_no_publisher_are_kept_and_flagged(publisher: str) -> None:
    frame = framed(PAGE.format(publisher, "2025-04-17", "155"))
    assert frame.publisher == publisher
    assert [(point.code, point.line) for point in frame.points] == [("no_publisher", 3)]


@pytest.mark.parametrize(
    ("date", "value", "code", "doubt"),
    [
        ("2025-02-30", None, "impossible_date", True),
        ("06/06/2025", None, "ambiguous_date", False),
        ("2025年4月", None, "month_only", False),
        ("昨天", None, "unread_date", False),
    ],
)
def test_dates_in_doubt_are_left_empty_and_told(date: str, value: None, code: str, doubt: bool) -> None:
    frame = framed(PAGE.format("镜报", date, "155"))
    assert frame.published_on == value
    assert frame.printed["published_on"] == date
    assert [(point.code, point.line, point.doubt) for point in frame.points] == [(code, 3, doubt)]


@pytest.mark.parametrize(
    ("views", "value", "codes"),
    [("1.2万", 12_000, []), ("-5", None, ["unread_views"]), ("1.5", None, ["unread_views"])],
)
def test_views_with_their_printed_form(views: str, value: int | None, codes: list[str]) -> None:
    frame = framed(PAGE.format("镜报", "2025-04-17", views))
    assert (frame.view_count, frame.printed["view_count"]) == (value, views)
    assert [point.code for point in frame.points] == codes


def test_full_width_digits_are_read() -> None:
    assert framed(PAGE.format("镜报", "２０２５-０４-１７", "１５５")).published_on == "2025-04-17"


def test_a_dateline_alone() -> None:
    frame = framed("走进短片\n镜报·2025年4月17日 10:30 155\n\n第一段正文。")
    assert (frame.headline, frame.publisher, frame.published_on, frame.view_count) == (
        "走进短片",
        "镜报",
        "2025-04-17",
        155,
    )


def test_a_dateline_does_not_replace_the_publisher_that_is_named() -> None:
    frame = framed("走进短片\n来源：镜报\n小站 2025年4月17日\n\n第一段正文。")
    assert (frame.publisher, frame.published_on) == ("镜报", "2025-04-17")


def test_a_headline_without_metadata() -> None:
    frame = framed("走进梅花鹿的森林\n\n我们谈了谈梅花鹿的森林。\n\n再谈。")
    assert (frame.headline, frame.publisher) == ("走进梅花鹿的森林", None)


def test_talk_is_no_headline() -> None:
    assert framed("问：你好吗？\n\n答：好。").headline is None


def test_invisible_characters_leave_the_headline() -> None:
    assert framed("走进\u200b短\u202e片\n来源:镜报  时间:2025-04-17\n\n正文。").headline == "走进短片"


def test_chrome_without_an_article_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        framed("首页\n登录\nTHE END\n10")
    assert caught.value.reason == ("There is only page furniture here and no article. Save the whole page's words.")
    assert caught.value.line == 1


def test_metadata_on_two_lines_is_no_body() -> None:
    frame = framed("走进短片\n来源:镜报  时间:2025-04-17\n浏览:155\n\n第一段正文。")
    assert [p.first for p in frame.body] == [5]
    assert (frame.publisher, frame.view_count) == ("镜报", 155)
