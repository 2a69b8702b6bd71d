"""Which entries keep a history, which rows belong to each, and which entries go when it goes."""

from typing import Any

import reversion
from django.db.models import Model

from films.models import (
    Caption,
    Creator,
    Credit,
    Edition,
    Exchange,
    Film,
    Interview,
    Organisation,
    Partnership,
    Portrait,
    Poster,
    Source,
    Still,
    Theme,
    Tool,
    ToolUse,
    Topic,
    Video,
    Work,
    WorkMention,
)

# Entry → its rows: their model and how they point at it.
ROWS: dict[type[Model], tuple[tuple[type[Model], str], ...]] = {
    Film: (
        (Credit, "film"),
        (ToolUse, "film"),
        (WorkMention, "film"),
        (Video, "film"),
        (Caption, "film"),
        (Poster, "film"),
        (Still, "film"),
    ),
    Interview: ((Exchange, "interview"),),
    Edition: ((Partnership, "edition"),),
    Creator: ((Portrait, "creator"),),
}
# Entry → the entries that lie below it and are deleted with it.
BELOW: dict[type[Model], tuple[tuple[type[Model], str], ...]] = {Film: ((Interview, "film"),)}
ENTRIES: tuple[type[Model], ...] = (
    Film,
    Interview,
    Edition,
    Creator,
    Organisation,
    Theme,
    Topic,
    Tool,
    Work,
    Source,
)
OWNERS: dict[type[Model], str] = {model: name for rows in ROWS.values() for model, name in rows}
KEPT: tuple[type[Model], ...] = (*ENTRIES, *OWNERS)
# The last report is made anew by each import, and is long; a transcript is made of its captions.
LEFT_OUT: dict[type[Model], tuple[str, ...]] = {Source: ("report",), Caption: ("transcript",)}
# What changes with every save and says nothing about the entry.
UNTOLD = frozenset({"version", "updated_at", "first_published_at", "last_anchor"})


def is_kept(model: type[Model]) -> bool:
    """Whether entries or rows of this model have a history."""
    return model in KEPT


def entry_of(row: Any) -> tuple[type[Model], int]:
    """Model and key of the entry that a row belongs to; an entry belongs to itself (no query)."""
    name = OWNERS.get(type(row))
    if name is None:
        return type(row), row.pk
    field = row._meta.get_field(name)
    return field.related_model, getattr(row, field.attname)


def below(row: Any) -> list[Any]:
    """The entries that lie below this one (a query for each kind)."""
    found = (model._base_manager.filter(**{name: row}) for model, name in BELOW.get(type(row), ()))
    return [entry for entries in found for entry in entries]


def accessors(model: type[Model]) -> tuple[str, ...]:
    """The names under which an entry has its rows."""
    below = (*ROWS.get(model, ()), *BELOW.get(model, ()))
    fields = [row._meta.get_field(name) for row, name in below]
    return tuple(str(field.remote_field.get_accessor_name()) for field in fields)  # type: ignore[union-attr]


for kept in KEPT:
    reversion.register(kept, exclude=LEFT_OUT.get(kept, ()), follow=accessors(kept))
