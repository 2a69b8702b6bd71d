"""Is everything that is stored sound? Each question with the sentence that answers it when it is not."""

from collections.abc import Callable, Iterator

from django.db import DatabaseError, connection

from films import search
from films.backup.databases import applied, behind
from films.checking import media


def faults() -> Iterator[tuple[str, list[str]]]:
    """Each question by name, with what is wrong; an empty list is a sound answer. Reads everything, writes nothing."""
    for name, question in QUESTIONS.items():
        try:
            yield name, question()
        except DatabaseError as error:
            yield name, [f"cannot be read: {error}"]


def integrity() -> list[str]:
    """What the database says of its own pages and indexes."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(20)")
        return [str(row[0]) for row in cursor.fetchall() if row[0] != "ok"]


def references() -> list[str]:
    """Rows that point to nothing."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA foreign_key_check")
            return [
                f"{table} {row}: points to a row of {other} that is not there"
                for table, row, other, _key in cursor.fetchall()
            ]
    try:
        connection.check_constraints()
    except DatabaseError as error:
        return [str(error)]
    return []


def migrations() -> list[str]:
    """Steps of the program that the database has not taken."""
    return (
        [f"{step} is not applied. Run: manage.py migrate" for step in behind()]
        if applied()
        else ["nothing is applied. Run: manage.py migrate"]
    )


def search_index() -> list[str]:
    """What the search reads and the rows say differently."""
    return [f"{line}. Run: manage.py rebuild_search" for line in search.check()]


def media_files() -> list[str]:
    """Files that are missing or not what was taken in, and files that nobody names."""
    return [f"{fault}. Run: manage.py check_media" for fault in media.faults()]


QUESTIONS: dict[str, Callable[[], list[str]]] = {
    "database pages": integrity,
    "references": references,
    "migrations": migrations,
    "search index": search_index,
    "media": media_files,
}
