"""The index beside `SearchDocument`: FTS5 on SQLite, GIN on PostgreSQL. All SQL that differs is here.

On SQLite triggers carry each change of a document into the FTS5 table, whose text is the document's
own columns; a migration that alters `SearchDocument` must call `install` afterwards.
"""

# ruff: noqa: S608 (only constants, numbers and Django's own SQL are put together; words are parameters)

from collections.abc import Sequence
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from films.models.search import KIND_SHIFT, first_id
from films.search.query import Word

Sql = tuple[str, list[Any]]

COLUMNS = ("title", "people", "names", "body")
HEADINGS = ("title", "people")
BOUNDARY = "¦"  # a token that no query holds, so that no hit runs from one text into the next

# Beginnings of so many characters have lists of their own; the words of any other are joined, all of them, at each look.
BEGINNINGS = "1 2 3 4 5 6 7 8 9 10"
FTS = (
    "fts5(title, people, names, body, content='films_searchdocument', content_rowid='id', "
    f"tokenize='ascii', prefix='{BEGINNINGS}', columnsize=0)"
)
PUT = "INSERT INTO films_search(rowid, title, people, names, body) VALUES (new.id, new.title, new.people, new.names, new.body);"
TAKE = (
    "INSERT INTO films_search(films_search, rowid, title, people, names, body) "
    "VALUES ('delete', old.id, old.title, old.people, old.names, old.body);"
)
TRIGGERS = {"insert": PUT, "delete": TAKE, "update": TAKE + PUT}


def joined(columns: Sequence[str]) -> str:
    return "(" + f" || ' {BOUNDARY} ' || ".join(columns) + ")"


def vector(columns: Sequence[str]) -> str:
    """The tokens of some columns; not `to_tsvector`, whose parser depends on the database's locale."""
    return f"array_to_tsvector(array_remove(string_to_array({joined(columns)}, ' '), ''))"


# Columns that PostgreSQL fills itself: an index of the bare expression has it make the tokens of very many documents anew.
TOKENS = {"tokens": vector(COLUMNS), "heading_tokens": vector(HEADINGS)}


def gin(column: str) -> str:
    return f"films_search_{column}"


def install(connection: BaseDatabaseWrapper = connection) -> None:
    """Create what is missing of the index; harmless when nothing is."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS films_search USING {FTS}")
            for event, action in TRIGGERS.items():
                name, when = f"films_search_{event}", f"AFTER {event} ON films_searchdocument"
                cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {when} BEGIN {action} END")
        else:
            # A table of which rows were just deleted takes no other shape before the commit, and seldom needs one.
            for column, made in TOKENS.items() if missing(connection) else ():
                kept = f"ADD COLUMN IF NOT EXISTS {column} tsvector GENERATED ALWAYS AS ({made}) STORED"
                cursor.execute(f"ALTER TABLE films_searchdocument {kept}")
                cursor.execute(
                    f"CREATE INDEX IF NOT EXISTS {gin(column)} ON films_searchdocument USING gin ({column})"
                )


def uninstall(connection: BaseDatabaseWrapper = connection) -> None:
    """Remove the index; the documents stay."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for event in TRIGGERS:
                cursor.execute(f"DROP TRIGGER IF EXISTS films_search_{event}")
            cursor.execute("DROP TABLE IF EXISTS films_search")
        else:
            for column in TOKENS:
                cursor.execute(f"ALTER TABLE films_searchdocument DROP COLUMN IF EXISTS {column}")


def repair(connection: BaseDatabaseWrapper = connection) -> None:
    """Make the index anew from the documents."""
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        if connection.vendor == "sqlite" and is_of_old(connection):
            cursor.execute("DROP TABLE films_search")
        install(connection)
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO films_search(films_search) VALUES ('rebuild')")


def is_of_old(connection: BaseDatabaseWrapper = connection) -> bool:
    """Whether the index was made another way than now; it finds the same, more slowly."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'films_search'")
        made = cursor.fetchone()
    return made is not None and not made[0].endswith(FTS)


def missing(connection: BaseDatabaseWrapper = connection) -> list[str]:
    """The triggers or indexes that are not there."""
    sqlite = connection.vendor == "sqlite"
    wanted = {f"films_search_{event}" for event in TRIGGERS} if sqlite else {gin(column) for column in TOKENS}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master" if sqlite else "SELECT indexname FROM pg_indexes")
        return sorted(wanted - {name for (name,) in cursor.fetchall()})


def fault() -> str:
    """What is wrong between the index and the documents; empty when nothing is."""
    if missing():
        return f"missing: {', '.join(missing())}"
    if connection.vendor == "sqlite":
        if is_of_old():
            return "films_search: made another way than now"
        try:
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO films_search(films_search, rank) VALUES ('integrity-check', 1)")
        except DatabaseError as error:
            return f"films_search: {error}"
    return ""


def candidates(kind: str, words: Sequence[Word], limit: int, columns: Sequence[str] = COLUMNS) -> Sql:
    """Numbers (`id`) of the entries whose `columns` hold every word, newest first."""
    first = first_id(kind)
    last = first + (1 << KIND_SHIFT) - 1
    if connection.vendor == "sqlite":
        sql = (
            f"SELECT rowid - {first} AS id FROM films_search "
            f"WHERE films_search MATCH %s AND rowid BETWEEN {first} AND {last} ORDER BY rowid DESC LIMIT {limit:d}"
        )
        return sql, [fts_query(words, columns)]
    condition, params = postgres_condition(words, columns)
    # Materialised and `+ 0`, or the planner may walk documents by number and make the tokens of each anew.
    sql = (
        f"WITH found AS MATERIALIZED (SELECT id - {first} AS id FROM films_searchdocument "
        f"WHERE {condition} AND id + 0 BETWEEN {first} AND {last}) "
        f"SELECT id FROM found ORDER BY id DESC LIMIT {limit:d}"
    )
    return sql, params


def counted(kinds: Sequence[str], words: Sequence[Word], limit: int) -> Sql:
    """Kinds, and as one JSON array the numbers of the entries that hold every word, the newest so many of each kind."""
    if connection.vendor == "sqlite":
        found = [candidates(kind, words, limit) for kind in kinds]
        pairs = zip(kinds, found, strict=True)
        parts = (f"SELECT '{kind}', json_group_array(id) FROM ({sql}) AS found" for kind, (sql, _) in pairs)
        return " UNION ALL ".join(parts), [param for _, params in found for param in params]
    # The index is read once for all kinds, and so is each document's place.
    condition, params = postgres_condition(words, COLUMNS)
    newest = " UNION ALL ".join(
        f"SELECT '{kind}', json_agg(id - {first})::text FROM (SELECT id FROM found "
        f"WHERE id BETWEEN {first} AND {first + (1 << KIND_SHIFT) - 1} ORDER BY id DESC LIMIT {limit:d}) AS newest"
        for kind, first in zip(kinds, map(first_id, kinds), strict=True)
    )
    return f"WITH found AS MATERIALIZED (SELECT id FROM films_searchdocument WHERE {condition}) {newest}", params


def fts_query(words: Sequence[Word], columns: Sequence[str]) -> str:
    """An FTS5 expression; tokens hold letters and digits only, so that quoting them is enough."""
    phrases = (f'"{" ".join(word.tokens)}"{"*" if word.is_prefix else ""}' for word in words)
    expression = f"({' AND '.join(phrases)})"
    return expression if columns == COLUMNS else f"{{{' '.join(columns)}}} : {expression}"


def postgres_condition(words: Sequence[Word], columns: Sequence[str]) -> Sql:
    """All tokens by the index, and for words of several tokens that these follow one another."""
    lexemes = [
        f"'{token}'{':*' if word.is_prefix and token is word.tokens[-1] else ''}"
        for word in words
        for token in word.tokens
    ]
    covered = "heading_tokens" if columns == HEADINGS else "tokens"
    long = [word for word in words if len(word.tokens) > 1 or columns not in (COLUMNS, HEADINGS)]
    condition = f"{covered} @@ %s::tsquery" + f" AND (' ' || {joined(columns)} || ' ') LIKE %s" * len(long)
    phrases = [f"% {' '.join(word.tokens)}{'' if word.is_prefix else ' '}%" for word in long]
    return condition, [" & ".join(lexemes), *phrases]
