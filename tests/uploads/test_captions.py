"""Captions: what is read, what is refused at which line, and what becomes of it to be read."""

import time
from functools import cache
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from films.uploads.captions import MOST_CUES, Cue, checked_captions
from films.uploads.transcripts import transcript

HEAD = "WEBVTT\n\n"
ONE = "00:01.000 --> 00:02.000\n一句\n"


def refusal(given: str | bytes) -> tuple[str, int]:
    """The code and, where there is one, the line."""
    with pytest.raises(ValidationError) as refused:
        checked_captions(given)
    [message] = refused.value.messages
    line = (refused.value.params or {}).get("line", 0)
    assert f"第 {line} 行" in message or not line
    return str(refused.value.code), line


def test_captions_are_read_and_kept_in_one_form() -> None:
    given = (
        "\ufeffWEBVTT - 梅花鹿\r\nKind: captions\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\nNOTE 一校\r\n\r\n"
        "第一句\r\n00:01.000 --> 00:02.500 align:start\r\n<v 何佩>你好 <i>世界</i> &lt;3</v>\r\n\r\n"
        "00:00:03.000 --> 01:00:04.000\r\n两\r\n行\r\n"
    )
    found = checked_captions(given.encode())
    assert found.cues == (Cue(1000, 2500, "你好 世界 <3", "何佩"), Cue(3000, 3_604_000, "两\n行"))
    assert "STYLE" not in found.text
    assert "\r" not in found.text
    assert found.text.startswith("WEBVTT - 梅花鹿\nKind: captions\n\nNOTE 一校\n")
    assert checked_captions(found.text) == checked_captions(found.text.encode()) == found


REFUSED = {
    "nothing": ("", "empty", 0),
    "blanks": (" \n\n", "empty", 0),
    "no header": ("你好", "header", 0),
    "a header alone": (HEAD, "no_cues", 0),
    "another encoding": (HEAD.encode() + ONE.encode("gb18030"), "encoding", 4),
    "half a pair": (HEAD + "\n\ud800", "encoding", 4),
    "a control character": (HEAD + ONE + "\0", "control", 5),
    "SRT": ("1\n00:00:01,000 --> 00:00:02,000\n一句\n", "srt", 2),
    "SRT under a header": (HEAD + "1\n00:00:01,000 --> 00:00:02,000\n一句\n", "srt", 4),
    "a negative time": (HEAD + "-00:01.000 --> 00:02.000\n一句\n", "negative", 3),
    "a negative end": (HEAD + "00:01.000 --> -00:02.000\n一句\n", "negative", 3),
    "no number": (HEAD + "NaN --> 00:02.000\n一句\n", "timing", 3),
    "short fields": (HEAD + "0:01.000 --> 0:02.000\n一句\n", "timing", 3),
    "sixty seconds": (HEAD + "00:60.000 --> 00:62.000\n一句\n", "timing", 3),
    "an end before its beginning": (HEAD + "00:02.000 --> 00:01.000\n一句\n", "ends_first", 3),
    "an end at its beginning": (HEAD + "00:02.000 --> 00:02.000\n一句\n", "ends_first", 3),
    "overlapping": (HEAD + ONE + "\n00:01.500 --> 00:03.000\n又\n", "overlapping", 6),
    "backward": (HEAD + ONE + "\n00:00.500 --> 00:00.900\n又\n", "backward", 6),
    "past a day": (HEAD + "24:00:00.000 --> 24:00:01.000\n一句\n", "too_late", 3),
    "an unknown setting": (HEAD + "00:01.000 --> 00:02.000 onload:x\n一句\n", "settings", 3),
    "no empty line": (HEAD + ONE + "00:03.000 --> 00:04.000\n又\n", "no_blank", 5),
    "words of no cue": (HEAD + ONE + "\n还有\n", "stray", 6),
    "no words": (HEAD + "00:01.000 --> 00:02.000\n\n" + "00:03.000 --> 00:04.000\n又\n", "wordless", 3),
    "marks alone": (HEAD + "00:01.000 --> 00:02.000\n<i></i>\n", "wordless", 3),
    "a script": (HEAD + ONE + "<script>alert(1)</script>\n", "markup", 5),
    "a picture": (HEAD + "00:01.000 --> 00:02.000\n<img src=x onerror=alert(1)>\n", "markup", 4),
    "a font": (HEAD + "00:01.000 --> 00:02.000\n<font color=red>一</font>\n", "markup", 4),
    "a bare sign": (HEAD + "00:01.000 --> 00:02.000\n1 < 2\n", "markup", 4),
}  # fmt: skip


@pytest.mark.parametrize("title", REFUSED)
def test_what_is_not_sound_is_refused_at_its_line(title: str) -> None:
    given, code, line = REFUSED[title]
    assert refusal(given) == (code, line)


@cache
def many(count: int) -> str:
    times = [f"{n // 3600:02d}:{n // 60 % 60:02d}:{n % 60:02d}" for n in range(count)]
    return HEAD + "\n".join(f"{time}.000 --> {time}.900\n一\n" for time in times)


# Made only when it is asked for: every run of any test would pay for it.
HOSTILE: dict[str, tuple[Any, str]] = {
    "a million cues": (lambda: many(1_000_000), "too_large"),
    "a million cues in bytes": (lambda: many(1_000_000).encode(), "too_large"),
    "more cues than any film": (lambda: many(MOST_CUES + 1), "too_many"),
    "arrows": (HEAD + "-->\n" * 200_000, "too_many"),
    "signs": (HEAD + ONE + "<" * 900_000, "markup"),
    "open tags": (HEAD + ONE + "<c." * 300_000, "markup"),
    "classes": (HEAD + ONE + "<c" + ".a" * 400_000, "markup"),
    "blanks before an arrow": (HEAD + " " * 900_000 + "-->\n一\n", "timing"),
    "settings": (HEAD + "00:01.000 --> 00:02.000 " + "a:b " * 200_000 + "\n一\n", "settings"),
    "blocks": (HEAD + "一\n\n" * 200_000, "no_cues"),
}


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_captions_are_refused_soon(title: str) -> None:
    made, code = HOSTILE[title]
    given = made() if callable(made) else made
    began = time.perf_counter()
    assert refusal(given)[0] == code
    assert time.perf_counter() - began < 2


def test_a_text_is_measured_in_bytes_whichever_way_it_comes() -> None:
    long = HEAD + "00:01.000 --> 00:02.000\n" + "鹿" * 400_000 + "\n"
    assert refusal(long) == refusal(long.encode()) == ("too_large", 0)


def test_a_transcript_parts_speakers_and_pauses() -> None:
    cues = [
        Cue(0, 1000, "你好", "何佩"), Cue(1000, 2000, "世界", "何佩"), Cue(2000, 3000, "谁？", "阿米"),
        Cue(9000, 9500, "很久\n以后"), Cue(9500, 9900, "<b>"),
    ]  # fmt: skip
    assert transcript(cues) == "何佩：你好 世界\n\n阿米：谁？\n\n很久 以后 <b>"
