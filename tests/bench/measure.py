"""One size, in a process of its own: read, import, import again, and the bare insert of the same rows."""

import json
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.bench.articles import write_articles

OWN_TABLES = [
    "films_source",
    "films_edition",
    "films_organisation",
    "films_partnership",
    "films_creator",
    "films_tool",
    "films_topic",
    "films_work",
    "films_film",
    "films_credit",
    "films_interview",
    "films_exchange",
    "films_tooluse",
    "films_workmention",
    "reversion_revision",
    "reversion_version",
]

SEARCH_TABLES = ["films_searchdocument"]
TURNS = 3
CLOCKS = {"wall": time.perf_counter, "processor": time.process_time}
clock = CLOCKS[sys.argv[2] if len(sys.argv) > 2 else "wall"]

Rows = dict[str, list[tuple[Any, ...]]]


def main() -> None:
    """Print the figures of one size as JSON; `python -m tests.bench` runs this for each size."""
    count = int(sys.argv[1])
    django.setup()
    folder = Path(tempfile.mkdtemp(prefix="articles-", dir=settings.DATA_DIR))
    try:
        print(json.dumps(measure(count, folder)))
    finally:
        shutil.rmtree(folder)


def measure(count: int, folder: Path) -> dict[str, float]:
    """Seconds for each way, and the memory that importing came to."""
    call_command("migrate", verbosity=0)
    write_articles(folder, count)
    figures: dict[str, float] = {"articles": count, "read": timed(lambda: read_all(folder))}
    memory_before = megabytes()
    figures |= import_in_parts(folder)
    figures["import_memory_growth_mb"] = megabytes() - memory_before
    figures["again"] = timed(lambda: run(folder, {"unchanged": count}))
    figures["memory_mb"] = megabytes()
    rows = {table: rows_of(table) for table in OWN_TABLES}
    with_search = rows | {table: rows_of(table) for table in SEARCH_TABLES}
    figures["rows"] = sum(len(found) for found in with_search.values())
    figures["tables"] = len(with_search)
    figures |= bare_in_turn(rows, with_search)
    return figures


def bare_in_turn(rows: Rows, with_search: Rows) -> dict[str, float]:
    """The four bare ways, each the median of several turns, for they are short."""
    ways = {
        "bare": (rows, False),
        "bare_by_article": (rows, True),
        "bare_with_index": (with_search, False),
        "bare_with_index_by_article": (with_search, True),
    }
    turns = [{name: bare(written, by_article) for name, (written, by_article) in ways.items()} for _ in range(TURNS)]
    return {name: statistics.median(turn[name] for turn in turns) for name in ways}


def read_all(folder: Path) -> None:
    from films.importer.run import VOCABULARY
    from films.reading import read_article
    from films.reading.vocabulary import parse_vocabulary

    vocabulary = parse_vocabulary(VOCABULARY.read_text("utf-8"))
    for path in sorted(folder.iterdir()):
        read_article(path.read_bytes(), path.name, vocabulary=vocabulary)


def import_in_parts(folder: Path) -> dict[str, float]:
    """The import's seconds, and how many of them were reading and how many went into the search index."""
    from films.importer import apply
    from films.importer import run as importer

    parts = {"reading": 0.0, "index": 0.0}

    def watched(part: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def run_watched(*values: Any, **named: Any) -> Any:
            start = clock()
            try:
                return work(*values, **named)
            finally:
                parts[part] += clock() - start

        return run_watched

    originals = apply.rewrite, importer.read_article
    apply.rewrite = watched("index", apply.rewrite)
    importer.read_article = watched("reading", importer.read_article)
    try:
        total = timed(lambda: run(folder, {"created": len(list(folder.iterdir()))}))
    finally:
        apply.rewrite, importer.read_article = originals
    return parts | {"import": total}


def run(folder: Path, expected: dict[str, int]) -> None:
    from films.importer import import_seeds

    report = import_seeds([folder])
    assert {name: number for name, number in report.totals.items() if number} == expected, report.totals


def rows_of(table: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return cursor.fetchall()


def bare(rows: Rows, by_article: bool) -> float:
    """Insert the same rows into the same tables and indexes, with nothing but the driver's executemany.

    By article: as many transactions as there are articles, each as durable as ours.
    """
    path = Path(settings.DATA_DIR) / "bare.sqlite3"
    path.unlink(missing_ok=True)
    connection.ensure_connection()
    driver = sys.modules[type(connection.connection).__module__.split(".")[0]].dbapi2
    target = driver.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=OFF"):
        target.execute(f"PRAGMA {pragma}")
    for statement in schema(rows):
        target.execute(statement)
    parts = list(shares(rows, len(rows["films_source"]) if by_article else 1))
    seconds = timed(lambda: insert(target, parts))
    target.close()
    path.unlink()
    return seconds


def schema(tables: Collection[str]) -> list[str]:
    """What makes the tables, their indexes and, with the search's own rows, its index and triggers."""
    wanted = [*tables, *(["films_search"] if set(SEARCH_TABLES) <= set(tables) else [])]
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, tbl_name, sql FROM sqlite_master WHERE sql NOT NULL")
        found = [(kind, sql) for kind, table, sql in cursor.fetchall() if table in wanted]
    return [sql for kind in ("table", "index", "trigger") for made, sql in found if made == kind]


def shares(rows: Rows, count: int) -> Iterator[list[tuple[str, list[tuple[Any, ...]]]]]:
    """The rows dealt out evenly, for rows of one article are of one size."""
    for number in range(count):
        share = [
            (table, found[len(found) * number // count : len(found) * (number + 1) // count])
            for table, found in rows.items()
        ]
        yield [(table, some) for table, some in share if some]


def insert(target: Any, parts: list[list[tuple[str, list[tuple[Any, ...]]]]]) -> None:
    for share in parts:
        target.execute("BEGIN IMMEDIATE")
        for table, some in share:
            target.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(some[0]))})", some)
        target.execute("COMMIT")


def timed(work: Callable[[], Any]) -> float:
    start = clock()
    work()
    return clock() - start


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
