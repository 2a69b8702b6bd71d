"""Markdown with front matter → Article: `#` marks sections, bold marks the questions."""

from __future__ import annotations

import re
from dataclasses import replace

from films.reading.article import Article, Point, Refusal
from films.reading.characters import kept
from films.reading.decoding import Decoded, split_lines
from films.reading.lines import Paragraph, paragraphs_of, without_bold
from films.reading.text_format import read_paragraphs
from films.reading.vocabulary import Vocabulary

_FENCE = re.compile(r"^---\s*$")
_SCALAR = re.compile(r"^(?P<key>[A-Za-z_][\w -]*?)\s*:(?:\s+(?P<value>.*))?$")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_QUOTE = re.compile(r"^(?:>\s?)+(?=\S)")
_KNOWN = {
    "title": "标题",
    "headline": "标题",
    "publisher": "来源",
    "source": "来源",
    "author": "作者",
    "date": "发布时间",
    "published_on": "发布时间",
    "views": "浏览次数",
    "view_count": "浏览次数",
}


def read_markdown(
    data: bytes, decoded: Decoded, vocabulary: Vocabulary, asker: str | None, answerers: tuple[str, ...]
) -> Article:
    """Read Markdown. Front matter is read as plain strings; a line that is no `key: value` is refused by number."""
    lines = split_lines(decoded.text)
    end = _front_matter_end(lines)
    found, points = _front_matter(lines, end)
    body = [_marked(p) for p in paragraphs_of(decoded.text) if p.first > end]
    if not body:
        raise Refusal("no_body", max(end, 1))
    paragraphs = _framed(found, body, end)
    decoded = decoded._replace(points=(*decoded.points, *points))
    return read_paragraphs(data, decoded, paragraphs, vocabulary, asker, answerers)


def _front_matter_end(lines: list[str]) -> int:
    """The line number of the closing fence; 0 where there is no front matter."""
    if not lines or not _FENCE.match(lines[0]):
        return 0
    for number, line in enumerate(lines[1:], 2):
        if _FENCE.match(line):
            return number
    raise Refusal("front_matter_open", 1)


def _front_matter(lines: list[str], end: int) -> tuple[dict[str, tuple[str, int]], list[Point]]:
    found: dict[str, tuple[str, int]] = {}
    points = []
    for number, line in enumerate(lines[1 : max(end - 1, 1)], 2):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _SCALAR.match(line)
        if not match:
            raise Refusal("no_field", number, text=line.strip()[:40])
        key, value = match["key"].strip().lower(), (match["value"] or "").strip().strip("\"'").strip()
        if key in found:
            raise Refusal("field_twice", number, field=key)
        if key not in _KNOWN:
            points.append(Point("unknown_field", number, values={"field": key}))
        found[key] = (value, number)
    return found, points


def _marked(paragraph: Paragraph) -> Paragraph:
    """Take the Markdown marks off a paragraph and remember what they said."""
    heading = _HEADING.match(paragraph.text)
    if heading:
        return replace(paragraph, text=heading.group(2), heading=len(heading.group(1)))
    return without_bold(replace(paragraph, text=_QUOTE.sub("", paragraph.text)))


def _framed(found: dict[str, tuple[str, int]], body: list[Paragraph], end: int) -> list[Paragraph]:
    """Front matter as the frame that plain text has: a headline line and a metadata line."""
    headline = next((found[key] for key in ("headline", "title") if found.get(key, ("", 0))[0]), None)
    fields = [(name, *found[key]) for key, name in _KNOWN.items() if found.get(key, ("", 0))[0] and name != "标题"]
    frame: list[Paragraph] = []
    if headline and body[0].heading == 1 and body[0].text == kept(headline[0]):
        body = body[1:]  # the headline stood twice; one will do, and the report lists the other's line
    if headline:
        frame.append(Paragraph(headline[1], headline[1], kept(headline[0]), heading=1))
    for name, value, number in fields:
        frame.append(Paragraph(number, number, f"{name}：{value}"))
    return [*frame, *body]
