"""The words of entries side by side: which value each has, and which one is to be kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import JSONField, Model
from django.utils.text import capfirst

from films.text import fold

# Every list of the entries together, without doubles.
TOGETHER = "all"


class Value(NamedTuple):
    """What one entry holds in a field."""

    key: int
    raw: Any
    words: str

    @property
    def is_empty(self) -> bool:
        return self.raw in ("", None, [])


class Compared(NamedTuple):
    """One field of all entries; `is_list` fields can be put together."""

    name: str
    label: str
    values: tuple[Value, ...]
    is_list: bool

    @property
    def differs(self) -> bool:
        return len({value.words for value in self.values}) > 1


def compared_fields(model: type[Model], rows: Sequence[Any]) -> list[Compared]:
    """Every field that people fill in; aliases are not chosen, they only grow."""
    fields = [f for f in model._meta.concrete_fields if f.editable and not f.primary_key and f.name != "aliases"]
    return [
        Compared(
            field.name,
            capfirst(str(field.verbose_name)),
            tuple(value_of(row, field) for row in rows),
            isinstance(field, JSONField),
        )
        for field in sorted(fields, key=lambda field: field.name == "slug")
    ]


def value_of(row: Any, field: Any) -> Value:
    raw = getattr(row, field.attname)
    choices = {str(key): label for key, label in field.flatchoices}
    shown = (
        "\n".join(map(str, raw)) if isinstance(raw, list) else str(choices.get(str(raw), "" if raw is None else raw))
    )
    return Value(row.pk, raw, shown)


def usual_choice(field: Compared, kept: int) -> str:
    """The kept one's value; another's where it has none; lists together."""
    if field.is_list:
        return TOGETHER
    first = [value for value in field.values if value.key == kept]
    chosen = next((value for value in (*first, *field.values) if not value.is_empty), None)
    return str(chosen.key if chosen else kept)


def together(lists: Iterable[Any]) -> list[str]:
    """All entries of some lists in order, each once however it is spelled."""
    found: dict[str, str] = {}
    for entries in lists:
        for entry in entries or []:
            found.setdefault(fold(str(entry)), str(entry))
    return list(found.values())


def chosen_value(field: Compared, choice: str) -> Any:
    """The value that a choice stands for: an entry's key, or `all`."""
    if field.is_list and choice == TOGETHER:
        return together(value.raw for value in field.values)
    return next((value.raw for value in field.values if str(value.key) == choice), None)
