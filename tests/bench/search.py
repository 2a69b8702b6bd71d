"""Search against LIKE at two sizes: `python -m tests.bench.search [films …]`. Prints ratios of one run."""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

FOLDER = tempfile.TemporaryDirectory()
os.environ.setdefault("DATA_DIR", FOLDER.name)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import Q  # noqa: E402

from films.models import Creator, Credit, Exchange, Film, Interview, SearchDocument  # noqa: E402
from films.search import matching_film_ids, rebuild, reindex, search  # noqa: E402
from films.text import readings  # noqa: E402

ANSWERS = 5
RARE, MIDDLE, COMMON = "鹦鹉", "天空", "创作"


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [2_000, 20_000]
    call_command("migrate", verbosity=0)
    for size in sizes:
        write_films(size)
        measure(size)


def write_films(size: int) -> None:
    """Films with five answers each; words by Zipf's law, three of them planted at known rates."""
    chance = random.Random(size)
    characters = sorted(readings())
    words = ["".join(chance.choices(characters, k=chance.choice((2, 2, 3)))) for _ in range(8_000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    first = Film.objects.count()
    with transaction.atomic():
        for start in range(first, size, 500):
            write_batch(chance, words, weights, range(start, min(size, start + 500)))


def write_batch(chance: random.Random, words: list[str], weights: list[float], numbers: range) -> None:
    def text(length: int) -> str:
        parts = chance.choices(words, weights, k=length)
        planted = [w for w, rate in ((RARE, 0.0005), (MIDDLE, 0.006), (COMMON, 0.3)) if chance.random() < rate]
        return "，".join(parts + planted) + "。"

    makers = Creator.objects.bulk_create(
        Creator(
            name=(n := f"{''.join(chance.choices(words, k=1))}{i}"), compared_name=n, slug=f"c{i}", sort_key=f"c{i}"
        )
        for i in numbers
    )
    films = Film.objects.bulk_create(
        Film(title=chance.choice(words), title_origin="heading", slug=f"f{i}", synopsis=text(30), status="published")
        for i in numbers
    )
    Credit.objects.bulk_create(Credit(film=film, creator=maker) for film, maker in zip(films, makers, strict=True))
    talks = Interview.objects.bulk_create(
        Interview(film=film, slug=film.slug, interviewer="NOWNESS", status="published") for film in films
    )
    Exchange.objects.bulk_create(
        Exchange(interview=talk, position=n, anchor=n, question=text(5), answer=text(70), speaker=maker)
        for talk, maker in zip(talks, makers, strict=True)
        for n in range(1, ANSWERS + 1)
    )


def measure(size: int) -> None:
    written = SearchDocument.objects.filter(film__isnull=False).count()
    before = disk()
    began = time.perf_counter()
    documents = rebuild()
    took, after = time.perf_counter() - began, disk()
    print(f"\n{size} films, {documents} documents: written in {took:.1f} s ({size / took:.0f} films/s)")
    for word in (RARE, MIDDLE, COMMON, "鹿", "mei", f"{MIDDLE} {COMMON}", "梅花鹿呀"):
        compare(word)
    film = Film.objects.latest("pk")
    print(f"reindex one film: {milliseconds(lambda: one_edit(film.pk), 50):.2f} ms p50")
    print(f"on disk: {(after - before) / (size - written):.1f} KB a film")


def compare(word: str) -> None:
    """The first page and the film filter against the same questions asked with LIKE."""
    like = milliseconds(lambda: liked(word), 3)
    found = search(word)
    page = milliseconds(lambda: search(word), 9)
    count = milliseconds(lambda: counted(word), 9)
    ids = milliseconds(lambda: Film.objects.published().filter(pk__in=matching_film_ids(word)).count(), 9)
    print(
        f"{word}: {found.total} hits; LIKE count {like:.1f} ms; count {count:.2f} ms (x{like / count:.0f}), "
        f"first page {page:.2f} ms, film filter {ids:.2f} ms"
    )


def liked(word: str) -> int:
    films, answers = Q(), Q()
    for part in word.split():
        films &= Q(title__contains=part) | Q(synopsis__contains=part)
        answers &= Q(question__contains=part) | Q(answer__contains=part)
    return Film.objects.published().filter(films).count() + Exchange.objects.published().filter(answers).count()


def counted(word: str) -> int:
    return search(word, limit=0).total


def one_edit(pk: int) -> None:
    with transaction.atomic():
        reindex(films=[pk])


def milliseconds(work: Callable[[], Any], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def disk() -> float:
    """Kilobytes of the database."""
    with connection.cursor() as cursor:
        sqlite = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
        cursor.execute(sqlite if connection.vendor == "sqlite" else "SELECT pg_database_size(current_database())")
        return float(cursor.fetchone()[0]) / 1024


if __name__ == "__main__":
    main()
