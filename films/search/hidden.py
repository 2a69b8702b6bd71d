"""Which entries visitors must not find. They are few, so these are kept and not the public ones."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Value

from films.kept import kept
from films.models import Caption, Creator, Edition, Exchange, Film, Interview, SearchKind, Work


def hidden_answers() -> Any:
    """Answers in hidden interviews, which are few: found from these, no answer of a public one is looked at."""
    return Exchange.objects.filter(interview__in=Interview.objects.hidden().order_by().values("pk"))


def hidden_captions() -> Any:
    return Caption.objects.filter(film__in=Film.objects.hidden().order_by().values("pk"))


def others(model: Any) -> Any:
    return lambda: model.objects.exclude(pk__in=model.objects.published().order_by().values("pk"))


HIDDEN: dict[str, Any] = {
    SearchKind.EDITION: Edition.objects.hidden,
    SearchKind.FILM: Film.objects.hidden,
    SearchKind.CREATOR: Creator.objects.hidden,
    SearchKind.WORK: others(Work),
    SearchKind.ANSWER: hidden_answers,
    SearchKind.CAPTION: hidden_captions,
}


class Marks:
    """A set of row numbers, one byte a row: to count the members among thousands of numbers, each is looked up in C."""

    def __init__(self) -> None:
        self.marks = bytearray()

    def add(self, number: int) -> None:
        if number >= len(self.marks):
            self.marks.extend(bytes(number + 8192 - len(self.marks)))
        self.marks[number] = 1

    def __contains__(self, number: int) -> bool:
        return number < len(self.marks) and bool(self.marks[number])

    def count(self, numbers: Iterable[int]) -> int:
        """How many of these numbers are in the set."""
        reach = len(self.marks)
        return sum(map(self.marks.__getitem__, [number for number in numbers if number < reach]))


def hidden_numbers() -> Mapping[str, Marks]:
    """The hidden entries of each kind (one query when content has changed)."""
    return kept("hidden entries", read_hidden)


def read_hidden() -> dict[str, Marks]:
    found = {kind: Marks() for kind in SearchKind.values}
    parts = [
        rows().order_by().annotate(hit_kind=Value(str(kind))).values_list("hit_kind", "pk")
        for kind, rows in HIDDEN.items()
    ]
    for kind, number in parts[0].union(*parts[1:], all=True):
        found[kind].add(number)
    return found
