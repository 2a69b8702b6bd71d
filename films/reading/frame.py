"""The frame of a page: headline, metadata line, body, and the chrome around them."""

import re
from dataclasses import dataclass, field

from films.reading.article import Passage, Point, Refusal
from films.reading.characters import clean_name, compared
from films.reading.chrome import BARE_COUNT, is_chrome, part_chrome
from films.reading.labels import count_labels, label_of
from films.reading.lines import Paragraph
from films.reading.metadata import fields_of, metadata_lines
from films.reading.questions import is_question
from films.reading.values import find_date, plain_digits, read_count
from films.reading.words import ASKING, SYNOPSIS

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


_COUNTED = re.compile(
    r"(?<![\w.,])(\d[\d.,]*\s*[KkMm万萬만]?)\s*(?:views|reads|次浏览|次瀏覽|人阅读|人閱讀|次阅读|阅读$|浏览$|회 조회|回閲覧)",
    re.I,
)
_LONGEST_HEADLINE = 120


_SECTION = re.compile(r"^\s*[《『〈]|^[^:：]{1,12}[:：]")
_NOT_HEADLINE_END = re.compile(r"[。；;，,]$")


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
    metadata = metadata_lines(paragraphs)
    frame = Frame(body=paragraphs)
    for index in metadata:
        _read_metadata(frame, paragraphs[index])
    if metadata and not _stands_last(paragraphs, metadata[0]):
        _read_above(frame, metadata[0])
        frame.body = [p for i, p in enumerate(paragraphs) if i > metadata[0] and i not in metadata]
    else:
        frame.body = [p for i, p in enumerate(paragraphs) if i not in metadata]
        _read_headline_alone(frame)
    frame.body, chrome = part_chrome(frame.body)
    frame.chrome += chrome
    if not frame.body:
        raise Refusal("only_furniture", paragraphs[0].first)
    return frame


def _read_above(frame: Frame, metadata: int) -> None:
    """The headline is the line that the metadata line follows; what stands above it is navigation."""
    above = frame.body[:metadata]
    if not above:
        return
    *chrome, headline = above
    if len(headline.text) > _LONGEST_HEADLINE and not headline.heading:
        frame.points.append(Point("no_headline", headline.first))
        return
    _set_headline(frame, headline)
    for paragraph in chrome:
        if len(paragraph.text) <= 60:
            frame.chrome.append(paragraph)


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
    counted = _COUNTED.search(text)
    if counted and "view_count" not in frame.printed:
        frame.passages["view_count"] = paragraph.lines
        _read_views(frame, counted.group(1).strip(), paragraph.first)
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
    if BARE_COUNT.match(after):
        frame.printed["view_count"] = after.strip()
        frame.passages["view_count"] = paragraph.lines
        _read_views(frame, after.strip(), paragraph.first)


def _read_publisher(frame: Frame, printed: str, line: int) -> None:
    frame.publisher = clean_name(printed)
    if compared(printed) in _NO_PUBLISHER:
        frame.points.append(Point("no_publisher", line, values={"printed": printed}))


def _read_author(frame: Frame, printed: str, line: int) -> None:
    frame.author = clean_name(printed)


_DATE_PROBLEMS = {
    "impossible": ("impossible_date", True),
    "ambiguous": ("ambiguous_date", False),
    "month_only": ("month_only", False),
}


def _read_date(frame: Frame, printed: str, line: int) -> None:
    date = find_date(printed)
    if date is None:
        frame.points.append(Point("unread_date", line, values={"printed": printed}))
        return
    frame.published_on = date.value
    if date.problem:
        code, doubt = _DATE_PROBLEMS[date.problem]
        frame.points.append(Point(code, line, doubt=doubt, values={"printed": date.printed}))


def _read_views(frame: Frame, printed: str, line: int) -> None:
    read = read_count(printed)
    frame.view_count = read[1] if read else None
    frame.printed["view_count"] = read[0] if read else printed
    if frame.view_count is None:
        frame.points.append(Point("unread_views", line, values={"printed": printed}))


_READ = {"publisher": _read_publisher, "author": _read_author, "published_on": _read_date, "view_count": _read_views}


def _stands_last(paragraphs: list[Paragraph], metadata: int) -> bool:
    """Some pages say where they are from at their end: then no headline stands above."""
    return metadata >= 5 and metadata >= 0.8 * len(paragraphs)


def _read_headline_alone(frame: Frame) -> None:
    """Without metadata above the article: the line that later text takes up, else the first that could be one."""
    opening = next((i for i, p in enumerate(frame.body[:6]) if _SECTION.match(p.text)), 6)
    possible = [
        i
        for i, p in enumerate(frame.body[: max(opening, 1)])
        if not is_chrome(p) and _could_be_headline(p) and not _speaks(frame.body, p)
    ]
    if not possible or not all(len(p.text) <= _LONGEST_HEADLINE for p in frame.body[: possible[0]]):
        return
    index = next((i for i in possible if _is_taken_up(frame.body, i)), possible[0])
    first = next(i for i, p in enumerate(frame.body) if not is_chrome(p))
    if first < possible[0]:
        return
    _set_headline(frame, frame.body[index])
    frame.chrome.extend(frame.body[:index])
    frame.body = frame.body[index + 1 :]


def _is_taken_up(body: list[Paragraph], index: int) -> bool:
    """Its quoted words, four of its characters, or one long word stand in what follows."""
    later = "\n".join(paragraph.text for paragraph in body[index + 1 : index + 12])
    text = body[index].text
    words = re.findall(r"[A-Za-z]{5,}|[\u4e00-\u9fff]+", text)
    pieces = [word[i : i + 4] if not word.isascii() else word for word in words for i in range(max(1, len(word) - 3))]
    quoted = re.findall(r"[“《「『‘\"]([^”》」』’\"]{2,20})[”》」』’\"]", text)
    return any(piece in later for piece in [*quoted, *(piece for piece in pieces if len(piece) >= 4)])


def _speaks(body: list[Paragraph], paragraph: Paragraph) -> bool:
    """Its label opens other paragraphs too: a turn of talk, not a headline."""
    label = label_of(paragraph.text)
    return label is not None and count_labels(body)[label.form] > 1


def _could_be_headline(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if paragraph.heading:
        return paragraph.heading == 1
    if len(text) > _LONGEST_HEADLINE or _NOT_HEADLINE_END.search(text):
        return False
    label = label_of(text)
    if label and (label.form in ASKING or is_question(text)):
        return False
    mark = compared(re.split("[:：]", text[:_LONGEST_HEADLINE])[0])
    return mark not in SYNOPSIS and not (label and not label.rest) and not re.match(r"\d{1,2}\s*[.、)]", text)
