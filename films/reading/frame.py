"""The frame of a page: headline, metadata line, body, and the chrome around them."""

import re
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

from films.reading.article import Passage, Point, Refusal
from films.reading.characters import clean_name, compared
from films.reading.labels import label_of
from films.reading.lines import Paragraph
from films.reading.values import find_date, plain_digits, read_count
from films.reading.words import CHROME_EXACT, CHROME_OPENINGS, RELATED, SYNOPSIS

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
    + r")\s*(?:[:：]\s*|(?=\s*-?\d))",
    re.I,
)
_NO_PUBLISHER = {
    compared(word)
    for word in [
        "网络",
        "互联网",
        "網絡",
        "網路",
        "网上",
        "综合",
        "网络综合",
        "未知",
        "佚名",
        "本站",
        "web",
        "internet",
        "the web",
        "online",
        "ネット",
        "インターネット",
        "인터넷",
        "온라인",
    ]
}
_SEPARATORS = re.compile(r"[\s\u00a0\u3000|｜/·•]{2,}|\s*[|｜•]\s*")
_LONGEST_HEADLINE = 120
_BARE_COUNT = re.compile(r"^\s*\d{1,9}\s*$")
_PAGE_OF = re.compile(
    r"^(?:page\s+)?\d+\s*(?:of|/)\s*\d+(?:\s*pages?)?$|^第\s*\d+\s*页.{0,12}$|^\d+\s*/\s*\d+\s*页?$", re.I
)
_NOT_HEADLINE_END = re.compile(r"[。；;，,]$")


class Field(NamedTuple):
    name: str
    printed: str


@dataclass
class Frame:
    """What the page says of itself, and the paragraphs that are left as its body."""

    body: list[Paragraph]
    chrome: list[Paragraph] = field(default_factory=list)
    used: list[Paragraph] = field(default_factory=list)
    headline: str | None = None
    publisher: str | None = None
    author: str | None = None
    published_on: str | None = None
    view_count: int | None = None
    printed: dict[str, str] = field(default_factory=dict)
    passages: dict[str, Passage] = field(default_factory=dict)
    points: list[Point] = field(default_factory=list)


def find_frame(paragraphs: list[Paragraph]) -> Frame:
    """Take headline, metadata and chrome off the paragraphs. Raises Refusal for two articles in one file."""
    metadata = _metadata_lines(paragraphs)
    frame = Frame(body=paragraphs)
    if metadata:
        _read_above(frame, metadata[0])
        for index in metadata:
            _read_metadata(frame, paragraphs[index])
        frame.body = [p for i, p in enumerate(paragraphs) if i > metadata[0] and i not in metadata]
    else:
        _read_headline_alone(frame)
    _drop_chrome(frame)
    if not frame.body:
        raise Refusal(
            "There is only page furniture here and no article. Save the whole page's words.", paragraphs[0].first
        )
    return frame


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


def _metadata_lines(paragraphs: list[Paragraph]) -> list[int]:
    """Indexes of the metadata line, or of lines that stand together as one; more than one such place is refused."""
    strong = [i for i, p in enumerate(paragraphs) if len(p.text) < 300 and _is_metadata(p.text)]
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
        raise Refusal(
            f"Lines {one} and {two} both say where an article is from: two articles in one file. Save each in a file of its own.",
            two,
        )
    return block


def _is_metadata(text: str) -> bool:
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
    names = {f.name for f in fields_of(below.text)}
    continues = (
        _is_metadata(below.text) and below.blanks_before == 0 and not names & {f.name for f in fields_of(above.text)}
    )
    return continues or _may_join(below)


def _may_join(paragraph: Paragraph) -> bool:
    """A short line right beside the metadata line that holds one more field and nothing else."""
    fields = fields_of(paragraph.text)
    return (
        len(fields) == 1
        and len(paragraph.text) < 60
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


def _read_above(frame: Frame, metadata: int) -> None:
    """The headline is the line that the metadata line follows; what stands above it is navigation."""
    above = frame.body[:metadata]
    if not above:
        return
    *chrome, headline = above
    if len(headline.text) > _LONGEST_HEADLINE and not headline.heading:
        frame.points.append(Point("no_headline", "No headline stands above the metadata line.", headline.first))
        return
    _set_headline(frame, headline)
    for paragraph in chrome:
        if len(paragraph.text) <= 60:
            frame.chrome.append(paragraph)
        # A long paragraph up there may be words worth keeping: it is left unread and listed.


def _set_headline(frame: Frame, paragraph: Paragraph) -> None:
    frame.headline = clean_name(paragraph.text)
    frame.printed["headline"] = paragraph.text
    frame.passages["headline"] = paragraph.lines
    frame.used.append(paragraph)


def _read_metadata(frame: Frame, paragraph: Paragraph) -> None:
    text = plain_digits(paragraph.text)
    fields = fields_of(text)
    for name, printed in fields:
        if name not in frame.printed:
            frame.printed[name] = printed
            frame.passages[name] = paragraph.lines
            _READ[name](frame, printed, paragraph.first)
    if not any(f.name == "published_on" for f in fields) and "published_on" not in frame.printed:
        _read_bare_date(frame, text, paragraph)
    frame.used.append(paragraph)


def _read_bare_date(frame: Frame, text: str, paragraph: Paragraph) -> None:
    date = find_date(text)
    if not date:
        return
    frame.printed["published_on"] = date.printed
    frame.passages["published_on"] = paragraph.lines
    _read_date(frame, date.printed, paragraph.first)
    name = clean_name(re.sub(r"[|｜·•]", " ", text[: date.start])).strip(" ,，-–—/:：")
    if name and not fields_of(text) and "publisher" not in frame.printed and not re.match(r"by\b", name, re.I):
        frame.publisher = frame.printed["publisher"] = name
        frame.passages["publisher"] = paragraph.lines
    after = re.sub(r"\d{1,2}:\d{2}(:\d{2})?\s*(AM|PM)?\s*(\([A-Z]{2,4}\))?", " ", text[date.end :])
    if _BARE_COUNT.match(after):
        frame.printed["view_count"] = after.strip()
        frame.passages["view_count"] = paragraph.lines
        _read_views(frame, after.strip(), paragraph.first)


def _read_publisher(frame: Frame, printed: str, line: int) -> None:
    frame.publisher = clean_name(printed)
    if compared(printed) in _NO_PUBLISHER:
        frame.points.append(
            Point("no_publisher", f"The source is given as “{printed}”, which names no publisher.", line)
        )


def _read_author(frame: Frame, printed: str, line: int) -> None:
    frame.author = clean_name(printed)


_DATE_PROBLEMS = {
    "impossible": ("impossible_date", "The calendar has no {}. The date is left empty; please look it up.", True),
    "ambiguous": ("ambiguous_date", "{} may be day or month first. The date is left empty; please look it up.", False),
    "month_only": ("month_only", "{} names a month and no day. The date is left empty.", False),
}


def _read_date(frame: Frame, printed: str, line: int) -> None:
    date = find_date(printed)
    if date is None:
        frame.points.append(Point("unread_date", f"“{printed}” was not read as a date. It is left empty.", line))
        return
    frame.published_on = date.value
    if date.problem:
        code, words, doubt = _DATE_PROBLEMS[date.problem]
        frame.points.append(Point(code, words.format(f"“{date.printed}”"), line, doubt=doubt))


def _read_views(frame: Frame, printed: str, line: int) -> None:
    read = read_count(printed)
    frame.view_count = read[1] if read else None
    frame.printed["view_count"] = read[0] if read else printed
    if frame.view_count is None:
        frame.points.append(Point("unread_views", f"“{printed}” is no number of views. It is left empty.", line))


_READ = {"publisher": _read_publisher, "author": _read_author, "published_on": _read_date, "view_count": _read_views}


def _read_headline_alone(frame: Frame) -> None:
    """Without metadata: the first line that could be a headline, unless it opens the talk already."""
    for index, paragraph in enumerate(frame.body[:6]):
        if _is_chrome(paragraph):
            continue
        if _could_be_headline(paragraph):
            _set_headline(frame, paragraph)
            frame.chrome.extend(frame.body[:index])
            frame.body = frame.body[index + 1 :]
        return


def _could_be_headline(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if paragraph.heading:
        return paragraph.heading == 1
    if (
        len(text) > _LONGEST_HEADLINE
        or _NOT_HEADLINE_END.search(text)
        or (text.startswith(("Q", "问", "問")) and label_of(text))
    ):
        return False
    label = label_of(text)
    mark = compared(re.split("[:：]", text)[0])
    return mark not in SYNOPSIS and not (label and not label.rest) and not re.match(r"\d{1,2}\s*[.、)]", text)


def _is_chrome(paragraph: Paragraph) -> bool:
    form = paragraph.compared.strip(" -—–*·~【】[]()（）<>«»")
    if form in CHROME_EXACT or paragraph.compared in CHROME_EXACT or _PAGE_OF.match(form):
        return True
    return len(form) < 80 and form.startswith(CHROME_OPENINGS_TUPLE)


CHROME_OPENINGS_TUPLE = tuple(compared(opening) for opening in CHROME_OPENINGS)


def _drop_chrome(frame: Frame) -> None:
    """Drop by list anywhere, by position at the end; after “related” nothing belongs to the article."""
    body = frame.body
    cut = _related_from(body)
    frame.chrome.extend(body[cut:])
    body = body[:cut]
    while body and (_is_chrome(body[-1]) or _BARE_COUNT.match(body[-1].text)):
        frame.chrome.append(body.pop())
    frame.chrome.extend(paragraph for paragraph in body if _is_chrome(paragraph))
    frame.body = [paragraph for paragraph in body if not _is_chrome(paragraph)]


def _related_from(body: list[Paragraph]) -> int:
    """Where the related links begin: a line from the list, alone, with the article's talk or most of it before."""
    for index, paragraph in enumerate(body):
        mark, _, rest = paragraph.compared.partition(":")
        if (
            mark.strip() in RELATED
            and len(rest) < 60
            and index
            and (_labels(body[:index]) >= 2 or not _labels(body[index:]))
        ):
            return index
    return len(body)


def _labels(body: list[Paragraph]) -> int:
    return sum(1 for paragraph in body if label_of(paragraph.text))
