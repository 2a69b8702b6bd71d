"""The revisions of an import: one for each film it wrote, with its talk; one for each talk about none; one an edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from films.history.recorded import BASELINE
from films.history.stored import Row, Tree, trees_of
from films.history.writing import Imported, unrecorded_of, write, write_import
from films.models import Credit, Edition, Exchange, Film, Interview, Partnership, ToolUse, WorkMention

Entry = tuple[type[Any], int]
Owners = Mapping[type[Any], set[int]]
OWNER = {
    Credit: (Film, "film_id"),
    ToolUse: (Film, "film_id"),
    WorkMention: (Film, "film_id"),
    Exchange: (Interview, "interview_id"),
    Partnership: (Edition, "edition_id"),
}


@dataclass
class Keeper:
    """Keeps what stood there before an article was written, and what was written."""

    author: Imported
    before: list[Tree] = field(default_factory=list)

    def look(self, entries: Iterable[Entry]) -> None:
        """Note what the history does not tell of the entries that the import is about to change."""
        wanted: dict[type[Any], list[int]] = defaultdict(list)
        for model, pk in dict.fromkeys(entries):
            wanted[model].append(pk)
        self.before = unrecorded_of(wanted)

    def keep(self, owners: Owners, made: Iterable[Any], themes: Mapping[int, list[int]]) -> None:
        """Write a revision for each entry that was written; a talk goes with its film."""
        new = made_trees(made, themes)
        talks = talks_of(owners[Interview], new)
        films = owners[Film] | {film for film in talks.values() if film}
        changed: set[Entry] = {(Film, pk) for pk in films} | {(Edition, pk) for pk in owners[Edition]}
        changed |= {(Interview, pk) for pk, film in talks.items() if not film}
        self._keep_before(changed, owners)
        write_import(self.author, trees_to_keep(changed, new))

    def _keep_before(self, changed: set[Entry], owners: Owners) -> None:
        touched = changed | {(Interview, pk) for pk in owners[Interview]}
        if trees := [tree for tree in self.before if (type(tree.entry), tree.entry.pk) in touched]:
            write(trees, None, BASELINE)


def made_trees(made: Iterable[Any], themes: Mapping[int, list[int]]) -> dict[Entry, list[Row]]:
    """The rows that were just made, by their entry, each entry first; they are at hand, so nothing is read again."""
    rows = list(made)
    found: dict[Entry, list[Row]] = {}
    for row in rows:
        if type(row) not in OWNER:
            many = {"themes": sorted(themes.get(row.pk, []))} if isinstance(row, Film) else {}
            found[type(row), row.pk] = [Row(row, many)]
    for row in rows:
        model, name = OWNER.get(type(row), (None, ""))
        if model and (model, getattr(row, name)) in found:
            found[model, getattr(row, name)].append(Row(row))
    return found


def talks_of(interviews: Iterable[int], new: Mapping[Entry, list[Row]]) -> dict[int, int | None]:
    """The film of each talk, if it is about one (a query for talks that were there before)."""
    found = {pk: new[Interview, pk][0].row.film_id for pk in interviews if (Interview, pk) in new}
    old = [pk for pk in interviews if pk not in found]
    return found | (dict(Interview.objects.filter(pk__in=old).values_list("pk", "film_id")) if old else {})


def trees_to_keep(changed: set[Entry], new: Mapping[Entry, list[Row]]) -> Iterator[Iterable[Row]]:
    """Each entry with its rows; what was there before is read anew."""
    talks: dict[int, list[Row]] = defaultdict(list)
    for (model, _pk), rows in new.items():
        if model is Interview and rows[0].row.film_id:
            talks[rows[0].row.film_id] += rows
    old: dict[type[Any], list[int]] = defaultdict(list)
    for model, pk in sorted(changed, key=lambda key: (key[0].__name__, key[1])):
        if (model, pk) in new:
            yield [*new[model, pk], *(talks[pk] if model is Film else [])]
        else:
            old[model].append(pk)
    for model, keys in old.items():
        yield from (tree.everything() for tree in trees_of(model, keys, deep=True))
