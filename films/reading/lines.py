"""Lines in two views, kept and compared, and the paragraphs they make."""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from statistics import median

from films.patterns import late
from films.reading.article import Passage, Refusal
from films.reading.characters import compared, count_han, kept
from films.reading.decoding import split_lines

_TERMINAL = late(r"[。.!！?？…”’」』》）)\]】:：;；]$")
_CJK_EDGE = late("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
_WRAPPED_SHARE = 0.6
PARAGRAPH_LIMIT = 20_000


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: its lines, its text as kept, what Markdown said of it."""

    first: int
    last: int
    text: str
    blanks_before: int = 0
    heading: int = 0
    bold: bool = False

    @property
    def lines(self) -> Passage:
        return Passage(self.first, self.last)

    @cached_property
    def compared(self) -> str:
        return compared(self.text)


@dataclass
class Ledger:
    """Which lines landed in a row and which are chrome; every other line landed nowhere."""

    used: set[int] = field(default_factory=set)
    chrome: set[int] = field(default_factory=set)

    def use(self, *passages: Passage | Paragraph) -> None:
        for passage in passages:
            self.used.update(range(passage.first, passage.last + 1))

    def drop(self, *paragraphs: Passage | Paragraph) -> None:
        for paragraph in paragraphs:
            self.chrome.update(range(paragraph.first, paragraph.last + 1))


def paragraphs_of(text: str) -> list[Paragraph]:
    """Every non-blank line is a paragraph, unless the lines are hard-wrapped."""
    found: list[Paragraph] = []
    blanks = 0
    for number, line in enumerate(split_lines(text), 1):
        value = kept(line)
        if value:
            found.append(Paragraph(number, number, value, blanks))
        blanks = 0 if value else blanks + 1
    if len(found) > PARAGRAPH_LIMIT:
        raise Refusal("too_many_paragraphs", found[PARAGRAPH_LIMIT].first, lines=len(found), limit=PARAGRAPH_LIMIT)
    return _unwrap(found) if _is_wrapped(found) else found


def _blocks(paragraphs: list[Paragraph]) -> list[list[Paragraph]]:
    blocks: list[list[Paragraph]] = []
    for paragraph in paragraphs:
        if not blocks or paragraph.blanks_before:
            blocks.append([])
        blocks[-1].append(paragraph)
    return blocks


def _width(text: str) -> int:
    return len(text) + count_han(text)


def _looks_wrapped(block: list[Paragraph]) -> bool:
    """Three lines or more of nearly equal length that do not end where sentences end."""
    body = block[:-1]
    if len(block) < 3:
        return False
    widths = [_width(paragraph.text) for paragraph in body]
    open_ends = sum(1 for paragraph in body if not _TERMINAL.search(paragraph.text))
    even = max(widths) >= 30 and min(widths) >= 0.7 * max(widths)
    return even and open_ends >= _WRAPPED_SHARE * len(body)


def _is_wrapped(paragraphs: list[Paragraph]) -> bool:
    long_blocks = [block for block in _blocks(paragraphs) if len(block) >= 3]
    lines = sum(map(len, long_blocks))
    if _breaks_evenly(paragraphs):
        return True
    return lines > 0 and sum(len(b) for b in long_blocks if _looks_wrapped(b)) >= _WRAPPED_SHARE * lines


def _breaks_evenly(paragraphs: list[Paragraph]) -> bool:
    """Lines broken in mid-sentence, three at least, all at about the width that no line exceeds."""
    pairs = [(one, two) for one, two in pairwise(paragraphs) if not two.blanks_before]
    broken = [_width(one.text) for one, _ in pairs if not _TERMINAL.search(one.text)]
    if len(broken) < 3 or max(broken) < 30:
        return False
    widest = max(_width(paragraph.text) for paragraph in paragraphs)
    even = sum(1 for width in broken if width >= 0.8 * max(broken))
    return widest <= 1.15 * max(broken) and even >= 0.75 * len(broken)


def _unwrap(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Join each block into one paragraph; a label, or a line after a short one, begins a new one."""
    full = _full_width(paragraphs)
    joined: list[Paragraph] = []
    for block in _blocks(paragraphs):
        for index, paragraph in enumerate(block):
            previous = block[index - 1].text if index else ""
            if not index or _opens_anew(paragraph.text) or _width(previous) < 0.6 * full:
                joined.append(paragraph)
            else:
                joined[-1] = replace(joined[-1], last=paragraph.last, text=_glue(joined[-1].text, paragraph.text))
    return joined


def _full_width(paragraphs: list[Paragraph]) -> int:
    """About how wide the lines were cut: the middle width of those that go on in the next line."""
    widths = [
        _width(one.text)
        for one, two in pairwise(paragraphs)
        if not two.blanks_before and not _TERMINAL.search(one.text)
    ]
    return round(median(widths)) if widths else 0


_OPENING = late(r"(?:[^\s:：。，,.]{1,24}|[A-Z][\w.' -]{0,23})[:：]\s*\S|[■□▶●◆*]|──|――|\d{1,2}[.、)]\s*\S")


def _opens_anew(text: str) -> bool:
    return bool(_OPENING.match(text))


def _glue(left: str, right: str) -> str:
    """Han runs on without a blank; other scripts take one."""
    if _CJK_EDGE.match(left[-1:]) or _CJK_EDGE.match(right[:1]):
        return left + right
    return left + right if left.endswith("-") and left[-2:-1].isalpha() else f"{left} {right}"


def identical_neighbours(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """Separate paragraphs that only repeat the one before (doubled captions): the rest, and the repeats."""
    kept_ones: list[Paragraph] = []
    repeats: list[Paragraph] = []
    for paragraph in paragraphs:
        doubled = kept_ones and len(paragraph.text) >= 8 and paragraph.text == kept_ones[-1].text
        (repeats if doubled else kept_ones).append(paragraph)
    return kept_ones, repeats


_BOLD = late(r"^(?:\*\*|__)(.+?)(?:\*\*|__)\s*$", re.S)
_BOLD_LABEL = late(r"^(?:\*\*|__)([^*_]{1,60}?)(\s*[:：]?)(?:\*\*|__)(\s*[:：]?)\s*(.*)$", re.S)
_BOLD_OPENING = late(r"^\*\*[^*]{1,200}\*\*")


def without_bold(paragraph: Paragraph) -> Paragraph:
    """Take the stars off a paragraph that is bold, or whose label is."""
    bold = _BOLD.match(paragraph.text)
    if bold and "**" not in bold.group(1):
        return replace(paragraph, text=bold.group(1).strip(), bold=True)
    label = _BOLD_LABEL.match(paragraph.text)
    if label and (label.group(2).strip() or label.group(3).strip()):
        return replace(paragraph, text=f"{label.group(1)}：{label.group(4)}")
    return paragraph


def without_left_bold(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Bold that a copy left in plain text: three paragraphs that open so are no accident."""
    opened = sum(1 for paragraph in paragraphs if _BOLD_OPENING.match(paragraph.text))
    return [without_bold(paragraph) for paragraph in paragraphs] if opened >= 3 else paragraphs
