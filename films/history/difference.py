"""What differs between two moments of an entry, field by field and row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, cast

from django.utils.text import capfirst

from films.history.naming import Names, in_words, is_shown, label_of, title_of
from films.history.recorded import Kept, Moment
from films.history.trees import OWNERS
from films.history.wording import Piece, pieces


class FieldDifference(NamedTuple):
    """One field: its name and what became of its words."""

    label: str
    pieces: list[Piece]


class RowDifference(NamedTuple):
    """`kind` is changed, added or removed; `title` is empty for the entry itself."""

    kind: str
    title: str
    fields: list[FieldDifference]


def names_for(moments: Iterable[Moment]) -> Names:
    return Names(row for moment in moments for row in moment.whole.values())


def differences(
    before: Moment | None, after: Moment | None, names: Names, untold: frozenset[str] = frozenset()
) -> list[RowDifference]:
    """The entry first, then its rows in their order, then the entries below; None is a moment before it was there."""
    old = before.whole if before else {}
    new = after.whole if after else {}
    keys = [*new, *(key for key in old if key not in new)]
    found = [row_difference(old.get(key), new.get(key), names, untold) for key in keys]
    return [row for row in found if row.fields or row.kind != "changed"]


def row_difference(old: Kept | None, new: Kept | None, names: Names, untold: frozenset[str]) -> RowDifference:
    if old and new:
        kind, some = "changed", new
    else:
        kind, some = ("added", new) if new else ("removed", cast("Kept", old))
    return RowDifference(
        kind,
        title_of(some, names),
        [told for name, told in field_differences(some, old, new, names) if name not in untold],
    )


def field_differences(
    some: Kept, old: Kept | None, new: Kept | None, names: Names
) -> Iterator[tuple[str, FieldDifference]]:
    for name in shown_names(some):
        before, after = (in_words(row, name, names) if row else "" for row in (old, new))
        if before != after:
            yield name, FieldDifference(label_of(some.model, name), pieces(before, after))


def shown_names(row: Kept) -> list[str]:
    """The columns of a version in the order of the model, as far as they are there and told."""
    order = [field.name for field in row.model._meta.get_fields()]
    return [name for name in order if name in row.fields and is_shown(row.model, name)]


def changed_labels(before: Moment | None, after: Moment) -> list[str]:
    """The names of the fields and rows that one revision changed (no query)."""
    if before is None:
        return []
    old, new = before.whole, after.whole
    found = [label for key, row in new.items() if key in old for label in field_labels(old[key], row)]
    found += [
        capfirst(str(model._meta.verbose_name))
        for model, pk in {**old, **new}
        if ((model, pk) in old) != ((model, pk) in new)
    ]
    return list(dict.fromkeys(found))


def field_labels(old: Kept, new: Kept) -> list[str]:
    """The fields of one row that differ; those of an inline row with its kind before them."""
    names = [name for name in shown_names(new) if old.fields.get(name) != new.fields[name]]
    kind = f"{capfirst(str(new.model._meta.verbose_name))} · " if new.model in OWNERS else ""
    return [f"{kind}{label_of(new.model, name)}" for name in names]
