"""The edition that an article's lead presents: theme, name, year and month as far as stated, organisers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from films.reading.article import EditionFacts, Organiser, Passage
from films.reading.characters import clean_name, count_han
from films.reading.lines import Paragraph
from films.reading.values import MONTHS, month_pattern

_QUOTED = r"[“\"《「『‘'](?P<theme>[^“”\"《》「」『』‘’]{1,40})[”\"》」』’']"
_NAME = r"(?P<name>[^，,。；;、：:！？!?“”\"（）()《》「」]{0,30}(?:[“《「](?P<quoted>[^”》」]{1,40})[”》」])?)"
_CALL = "计划|計畫|計劃|影像展|影像节|影像周|双年展|动画周|影展|电影节|電影節|短片展|短片周|短片節|电影周|征集|徵集|征件|大赛|大賽|竞赛|競賽|单元|單元|项目|專案|专题|活动|活動|展映"
_THEMES = (
    re.compile(rf"以{_QUOTED}(?:为|為)(?:主)?[题題](?:的|,|，)?{_NAME}"),
    re.compile(rf"{_QUOTED}\s*(?:を|が)テーマ(?:に|と)(?:した|する|、)?(?P<name>[^、。，,「」『』]{{0,24}})"),
    re.compile(
        rf"{_QUOTED}\s*(?:을|를)\s*(?:주제|테마)로\s*(?:한|하는|삼은)?\s*(?P<name>[^,.，。]{{0,24}}?)(?:을|를|에|이|가|은|는|[,.]|$)"
    ),
    re.compile(
        rf"(?:主题|主題)(?:是|为|為){_QUOTED}的(?P<name>[^，,。；;、：:！？!?“”（）()]{{2,24}}?)(?=在|于|由|，|,|。|落幕|举行|闭幕|启动|开幕)"
    ),
    re.compile(
        rf"(?P<name>[^，,。；;：:！？!?“”\"（）()]{{0,30}}?)(?:的)?(?:主题|主題|テーマ|주제)(?:是|为|為|：|:|は|이|가|는|은)?\s*{_QUOTED}"
    ),
    re.compile(
        r"(?:launched|opened|announced|started)\s+(?:the\s+)?(?P<name>[A-Z][\w’'& -]{2,50}?),?\s[^.!?]{0,60}?\b(?:theme|title)\s+[“\"‘'](?P<theme>[^“”\"‘’]{1,60})[”\"’']"
    ),
    re.compile(
        r"(?P<name>)\b(?:theme(?:d)?(?: of| is| was|:)?|around|under the (?:title|theme))\s+[“\"'‘](?P<theme>[^“”\"‘’]{1,60})[”\"'’]"
    ),
)
_CALLED = re.compile(
    rf"(?:的|了|起|办|辦)(?P<name>[“《「](?:[^“”《》「」]{{1,30}})[”》」][^，,。；;！？!?]{{0,12}}?(?:{_CALL}))"
)
_LAUNCHES = (
    re.compile(
        r"(?P<who>[^。！？!?；;]*?)(?:共同|联合|聯合|一起)?(?:发起|發起|主办|主辦|举办|舉辦|推出|启动|啟動|发布|發佈|策划|策劃|开启|承办|承辦|創辦|创办)"
        rf"(?=[^。]{{0,60}}(?:{_CALL}))"
    ),
    re.compile(
        r"(?P<who>[A-Z][^.;!?]*?),?\s+(?:has |have )?(?:jointly )?(?:invited|asked for|called for|opened|launched|organised|organized|founded|started|announced|hosted|presented)\b"
    ),
    re.compile(
        r"(?:launched|organised|organized|presented|hosted|run|held) by (?P<who>[^.;!?]+?)(?:,? (?:under|around|in|on|for)\b|[.;!?]|$)"
    ),
    re.compile(
        r"(?P<who>[^。、]{1,20}(?:は|が)[^。、]{1,20}(?:と|とともに|と共に|と共同で))[^。]{0,60}(?:立ち上げ|開催|主催|募集|始め|始動)"
    ),
    re.compile(r"(?P<who>[^.,]{1,20}(?:은|는|이|가)\s+[^.,]{1,20}(?:와|과)\s*함께)"),
)
_JOIN = re.compile(
    r"\s*(?:携手|攜手|联合|聯合|联手|聯手|、|，|,? together with |,? along with |,? with |,? and |, |,|以及|与|與|及|和|跟|共同|一起| & |&|×| x |は(?=.)|が(?=.)|(?:은|는|이|가)\s|(?:와|과)\s*함께)\s*"
)
_TIME = re.compile(
    r"^(?:在|于)?(?:今年|去年|日前|近日|近期|最近|本月|这个|지난|今年の)?\s*(?:[^，,]{0,6}前[后後](?=[，,]))?(?:春天|夏天|秋天|冬天|春季|夏季|秋季|冬季|年初|年底|年中)?\s*"
    r"(?:\d{4}\s*[年년])?\s*(?:\d{1,2}\s*[月월](?:份)?)?(?:\d{1,2}\s*[日일])?(?:In [A-Z][a-z]+(?: \d{4})?|In \d{4}|Last \w+|This \w+)?\s*[，,、]?\s*"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[年년]|\b(?:in|In|of)\s+(?:[A-Z][a-z]+\s+)?((?:19|20)\d{2})\b")
_MONTH = re.compile(r"(?<!\d)(\d{1,2})\s*[月월]")
_ENGLISH_MONTH = re.compile(rf"\b(?:in|this|last)\s+{month_pattern}\b", re.I)
_THIS_YEAR = re.compile(r"今年|本年|今年度|올해|this year|This year")
_NAME_TAIL = re.compile(r"(?:的)?(?:作品)?(?:征集|评选|投稿|报名)?(?:活动)?$")
_NOTE = re.compile(r"[（(]([^（）()]{1,60})[)）]")
_FILLER = re.compile(r"^(?:这次|此次|本次|本届|這屆|这届|本屆|今年|由|而|是|为|为了|我们|于是)?")
_VERB_BEFORE = re.compile(r"^.*(?:发起了?|發起了?|举办了?|推出了?|启动了?|主办了?|主办的|发起的)")
_WORD = re.compile("以[“\"《「『‘']|主题|主題|テーマ|주제|테마|theme|around|under the")
_LONGEST_LEAD = 10_000  # characters of one paragraph that are searched
_NEAR = 400  # characters on either side of a theme that its sentence may have
_BLANKS = re.compile(r"\s+")
_TAIL = re.compile(r"と(?:ともに|共に|共同で)?$|(?:와|과)\s*함께$")
_LONGEST = 30


@dataclass(frozen=True)
class _Found:
    theme: str | None
    name: str
    paragraph: Paragraph
    sentence: str


def edition_of(lead: list[Paragraph], published_on: str | None) -> EditionFacts | None:
    """What the lead says of an edition, or None. A month without a year belongs to the publication's year."""
    found = _themed(lead) or _launched(lead)
    if not found:
        return None
    year, month = _when(found.sentence, published_on)
    organisers = _organisers(found.sentence)
    stated = {"name": found.name, "theme": found.theme, "year": year, "month": month, "organisers": organisers}
    passages: dict[str, Passage] = {name: found.paragraph.lines for name, value in stated.items() if value}
    return EditionFacts(found.name or None, found.theme, year, month, organisers, passages)


def _themed(lead: list[Paragraph]) -> _Found | None:
    worded = [paragraph for paragraph in lead if _WORD.search(paragraph.text)]
    for pattern in _THEMES:
        for paragraph in worded:
            match = pattern.search(paragraph.text, 0, _LONGEST_LEAD)
            if match:
                name = _edition_name(match.groupdict().get("quoted") or match["name"] or "")
                sentence = _sentence_at(paragraph.text, match.start("theme"))
                return _Found(clean_name(match["theme"]), name, paragraph, sentence)
    return None


def _launched(lead: list[Paragraph]) -> _Found | None:
    """No theme is named, but somebody launched something that has a name."""
    for paragraph in lead:
        match = _CALLED.search(paragraph.text, 0, _LONGEST_LEAD)
        sentence = _sentence_at(paragraph.text, match.start()) if match else ""
        if match and _organisers(sentence):
            return _Found(None, clean_name(match["name"]), paragraph, sentence)
    return None


def _edition_name(printed: str) -> str:
    name = _VERB_BEFORE.sub("", clean_name(printed))
    name = _FILLER.sub("", _TIME.sub("", name)) if count_han(name) else name
    return _NAME_TAIL.sub("", name).strip(" 的“”\"'") if len(name) > 3 else name.strip()


def _sentence_at(text: str, position: int) -> str:
    """The sentence around a position, or what stands near where it does not end."""
    text, position = text[max(0, position - _NEAR) : position + _NEAR], min(position, _NEAR)
    ends = [match.end() for match in re.finditer(r"[。！？!?]|\.(?=\s|$)", text)]
    start = max((end for end in ends if end <= position), default=0)
    end = min((end for end in ends if end > position), default=len(text))
    return text[start:end]


def _when(sentence: str, published_on: str | None) -> tuple[int | None, int | None]:
    year = next((int(one or two) for one, two in _YEAR.findall(sentence)), None)
    month = _month(sentence)
    if year is None and published_on and (month or _THIS_YEAR.search(sentence)):
        year = int(published_on[:4]) - bool(month and month > int(published_on[5:7]))
    return year, month


def _month(sentence: str) -> int | None:
    match = _MONTH.search(sentence)
    if match:
        return int(match.group(1)) if 1 <= int(match.group(1)) <= 12 else None
    named = _ENGLISH_MONTH.search(sentence)
    return MONTHS[named.group(1).lower()] if named else None


def _organisers(sentence: str) -> tuple[Organiser, ...]:
    """Who launched it, in the order printed; a bracket after a name is its note."""
    match = next((m for pattern in _LAUNCHES if (m := pattern.search(sentence))), None)
    if not match:
        return ()
    notes: list[str] = []

    def hold(match: re.Match[str]) -> str:
        notes.append(match.group(1))
        return f"\x00{len(notes) - 1}\x01"

    who = _NOTE.sub(hold, _TIME.sub("", match["who"].strip(), count=1))
    who = _TAIL.sub("", re.sub(r"^.*由", "", who))
    found = [_organiser(piece, notes) for piece in _JOIN.split(_BLANKS.sub(" ", who)) if piece.strip()]
    return tuple(organiser for organiser in found if organiser and len(organiser.name) <= _LONGEST)


def _organiser(piece: str, notes: list[str]) -> Organiser | None:
    note = re.search(r"\x00(\d+)\x01", piece)
    name = clean_name(re.sub(r"\x00\d+\x01", "", piece)).strip("“”\"' ")
    return Organiser(name, notes[int(note.group(1))] if note else None) if name else None
