"""Dates, counts and lengths as printed: read, or left empty with the reason."""

import pytest

from films.reading.values import find_clock, find_date, find_duration, plain_digits, read_count, spelled_lengths


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2025-04-17", "2025-04-17"),
        ("2025/4/7", "2025-04-07"),
        ("2025.04.17", "2025-04-17"),
        ("2025年4月17日", "2025-04-17"),
        ("2025 年 4 月 17 號", "2025-04-17"),
        ("2015年04月06日08:54", "2015-04-06"),
        ("2015-04-0608:54", "2015-04-06"),
        ("2025년 4월 17일", "2025-04-17"),
        ("24/09/2021", "2021-09-24"),
        ("09/24/2021", "2021-09-24"),
        ("January 12, 2019 11:00AM (EST)", "2019-01-12"),
        ("Jan. 12 2019", "2019-01-12"),
        ("Sept 3rd, 2020", "2020-09-03"),
        ("12 January 2019", "2019-01-12"),
        ("3rd March, 2020", "2020-03-03"),
        ("文/阿米2025-04-17", "2025-04-17"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_dates(text: str, value: str) -> None:
    date = find_date(text)
    assert date
    assert (date.value, date.problem) == (value, None)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2025-02-30", "impossible"),
        ("2023-02-29", "impossible"),
        ("2025年13月1日", "impossible"),
        ("0000-01-01", "impossible"),
        ("13/13/2025", "impossible"),
        ("June 31, 2025", "impossible"),
        ("06/06/2025", "ambiguous"),
        ("01/02/2025", "ambiguous"),
        ("April 2019", "month_only"),
        ("2025年4月", "month_only"),
        ("2025-04", "month_only"),
    ],
)
def test_dates_that_have_no_day(text: str, problem: str) -> None:
    date = find_date(text)
    assert date
    assert (date.value, date.problem, date.printed) == (None, problem, text)


@pytest.mark.parametrize("text", ["", "昨天", "12:30", "155", "1/2", "20250417", "version 1.2.3"])
def test_what_is_no_date(text: str) -> None:
    assert find_date(text) is None


def test_the_first_date_counts_and_knows_its_place() -> None:
    date = find_date("发布 2025-04-17 更新 2025-05-01")
    assert date
    assert (date.printed, date.start, date.end) == ("2025-04-17", 3, 13)


@pytest.mark.parametrize(
    ("text", "printed", "value"),
    [
        ("155", "155", 155),
        ("0", "0", 0),
        ("1,234", "1,234", 1234),
        ("1.2万", "1.2万", 12_000),
        ("1.2 萬", "1.2 萬", 12_000),
        ("3만", "3만", 30_000),
        ("3.5k", "3.5k", 3_500),
        ("2千", "2千", 2_000),
        ("1.05亿", "1.05亿", 105_000_000),
        ("155次", "155", 155),
        ("-5", "-5", None),
        ("1.5", "1.5", None),
        ("9" * 15, "9" * 15, 999_999_999_999_999),
        ("9" * 16, "9" * 16, None),
        ("9" * 5000, "9" * 5000, None),
        ("999999999亿", "999999999亿", None),
    ],
)
def test_counts(text: str, printed: str, value: int | None) -> None:
    assert read_count(text) == (printed, value)


@pytest.mark.parametrize("text", ["", "很多", "many"])
def test_what_is_no_count(text: str) -> None:
    assert read_count(text) is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("4分36秒", 276),
        ("4分钟36秒钟", 276),
        ("14min.", 840),
        ("15min. USA", 900),
        ("8 min 11 sec", 491),
        ("1 h 33 min", 5580),
        ("1小时3分", 3780),
        ("03’", 180),
        ("3'20\"", 200),
        ("3’20”", 200),
        ("17분", 1020),
        ("17분 30초", 1050),
        ("24分鐘", 1440),
        ("9-minute 28-second", 568),
        ("2 minutes and 5 seconds", 125),
        ("90秒", 90),
        ("45 seconds", 45),
        ("1時間5分", 3900),
    ],
)
def test_lengths(text: str, seconds: int) -> None:
    found = find_duration(text)
    assert found
    assert found.seconds == seconds


@pytest.mark.parametrize("text", ["", "4:36", "16:9", "三天", "100个镜头", "0分", "1500分", "99小时99分"])
def test_what_is_no_length(text: str) -> None:
    found = find_duration(text)
    assert found is None or found.seconds != 0
    assert not (found and text in {"", "4:36", "16:9", "三天", "100个镜头", "0分"})


@pytest.mark.parametrize(("text", "seconds"), [("4:36", 276), ("01:04:36", 3876), ("00:45", 45), ("103:00", 6180)])
def test_clocks(text: str, seconds: int) -> None:
    found = find_clock(text)
    assert found
    assert found.seconds == seconds


@pytest.mark.parametrize("text", ["", "4.36", "0:00", "1:2", "1:02:03:04"])
def test_what_is_no_clock(text: str) -> None:
    assert find_clock(text) is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("十一分钟", 660), ("两分半", 150), ("十分钟", 600), ("十分二十秒", 620), ("二十分", 1200), ("三分钟", 180), ("二十四分鐘", 1440), ("6分半", 390), ("eleven minutes", 660), ("thirty seconds", 30)],
)  # fmt: skip
def test_lengths_in_words(text: str, seconds: int) -> None:
    found = find_duration(spelled_lengths(text))
    assert found
    assert found.seconds == seconds


@pytest.mark.parametrize("text", ["三分之一", "十分好", "一分别就", "十个分镜"])
def test_han_numbers_that_are_no_lengths(text: str) -> None:
    assert find_duration(spelled_lengths(text)) is None


def test_full_width_digits_become_plain_and_keep_their_places() -> None:
    assert plain_digits("２０２５年４月①Ⅲ") == "2025年4月①Ⅲ"
