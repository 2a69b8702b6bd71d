"""Paragraphs and turns put right before they are read: run-on turns parted, two languages joined."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from films.reading.characters import count_han, count_latin
from films.reading.lines import PARAGRAPH_LIMIT, Paragraph
from films.reading.talk import Turn

_INLINE = re.compile(r"(?<=[.?!。？！”\"’)])\s*(?=(?:[QA]|[问答問])\s*[.:：．]\s*\S)")
_OPENS = re.compile(r"^(?:[QA]|[问答問])\s*[.:：．]")


def part_run_on(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Part `Q. … A. … Q. …` on one line into its turns; every part keeps the line. No more than an article may have."""
    found: list[Paragraph] = []
    for paragraph in paragraphs:
        pieces = _INLINE.split(paragraph.text) if _OPENS.match(paragraph.text) else [paragraph.text]
        parted = [replace(paragraph, text=piece.strip()) for piece in pieces if piece.strip()]
        found += parted if len(found) + len(parted) <= PARAGRAPH_LIMIT else [paragraph]
    return found


def without_outlet_marks(paragraphs: list[Paragraph], outlet: str | None) -> list[Paragraph]:
    """The outlet may sign its questions in title marks, `《潮水》：`; the marks are no part of its label."""
    if not outlet:
        return paragraphs
    name = re.escape(re.sub(r"[《》]|杂志$|雜誌$", "", outlet))
    marked = re.compile(rf"^《({name})》(?:杂志|雜誌)?\s*[:：]\s*")
    return [replace(p, text=marked.sub(r"\1：", p.text)) if marked.match(p.text) else p for p in paragraphs]


def join_languages(turns: list[Turn]) -> tuple[list[Turn], int]:
    """Two neighbouring turns of one side in two scripts are one turn said twice.

    Returns the turns and how many were joined; a single pair may be chance and is left apart.
    """
    pairs = sum(_says_again(one, two) for one, two in pairwise(turns))
    if pairs < 3:
        return turns, 0
    joined: list[Turn] = []
    for turn in turns:
        if joined and _says_again(joined[-1], turn):
            joined[-1].said += turn.said
            joined[-1].paragraphs += turn.paragraphs
        else:
            joined.append(turn)
    return joined, pairs


def _says_again(one: Turn, two: Turn) -> bool:
    return one.asks == two.asks and bool(one.text and two.text) and _is_han(one.text) != _is_han(two.text)


def _is_han(text: str) -> bool:
    return count_han(text) * 2 > count_latin(text)
