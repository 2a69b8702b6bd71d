"""The edition that an article's lead presents: theme, name, year and month as far as stated, organisers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from films.reading.article import EditionFacts, Organiser, Passage
from films.reading.characters import clean_name, count_han
from films.reading.lines import Paragraph

_QUOTE = r"[“\"《「『‘](?P<theme>[^“”\"《》「」『』‘’]{1,40})[”\"》」』’]"
_THEMED = re.compile(
    rf"以{_QUOTE}(?:为|為)(?:主)?[题題](?:的|,|，)?(?P<name>[^，,。；;、：:！？!?“”\"（）()]{{0,30}}(?:[“《「](?P<quoted>[^”》」]{{1,40}})[”》」])?)"
)
_THEME_IS = re.compile(
    rf"(?P<name>[^，,。；;：:！？!?“”\"（）()]{{0,30}}?)(?:的)?(?:主题|主題|テーマ|주제)(?:是|为|為|：|:|は|이|가|는|은)?\s*{_QUOTE}"
)
_ENGLISH = re.compile(
    r"(?P<name>(?:[A-Z][\w’'&-]*\s+){1,6}(?:Festival|Awards?|Prize|Programme|Program|Project|Lab|Edition|Competition))?[^.!?]{0,60}?\b(?:theme(?:d)?(?: of| is| was|:)?|around|under the (?:title|theme))\s+[“\"'‘](?P<theme>[^“”\"‘’]{1,60})[”\"'’]"
)
_JAPANESE = re.compile(rf"{_QUOTE}\s*(?:を|が)テーマ(?:に|と)(?:した|する|、)?(?P<name>[^、。，,「」『』]{{0,24}})")
_LAUNCH = re.compile(
    r"(?P<who>[^。！？!?；;]*?)(?:共同|联合|聯合|携手|一起)?(?:发起|發起|主办|主辦|举办|舉辦|推出|启动|啟動|发布|策划|开启|承办|創辦|创办)(?:了|的)?(?=.{0,40}$|以|[^。]{0,40}(?:计划|計畫|影展|电影节|電影節|征集|大赛|单元|项目|活动))"
)
_JOIN = re.compile(r"\s*(?:携手|联合|聯合|联手|聯手|、|，|,|以及|与|與|及|和|跟|共同|一起|&)\s*")
_TIME = re.compile(
    r"^(?:在)?(?:今年|去年|日前|近日|近期|最近|本月|这个)?(?:春天|夏天|秋天|冬天|春季|夏季|秋季|冬季|年初|年底|年中)?\s*(?:(?:(?P<year>\d{4})\s*年)?\s*(?:(?P<month>\d{1,2})\s*月(?:份)?)?(?:\d{1,2}日)?)\s*[，,、]?\s*"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")
_MONTH = re.compile(r"(?<![\d])(\d{1,2})\s*月")
_NAME_TAIL = re.compile(r"(?:的)?(?:作品)?(?:征集|评选|投稿|报名)?(?:活动)?$")
_NOTE = re.compile(r"[（(]([^（）()]{1,60})[)）]")
_FILLER = re.compile(r"^(?:这次|此次|本次|今年|由|而|是|为|为了|我们|于是|第)?")
_VERB_BEFORE = re.compile(r"^.*(?:发起了?|發起了?|举办了?|推出了?|启动了?|主办了?|主办的|发起的)")


@dataclass(frozen=True)
class _Found:
    theme: str
    name: str
    paragraph: Paragraph


def edition_of(lead: list[Paragraph], published_on: str | None) -> EditionFacts | None:
    """What the lead says of an edition, or None. A month without a year belongs to the publication's year."""
    found = _theme_in(lead)
    if not found:
        return None
    sentence = _sentence_with(found.paragraph.text, found.theme)
    year, month = _when(sentence, published_on)
    lines = found.paragraph.lines
    organisers = _organisers(sentence)
    passages = {
        name: lines
        for name, value in (("name", found.name), ("theme", found.theme), ("year", year), ("month", month))
        if value
    }
    return EditionFacts(
        found.name or None, found.theme, year, month, organisers, passages | _organiser_lines(organisers, lines)
    )


def _organiser_lines(organisers: tuple[Organiser, ...], lines: Passage) -> dict[str, Passage]:
    return {"organisers": lines} if organisers else {}


def _theme_in(lead: list[Paragraph]) -> _Found | None:
    for pattern in (_THEMED, _JAPANESE, _THEME_IS, _ENGLISH):
        for paragraph in lead:
            match = pattern.search(paragraph.text)
            if match:
                return _Found(
                    clean_name(match["theme"]),
                    _edition_name(match.groupdict().get("quoted") or match["name"] or ""),
                    paragraph,
                )
    return None


def _edition_name(printed: str) -> str:
    name = _VERB_BEFORE.sub("", clean_name(printed))
    name = _FILLER.sub("", _TIME.sub("", name)) if count_han(name) else name
    return _NAME_TAIL.sub("", name).strip(" 的“”\"'") if len(name) > 3 else name.strip()


def _sentence_with(text: str, theme: str) -> str:
    return next((s for s in re.split(r"(?<=[。！？!?])", text) if theme in s), text)


def _when(sentence: str, published_on: str | None) -> tuple[int | None, int | None]:
    year = int(match.group(1)) if (match := _YEAR.search(sentence)) else None
    month = int(match.group(1)) if (match := _MONTH.search(sentence)) else None
    month = month if month and 1 <= month <= 12 else None
    if year is None and published_on and (month or re.search("今年|本年|今年度", sentence)):
        year = int(published_on[:4]) - bool(month and month > int(published_on[5:7]))
    return year, month


def _organisers(sentence: str) -> tuple[Organiser, ...]:
    match = _LAUNCH.search(sentence)
    if not match:
        return ()
    who = _TIME.sub("", match["who"].strip(), count=1)
    notes: list[str] = []

    def hold(match: re.Match[str]) -> str:
        notes.append(match.group(1))
        return f"\x00{len(notes) - 1}\x01"

    held = _NOTE.sub(hold, who)
    held = re.sub(r"^.*(?:由|，由)", "", held)
    pieces = [piece for piece in _JOIN.split(held) if piece.strip()]
    found = [_organiser(piece, notes) for piece in pieces]
    return tuple(o for o in found if o and 0 < len(o.name) <= 30)


def _organiser(piece: str, notes: list[str]) -> Organiser | None:
    note = re.search(r"\x00(\d+)\x01", piece)
    name = clean_name(re.sub(r"\x00\d+\x01", "", piece)).strip("“”\"' ")
    return Organiser(name, notes[int(note.group(1))] if note else None) if name else None
