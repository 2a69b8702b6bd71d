"""Captions as WebVTT: read strictly, and each refusal names the line that an editor has to mend."""

import html
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from films.patterns import late

# Six hours of talk are half of this.
MOST_BYTES = 1024 * 1024
MOST_CUES = 10_000
LONGEST = 24 * 3_600_000

ARROW = "-->"
BREAKS = late(r"\r\n|\r")
CONTROL = late(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
TIME = r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMING = late(rf"[ \t]*{TIME}[ \t]+-->[ \t]+{TIME}(?:[ \t]+(.*))?")
SRT_TIMING = late(r"\d+:\d\d:\d\d,\d{1,3}\s*-->")
NEGATIVE = late(r"(?:^|-->)\s*-\d")
# All that WebVTT knows: classes, italics, bold, underlines, readings beside characters, voices, languages, moments.
TAG = late(r"</?(?:c|i|b|u|ruby|rt|v|lang)(?:\.[^\s<>&.]+)*(?:[ \t][^<>&]*)?>|<(?:\d{2,4}:)?\d\d:\d\d\.\d{3}>")
VOICE = late(r"<v(?:\.[^\s<>&.]+)*[ \t]+([^<>&]+)>")
# What has no words for readers: looks are the site's own.
STYLE, NOTE, REGION = "STYLE", "NOTE", "REGION"

EMPTY = _("字幕是空的。请粘贴 WebVTT 文字，或选择 .vtt 文件。")
TOO_LARGE = _("字幕有 %(size)s，最多可以是 %(limit)s。请检查是不是选错了文件。")
NOT_UTF8 = _("字幕第 %(line)d 行不是 UTF-8 文字。请用 UTF-8 编码另存，再上传一次。")
CONTROLS = _("字幕第 %(line)d 行有看不见的控制字符。请删去后再保存。")
NO_HEADER = _("字幕第 1 行应是 WEBVTT。请在最前面加上这一行，再空一行。")
IS_SRT = _(
    "字幕第 %(line)d 行是 SRT 的写法。请在字幕软件里另存为 WebVTT，或自己改：第 1 行写 WEBVTT，时间里的逗号改成点。"
)
NO_CUES = _("字幕里一句话也没有。每句话前面要有一行时间，例如 00:01.000 --> 00:04.000。")
TOO_MANY = _("字幕有 %(count)d 句，最多 %(limit)d 句。请检查是不是选错了文件。")
NEGATIVE_TIME = _("字幕第 %(line)d 行的时间是负的。时间从 00:00.000 算起，请改正。")
BAD_TIMING = _("字幕第 %(line)d 行的时间读不懂。应写成 00:01.000 --> 00:04.000：分、秒各两位，毫秒三位。")
BAD_SETTINGS = _(
    "字幕第 %(line)d 行的时间后面有读不懂的设置“%(settings)s”。请删去，或照 WebVTT 写，例如 align:start。"
)
ENDS_FIRST = _("字幕第 %(line)d 行的结束时间不晚于开始时间。请改正。")
BACKWARD = _("字幕第 %(line)d 行比前一句开始得早。请按时间先后排列。")
OVERLAPPING = _("字幕第 %(line)d 行开始时，前一句还没有结束。请让两句的时间不重叠。")
TOO_LATE = _("字幕第 %(line)d 行超过 24 小时。请检查时间。")
NO_BLANK = _("字幕第 %(line)d 行的时间前面要空一行。")
STRAY = _("字幕第 %(line)d 行不属于任何一句：它上面有空行，却没有时间。请删去空行，或补上时间。")
MARKUP = _(
    "字幕第 %(line)d 行有 WebVTT 不认识的标记“%(markup)s”。请删去；可用的是 <i>、<b>、<u>、<c>、<v 姓名>、<lang>、<ruby>，"
    "单独的小于号写作 &lt;。"
)
WORDLESS = _("字幕第 %(line)d 行的时间下面没有文字。请补上，或删去这一句。")
UNREAD = _("字幕不是完整的 WebVTT。请在字幕软件里重新导出。")


class Cue(NamedTuple):
    """What is said from one moment to another, in milliseconds; without marks."""

    start: int
    end: int
    text: str
    voice: str = ""


class Captions(NamedTuple):
    """Captions that passed: the text as it is kept, and what is said in it."""

    text: str
    cues: tuple[Cue, ...]


def checked_captions(given: str | bytes) -> Captions:
    """The captions in a text or in the bytes of a file; ValidationError says which line cannot stay.

    What is kept has line feeds alone, no byte order mark and no STYLE blocks; checked again it is the same.
    """
    # Its patterns and writers of other formats, for those alone who take captions in.
    import webvtt  # noqa: PLC0415
    from webvtt.errors import MalformedCaptionError, MalformedFileError  # noqa: PLC0415

    lines = checked_lines(given)
    timings = checked_timings(lines)
    check_blocks(lines)
    try:
        found = webvtt.from_string("\n".join(lines), strict=True).captions
    except (MalformedFileError, MalformedCaptionError, ValueError) as error:
        raise ValidationError(UNREAD, code="unread") from error
    if len(found) != len(timings):
        raise ValidationError(UNREAD, code="unread")
    cues = tuple(checked_cue(cue, *timing) for cue, timing in zip(found, timings, strict=True))
    return Captions("\n".join(without_styles(lines)).strip("\n") + "\n", cues)


def refuse(message: Any, code: str, line: int, **params: Any) -> ValidationError:
    """`line` counts from 0, people from 1."""
    return ValidationError(message, code=code, params={"line": line + 1, **params})


def checked_lines(given: str | bytes) -> list[str]:
    """The lines, as many as there may be, with nothing invisible in them."""
    size = len(given) if isinstance(given, bytes) or len(given) > MOST_BYTES else len(given.encode(errors="replace"))
    if size > MOST_BYTES:
        words = {"size": filesizeformat(size), "limit": filesizeformat(MOST_BYTES)}
        raise ValidationError(TOO_LARGE, code="too_large", params=words)
    text = BREAKS.sub("\n", decoded(given).removeprefix("\ufeff"))
    if not text.strip():
        raise ValidationError(EMPTY, code="empty")
    if control := CONTROL.search(text):
        raise refuse(CONTROLS, "control", text.count("\n", 0, control.start()))
    lines = text.rstrip().split("\n")
    check_header(lines)
    return lines


def decoded(given: str | bytes) -> str:
    try:
        # A text too: half a pair of surrogates cannot be stored.
        return given.decode() if isinstance(given, bytes) else given.encode().decode()
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        raise refuse(NOT_UTF8, "encoding", len(re.findall(rb"\r\n|\r|\n", before))) from error
    except UnicodeEncodeError as error:
        before_text = error.object[: error.start]
        raise refuse(NOT_UTF8, "encoding", len(re.findall(r"\r\n|\r|\n", before_text))) from error


def check_header(lines: list[str]) -> None:
    srt = next((number for number, line in enumerate(lines) if SRT_TIMING.match(line.strip())), None)
    if srt is not None:
        raise refuse(IS_SRT, "srt", srt)
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise ValidationError(NO_HEADER, code="header")


Timing = tuple[int, int, int]


def checked_timings(lines: list[str]) -> list[Timing]:
    """Line, beginning and end of each cue, in the order of time and one after the other."""
    numbers = [number for number, line in enumerate(lines) if ARROW in line]
    if not numbers:
        raise ValidationError(NO_CUES, code="no_cues")
    if len(numbers) > MOST_CUES:
        raise ValidationError(TOO_MANY, code="too_many", params={"count": len(numbers), "limit": MOST_CUES})
    timings = [checked_timing(number, lines) for number in numbers]
    for (_line, start, end), (line, next_start, _next_end) in pairwise(timings):
        if next_start < start:
            raise refuse(BACKWARD, "backward", line)
        if next_start < end:
            raise refuse(OVERLAPPING, "overlapping", line)
    return timings


def checked_timing(number: int, lines: list[str]) -> Timing:
    line = lines[number]
    if NEGATIVE.search(line):
        raise refuse(NEGATIVE_TIME, "negative", number)
    match = TIMING.fullmatch(line)
    if not match:
        raise refuse(BAD_TIMING, "timing", number)
    check_settings(match[9], number)
    start, end = milliseconds(match.groups()[:4]), milliseconds(match.groups()[4:8])
    if end <= start:
        raise refuse(ENDS_FIRST, "ends_first", number)
    if end > LONGEST:
        raise refuse(TOO_LATE, "too_late", number)
    if lines[number - 1] and (number < 2 or lines[number - 2] or ARROW in lines[number - 1]):
        raise refuse(NO_BLANK, "no_blank", number)
    return number, start, end


def check_settings(settings: str | None, number: int) -> None:
    from webvtt.errors import MalformedCaptionError  # noqa: PLC0415 (as above)
    from webvtt.models import CueSettings  # noqa: PLC0415

    if settings and settings.strip():
        try:
            CueSettings.from_string(settings.strip(), strict=True)
        except MalformedCaptionError as error:
            raise refuse(BAD_SETTINGS, "settings", number, settings=settings.strip()[:60]) from error


def milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, rest = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """What stands between empty lines, each with the number of its first line."""
    first = 0
    block: list[str] = []
    for number, line in enumerate([*lines, ""]):
        if line:
            first, block = (first, block) if block else (number, block)
            block.append(line)
        elif block:
            yield first, block
            block = []


def is_called(block: list[str], word: str) -> bool:
    return re.fullmatch(rf"{word}(?:[ \t].*)?", block[0]) is not None


def check_blocks(lines: list[str]) -> None:
    """Words that stand in no cue would be shown nowhere."""
    for first, block in blocks(lines):
        is_known = first == 0 or any(is_called(block, word) for word in (STYLE, NOTE, REGION))
        if not is_known and not any(ARROW in line for line in block[:2]):
            raise refuse(STRAY, "stray", first)


def without_styles(lines: list[str]) -> list[str]:
    kept = [block for _first, block in blocks(lines) if not is_called(block, STYLE)]
    return "\n\n".join("\n".join(block) for block in kept).split("\n")


def checked_cue(cue: Any, number: int, start: int, end: int) -> Cue:
    """A cue whose marks are WebVTT's own: any other would be shown as it is, or hide words."""
    for place, line in enumerate(cue.lines, number + 1):
        rest = TAG.sub("", line)
        if "<" in rest:
            raise refuse(MARKUP, "markup", place, markup=rest[rest.index("<") :][:40])
    text = html.unescape(TAG.sub("", "\n".join(cue.lines))).strip()
    if not text:
        raise refuse(WORDLESS, "wordless", number)
    voice = VOICE.match(cue.lines[0])
    return Cue(start, end, text, html.unescape(voice[1]).strip() if voice else "")
