"""The rules a value must keep, written once for editors' forms and for the importer."""

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PARTIAL_DATE = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")
PULL_QUOTE_LIMIT = 40
ENDS_TOO_EARLY = _("结束时间要晚于发布时间，否则这个条目永远不会公开。")


def validate_partial_date(value: str) -> None:
    """Accept a year, a month or a day that the calendar has: 2025, 2025-03, 2025-03-17."""
    match = PARTIAL_DATE.match(value)
    try:
        if not match:
            raise ValueError(value)
        year, month, day = (int(part or 1) for part in match.groups())
        dt.date(year, month, day)
    except ValueError:
        message = _("“%(value)s”不是日期。请写成 2025、2025-03 或 2025-03-17。")
        raise ValidationError(message, code="date", params={"value": value}) from None


def validate_plain_line(value: str) -> None:
    """Refuse line breaks and control characters in a name or a title."""
    if any(ord(character) < 32 or ord(character) == 127 for character in value):
        raise ValidationError(_("请写成一行，不要有换行或控制字符。"), code="line")


def validate_runtime(value: int) -> None:
    """Accept a running time between one second and a day."""
    if not 0 < value <= 86_400:
        raise ValidationError(_("片长以秒计，应在 1 到 86400 之间。"), code="runtime")


def is_before(one: str, other: str) -> bool:
    """Whether a date is earlier than another, as far as both are stated; 2025 is not before 2025-03."""
    stated = min(len(one), len(other))
    return one[:stated] < other[:stated]
