"""Rows made from versions: values as their columns take them, and what became of the rows they name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import FileField, Model
from django.utils.translation import gettext as _

from films.history.naming import Names, field_of, label_of, title_of
from films.history.recorded import Kept
from films.history.serialising import columns, links
from films.history.trees import OWNERS
from films.models import Source
from films.models.publishable import Publishable
from films.models.source import Imported

# The state is decided by whoever may decide it, now; where a row came from does not change by restoring words.
STATE = frozenset(field.name for field in Publishable._meta.get_fields())
BOOKKEEPING = frozenset(field.name for field in Imported._meta.get_fields())


class Refused(Exception):
    """A sentence for the person: nothing was changed, and why."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class Rebuilder:
    """Makes rows from versions. `notes` says in sentences what could not come back."""

    def __init__(self, rows: Iterable[Kept]) -> None:
        self.rows = list(rows)
        self.notes: list[str] = []
        self.names = Names(self.rows)
        self.here = existing(self.rows)
        # Columns that name a row which is not there yet: to be filled in when everything is.
        self.open: list[tuple[Any, Kept, str]] = []

    def fill(self, row: Any, kept: Kept, names: Iterable[str]) -> None:
        """Set these columns as they were; a row that is gone is left open."""
        for name in names:
            field = field_of(kept.model, name)
            if field is None or name not in kept.fields:
                continue
            value = kept.fields[name]
            if field.is_relation and value is not None and not self.is_here(field, value):
                self.open.append((row, kept, name))
                value = None
            setattr(row, field.attname, field.to_python(value) if not field.is_relation else value)

    def is_here(self, field: Any, key: int) -> bool:
        return key in self.here[field.related_model]

    def lacks(self, kept: Kept) -> str:
        """The name of a column without which the row cannot be, and whose row is gone; else empty."""
        for name, _attribute, field in columns(kept.model):
            key = kept.fields.get(name)
            if field.is_relation and not field.null and key is not None and not self.is_here(field, key):
                return name
        return ""

    def new(self, kept: Kept) -> Any:
        """An unsaved row with all its columns, under its old key; None when what it hangs on is gone."""
        if name := self.lacks(kept):
            self.tell_lost(kept, name)
            return None
        if not self.has_files(kept):
            return None
        row = kept.model(pk=kept.pk)
        self.fill(row, kept, (name for name, _attribute, _field in columns(kept.model)))
        self.free_source_key(row)
        return row

    def has_files(self, kept: Kept) -> bool:
        """Whether the files that a row named are still there; a row without its file does not come back."""
        for name, _attribute, field in columns(kept.model):
            file = kept.fields.get(name) if isinstance(field, FileField) else ""
            if file and not field.storage.exists(file):
                self.notes.append(
                    _("“%(row)s”没有恢复：它的文件已随删除一起清走。请重新上传。")
                    % {"row": title_of(kept, self.names)}
                )
                return False
        return True

    def tell_lost(self, kept: Kept, name: str) -> None:
        words = {"row": title_of(kept, self.names), "field": label_of(kept.model, name)}
        self.notes.append(_("“%(row)s”没有恢复：它的“%(field)s”已被删除。请先恢复那一条，再恢复这里。") % words)

    def free_source_key(self, row: Any) -> None:
        """Where another row took the same place in its article meanwhile, this one is an editor's own."""
        if not isinstance(row, Imported) or row.source_id is None:
            return
        same = type(row)._default_manager.filter(source=row.source_id, source_key=row.source_key)
        if same.exclude(pk=row.pk).exists():
            row.source_id, row.source_key, row.passages, row.imported = None, "", {}, {}

    def made(self, row: Any) -> None:
        self.here[type(row)].add(row.pk)

    def list_links(self, row: Any, kept: Kept) -> None:
        """The lists of other rows; those that are gone are named."""
        for link in links(kept.model):
            if link.name in kept.fields:
                there = [key for key in kept.fields[link.name] if self.is_here(link, key)]
                getattr(row, link.name).set(there)
                if len(there) < len(kept.fields[link.name]):
                    self.tell_gone(kept, link.name)

    def close(self) -> None:
        """Fill in what was left open, now that everything that comes back is there; name what is lost."""
        for row, kept, name in self.open:
            field: Any = field_of(kept.model, name)
            if not self.is_here(field, kept.fields[name]):
                self.tell_gone(kept, name)
            elif row.pk:
                setattr(row, field.attname, kept.fields[name])
                type(row)._base_manager.filter(pk=row.pk).update(**{field.attname: kept.fields[name]})
        self.open = []

    def tell_gone(self, kept: Kept, name: str) -> None:
        if name in STATE:
            return
        words = {"row": title_of(kept, self.names), "field": label_of(kept.model, name)}
        self.notes.append(_("“%(row)s”的“%(field)s”没有全部恢复：那里写的条目已被删除。") % words)


def unsaved(kept: Kept) -> Any:
    """The row as it was, only to be asked about: whether a person may change it."""
    row: Any = kept.model(pk=kept.pk)
    for name, attribute, field in columns(kept.model):
        if name in kept.fields:
            value = kept.fields[name]
            setattr(row, attribute, value if field.is_relation else field.to_python(value))
    return row


def existing(rows: Iterable[Kept]) -> dict[type[Model], set[int]]:
    """Of the rows that some versions name, those that are there (a query for each kind)."""
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for row in rows:
        for target, named in named_by(row):
            wanted[target].update(named)
    found: dict[type[Model], set[int]] = defaultdict(set)
    for model, keys in wanted.items():
        found[model] = set(model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
    return found


def named_by(row: Kept) -> Iterator[tuple[type[Model], list[int]]]:
    """The rows that a version names, by model."""
    for name, _attribute, field in columns(row.model):
        if field.is_relation and row.fields.get(name) is not None:
            yield field.related_model, [row.fields[name]]
    for link in links(row.model):
        yield link.related_model, row.fields.get(link.name, [])


def content_names(model: type[Model]) -> list[str]:
    """The columns that are an entry's words and facts: neither its state nor where it came from."""
    owner = OWNERS.get(model, "")
    names = [name for name, _attribute, field in columns(model) if field.editable and name != owner]
    kept_as_is = STATE | BOOKKEEPING if model is not Source else frozenset()
    return [name for name in names if name not in kept_as_is]


def checked(row: Any, names: Iterable[str], save: Callable[[], None]) -> None:
    """Save what passes the rules of the form; else say which rule stands against it."""
    exclude = {field.name for field in row._meta.concrete_fields} - set(names)
    try:
        row.full_clean(exclude=exclude, validate_unique=False)
    except ValidationError as error:
        raise Refused(*in_sentences(row, error)) from error
    save()


def in_sentences(row: Any, error: ValidationError) -> list[str]:
    if not hasattr(error, "error_dict"):
        return list(error.messages)
    found = []
    for name, messages in error.message_dict.items():
        label = "" if name == "__all__" else _("%(field)s：") % {"field": label_of(type(row), name)}
        found += [f"{label}{message}" for message in messages]
    return found
