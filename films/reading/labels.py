"""Candidate labels: what may open a turn of talk, and what only looks so."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from films.patterns import late
from films.reading.characters import clean_name, compared
from films.reading.lines import PARAGRAPH_LIMIT, Paragraph
from films.reading.words import ANSWERING, ASKING, FIELDS, NOT_SPEAKERS, ROLES, SPEECH_ENDINGS, STATEMENT, SYNOPSIS

LABEL_LENGTH = 24
_LEAD_IN = r"(?P<lead>(?:[■□▶►▷●○◆◇★☆◎•・*＊>–—―─\-\u2580-\u259f\u25a0-\u25ff\u2700-\u27bf🔸🔹🔷🔶📌🎬]{1,8}\s*)?(?:(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})\s*[.．、)）]\s*)?)"
_BRACKET = r"(?:\s*[(（\[［][^()（）\[\]［］]{1,80}[)）\]］])?"
_NAME = r"[^:：丨｜()（）\[\]［］【】《》『』“”「」。，！？；,!?;\\|]{1,40}?"
_COLON = late(rf"^{_LEAD_IN}(?P<label>{_NAME}{_BRACKET})\s*[:：丨｜](?!//)\s*(?P<rest>.*)$", re.S)
_BRACKETED = late(
    rf"^{_LEAD_IN}[【\[［](?P<label>[^\[\]【】［］:：]{{1,24}})[】\]］]\s*[:：]?\s*(?P<rest>\S.*)$", re.S
)
_MARKED = late(
    r"^(?P<lead>)(?P<label>[QqAaＱＡ]|[问問答])(?P<number>\d{0,3})\s*(?:[.．、)）|｜│]|\s(?=[^\x00-\x7f])|(?<=[ＱＡ问問答])\s)\s*(?P<rest>\S.*)$",
    re.S,
)
_NUMBERED_MARK = late(r"^([qa问問答])\s*\d{1,3}$")
_ENDS_IN_DIGIT = late(r"\d$")
_HANDLE = late(r"^@|.*_|(?!part|no|vol|fig|film|take|q|a|p|s|ep|step|day|act)[a-z]{3,}\d{1,4}$")
_ROLE = "|".join(sorted(map(re.escape, ROLES), key=len, reverse=True))
_ROLE_AFTER = late(rf"(?:(?<=[^\x00-\x7f])|[\s,，、/]+)(?:{_ROLE})$", re.I)
_ROLE_BEFORE = late(rf"^(?:{_ROLE})(?:\s+|(?=[^\x00-\x7f]))", re.I)
_IN_BRACKETS = late(r"\s*[(（\[［]([^()（）\[\]［］]{1,80})[)）\]］]\s*$")


class Label(NamedTuple):
    """A label as printed, its compared form, and the text that follows on its line."""

    printed: str
    form: str
    rest: str
    number: int | None = None

    @property
    def bracket(self) -> str:
        match = _IN_BRACKETS.search(self.printed)
        return match.group(1).strip() if match else ""


@lru_cache(maxsize=PARAGRAPH_LIMIT)
def label_of(text: str) -> Label | None:
    """Read a paragraph's label, or None where there is none or it cannot be a speaker's."""
    match = _MARKED.match(text) or _BRACKETED.match(text) or _COLON.match(text)
    if not match:
        return None
    printed = clean_name(match["label"]).strip("*_ ")
    form = _form(printed)
    if not form or _cannot_speak(form, printed):
        return None
    number = match["number"]
    return Label(
        printed, form, match["rest"].strip().lstrip("*").strip(), int(number) if (number or "").isdecimal() else None
    )


def looks_like_label(text: str) -> bool:
    """A short opening before a colon, whatever it may be: worth a word to the editor when it is kept as text."""
    match = _COLON.match(text)
    return match is not None and len(match["label"]) <= LABEL_LENGTH and not _ENDS_IN_DIGIT.search(match["label"])


def _form(printed: str) -> str:
    """The compared form without a bracket; `Q1` is `q`."""
    form = compared(_IN_BRACKETS.sub("", printed))
    match = _NUMBERED_MARK.match(form)
    return match.group(1) if match else form


def _cannot_speak(form: str, printed: str) -> bool:
    marks = SYNOPSIS | STATEMENT
    if len(form) > LABEL_LENGTH or form in NOT_SPEAKERS | marks or all(part in marks for part in form.split()):
        return True
    if (_ENDS_IN_DIGIT.search(form) and not _HANDLE.match(form)) or "http" in form or not _is_name(form):
        return True
    if form in FIELDS and form not in ASKING and form not in ANSWERING:
        return True
    return _ends_a_clause(form, printed) or len(form.split()) > 5


def _is_name(form: str) -> bool:
    """Letters, or a few pictures: a handle may be 🐟."""
    return any(c.isalpha() for c in form) or (len(form) <= 4 and any(unicodedata.category(c) == "So" for c in form))


def _ends_a_clause(form: str, printed: str) -> bool:
    """`Ami notes:` opens no turn; `Harbour Film Notes:` may."""
    if form.isascii():
        return form.split()[-1] in SPEECH_ENDINGS and printed.split()[-1].islower()
    return len(form) > 1 and any(form.endswith(ending) for ending in SPEECH_ENDINGS if not ending.isascii())


def bare_name(printed: str) -> str:
    """A label without role and bracket: `佐藤克則監督` → `佐藤克則`, `Ami (director)` → `Ami`."""
    name = clean_name(_IN_BRACKETS.sub("", printed))
    for pattern in (_ROLE_AFTER, _ROLE_BEFORE):
        shorter = pattern.sub("", name).strip(" ,，、/")
        name = shorter or name
    return name


def is_generic(form: str) -> bool:
    """A label that names nobody: Q, A, 记者, 監督."""
    return form in ASKING or form in ANSWERING


def is_initials_or_surname(short: str, full: str) -> bool:
    """`SHP` of Sun Hao Peng, `Chen` of Chen Wei, `佐藤` of 佐藤克則."""
    a, b = compared(bare_name(short)), compared(full)
    if not a or a == b:
        return False
    words = re.split(r"[\s·・\-]+", b)
    if a.isascii() and b.isascii():
        initials = "".join(word[:1] for word in words)
        letters = a.replace(".", "").replace(" ", "")
        return (len(words) > 1 and letters == initials) or a in (words[0], words[-1])
    return not a.isascii() and len(a) < len(b) and (b.startswith(a) or a in words)


def count_labels(paragraphs: list[Paragraph]) -> Counter[str]:
    """How often each candidate label opens a paragraph."""
    return Counter(label.form for paragraph in paragraphs if (label := label_of(paragraph.text)))
