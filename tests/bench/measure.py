"""One size in two processes: one reads, imports and imports again, one inserts the same rows with the bare driver.

Both hold a few rows at a time, so that what they say of memory holds for any size.
"""

import itertools
import json
import os
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Iterator
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
# From this size one turn is long enough, and three would take an hour.
LONG = 10_000
READ_AT_MOST = 2_000
CHUNK = 500
TELL_EVERY = 1_000
CLOCKS = {"wall": time.perf_counter, "processor": time.process_time}
clock = CLOCKS[os.environ.get("BENCH_CLOCK", "wall")]

Batch = list[tuple[str, list[tuple[Any, ...]]]]


def main() -> None:
    """Print the figures of one part and size as JSON; `python -m tests.bench` runs both parts for each size."""
    part, count = sys.argv[1], int(sys.argv[2])
    django.setup()
    print(json.dumps(PARTS[part](count)))


def measure_import(count: int) -> dict[str, float]:
    """Seconds of reading and importing, and the memory that importing came to."""
    call_command("migrate", verbosity=0)
    folder = Path(tempfile.mkdtemp(prefix="articles-", dir=settings.DATA_DIR))
    write_articles(folder, count)
    try:
        figures = {
            "articles": count,
            "read_articles": min(count, READ_AT_MOST),
            "read": timed(lambda: read_all(folder)),
        }
        memory_before = megabytes()
        figures |= import_in_parts(folder)
        figures["import_memory_growth_mb"] = megabytes() - memory_before
        tell(f"imported in {figures['import']:,.1f} s")
        figures["again"] = timed(lambda: run(folder, {"unchanged": count}))
        tell(f"imported again, unchanged, in {figures['again']:,.1f} s")
    finally:
        shutil.rmtree(folder)
    return figures | {"memory_mb": megabytes()}


def measure_bare(count: int) -> dict[str, float]:
    """The four bare ways, each the median of several turns, for they are short."""
    with_search = [*OWN_TABLES, *SEARCH_TABLES]
    ways = {
        "bare_with_index": (with_search, False),
        "bare_with_index_by_article": (with_search, True),
        "bare": (OWN_TABLES, False),
        "bare_by_article": (OWN_TABLES, True),
    }
    turns = [{name: bare(*way, name) for name, way in ways.items()} for _ in range(1 if count >= LONG else TURNS)]
    figures: dict[str, float] = {name: statistics.median(turn[name] for turn in turns) for name in ways}
    figures |= {"rows": sum(numbers_of_rows(with_search).values()), "tables": len(with_search)}
    return figures | {"bare_memory_mb": megabytes()}


PARTS = {"import": measure_import, "bare": measure_bare}


def read_all(folder: Path) -> None:
    from films.importer.run import VOCABULARY
    from films.reading import read_article
    from films.reading.vocabulary import parse_vocabulary

    vocabulary = parse_vocabulary(VOCABULARY.read_text("utf-8"))
    for path in sorted(folder.iterdir())[:READ_AT_MOST]:
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

    def told(*values: Any, **named: Any) -> Any:
        if (number := next(numbers)) % TELL_EVERY == 0:
            tell(f"article {number:,} after {clock() - begun:,.0f} s")
        return originals[1](*values, **named)

    numbers = itertools.count(1)
    originals = apply.rewrite, importer.read_article
    apply.rewrite = watched("index", apply.rewrite)
    importer.read_article = watched("reading", told)
    begun = clock()
    try:
        total = timed(lambda: run(folder, {"created": len(list(folder.iterdir()))}))
    finally:
        apply.rewrite, importer.read_article = originals
    return parts | {"import": total}


def run(folder: Path, expected: dict[str, int]) -> None:
    from films.importer import import_seeds

    report = import_seeds([folder])
    assert {name: number for name, number in report.totals.items() if number} == expected, report.totals


def numbers_of_rows(tables: Iterable[str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        return {table: cursor.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in tables}


def bare(tables: list[str], by_article: bool, name: str) -> float:
    """Seconds that the driver's executemany takes for the same rows in the same tables and indexes.

    By article: as many transactions as there are articles, each as durable as ours.
    """
    path = Path(settings.DATA_DIR) / "bare.sqlite3"
    target = empty_copy(path, tables)
    seconds = insert(target, batches(tables, by_article), by_article)
    target.close()
    path.unlink()
    tell(f"{name} in {seconds:,.2f} s")
    return seconds


def empty_copy(path: Path, tables: list[str]) -> Any:
    """A connection to a new database with the same tables, by the driver that our own connection uses."""
    path.unlink(missing_ok=True)
    connection.ensure_connection()
    driver = sys.modules[type(connection.connection).__module__.split(".")[0]].dbapi2
    target = driver.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=OFF"):
        target.execute(f"PRAGMA {pragma}")
    for statement in schema(tables):
        target.execute(statement)
    return target


def schema(tables: Collection[str]) -> list[str]:
    """What makes the tables, their indexes and, with the search's own rows, its index and triggers."""
    wanted = [*tables, *(["films_search"] if set(SEARCH_TABLES) <= set(tables) else [])]
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, tbl_name, sql FROM sqlite_master WHERE sql NOT NULL")
        found = [(kind, sql) for kind, table, sql in cursor.fetchall() if table in wanted]
    return [sql for kind in ("table", "index", "trigger") for made, sql in found if made == kind]


def batches(tables: list[str], by_article: bool) -> Iterator[Batch]:
    if not by_article:
        return by_table(tables)
    numbers = numbers_of_rows(tables)
    return by_share(numbers, numbers["films_source"])


def by_table(tables: Iterable[str]) -> Iterator[Batch]:
    """All rows, one table after another, some at a time."""
    for table in tables:
        cursor = opened(table)
        while some := cursor.fetchmany(CHUNK):
            yield [(table, some)]


def by_share(numbers: dict[str, int], count: int) -> Iterator[Batch]:
    """The rows dealt out evenly, for rows of one article are of one size."""
    cursors = {table: opened(table) for table in numbers}
    for part in range(count):
        wanted = {table: total * (part + 1) // count - total * part // count for table, total in numbers.items()}
        # The driver takes fetchmany(0) for all that is left.
        yield [(table, cursors[table].fetchmany(some)) for table, some in wanted.items() if some]


def opened(table: str) -> Any:
    cursor = connection.cursor()
    cursor.execute(f"SELECT * FROM {table}")
    return cursor


def insert(target: Any, batches: Iterable[Batch], each_by_itself: bool) -> float:
    """Seconds of writing alone: reading the rows that are written is left out."""
    begin, commit = (lambda: target.execute("BEGIN IMMEDIATE")), (lambda: target.execute("COMMIT"))
    seconds = 0.0 if each_by_itself else timed(begin)
    for batch in batches:
        start = clock()
        if each_by_itself:
            begin()
        for table, some in batch:
            target.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(some[0]))})", some)
        if each_by_itself:
            commit()
        seconds += clock() - start
    return seconds if each_by_itself else seconds + timed(commit)


def tell(message: str) -> None:
    """To the error stream, for a long run to be watched; the figures are on the other."""
    print(f"{time.strftime('%H:%M:%S')} {message}; {megabytes():,.0f} MiB at most", file=sys.stderr, flush=True)


def timed(work: Callable[[], Any]) -> float:
    start = clock()
    work()
    return clock() - start


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
