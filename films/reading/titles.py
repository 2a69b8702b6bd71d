"""The title of a film, honestly: by evidence, each piece with its line; nothing where there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from films.reading.article import Passage, TitleCandidate
from films.reading.characters import clean_name, compared
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
_OWN = re.compile(
    rf"(?:{_HAN_FILM})\s*(?:是|叫|名为|就叫|取名)?\s*{_OPEN}TITLE{_CLOSE}"
    rf"|(?:我们?的|我們的|这部|這部|这支|這支|此次的|这次的)\s*{_OPEN}TITLE{_CLOSE}"
    rf"|(?:片名|名字|题目|題目|标题)(?:最后|最终|最後)?(?:就|都)?(?:是|叫|定为|定成|取为|改成|起作)\s*{_OPEN}TITLE{_CLOSE}"
    rf"|\b(?:my|our|this)\s+{_ENGLISH_FILM}\s*(?:is\s+)?(?:called|titled|named|,)?\s*{_OPEN}TITLE{_CLOSE}"
    rf"|\b(?:called|named|titled)\s+(?:it|the film|my film|this film)\s+{_OPEN}TITLE{_CLOSE}"
    rf"|{_OPEN}TITLE{_CLOSE}\s*(?:这部|這部|这支|這支)(?:{_HAN_FILM})"
    rf"|{_OPEN}TITLE{_CLOSE}\s*(?:是我的|是我们的|is my|was my|is our|was our)\s*[^。！？!?]{{0,8}}?(?:{_HAN_FILM}|{_ENGLISH_FILM})"
    rf"|{_OPEN}TITLE{_CLOSE}[^。！？!?]{{0,60}}(?:成片|竣工|完片|杀青|final cut|finished film)",
    re.I,
)
# Somebody else's film, or another one of the maker's own.
_OTHERS = re.compile(
    rf"(?:上一部|上部|前一部|之前的|之前那部|以前的|前作|早期的?|第一部|处女作|處女作|另一部|另外一部|下一部|毕业作品|去年的)[^。，！？《》]{{0,8}}{_OPEN}TITLE{_CLOSE}"
    rf"|(?:[^\s，。！？、《》“”我们們次部届]{{2,10}}|[A-Z][\w.·]{{1,20}})的(?:[^，。《》]{{0,4}})?(?:{_HAN_FILM})\s*{_OPEN}TITLE{_CLOSE}"
    rf"|\b(?:previous|last|earlier|first|next|other|another|old|student|graduation|\w+['’]s|his|her|their)\s+(?:\w+\s+){{0,2}}(?:film|short|movie|piece),?\s*(?:called\s+)?{_OPEN}TITLE{_CLOSE}"
    rf"|(?:喜欢|喜歡|热爱|看过|看了|看到|想起|记得|推荐|致敬|影响)[^。！？《》]{{0,10}}(?:{_OPEN}[^《》]{{1,30}}{_CLOSE}[和与、])?{_OPEN}TITLE{_CLOSE}"
    rf"|\b(?:love|loved|like|admire|watched|saw|remember)\s+{_OPEN}TITLE{_CLOSE}"
    rf"|{_OPEN}TITLE{_CLOSE}\s+by\s",
    re.I,
)
_HINT = re.compile(
    rf"{_OPEN}TITLE{_CLOSE}(?:的)?(?:创作|創作|制作|拍摄|拍攝|视觉|視覺|画面|画风|镜头|风格|剪辑|配乐|只是固定|里的|中的|结尾|片尾|开头|の(?:制作|撮影|映像|結末)|의\s?(?:제작|촬영|화면))",
    re.I,
)
_BORROWED = re.compile(
    rf"(?:文本|小说|小說|原著|原作|书|書|故事集|绘本|漫画|诗|剧集|读|讀|看|看过|改编自|改編自|改编(?:了)?(?:哲学家|作家)?[^。！？!?]{{0,14}}?|取材于|灵感来自|根据|像|参考|based on|adapted from|adaptation of|novel|book|story|read|watched|inspired by|小説|原作は|원작|소설)\s*(?:的)?(?:文本|小说|作品)?\s*{_OPEN}TITLE{_CLOSE}"
    rf"|{_OPEN}TITLE{_CLOSE}\s*(?:基础上|为蓝本|为原型|改编|的改编|这本书|这部小说|那样|の原作|を読)",
    re.I,
)
_ASKED = re.compile(r"\b(?:in|of|your|film|watching|making|made|make|about|called)\s+[“\"]TITLE[”\"]", re.I)
_NOT_A_FILM_AFTER = re.compile(
    r"^\s*(?:杂志|雜誌|周刊|日报|晚报|报|计划|电影节|影展|专栏|栏目|magazine|festival)", re.I
)


STATED = "its maker calls the film so"
BORROWED = "a text it draws on bears this title, and the film's making is spoken of under it"
IN_PASSING = "the film is called so in passing; its maker does not settle it"


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
            stated = next((said.line for said in answered if _fits(_OWN, title, said.text)), line)
            return Title(title, "stated_by_maker", Passage(stated, stated))
        if why:
            candidates.append(TitleCandidate(title, line, why))
    return Title(None, "not_stated", None, tuple(candidates))


def _joined(said: list[Said]) -> str:
    return "\n".join(part.text for part in said)


def _named(answered: list[Said], asked: list[Said]) -> list[tuple[str, int]]:
    """Titles in marks, and words in plain quotes where a word for the film stands beside them."""
    found: dict[str, tuple[str, int]] = {}
    for part, beside in [*((said, _OWN) for said in answered), *((said, _ASKED) for said in asked)]:
        for match in _QUOTED.finditer(part.text):
            title = clean_name(match["title"])
            if match.group()[0] not in '“"' or _fits(beside, title, part.text):
                found.setdefault(compared(title), (title, part.line))
    return list(found.values())


def _fits(pattern: re.Pattern[str], title: str, text: str) -> bool:
    return _count(pattern, title, text) > 0


def _count(pattern: re.Pattern[str], title: str, text: str) -> int:
    return sum(1 for _ in re.finditer(pattern.pattern.replace("TITLE", re.escape(title)), text, pattern.flags))


def _weigh(title: str, questions: str, answers: str, everything: str) -> str | None:
    own, hints = _fits(_OWN, title, answers), _count(_HINT, title, answers)
    if _fits(_BORROWED, title, everything):
        return BORROWED if own or hints else None
    if _fits(_OTHERS, title, answers):
        return None
    if own or hints >= 2:
        return STATED
    passing = (
        hints or _fits(_OWN, title, questions) or _fits(_HINT, title, questions) or _fits(_ASKED, title, questions)
    )
    return IN_PASSING if passing else None
