"""Dates, counts and running times as they are printed → plain values, or nothing. No value is bent to fit."""

import datetime as dt
import re
from typing import NamedTuple

from films.patterns import late

MONTHS = {
    name: number
    for number, names in enumerate(
        ["jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"], 1
    )
    for name in names.split()
}  # fmt: skip
month_pattern = "(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")\\.?"
_ISO = late(r"(?<!\d)(\d{4})\s?[-./]\s?(\d{1,2})\s?[-./]\s?(\d{1,2})(?=\d{2}:\d{2}|\D|$)")
_HAN_DATE = late(r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日號号일]")
_ENGLISH_MDY = late(rf"\b{month_pattern}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})", re.I)
_ENGLISH_DMY = late(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\s+{month_pattern},?\s+(\d{{4}})", re.I)
_SLASHED = late(r"(?<!\d)(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)")
_MONTH_ONLY = late(
    rf"\b{month_pattern}\s+(\d{{4}})\b|(?<!\d)(\d{{4}})\s?[年년]\s?(\d{{1,2}})\s?[月월]|(?<!\d)(\d{{4}})-(\d{{2}})(?![-\d])",
    re.I,
)


class PrintedDate(NamedTuple):
    """A date as printed: its day when it has one, or why it has none."""

    printed: str
    value: str | None
    problem: str | None = None  # impossible, ambiguous, month_only
    start: int = 0
    end: int = 0


def find_date(text: str) -> PrintedDate | None:
    """The first date in the text. A date the calendar lacks, or of unknown order, has no value."""
    found = [match for match in map(_first, _READERS, [text] * len(_READERS)) if match]
    return min(found, key=lambda date: (date.start, -date.end), default=None)


def _first(reader: "_Reader", text: str) -> PrintedDate | None:
    match = reader.pattern.search(text)
    return reader.read(match) if match else None


class _Reader:
    def __init__(self, pattern: re.Pattern[str], order: str) -> None:
        self.pattern, self.order = pattern, order

    def read(self, match: re.Match[str]) -> PrintedDate:
        parts = dict(zip(self.order, match.groups(), strict=True))
        year, day = int(parts["y"]), int(parts["d"])
        month = MONTHS.get(parts["m"].lower(), 0) or int(parts["m"])
        return _dated(match, year, month, day)


class _SlashedReader(_Reader):
    def read(self, match: re.Match[str]) -> PrintedDate:
        """Day and month in unknown order: settled only when one of them cannot be a month."""
        one, two, year = (int(group) for group in match.groups())
        if one > 12 >= two:
            return _dated(match, year, two, one)
        if two > 12 >= one:
            return _dated(match, year, one, two)
        problem = "ambiguous" if max(one, two) <= 12 else "impossible"
        return PrintedDate(match.group(), None, problem, *match.span())


class _MonthReader(_Reader):
    def read(self, match: re.Match[str]) -> PrintedDate:
        return PrintedDate(match.group(), None, "month_only", *match.span())


_READERS = (
    _Reader(_ISO, "ymd"),
    _Reader(_HAN_DATE, "ymd"),
    _Reader(_ENGLISH_MDY, "mdy"),
    _Reader(_ENGLISH_DMY, "dmy"),
    _SlashedReader(_SLASHED, ""),
    _MonthReader(_MONTH_ONLY, ""),
)


def _dated(match: re.Match[str], year: int, month: int, day: int) -> PrintedDate:
    try:
        value = dt.date(year, month, day).isoformat()
    except ValueError:
        return PrintedDate(match.group(), None, "impossible", *match.span())
    return PrintedDate(match.group(), value, None, *match.span())


_COUNT = late(r"(-?)\s*(\d[\d,，]*)(\.\d+)?\s*(万|萬|만|千|k|K|亿|億)?")
_MOST_DIGITS = 15  # more than any page was ever looked at, and what a database's number holds
_FACTORS = {"万": 10_000, "萬": 10_000, "만": 10_000, "千": 1_000, "k": 1_000, "K": 1_000, "亿": 10**8, "億": 10**8}


def read_count(text: str) -> tuple[str, int | None] | None:
    """A number of views as printed and as counted: `1.2万` → 12000; None where it makes no sense."""
    match = _COUNT.match(text.strip())
    if not match:
        return None
    minus, whole, fraction, unit = match.groups()
    if minus:
        return match.group().strip(), None
    factor = _FACTORS.get(unit or "", 1)
    digits = re.sub("[,，]", "", whole)
    if len(digits) > _MOST_DIGITS or (fraction and factor == 1):
        return match.group().strip(), None
    value = int(digits) * factor + round(float(fraction or 0) * factor)
    return match.group().strip(), value if len(str(value)) <= _MOST_DIGITS else None


_CLOCK = late(r"(?<![\d:])(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?![\d:])")
_UNITS = late(
    r"(?:(\d{1,2})\s*(?:小时|小時|時間|시간|hours?|hrs?|h)\s*)?"
    r"(\d{1,3})\s*-?\s*(?:分钟|分鐘|分|분|minutes?|mins?\.?|m\b|['’′](?!['’′]))"
    r"(?:\s*,?\s*(?:and\s+|-)?(\d{1,2})\s*-?\s*(?:秒钟|秒鐘|秒|초|seconds?|secs?\.?|s\b|[\"”″]|''|’’))?",
    re.I,
)
_SECONDS = late(r"(\d{1,4})\s*-?\s*(?:秒钟|秒鐘|秒|초|seconds?|secs?\.?)(?!\w)", re.I)


class Duration(NamedTuple):
    seconds: int
    start: int
    end: int


def find_duration(text: str) -> Duration | None:
    """The first running time in the text: `4分36秒`, `14min.`, `1 h 33 min`, `03’`, `9-minute 28-second`."""
    match = _UNITS.search(text)
    if match:
        hours, minutes, seconds = (int(group or 0) for group in match.groups())
        return _length(hours * 3600 + minutes * 60 + seconds, match)
    match = _SECONDS.search(text)
    return _length(int(match.group(1)), match) if match else None


def find_clock(text: str) -> Duration | None:
    """A running time written like a clock, `4:36` or `01:04:36`; only a field may be read so."""
    match = _CLOCK.search(text)
    if not match:
        return None
    hours, minutes, seconds = (int(group or 0) for group in match.groups())
    return _length(hours * 3600 + minutes * 60 + seconds, match)


def _length(seconds: int, match: re.Match[str]) -> Duration | None:
    return Duration(seconds, *match.span()) if 0 < seconds <= 86_400 else None


_HAN_DIGITS = {
    c: value
    for value, characters in enumerate(["零〇", "一", "二两兩", "三", "四", "五", "六", "七", "八", "九"])
    for c in characters
}
# 十分 is ten minutes only where 钟 or seconds follow; else it says “very”.
_HAN_LENGTH = late(
    r"(?!十分(?![钟鐘半]|[零一二两三四五六七八九十\d]{1,3}\s*秒))(?P<number>[零〇一二两兩三四五六七八九十百]{1,6}|\d{1,3})(?P<unit>\s*(?:个)?(?:分半钟?|分半鐘?|分钟|分鐘|分(?![之别享开为])|秒|小时|小時))"
)
_HALF = late(r"(?P<number>[零〇一二两兩三四五六七八九十百]{1,6}|\d{1,3})\s*分半[钟鐘]?")
# In their order, from zero.
ENGLISH_NUMBERS = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
]  # fmt: skip
_ENGLISH_VALUES = {word: value for value, word in enumerate(ENGLISH_NUMBERS)} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
}
_ENGLISH_LENGTH = late(
    rf"\b(?P<number>{'|'.join(_ENGLISH_VALUES)}|\d{{1,3}})(?P<half> and a half)?(?=[\s-]+(?:minutes?|seconds?|hours?)\b)",
    re.I,
)


def spelled_lengths(text: str) -> str:
    """Numbers in words before minutes and seconds as digits: `十一分钟` → `11分钟`, `six and a half minutes`."""
    text = _HALF.sub(lambda m: f"{_han_value(m['number'])}分30秒", text)
    text = _HAN_LENGTH.sub(lambda m: f"{_han_value(m['number'])}{m['unit']}", text)
    return _ENGLISH_LENGTH.sub(_english_value, text)


def _english_value(match: re.Match[str]) -> str:
    number = _ENGLISH_VALUES.get(match["number"].lower())
    value = str(number if number is not None else match["number"])
    return f"{value} min 30 sec of" if match["half"] else value


def _han_value(text: str) -> int:
    if text.isdecimal() and text.isascii():
        return int(text)
    hundreds, hundred, rest = text.rpartition("百")
    value = _HAN_DIGITS.get(hundreds, 1) * 100 if hundred else 0
    tens, ten, ones = rest.partition("十")
    if ten:
        return value + _HAN_DIGITS.get(tens, 1) * 10 + _HAN_DIGITS.get(ones, 0)
    digits = "".join(str(_HAN_DIGITS.get(character, 0)) for character in rest)
    return value + int(digits or 0)


_FULL_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_HAN_DATED = late(
    r"(?P<y>[〇零○一二三四五六七八九]{4})年(?P<m>[一二三四五六七八九十]{1,2})月(?:(?P<d>[一二三四五六七八九十]{1,3})(?=[日号號]))?"
)


def _han_dated(match: re.Match[str]) -> str:
    year = "".join(str(_HAN_DIGITS.get(character, 0)) for character in match["y"])
    day = str(_han_value(match["d"])) if match["d"] else ""
    return f"{year}年{_han_value(match['m'])}月{day}"


def plain_digits(text: str) -> str:
    """Full-width digits and dates in Chinese numerals as ASCII digits, so that one pattern reads all."""
    text = _HAN_DATED.sub(_han_dated, text)
    return text.translate(_FULL_DIGITS)
