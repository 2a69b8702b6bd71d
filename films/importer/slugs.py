"""Addresses for many new rows at once: free among present and past ones."""

from collections.abc import Sequence
from typing import Any

from films.importer.bulk import taken_slugs
from films.models.slugged import SLUG_LENGTH
from films.text import slug_of

FIRST_LOOK = 4
REMEMBERED = 20_000


class Slugs:
    """Remembers how far each base is taken, so that the thousandth namesake costs no more than the first."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self._last: dict[tuple[str, str], int] = {}
        self._given: set[tuple[str, str]] = set()

    def allocate(self, model: type[Any], words: Sequence[str]) -> list[str]:
        """One free slug for each text (one query, more only among many namesakes)."""
        if len(self._given) > REMEMBERED:
            self.forget()
        name = str(model._meta.model_name)
        bases = [(slug_of(text) or name)[: SLUG_LENGTH - 6].strip("-") for text in words]
        unknown = {base for base in bases if (name, base) not in self._last}
        if unknown:
            self._look_up(model, name, unknown)
        return [self._next(name, base) for base in bases]

    def _next(self, name: str, base: str) -> str:
        number = self._last[name, base] + 1
        # `pian-2` may be the second `pian` or the first `pian 2`.
        while (name, _numbered(base, number)) in self._given:
            number += 1
        self._last[name, base] = number
        self._given.add((name, _numbered(base, number)))
        return _numbered(base, number)

    def _look_up(self, model: type[Any], name: str, bases: set[str]) -> None:
        """Find for each base a number above every slug that is taken, looking ever further."""
        start, width, open_bases = 1, FIRST_LOOK, set(bases)
        self._last |= {(name, base): 0 for base in bases}
        while open_bases:
            numbers = range(start, start + width)
            found = taken_slugs(model, [_numbered(base, n) for base in open_bases for n in numbers])
            for base in set(open_bases):
                highest = max((n for n in numbers if _numbered(base, n) in found), default=0)
                if highest:
                    self._last[name, base] = highest
                if highest < start + width - 1:
                    open_bases.discard(base)
            start, width = start + width, width * 8


def _numbered(base: str, number: int) -> str:
    return base if number == 1 else f"{base}-{number}"
