"""The metadata line of a page: where it stands and which fields it holds."""

import re
from itertools import zip_longest
from typing import NamedTuple

from films.reading.article import Refusal
from films.reading.labels import label_of
from films.reading.lines import Paragraph
from films.reading.values import find_date, plain_digits, read_count

_FIELD_WORDS = {
    "publisher": "来源|來源|文章来源|稿件来源|信息来源|出处|媒体|發布者|发布者|source|published by|出典|提供|媒体名|출처|매체",
    "author": "作者|文|撰文|记者|編輯|编辑|by|author|words by|written by|posted by|著者|執筆|작성자|글|기자",
    "published_on": "发布时间|發布時間|發佈時間|发布日期|发表时间|发表于|发布于|刊发时间|时间|時間|日期|更新时间|更新|上传时间|published|published on|date|posted|posted on|updated|公開日|掲載日|投稿日|更新日|公開|게시일|등록일|작성일|날짜|입력",
    "view_count": "浏览次数|瀏覽次數|浏览量|浏览数|浏览|瀏覽|阅读量|阅读数|阅读|閱讀|点击量|点击数|点击|人气|views|view count|hits|reads|閲覧数|閲覧|再生数|조회수|조회",
}


_FIELD = re.compile(
    r"(?<![^\s|｜/·•,，:：\d])(?:"
    + "|".join(
        f"(?P<{name}>{'|'.join(sorted(map(re.escape, words.split('|')), key=len, reverse=True))})"
        for name, words in _FIELD_WORDS.items()
    )
    + r")\s*(?:[:：]\s*|(?=\s*-?\d)|(?=\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d))",
    re.I,
)


_SEPARATORS = re.compile(r"[\s\u00a0\u3000|｜/·•]{2,}|\s*[|｜•]\s*")


_LONGEST = 300  # characters of a metadata line; longer ones are talk


class Field(NamedTuple):
    name: str
    printed: str


def fields_of(text: str) -> list[Field]:
    """The metadata fields that a line holds, each with its value as printed."""
    matches = list(_FIELD.finditer(text))
    found: list[Field] = []
    for match, following in zip_longest(matches, matches[1:]):
        end = following.start() if following else len(text)
        value = _SEPARATORS.split(text[match.end() : end].strip())[0].strip(" |｜/·•,，;；")
        name = str(match.lastgroup)
        if value and not any(field.name == name for field in found):
            found.append(Field(name, value))
    return found


def metadata_lines(paragraphs: list[Paragraph]) -> list[int]:
    """Indexes of the metadata line, or of lines that stand together as one; more than one such place is refused."""
    strong = [i for i, p in enumerate(paragraphs) if _is_metadata(p.text)]
    if not strong:
        return _weak_metadata(paragraphs)
    block = [strong[0]]
    while block[-1] + 1 < len(paragraphs) and _joins(paragraphs[block[-1]], paragraphs[block[-1] + 1]):
        block.append(block[-1] + 1)
    while block[0] > 0 and _may_join(paragraphs[block[0] - 1]):
        block.insert(0, block[0] - 1)
    others = [i for i in strong if i not in block]
    if others:
        one, two = paragraphs[strong[0]].first, paragraphs[others[0]].first
        raise Refusal("two_articles", two, first=one, second=two)
    return block


def _is_metadata(text: str) -> bool:
    if len(text) >= _LONGEST:
        return False
    fields = fields_of(text)
    names = {f.name for f in fields}
    if len(names) < 2:
        return False
    dated = any(f.name == "published_on" and find_date(plain_digits(f.printed)) for f in fields)
    counted = any(f.name == "view_count" and read_count(plain_digits(f.printed)) for f in fields)
    covered = sum(len(f.printed) for f in fields)
    return dated or counted or ("publisher" in names and covered < 80)


def _joins(above: Paragraph, below: Paragraph) -> bool:
    """Metadata on two neighbouring lines is one: the second goes on with other fields."""
    continues = _is_metadata(below.text) and below.blanks_before == 0 and not _names(below) & _names(above)
    return continues or _may_join(below)


def _names(paragraph: Paragraph) -> set[str]:
    return {field.name for field in fields_of(paragraph.text)}


def _may_join(paragraph: Paragraph) -> bool:
    """A short line right beside the metadata line that holds one more field and nothing else."""
    fields = fields_of(paragraph.text) if len(paragraph.text) < 60 else []
    return (
        len(fields) == 1
        and fields[0].name != "author"
        and bool(_FIELD.match(paragraph.text))
        and (fields[0].name == "publisher" or bool(re.search(r"\d", fields[0].printed)))
    )


def _weak_metadata(paragraphs: list[Paragraph]) -> list[int]:
    """Without a full metadata line: single-field lines near the top, or a short line that is all date."""
    found: list[int] = []
    for index, paragraph in enumerate(paragraphs[:8]):
        if index and label_of(paragraph.text) and not _may_join(paragraph):
            break
        if index and (_may_join(paragraph) or _is_dateline(paragraph.text)):
            found.append(index)
    if not found:
        return []
    block = [found[0]]
    for index in found[1:]:
        if index == block[-1] + 1:
            block.append(index)
    return block


def _is_dateline(text: str) -> bool:
    date = find_date(plain_digits(text))
    if not date or len(text) > 70 or re.search(r"[。！？!?]", text):
        return False
    rest = text[: date.start] + text[date.end :]
    return len(re.sub(r"[\s\d:,，.|｜/·•()（）\-–—]|AM|PM|EST|by|By|BY", "", rest)) <= 24
