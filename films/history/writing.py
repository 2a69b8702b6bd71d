"""Writing revisions: of what was changed, of what stood there before, of what an import wrote."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from films.history.recorded import BASELINE, Moment, last_moments
from films.history.serialising import repr_of, serialised, tells_more
from films.history.stored import Row, Tree, trees_of
from films.history.trees import entry_of

Comment = str | list[dict[str, Any]]

HEAD = "INSERT INTO reversion_revision (date_created, user_id, comment) VALUES"
PUT = """
INSERT INTO reversion_version (revision_id, object_id, content_type_id, db, format, serialized_data, object_repr)
VALUES (%s, %s, %s, %s, 'json', %s, %s)"""


class Imported(NamedTuple):
    """The author of what an import writes: its run and the article."""

    run: int
    user: int | None
    file: str = ""
    sha256: str = ""

    @property
    def comment(self) -> Comment:
        return [{"imported": {"run": self.run, "file": self.file, "sha256": self.sha256}}]


def record(rows: Iterable[Any], user: Any, comment: Comment = "", *, deep: bool = False) -> int | None:
    """Write one revision of these entries as they are stored now; give its number.

    Rows such as exchanges stand for their entry. `deep` takes along the entries below, for a deletion.
    """
    trees = [tree for model, keys in by_model(rows).items() for tree in trees_of(model, keys, deep=deep)]
    return write(trees, user.pk if user else None, comment) if trees else None


def remember(rows: Iterable[Any]) -> None:
    """Before a change: write what is stored now, where the history does not say so yet.

    So that nothing is lost that came before the history, or past it.
    """
    if unknown := unrecorded_trees(rows):
        write(unknown, None, BASELINE)


def unrecorded(rows: Iterable[Any]) -> list[Any]:
    """The entries of which the history does not tell what is stored."""
    return [tree.entry for tree in unrecorded_trees(rows)]


def unrecorded_trees(rows: Iterable[Any]) -> list[Tree]:
    return unrecorded_of(by_model(rows))


def unrecorded_of(entries: Mapping[type[Model], Sequence[int]]) -> list[Tree]:
    """Entries by model and key, as they are stored, where the history does not tell it."""
    found: list[Tree] = []
    for model, keys in entries.items():
        known = last_moments(model, keys)
        found += [tree for tree in trees_of(model, keys) if is_unknown(tree, known.get(tree.entry.pk))]
    return found


@contextmanager
def changing(rows: Sequence[Any], user: Any, comment: Comment) -> Iterator[None]:
    """Change these entries inside: what was there before is remembered, what comes of it recorded."""
    with transaction.atomic():
        remember(rows)
        yield
        record(rows, user, comment)


def by_model(rows: Iterable[Any]) -> dict[type[Model], list[int]]:
    """The keys of the entries of these rows, each once."""
    found: dict[type[Model], dict[int, None]] = {}
    for row in rows:
        model, key = entry_of(row)
        found.setdefault(model, {})[key] = None
    return {model: list(keys) for model, keys in found.items()}


def is_unknown(tree: Tree, known: Moment | None) -> bool:
    """Whether the last revision of the entry says something else than what is stored."""
    before = {key: row.text for key, row in known.everything.items()} if known else {}
    now = {row.key: serialised(row.row, row.many) for row in tree.rows}
    return before.keys() != now.keys() or any(tells_more(key[0], before[key], now[key]) for key in now)


def write(trees: Sequence[Tree], user: int | None, comment: Comment) -> int:
    """One revision of these trees, a version for every row of them."""
    with transaction.atomic():
        [revision] = new_revisions(1, user, comment)
        put(version_values(revision, row) for tree in trees for row in tree.everything())
    return revision


def write_import(author: Imported, trees: Iterable[Iterable[Row]]) -> None:
    """A revision for each tree, inside the transaction of the import."""
    written = [list(rows) for rows in trees]
    revisions = new_revisions(len(written), author.user, author.comment)
    put(version_values(key, row) for key, rows in zip(revisions, written, strict=True) for row in rows)


def new_revisions(count: int, user: int | None, comment: Comment) -> list[int]:
    """So many revisions at one moment (one query; none for none)."""
    words = comment if isinstance(comment, str) else json.dumps(comment, ensure_ascii=False)
    values = [connection.ops.adapt_datetimefield_value(timezone.now()), user, words]
    rows = ", ".join(["(%s, %s, %s)"] * count)
    with connection.cursor() as cursor:
        if count:
            cursor.execute(f"{HEAD} {rows} RETURNING id", values * count)
        return [key for (key,) in cursor.fetchall()] if count else []


def version_values(revision: int, row: Row) -> tuple[Any, ...]:
    return (
        revision,
        str(row.row.pk),
        ContentType.objects.get_for_model(type(row.row)).pk,
        connection.alias,
        serialised(row.row, row.many),
        repr_of(row.row),
    )


def put(values: Iterable[tuple[Any, ...]]) -> None:
    """Row by row, for the statement is then prepared once; `bulk_create` would build its words anew."""
    with connection.cursor() as cursor:
        cursor.executemany(PUT, list(values))
