"""Page chrome: dropped by list and by position, never in silence."""

import re

from films.reading.characters import compared
from films.reading.labels import label_of
from films.reading.lines import Paragraph
from films.reading.words import CHROME_EXACT, CHROME_OPENINGS, RELATED

BARE_COUNT = re.compile(r"^\s*\d{1,9}\s*$")


_PAGE_OF = re.compile(
    r"^(?:page\s+)?\d+\s*(?:of|/)\s*\d+(?:\s*pages?)?$|^第\s*\d+\s*页.{0,12}$|^\d+\s*/\s*\d+\s*页?$", re.I
)


_LONGEST = 120  # chrome is short
_OPENINGS = tuple(compared(opening) for opening in CHROME_OPENINGS)


def is_chrome(paragraph: Paragraph) -> bool:
    if len(paragraph.text) > _LONGEST:
        return False
    form = paragraph.compared.strip(" -—–*·~【】[]()（）<>«»")
    if form in CHROME_EXACT or paragraph.compared in CHROME_EXACT or _PAGE_OF.match(form):
        return True
    return len(form) < 80 and form.startswith(_OPENINGS)


def part_chrome(body: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """The article, and the chrome: dropped by list anywhere, by position at the end, and all after “related”."""
    cut = _related_from(body)
    article, chrome = body[:cut], body[cut:]
    while article and (is_chrome(article[-1]) or BARE_COUNT.match(article[-1].text)):
        chrome.append(article.pop())
    return [p for p in article if not is_chrome(p)], [*chrome, *(p for p in article if is_chrome(p))]


def _related_from(body: list[Paragraph]) -> int:
    """Where the related links begin: a line from the list, alone, with the article's talk or most of it before."""
    for index, paragraph in enumerate(body):
        if len(paragraph.text) > _LONGEST:
            continue
        mark, _, rest = paragraph.compared.partition(":")
        if rest and _goes_on(body, index):
            continue
        if (
            mark.strip() in RELATED
            and len(rest) < 60
            and index
            and (_labels(body[:index]) >= 2 or not _labels(body[index:]))
        ):
            return index
    return len(body)


def _goes_on(body: list[Paragraph], index: int) -> bool:
    """One line of links in the middle: the talk before it goes on after it."""
    before = {label.form for p in body[:index] if (label := label_of(p.text))}
    return any(label.form in before for p in body[index + 1 :] if (label := label_of(p.text)))


def _labels(body: list[Paragraph]) -> int:
    return sum(1 for paragraph in body if label_of(paragraph.text))
