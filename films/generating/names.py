"""Names and addresses that no other row of the site has."""

from collections.abc import Iterable
from random import Random

from films.generating.words import GIVEN, HANDLES, SURNAMES
from films.models.slugged import SLUG_LENGTH
from films.text import slug_of


class Slugs:
    """Gives out addresses; remembers those that are there and those it gave."""

    def __init__(self, taken: Iterable[str]) -> None:
        self.taken = set(taken)
        self.numbers: dict[str, int] = {}

    def of(self, name: str, otherwise: str) -> str:
        base = (slug_of(name) or otherwise)[: SLUG_LENGTH - 8].strip("-")
        number, slug = self.numbers.get(base, 1), base
        while slug in self.taken:
            number += 1
            slug = f"{base}-{number}"
        self.numbers[base] = number
        self.taken.add(slug)
        return slug


class People:
    """Names of people: mostly Chinese, some handles; none twice."""

    def __init__(self, chance: Random, taken: Iterable[str]) -> None:
        self.chance, self.taken = chance, set(taken)

    def name(self) -> str:
        while (name := self.handle() if self.chance.random() < 0.1 else self.chinese()) in self.taken:
            pass
        self.taken.add(name)
        return name

    def chinese(self) -> str:
        return self.chance.choice(SURNAMES) + "".join(self.chance.choices(GIVEN, k=self.chance.choice((1, 2, 2, 2))))

    def handle(self) -> str:
        return f"{self.chance.choice(HANDLES)} {self.chance.randint(1, 99_999)}"
