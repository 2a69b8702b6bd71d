"""The title of a film, honestly: by evidence, each piece with its line; nothing where there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from films.reading.article import Passage, TitleCandidate
from films.reading.characters import clean_name, compared
from films.reading.phrases import PHRASES
from films.reading.talk import Said

_OPEN, _CLOSE = '[《『〈“"「]', '[》』〉”"」]'
_MARKED = re.compile(r"[《『〈](?P<title>[^《》『』〈〉]{1,60})[》』〉]")
_QUOTED = re.compile(r"[《『〈“\"](?P<title>[^《》『』〈〉“”\"]{1,60})[》』〉”\"]")
_PITCH = re.compile(
    r"^\s*(?:短片|影片|本片|作品|电影|電影|映画|短編|영화|단편)?\s*[《『〈](?P<title>[^《》『』〈〉]{1,60})[》』〉]\s*"
    r"(?:讲述|講述|是一部|是一個|是一个关于|讲的是|描绘|描繪|关于|以|通过|は[、,]?|은|는|follows|tells|is a)"
)
_HAN_FILM = "短片|影片|成片|片子|电影|電影|动画短片|動畫|动画|作品|映画|短編|本作|作品|영화|단편|작품"
_ENGLISH_FILM = (
    r"(?:(?:new|little|own|short|animated|finished|latest|final|whole|entire|AI)\s+){0,2}(?:film|short|movie|piece)"
)
# In these \x00 stands for the title: no text holds it.
_OWN = re.compile(
    rf"(?:{_HAN_FILM})\s*(?:是|叫|名为|就叫|取名)?\s*{_OPEN}\x00{_CLOSE}"
    rf"|(?:我们?的|我們的|这部|這部|这支|這支|此次的|这次的)\s*{_OPEN}\x00{_CLOSE}"
    rf"|(?:把(?:它|这部片子|片子|短片)|片名|名字|题目|題目|标题)(?:最后|最终|最後)?(?:就|都)?(?:是|叫做?|定为|定成|取为|改成|起作)\s*{_OPEN}\x00{_CLOSE}"
    rf"|\b(?:my|our|this)\s+{_ENGLISH_FILM}\s*(?:is\s+)?(?:called|titled|named|,)?\s*{_OPEN}\x00{_CLOSE}"
    rf"|\b(?:called|named|titled)\s+(?:it|the film|my film|this film)\s+{_OPEN}\x00{_CLOSE}"
    rf"|{_OPEN}\x00{_CLOSE}\s*(?:这部|這部|这支|這支)(?:{_HAN_FILM})"
    rf"|{_OPEN}\x00{_CLOSE}\s*(?:是我的|是我们的|is my|was my|is our|was our)\s*[^。！？!?]{{0,8}}?(?:{_HAN_FILM}|{_ENGLISH_FILM})"
    rf"|{_OPEN}\x00{_CLOSE}[^。！？!?]{{0,60}}(?:成片|竣工|完片|杀青|final cut|finished film)",
    re.I,
)
# Somebody else's film, or another one of the maker's own.
_OTHERS = re.compile(
    rf"(?:上一部|上部|前一部|拍过一?部?|做过一?部?|老师[^。，！？《》]{{0,6}}|朋友[^。，！？《》]{{0,6}}|学生时期[^。，！？《》]{{0,6}}|大学[^。，！？《》]{{0,6}}|预告片|下一部|之前的|之前那部|以前的|前作|早期的?|第一部|处女作|處女作|另一部|另外一部|下一部|毕业作品|去年的)[^。，！？《》]{{0,8}}{_OPEN}\x00{_CLOSE}"
    rf"|(?:[^\s，。！？、《》“”我们們次部届]{{2,10}}|[A-Z][\w.·]{{1,20}})的(?:[^，。《》]{{0,4}})?(?:{_HAN_FILM})\s*{_OPEN}\x00{_CLOSE}"
    rf"|\b(?:previous|last|earlier|first|next|other|another|old|student|graduation|\w+['’]s|his|her|their)\s+(?:\w+\s+){{0,2}}(?:film|short|movie|piece),?\s*(?:called\s+)?{_OPEN}\x00{_CLOSE}"
    rf"|(?:喜欢|喜歡|热爱|看过|看了|看到|想起|记得|推荐|致敬|影响)[^。！？《》]{{0,10}}(?:{_OPEN}[^《》]{{1,30}}{_CLOSE}[和与、])?{_OPEN}\x00{_CLOSE}"
    rf"|\b(?:love|loved|like|admire|watched|saw|remember)\s+{_OPEN}\x00{_CLOSE}"
    rf"|{_OPEN}\x00{_CLOSE}\s+by\s",
    re.I,
)
_HINT = re.compile(
    rf"{_OPEN}\x00{_CLOSE}(?:的)?(?:创作|創作|制作|拍摄|拍攝|视觉|視覺|画面|画风|镜头|风格|剪辑|配乐|只是固定|里的|中的|结尾|片尾|开头|の(?:制作|撮影|映像|結末)|의\s?(?:제작|촬영|화면))",
    re.I,
)
_BORROWED = re.compile(
    rf"(?:文本|小说|小說|原著|原作|书|書|故事集|绘本|漫画|诗|剧集|读|讀|看|看过|改编自|改編自|改编(?:了)?(?:哲学家|作家)?[^。！？!?]{{0,14}}?|取材于|灵感来自|根据|像|参考|based on|adapted from|adaptation of|novel|book|story|read|watched|inspired by|小説|原作は|원작|소설)\s*(?:的)?(?:文本|小说|作品)?\s*{_OPEN}\x00{_CLOSE}"
    rf"|{_OPEN}\x00{_CLOSE}\s*(?:基础上|为蓝本|为原型|改编|的改编|这本书|这部小说|那样|の原作|を読)",
    re.I,
)
_ASKED = re.compile(r"\b(?:in|of|your|film|watching|making|made|make|about|called)\s+[“\"]\x00[”\"]", re.I)
_NOT_A_FILM_AFTER = re.compile(
    r"^\s*(?:杂志|雜誌|周刊|日报|晚报|报|计划|电影节|影展|专栏|栏目|magazine|festival)", re.I
)
_NEAR = 120  # characters on either side of a title in which words speak of it
_MOST_MENTIONS = 40
_MOST_QUOTES = 2_000
_MOST_TITLES = 100

STATED = "its maker calls the film so"
BORROWED, IN_PASSING = PHRASES["title.borrowed"], PHRASES["title.in_passing"]
WHY_OFFERED = {BORROWED: "title.borrowed", IN_PASSING: "title.in_passing"}


@dataclass(frozen=True)
class Title:
    """A settled title (or None), where it is from, its lines, and what else was offered."""

    title: str | None
    origin: str
    passage: Passage | None = None
    candidates: tuple[TitleCandidate, ...] = ()


def headline_title(headline: str | None) -> str | None:
    """The one title that a headline names in marks; None when it names none or several."""
    found = [m for m in _MARKED.finditer(headline or "") if not _NOT_A_FILM_AFTER.match((headline or "")[m.end() :])]
    names = {compared(m["title"]) for m in found}
    return clean_name(found[0]["title"]) if len(names) == 1 else None


def pitch_title(text: str | None) -> str | None:
    """The title that a pitch opens with: 《…》讲述的是."""
    match = _PITCH.match(text or "")
    return clean_name(match["title"]) if match else None


def title_from_talk(asked: list[Said], answered: list[Said], about: str = "") -> Title:
    """A title that the maker gives this film.

    Titles that only the asker gives, or that a text it adapts bears, are offered with their line.
    `about` is the section's other text, searched for words that make a title somebody else's.
    """
    everything = "\n".join([about, *(said.text for said in [*asked, *answered])])
    candidates = []
    for title, line in _named(answered, asked):
        why = _weigh(title, _joined(asked), _joined(answered), everything)
        if why == STATED:
            stated = next((said.line for said in answered if _OWN.search(_beside(title, said.text))), line)
            return Title(title, "stated_by_maker", Passage(stated, stated))
        if why:
            candidates.append(TitleCandidate(title, line, why))
    return Title(None, "not_stated", None, tuple(candidates))


def _joined(said: list[Said]) -> str:
    return "\n".join(part.text for part in said)


def _named(answered: list[Said], asked: list[Said]) -> list[tuple[str, int]]:
    """Titles in marks, and words in plain quotes where a word for the film stands beside them."""
    found: dict[str, tuple[str, int]] = {}
    for said, pattern, match in islice(_quotes(answered, asked), _MOST_QUOTES):
        title = clean_name(match["title"])
        if title and (match.group()[0] not in '“"' or pattern.search(_around(match))):
            found.setdefault(compared(title), (title, said.line))
    return list(found.values())[:_MOST_TITLES]


def _quotes(answered: list[Said], asked: list[Said]) -> Iterator[tuple[Said, re.Pattern[str], re.Match[str]]]:
    """Everything in marks or quotes, with the pattern that must fit a quote."""
    for all_said, pattern in ((answered, _OWN), (asked, _ASKED)):
        for said in all_said:
            for match in _QUOTED.finditer(said.text):
                yield said, pattern, match


def _around(match: re.Match[str]) -> str:
    start, end = match.span("title")
    return f"{match.string[max(0, start - _NEAR) : start]}\0{match.string[end : end + _NEAR]}"


def _beside(title: str, text: str) -> str:
    """The words beside the title's first mentions, the title itself replaced by the patterns' sign for it."""
    first, *rest = text.split(title, _MOST_MENTIONS)
    if not rest:
        return ""
    between = [part if len(part) <= 2 * _NEAR else f"{part[:_NEAR]}。{part[-_NEAR:]}" for part in rest[:-1]]
    return "\0".join([first[-_NEAR:], *between, rest[-1][:_NEAR]])


def _weigh(title: str, questions: str, answers: str, everything: str) -> str | None:
    asked, answered = _beside(title, questions), _beside(title, answers)
    own, hints = _OWN.search(answered), len(_HINT.findall(answered))
    if _BORROWED.search(_beside(title, everything)):
        return BORROWED if own or hints else None
    if _OTHERS.search(answered):
        return None
    if own or hints >= 2:
        return STATED
    passing = hints or any(pattern.search(asked) for pattern in (_OWN, _HINT, _ASKED))
    return IN_PASSING if passing else None
