"""Sentences by rule: a small grammar over the word lists, in Chinese and in English; pure, and the same for a seed."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import TypeVar

from films.generating import words

T = TypeVar("T")

DRAWN_AT_ONCE = 4096
CLAUSES = 24_000
CLAUSE_SHAPES = (
    "我{manner}{verb}那片{quality}的{noun}",
    "{noun}和{noun}离得很近",
    "{hour}{noun}变得{quality}",
    "在{place}{manner}{verb}{noun}",
    "{noun}并不需要{noun}来解释",
    "后来才明白{noun}就是{noun}",
    "先有{noun}，再有{noun}",
    "关于{noun}的部分改了{count}遍",
    "把{noun}交给{noun}去{verb}",
    "那种{quality}的{noun}一直留着",
    "没有人{verb}过这样的{noun}",
    "{place}的{noun}教会我{verb}",
    "于是{manner}{verb}了所有{noun}",
    "{count}个{hour}都在{verb}{noun}",
)
TITLE_SHAPES = (
    "{noun}",
    "{quality}的{noun}",
    "{noun}与{noun}",
    "{verb}{noun}",
    "{noun}{verb}{noun}",
    "{hour}的{noun}",
    "{place}的{noun}",
    "第{count}个{noun}",
    "没有{noun}的{noun}",
    "{manner}{verb}{noun}",
)
ENGLISH_TITLE_SHAPES = ("The {quality} {noun}", "{noun} and {noun}", "A {noun} {verb}", "The {noun} of the {noun}")
ENGLISH_SHAPES = (
    "The {quality} {noun} {verb} a {noun}.",
    "Nobody {verb} the {noun} before the {quality} {noun}.",
    "What the {noun} {verb} is a {quality} {noun}.",
    "A {noun} {verb} and the {noun} {verb} too.",
    "It began with a {quality} {noun} and a {noun}.",
)
COUNTS = tuple("两三四五六七八九十")


def endless(chance: Random, items: Sequence[T], weights: Sequence[float] | None = None) -> Iterator[T]:
    """Draw for ever, many at once because that is several times faster."""
    while True:
        yield from chance.choices(items, weights, k=DRAWN_AT_ONCE)


def zipf(number: int, flatness: float = 4) -> list[float]:
    """Weights by Zipf's law; a larger flatness brings the first and the last nearer together."""
    return [1 / (rank + flatness) for rank in range(number)]


class Texts:
    """Everything a site says, drawn from one source of chance."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.slots = {
            "noun": endless(chance, words.NOUNS, zipf(len(words.NOUNS), 1)),
            "verb": endless(chance, words.VERBS, zipf(len(words.VERBS))),
            "manner": endless(chance, words.MANNERS),
            "quality": endless(chance, words.QUALITIES, zipf(len(words.QUALITIES))),
            "place": endless(chance, words.PLACES),
            "hour": endless(chance, words.HOURS),
            "count": endless(chance, COUNTS),
        }
        self.english_slots = {
            "noun": endless(chance, words.ENGLISH_NOUNS, zipf(len(words.ENGLISH_NOUNS))),
            "quality": endless(chance, words.ENGLISH_QUALITIES),
            "verb": endless(chance, words.ENGLISH_VERBS),
        }
        shapes = endless(chance, CLAUSE_SHAPES)
        self.clauses = endless(chance, [self.filled(next(shapes)) for _ in range(CLAUSES)])
        self.english_sentences = endless(chance, [self.english(s) for s in ENGLISH_SHAPES for _ in range(400)])
        self.title_shapes = endless(chance, TITLE_SHAPES)
        self.english_title_shapes = endless(chance, ENGLISH_TITLE_SHAPES)
        self.lengths = endless(chance, range(60, 361))

    def filled(self, shape: str) -> str:
        """A shape with a word in each of its places."""
        return _filled(shape, self.slots)

    def english(self, shape: str) -> str:
        return _filled(shape, self.english_slots)

    def title(self) -> str:
        return self.filled(next(self.title_shapes))

    def english_title(self) -> str:
        return (
            self.english(next(self.english_title_shapes))
            .title()
            .replace(" Of The ", " of the ")
            .replace(" And ", " and ")
        )

    def passage(self, length: int) -> str:
        """Sentences of about so many characters; a long passage has two paragraphs."""
        parts: list[str] = []
        size = 0
        while size < length:
            clause = next(self.clauses)
            size += len(clause) + 1
            parts.append(clause + ("。" if len(parts) % 3 == 2 or size >= length else "，"))
            if parts[-1].endswith("。") and 200 < length < 2 * size and "\n\n" not in parts:
                parts.append("\n\n")
        return "".join(parts).strip()

    def english_passage(self, length: int) -> str:
        parts: list[str] = []
        while sum(map(len, parts)) < length:
            parts.append(next(self.english_sentences))
        return " ".join(parts)

    def answer(self, *, is_english: bool) -> str:
        """60 to 400 characters."""
        length = next(self.lengths)
        return self.english_passage(min(length, 330)) if is_english else self.passage(length) + self.planted()

    def synopsis(self) -> str:
        return self.passage(40 + next(self.lengths) // 4) + self.planted()

    def planted(self) -> str:
        """Mostly nothing; now and then a sentence with a word that comes at a known rate."""
        at = self.chance.random()
        for word, share in words.PLANTED:
            at -= share
            if at < 0:
                return self.filled(f"那天的{word}{{manner}}{{verb}}。")
        return ""


def _filled(shape: str, slots: dict[str, Iterator[str]]) -> str:
    head, *rest = shape.split("{")
    parts = [head]
    for piece in rest:
        name, _brace, tail = piece.partition("}")
        parts += [next(slots[name]), tail]
    return "".join(parts)
