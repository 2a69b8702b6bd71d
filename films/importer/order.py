"""The order of siblings: the source's, unless an editor arranged them otherwise."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Placed:
    """A row as it stands: its key (None for an editor's own row), and its place when last imported."""

    name: Hashable
    key: str | None
    imported: int | None


def arrange(wanted: Sequence[str], now: Sequence[Placed]) -> list[Hashable]:
    """The names in the order they should have; keys stand for rows that are not there yet."""
    names = {row.key: row.name for row in now if row.key is not None}
    standing = [row for row in now if row.key in set(wanted)]
    if is_rearranged(standing):
        target: list[Hashable] = [row.name for row in now]
        missing = [key for key in wanted if key not in names]
        return _insert(target, [(key, _before(key, wanted, names)) for key in missing])
    target = [names.get(key, key) for key in wanted]
    followers = [(row.name, now[place - 1].name if place else None) for place, row in enumerate(now)]
    return _insert(target, [(name, before) for name, before in followers if name not in target])


def is_rearranged(standing: Sequence[Placed]) -> bool:
    """An editor moved rows: their order now is not the order they were imported in."""
    places = [row.imported for row in standing if row.imported is not None]
    return places != sorted(places)


def _before(key: str, wanted: Sequence[str], names: dict[str, Hashable]) -> Hashable | None:
    place = wanted.index(key)
    return names.get(wanted[place - 1], wanted[place - 1]) if place else None


def _insert(target: list[Hashable], followers: Sequence[tuple[Hashable, Hashable | None]]) -> list[Hashable]:
    """Put each name right after the one it follows; at the start when it follows none."""
    for name, before in followers:
        target.insert(target.index(before) + 1 if before in target else 0, name)
    return target
