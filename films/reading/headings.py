"""Headings and field lines: the marks by which a film's section is told."""

import re
from dataclasses import dataclass

from films.reading.characters import clean_name, compared
from films.reading.labels import bare_name
from films.reading.lines import Paragraph
from films.reading.values import find_duration, plain_digits
from films.reading.words import (
    FIELDS,
    MAKER_FIELD,
    ROLES,
    RUNTIME_FIELD,
    STATEMENT,
    SYNOPSIS,
    TITLE_FIELD,
    TOOL_FIELD,
)

_FIELD_LINE = re.compile(
    r"^[^\w《『「“\"(（\[【@]{0,8}(?:\d{1,2}\s*[.、]?\s+)?(?P<name>[^:：。！？!?]{1,24}?)\s*[:：]\s*(?P<value>.*)$",
    re.S,
)
_FIELD_BRACKETED = re.compile(r"^[【\[［](?P<name>[^】\]］]{1,16})[】\]］]\s*[:：]?\s*(?P<value>.*)$", re.S)
_NEXT_FIELD = re.compile(r"(?<=\S)\s+(?=[^\s:：《》]{1,8}[:：])")
_TITLE_MARKS = r"[《『〈](?P<marked>[^《》『』〈〉]{1,60})[》』〉]"
_NUMBERING = r"(?:(?:No\.?|#|Film|影片|短片|作品|part)?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[①-⑳])\s*[.．、:：)）|｜丨]?\s*)?"
_MARKED_HEADING = re.compile(
    rf"^[\s■□▶●◆★☆◎*\-–—#]{{0,8}}{_NUMBERING}(?:短片|影片|电影|電影|動畫|动画|作品|映画|短編)?\s*{_TITLE_MARKS}(?P<tail>.{{0,60}})$",
    re.I,
)
_LISTED = re.compile(r"^(?P<title>[^,，。:：|]{1,60}?)\s*[,，|｜/]\s*(?P<tail>.{1,80})$")
# `CamRed《天空之外》`, `一等奖：《天空之外》`: what stands in the marks is the title, not the whole line.
_WITHIN = re.compile(rf"^[^《》。！？!?]{{1,20}}{_TITLE_MARKS}\s*$")
_QUOTED = re.compile(
    r"^(?:\d{1,2}[.)]\s*|[^\"“”<>]{1,24}[:：]\s*)?[\"“<](?P<marked>[^\"“”<>]{1,60})[\"”>]\s*(?P<tail>(?:by\s|[–—,-]\s*)?[^\"“”。.]{0,40})$"
)
_NO_TITLE = re.compile(
    r"^\W*(?:part|chapter|film|no\.?|#|第)?\s*[\d一二三四五六七八九十①-⑳]{1,3}\s*(?:部|部分|章|节|集)?\W*$|^\W*[(（\[【].*[)）\]】]\W*$"
    r"|海报|截图|剧照|图片|视频|来源|作者|poster|still|photo|credit|courtesy",
    re.I,
)
_SENTENCE = re.compile(r"[。！？!?；;]|[a-z]\.\s+[A-Z]")
_TAIL_TALK = re.compile(
    r"剧照|劇照|工作照|海报|海報|截图|花絮|still|poster|スチール|스틸|讲述|講述|是一部|讲的是|的故事|描写|は、|という|について"
)
_SQUARE = re.compile(rf"^{_NUMBERING}[\[［【](?P<title>[^\[\]［］【】:：]{{1,60}})[\]］】]\s*(?P<tail>.{{0,40}})$")
_ROLE_WORDS = re.compile("|".join(sorted(map(re.escape, ROLES), key=len, reverse=True)), re.I)
_YEAR = re.compile(r"^(?:19|20)\d{2}$")


@dataclass(frozen=True)
class FieldLine:
    name: str
    value: str


@dataclass(frozen=True)
class Heading:
    """A film's heading: its title (None when the words are no title), its running time and the names beside it."""

    title: str | None
    tail: str = ""
    seconds: int | None = None
    names: tuple[str, ...] = ()


def field_line(text: str) -> FieldLine | None:
    """A known field and its value: `片长:7分40秒`, `Director: Ann Lee`, `【导演】阿米`."""
    match = _FIELD_LINE.match(text) or _FIELD_BRACKETED.match(text)
    if not match:
        return None
    name = compared(match["name"]).strip("*_ ")
    parts = [part.strip() for part in re.split(r"[/／&、・]", name)]
    known = any(part in FIELDS for part in parts) or name in SYNOPSIS or name in STATEMENT
    return FieldLine(name, match["value"].strip(" *")) if known else None


def field_lines(text: str) -> list[FieldLine]:
    """Every field that a line holds: `作者：穆然　作品：《冰》` holds two."""
    found: list[FieldLine] = []
    for piece in _NEXT_FIELD.split(text):
        line = field_line(piece)
        if line:
            found.append(line)
        elif found:
            found[-1] = FieldLine(found[-1].name, f"{found[-1].value} {piece}")
    return found


def first_field(text: str) -> tuple[FieldLine | None, list[FieldLine]]:
    """The line's first field, if it opens with one, and the others."""
    found = field_lines(text)
    return (found[0], found[1:]) if found else (None, [])


def is_kind(line: FieldLine, words: frozenset[str]) -> bool:
    """Does the field's name, or one part of `编剧/导演`, belong to these words?"""
    return line.name in words or any(part.strip() in words for part in re.split(r"[/／&、・]", line.name))


def block_mark(text: str, words: frozenset[str]) -> str | None:
    """The text after a mark such as 剧情简介: ("" when the mark stands alone), or None where there is no such mark."""
    match = _FIELD_LINE.match(text) or _FIELD_BRACKETED.match(text)
    name = compared(match["name"]).strip("*_ ") if match else ""
    if match and (name in words or (name and all(part in words for part in name.split()))):
        return match["value"].strip()
    if len(text) > 60:
        return None
    alone = compared(text).strip("*_ ■□▶●◆【】[]:：·-—")
    return "" if alone in words else None


def is_synopsis(text: str) -> bool:
    return block_mark(text, SYNOPSIS) is not None


def heading_of(paragraphs: list[Paragraph], index: int) -> Heading | None:
    """Read a paragraph as a film's heading, by its form or by what follows it."""
    paragraph = paragraphs[index]
    text = paragraph.text
    if len(text) > 120 or (_SENTENCE.search(text) and not _LISTED_LENGTH.search(text)):
        return None
    line = field_line(text)
    if line and is_kind(line, TITLE_FIELD) and line.value:
        return Heading(unmarked(line.value))
    if line or (paragraph.heading == 1):
        return None
    return _marked(text) or _listed(text) or _plain(paragraphs, index)


_LISTED_LENGTH = re.compile(r"[,，|｜/]\s*\d{1,3}\s*(?:min|mins|minutes|分|분|['’′])", re.I)


def unmarked(value: str) -> str:
    match = re.match(_TITLE_MARKS, value)
    return clean_name(match["marked"] if match else value)


def _marked(text: str) -> Heading | None:
    """`01 《梅花鹿》 阿米`, `『海の底』佐藤克則監督`: the title in its marks at the start, little after it."""
    match = _MARKED_HEADING.match(text)
    if match and not _TAIL_TALK.search(match["tail"]):
        return _heading(match["marked"], match["tail"])
    square = _SQUARE.match(text)
    if square and compared(square["title"]) not in FIELDS:
        return _heading(square["title"], square["tail"])
    return None


def _listed(text: str) -> Heading | None:
    """`TITLE, 14min., Country` and `TITLE | Germany | 2022 | 03’`."""
    match = _LISTED.match(text)
    if not match or not find_duration(plain_digits(match["tail"])):
        return None
    pieces = re.split(r"\s*[,，|｜/]\s*", match["tail"])
    if any(len(piece.split()) > 5 or len(piece) > 40 for piece in pieces):
        return None
    return _heading(match["title"], match["tail"])


def _heading(title: str, tail: str) -> Heading:
    length = find_duration(plain_digits(tail))
    return Heading(unmarked(clean_name(title)), tail.strip(), length.seconds if length else None, _names(tail))


def credit_line(text: str) -> Heading | None:
    """A short line under a heading that credits the maker or gives the length: `佐藤澄人監督 17分`."""
    if len(text) > 60 or re.search(r"[。！？!?]$", text):
        return None
    names, length = _names(text), find_duration(plain_digits(text))
    return Heading(None, text, length.seconds if length else None, names) if names or length else None


def _names(tail: str) -> tuple[str, ...]:
    """Names beside a title count only where a role says so: `佐藤克則監督`, `导演:阿米`, `by Ann Lee`, `dir. Ann Lee`."""
    found = []
    tail = re.sub(r"\s*[:：]\s*", "：", tail)
    for piece in re.split(r"[|｜/,，;；、()（）\s]{1,3}(?![a-zA-Z])|[|｜/,，;；、()（）]", tail):
        text = clean_name(piece)
        by = re.match(r"(?:by|dir\.?|directed by|a film by|导演|導演|監督|감독)\s*[:：]?\s*(.+)$", text, re.I)
        name = by.group(1) if by else bare_name(text)
        if (
            name
            and (by or (name != text and _ROLE_WORDS.search(text)))
            and not find_duration(name)
            and not _YEAR.match(name)
        ):
            found.append(clean_name(name))
    return tuple(found)


def _plain(paragraphs: list[Paragraph], index: int) -> Heading | None:
    """A short plain line above a film's block begins its section; it is a title only above the film's fields."""
    paragraph = paragraphs[index]
    text = paragraph.text
    if paragraph.heading > 1:
        return Heading(None, text)
    following = paragraphs[index + 1 : index + 3]
    apart = paragraph.blanks_before > 0 or index == 0
    if (
        len(text) > 60
        or re.search(r"[:：,，.。]$", text)
        or not following
        or not apart
        or not _starts_block(following)
    ):
        return None
    within = _WITHIN.match(text) or _QUOTED.match(text)
    if within:
        return _heading(within["marked"], within.groupdict().get("tail") or "")
    first = field_line(following[0].text)
    titled = first is not None and not is_kind(first, TITLE_FIELD) and not is_synopsis(following[0].text)
    return Heading(clean_name(text) if titled and not _NO_TITLE.search(text) else None, text)


def _starts_block(following: list[Paragraph]) -> bool:
    """A synopsis mark, or two field lines in a row that speak of a film."""
    first = field_line(following[0].text)
    if not first:
        return is_synopsis(following[0].text)
    if is_synopsis(following[0].text):
        return True
    film_fields = TITLE_FIELD | RUNTIME_FIELD | MAKER_FIELD | TOOL_FIELD
    second = field_line(following[1].text) if len(following) > 1 else None
    return is_kind(first, film_fields) and second is not None
