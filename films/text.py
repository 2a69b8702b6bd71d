"""Text for comparing, sorting, searching and showing: pure functions, nothing kept."""

import re
import unicodedata
from functools import cache, lru_cache
from operator import add
from pathlib import Path

from films.patterns import late
from films.reading.characters import compared, map_radicals, without_invisible

DATA = Path(__file__).parent / "data"
BLANKS = re.compile(r"\s+")
LATIN_TAIL = re.compile(r"[A-Za-z0-9'’-]{1,40}$")
LATIN_NEXT = re.compile(r"[A-Za-z0-9'’-]")
# Scripts written without blanks: Han, kana, bopomofo, hangul.
UNSPACED = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003fffd"
)
SPACED = rf"[^\W_{UNSPACED}]"
RUNS = late(f"([{UNSPACED}]+)|({SPACED}+)")
ACCENTS = re.compile("[\u0300-\u036f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
TOKEN_LENGTH = 64
# How fast people read on a screen.
HAN_A_MINUTE, WORDS_A_MINUTE = 400, 220
NOT_SLUG = re.compile(r"[^a-z0-9]+")
PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n\s*")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def fold(text: str) -> str:
    """The form in which two texts are compared: radicals mapped, NFKC, case-folded, blanks collapsed."""
    return compared(text)


@lru_cache(1024)
def pinyin(text: str) -> tuple[str, ...]:
    """Han characters as toneless pinyin syllables; other runs stay as they are.

    The dictionary weighs 57 MB once loaded, so only processes that write pay for it. A new name is spelled
    for its address, for its place in lists and for the search, one after another.
    """
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415

    return tuple(lazy_pinyin(text, style=Style.NORMAL))


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


def count_words(text: str) -> int:
    """How long a text is: each Han, kana or hangul character counts one, and so does a Latin word or a number."""
    return sum(len(run) or 1 for run, _ in RUNS.findall(text))


def reading_seconds(text: str) -> int:
    """How long reading takes, in whole seconds. `desk_counts.js` counts by the same rules; a test compares them."""
    runs = RUNS.findall(text)
    characters = sum(len(run) for run, _ in runs)
    words = sum(1 for _, word in runs if word)
    # In whole numbers, so that the script cannot round otherwise.
    return -(-60 * (characters * WORDS_A_MINUTE + words * HAN_A_MINUTE) // (HAN_A_MINUTE * WORDS_A_MINUTE))


def excerpt(text: str, length: int) -> str:
    """The beginning of a text on one line, never cut inside a Latin word; … where it was cut."""
    line = BLANKS.sub(" ", text).strip()
    if len(line) <= length:
        return line
    return LATIN_TAIL.sub("", line[:length]) + "…" if LATIN_NEXT.match(line[length:]) else line[:length] + "…"


@cache
def simplified() -> dict[int, str]:
    """Traditional characters and those that simplified text has for them (from Unihan)."""
    long, short = (DATA / "simplified.txt").read_text(encoding="utf-8").split()
    return dict(zip(map(ord, long), short, strict=True))


@cache
def traditional() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(map(chr, simplified())))}]")


@cache
def readings() -> dict[str, str]:
    """The customary reading of each common character, for readers who cannot afford pypinyin's memory."""
    lines = (DATA / "readings.txt").read_text(encoding="utf-8").splitlines()
    return {character: syllable for syllable, characters in map(str.split, lines) for character in characters}


def search_fold(text: str) -> str:
    """The form in which words are found: as `fold`, and without accents, in simplified characters.

    Never for telling people apart: it makes 範 and 范, 於 and 于 one surname.
    """
    plain = unicodedata.normalize("NFKD", map_radicals(without_invisible(text))).casefold()
    composed = unicodedata.normalize("NFC", ACCENTS.sub("", plain))
    # Looking is far faster than translating.
    return composed.translate(simplified()) if traditional().search(composed) else composed


def spelled(text: str) -> str:
    """The text in pinyin as a reader would type it, without blanks."""
    return "".join(readings().get(character, character) for character in search_fold(text) if character.isalnum())


def bigrams(folded: str) -> list[str]:
    """The tokens of a folded text, one for each place at which a hit can begin.

    A run of Han, kana or hangul gives each two neighbours and its last character alone, so that a
    single character is the beginning of a token wherever it stands; a Latin word or number is one token.
    """
    tokens: list[str] = []
    for run, word in RUNS.findall(folded):
        if run:
            tokens.extend(map(add, run, run[1:]))
            tokens.append(run[-1])
        else:
            tokens.append(word[:TOKEN_LENGTH])
    return tokens


def pinyin_forms(name: str) -> list[str]:
    """The ways to type a name in pinyin, from each of its syllables on: `meihualu hualu lu mhl hl`."""
    spelled = search_fold(" ".join(pinyin(search_fold(name))))
    syllables = [syllable for _, syllable in RUNS.findall(spelled) if syllable][:40]
    if not syllables or spelled.replace(" ", "") == search_fold(name).replace(" ", ""):
        return []
    spellings = ["".join(syllables[i:])[:TOKEN_LENGTH] for i in range(len(syllables))]
    initials = "".join(syllable[0] for syllable in syllables)
    spellings += [initials[i:] for i in range(len(initials) - 1)]
    return list(dict.fromkeys(form for s in spellings for form in (s, s.replace("v", "u"))))
