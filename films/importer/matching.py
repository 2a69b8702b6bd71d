"""Which exchange of the new text is which row: first word for word, then by likeness."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from films.text import fold

ALIKE = 0.6
# A changed speaker needs far more likeness: the same question is often put to two people.
ALIKE_WITH_OTHER_SPEAKER = 0.9
COMPARED_CHARACTERS = 600


@dataclass(frozen=True)
class Spoken:
    """An exchange in the form in which it is compared; `speaker` is None where only a passage is left of it."""

    key: str
    question: str
    answer: str
    speaker: str | None
    continues: bool
    place: int

    @cached_property
    def content(self) -> tuple[str, str, bool]:
        return fold(self.question), fold(self.speaker or ""), self.continues

    @cached_property
    def compared_question(self) -> str:
        return fold(self.question)[:COMPARED_CHARACTERS]

    @cached_property
    def compared_answer(self) -> str:
        return fold(self.answer)[:COMPARED_CHARACTERS]

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Neighbouring characters of question and answer: a cheap first look."""
        text = self.compared_question + self.compared_answer
        return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def match(new: Sequence[Spoken], known: Sequence[Spoken]) -> dict[str, str]:
    """New key → known key, for every new exchange that is a known one (deleted ones are known too)."""
    found: dict[str, str] = {}
    _match_equal(new, known, found)
    _match_keys(new, known, found)
    _match_alike(_left(new, found), _left_known(known, found), found)
    return found


def _match_equal(new: Sequence[Spoken], known: Sequence[Spoken], found: dict[str, str]) -> None:
    by_content: Mapping[tuple[str, str, bool], list[Spoken]] = defaultdict(list)
    for spoken in known:
        by_content[spoken.content].append(spoken)
    for spoken in new:
        if same := by_content.get(spoken.content):
            found[spoken.key] = same.pop(0).key


def _match_keys(new: Sequence[Spoken], known: Sequence[Spoken], found: dict[str, str]) -> None:
    free = {spoken.key for spoken in _left_known(known, found)}
    for spoken in _left(new, found):
        if spoken.key in free:
            found[spoken.key] = spoken.key


def _match_alike(new: list[Spoken], known: list[Spoken], found: dict[str, str]) -> None:
    """The most alike first; of equally alike ones the nearest in order."""
    scored = [
        (-likeness, abs(one.place - other.place), one.key, other.key)
        for one in new
        for other in known
        if (likeness := _likeness(one, other))
    ]
    taken: set[str] = set()
    for *_, one_key, other_key in sorted(scored):
        if one_key not in found and other_key not in taken:
            found[one_key] = other_key
            taken.add(other_key)


def _likeness(one: Spoken, other: Spoken) -> float:
    """How much two exchanges have in common; 0 when they are not the same one."""
    if not one.pairs or not other.pairs or len(one.pairs & other.pairs) * 4 < min(len(one.pairs), len(other.pairs)):
        return 0.0
    if other.speaker is None:
        whole = _ratio(fold(f"{one.question} {one.answer}")[:COMPARED_CHARACTERS], other.compared_answer)
        return whole if whole >= ALIKE else 0.0
    question = _ratio(one.compared_question, other.compared_question)
    answer = _ratio(one.compared_answer, other.compared_answer)
    enough = ALIKE if fold(one.speaker or "") == fold(other.speaker) else ALIKE_WITH_OTHER_SPEAKER
    return (question + answer) / 2 if max(question, answer) >= enough else 0.0


def _ratio(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if one and other and matcher.quick_ratio() >= ALIKE else 0.0


def _left(new: Iterable[Spoken], found: Mapping[str, str]) -> list[Spoken]:
    return [spoken for spoken in new if spoken.key not in found]


def _left_known(known: Iterable[Spoken], found: Mapping[str, str]) -> list[Spoken]:
    taken = set(found.values())
    return [spoken for spoken in known if spoken.key not in taken]
