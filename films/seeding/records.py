"""A row as a record of a file, and back: rows that it names by their keys, what editors wrote marked as theirs.

`{"editor": value}` is what an editor wrote; a bare value of a row with an article is what the article says. What is
left out has the value that a new row has.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import Field, FileField, ForeignKey, JSONField, Model

from films.models import (
    Caption,
    Creator,
    Credit,
    Edition,
    Exchange,
    Film,
    Interview,
    Partnership,
    Portrait,
    Poster,
    Source,
    Still,
    ToolUse,
    Video,
    WorkMention,
)
from films.seeding import media
from films.seeding.keys import Keys

Record = dict[str, Any]
# A row's own number, who typed it, and how often it was saved belong to this database.
LEFT_OUT = {"id", "created_by", "version"}
# The row that a record stands in says it.
PARENTS: dict[type[Model], str] = {
    Partnership: "edition",
    Credit: "film",
    ToolUse: "film",
    WorkMention: "film",
    Exchange: "interview",
    Poster: "film",
    Still: "film",
    Video: "film",
    Caption: "film",
    Portrait: "creator",
}
# Read from the file or the text itself on the way in.
PICTURE = frozenset({"width", "height", "sha256"})
MEASURED: dict[type[Model], frozenset[str]] = {Poster: PICTURE, Still: PICTURE, Portrait: PICTURE}
MEASURED |= {Video: frozenset({"width", "height", "seconds", "size", "sha256"}), Caption: frozenset({"transcript"})}
# Made by the site or by an editor at the desk, never by an article: no mark is needed.
UNMARKED = {"status", "slug", "source", "source_key", "position", "anchor", "last_anchor", "title_sort", "edition"}
UNMARKED |= {"publish_at", "unpublish_at", "first_published_at", "updated_at", "passages", "imported", "film"}
EDITOR = "editor"


@cache
def columns(model: type[Model]) -> tuple[Field[Any, Any], ...]:
    """The columns that a record tells."""
    left_out = (
        LEFT_OUT
        | {PARENTS.get(model, "")}
        | ({"text"} if model is Source else set())
        | MEASURED.get(model, frozenset())
    )
    return tuple(field for field in model._meta.concrete_fields if field.name not in left_out)


def told(row: Any, keys: Keys) -> Record:
    """The record of a row."""
    found: Record = {}
    for field in columns(row._meta.model):
        value = plain(field, getattr(row, field.attname), keys)
        if field.name == "imported":
            value = translated(type(row), value, keys, back=False)
        if value != plain(field, field.get_default(), keys):
            found[field.name] = {EDITOR: value} if is_editors(row, field) else value
    return found


def plain(field: Any, value: Any, keys: Keys) -> Any:
    """A value that JSON can hold."""
    if isinstance(field, ForeignKey):
        return keys.key(field.related_model, value)
    if isinstance(field, FileField):
        return media.told(str(value), keys.media) if value else ""
    return value.isoformat() if hasattr(value, "isoformat") else value


def is_editors(row: Any, field: Any) -> bool:
    """Whether the value is not what the row's article says."""
    if not getattr(row, "source_id", None) or field.name in UNMARKED:
        return False
    imported = row.imported
    if isinstance(field, ForeignKey) and f"{field.name}_id" in imported:
        return bool(imported[f"{field.name}_id"] != getattr(row, field.attname))
    return bool(imported.get(field.name) != getattr(row, field.attname))


def translated(model: type[Model], imported: Record, keys: Keys, *, back: bool) -> Record:
    """What was last imported, with the numbers of rows as keys, or back."""
    found = {}
    for name, value in imported.items():
        field: Any = reference(model, name)
        found[name] = (keys.number if back else keys.key)(field.related_model, value) if field else value
    return found


@cache
def reference(model: type[Model], name: str) -> Field[Any, Any] | None:
    """The relation of which a remembered value holds the number."""
    bare = name.rpartition(":")[2]
    fields = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
    return next((field for field in fields if field.attname == bare), None)


def values_of(model: type[Model], record: Record, keys: Keys, later: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The columns of a row that a record tells; those that name rows made `later` are left for then."""
    found = {}
    for field in columns(model):
        if field.name not in record or field.name in later:
            continue
        value = unmarked(field, record[field.name])
        if isinstance(field, ForeignKey):
            value = keys.number(field.related_model, value)
        elif isinstance(field, FileField):
            value = value and value["name"]
        elif field.name == "imported":
            value = translated(model, value, keys, back=True)
        found[field.attname] = value if isinstance(field, JSONField) else field.to_python(value)
    return found


def unmarked(field: Any, value: Any) -> Any:
    is_marked = isinstance(value, dict) and set(value) == {EDITOR} and field.name != "imported"
    return value[EDITOR] if is_marked else value


# Which records stand in which, under which word, in which order they are made.
ENTRIES: tuple[type[Model], ...] = (Edition, Film, Interview)
BELOW: dict[type[Model], tuple[tuple[str, type[Model]], ...]] = {
    Edition: (("partnerships", Partnership),),
    Film: (
        ("credits", Credit),
        ("tool_uses", ToolUse),
        ("mentions", WorkMention),
        ("poster", Poster),
        ("stills", Still),
        ("video", Video),
        ("captions", Caption),
    ),
    Creator: (("portrait", Portrait),),
    Interview: (("exchanges", Exchange),),
}
STAMPED = (Creator,)
