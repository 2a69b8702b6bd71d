"""How a question shows itself: its end, its wording, its number."""

from __future__ import annotations

import re

from films.reading.lines import Paragraph

_QUESTION_END = re.compile(
    r"[?？][\s”’\"'」』）)】…]*$|(?:吗|嗎|呢|么|麼|ですか|ますか|でしょうか|ましたか|のか|ますか|까|까요|나요|가요|는지요)[。.~～]?$"
)


_REQUEST = re.compile(
    r"^(?:请|請|能否|能不能|可否|谈谈|談談|聊聊|说说|說說|介绍一下|分享|如何|怎么|怎麼|为什么|為什麼|"
    r"(?:please|tell us|tell me|describe|talk us|talk about|can you|could you|walk us)\b|"
    r"お聞かせ|教えて)|"
    r"(?:谈谈|談談|聊聊|说说|介绍一下|分享一下|お聞かせください|教えてください|お願いします|말씀해\s?주세요|들려주세요|부탁드립니다)[。.…]?$",
    re.I,
)


def is_question(text: str) -> bool:
    """Ends as a question does, in four languages."""
    return bool(_QUESTION_END.search(text.strip()))


def sounds_asked(text: str) -> bool:
    """A question, or a short request to tell something."""
    return is_question(text) or (len(text) < 200 and bool(_REQUEST.search(text.strip())))


_NUMBER = re.compile(
    r"^(?:Q\s*)?[（(]?(?:(\d{1,3})|([一二三四五六七八九十]{1,3})|([①-⑳]))(?:\s*[.．、)）]|\s*[:：])\s*(?=\D)(.*)$",
    re.S | re.I,
)


_HAN_NUMBERS = {c: i for i, c in enumerate("一二三四五六七八九十", 1)}


def number_of(text: str) -> tuple[int, str] | None:
    """A paragraph's leading number and the rest of it."""
    match = _NUMBER.match(text)
    if not match:
        return None
    arabic, han, circled, rest = match.groups()
    return (int(arabic) if arabic else _han_number(han) if han else ord(circled) - ord("①") + 1), rest.strip()


def _han_number(text: str) -> int:
    if len(text) == 1:
        return _HAN_NUMBERS[text]
    tens, _, ones = text.partition("十")
    return _HAN_NUMBERS.get(tens, 1) * 10 + _HAN_NUMBERS.get(ones, 0)


def question_numbers(paragraphs: list[Paragraph]) -> frozenset[int]:
    """First lines of the paragraphs whose numbers run 1, 2, 3; empty unless most of them ask."""
    starts: list[Paragraph] = []
    expected, listed = 1, 0
    for index, paragraph in enumerate(paragraphs):
        number = number_of(paragraph.text)
        if not number:
            listed = 0 if len(paragraph.text) > 1 else listed
            continue
        value, rest = number
        in_list = listed and value == listed + 1 and not sounds_asked(rest)
        restarts = value == 1 and expected > 2 and sounds_asked(rest) and _answered_next(paragraphs, index)
        if (value == expected and not in_list) or restarts:
            starts.append(paragraph)
            expected, listed = value + 1, 0
        else:
            listed = value
    asked = sum(1 for p in starts if sounds_asked((number_of(p.text) or (0, ""))[1]))
    return frozenset(p.first for p in starts) if len(starts) >= 2 and asked * 2 >= len(starts) else frozenset()


def _answered_next(paragraphs: list[Paragraph], index: int) -> bool:
    following = paragraphs[index + 1 : index + 2]
    return bool(following) and not number_of(following[0].text)
