"""Books, films and stories that a synopsis or an answer names."""

from __future__ import annotations

import re

from films.reading.article import WorkFacts
from films.reading.characters import clean_name, compared
from films.reading.talk import Said

_CHINESE = re.compile(r"[《〈]([^《》〈〉]{1,60})[》〉]")
_JAPANESE = re.compile(r"[《〈『]([^《》〈〉『』]{1,40})[》〉』]")
_BASIS_AFTER = re.compile(
    r"[《『]([^《》『』]{1,60})[》』](?:的)?(?:基础上|基礎上)(?:进行|進行|做|作)?了?(?:改编|改編)|改[编編](?:[^《》。，,；;？?]{0,20})[《『]([^《》『』]{1,60})[》』]"
)
_ADAPTED = re.compile(
    r"(?:根据|根據)[^《》。]{0,20}《([^《》]{1,60})》[^。]{0,16}?改[编編]|(?:改编自|改編自)[^《》。]{0,20}《([^《》]{1,60})》"
)


def works_of(said: list[Said], own_title: str | None, language: str) -> tuple[WorkFacts, ...]:
    """Every work named in title marks by a synopsis or an answer, at its first line; never the film itself."""
    marks = _JAPANESE if language == "ja" else _CHINESE
    found: dict[str, WorkFacts] = {}
    for part in said:
        for match in marks.finditer(part.text):
            title = clean_name(match.group(1))
            if title and compared(title) != compared(own_title or ""):
                found.setdefault(compared(title), WorkFacts(title, part.line))
    return tuple(sorted(found.values(), key=lambda work: work.line))


def adapted_from(text: str) -> str | None:
    """The work that a synopsis or the maker says the film adapts."""
    match = _BASIS_AFTER.search(text) or _ADAPTED.search(text)
    return clean_name(next(group for group in match.groups() if group)) if match else None
