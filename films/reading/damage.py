"""Signs that a text was damaged on its way here, or is no article at all."""

import re

from films.reading.article import Point
from films.reading.lines import Paragraph

_SIGNS = (
    ("\ufffd", "damage.replacement"),
    (r"Ã[\x80-\xbf©¨ª«§¶¼¤¡±³]|ä¸|å[\x80-\xbf¤¥¦§]|æ[\x80-\xbf˜™ˆ]|â€[œ™˜\x9d]", "damage.latin1"),
    (r"[\u4e00-\u9fff][(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}[1-5]?[)）]", "damage.pinyin"),
    (r"[\ue000-\uf8ff]", "damage.private"),
)
_PATTERNS = tuple((re.compile(pattern), what) for pattern, what in _SIGNS)
_FEW = 2
_TEASER = re.compile(
    r"(?:\[(?:…|\.{3})\]|(?:read more|continue reading|阅读全文|查看全文|続きを読む|더 보기)\s*[»›→…]*\s*$|…\s*$)",
    re.I,
)


def damage_points(text: str) -> list[Point]:
    """One doubt for each kind of damage found more than a few times, at its first line."""
    points = []
    for pattern, what in _PATTERNS:
        found = pattern.findall(text)
        if len(found) > _FEW:
            line = text.count("\n", 0, next(pattern.finditer(text)).start()) + 1
            points.append(Point("damaged", line, doubt=True, values={"count": len(found), "what": what}))
    return points


def is_index_of_teasers(body: list[Paragraph]) -> bool:
    """Three or more openings that break off and lead elsewhere."""
    teasers = sum(1 for paragraph in body if _TEASER.search(paragraph.text))
    return teasers >= 3 and teasers * 4 >= len(body)
