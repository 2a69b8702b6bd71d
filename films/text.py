"""Text for comparing, sorting, searching and showing: pure functions, nothing kept."""

import re
import unicodedata

from films.reading.characters import map_radicals

BLANKS = re.compile(r"\s+")
LATIN_TAIL = re.compile(r"[A-Za-z0-9'’-]{1,40}$")
LATIN_NEXT = re.compile(r"[A-Za-z0-9'’-]")
NOT_SLUG = re.compile(r"[^a-z0-9]+")
PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n\s*")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def fold(text: str) -> str:
    """The form in which two texts are compared: radicals mapped, NFKC, case-folded, blanks collapsed."""
    folded = unicodedata.normalize("NFKC", map_radicals(text)).casefold()
    visible = "".join(c for c in folded if unicodedata.category(c) != "Cf")
    return BLANKS.sub(" ", visible).strip()


def pinyin(text: str) -> list[str]:
    """Han characters as toneless pinyin syllables; other runs stay as they are.

    The dictionary weighs 57 MB once loaded, so only processes that write pay for it.
    """
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415

    return lazy_pinyin(text, style=Style.NORMAL)


def sort_key(text: str) -> str:
    """A key that sorts Chinese by pinyin and everything else by its letters."""
    return fold(" ".join(pinyin(text)))[:200]


def slug_of(text: str) -> str:
    """A short ASCII address: `梅花鹿` → `mei-hua-lu`; empty when nothing can be spelled."""
    ascii_text = unicodedata.normalize("NFKD", " ".join(pinyin(fold(text)))).encode("ascii", "ignore").decode()
    return NOT_SLUG.sub("-", ascii_text.lower()).strip("-")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a stored text, which an empty line divides."""
    return [paragraph for paragraph in PARAGRAPH_END.split(text.replace("\r\n", "\n").strip()) if paragraph]


def visible(text: str) -> str:
    """The text without the characters that no XML document may hold."""
    return UNPRINTABLE.sub("", text)


def excerpt(text: str, length: int) -> str:
    """The beginning of a text on one line, never cut inside a Latin word; … where it was cut."""
    line = BLANKS.sub(" ", text).strip()
    if len(line) <= length:
        return line
    return LATIN_TAIL.sub("", line[:length]) + "…" if LATIN_NEXT.match(line[length:]) else line[:length] + "…"
