"""Search against LIKE at two sizes: `python -m tests.bench.search [films …]`. Prints ratios of one run.

With DATA_DIR, the films that are there (migrated) count, and nothing is written of a size that is reached:
`DATA_DIR=… python -m tests.bench.search 100000`. The words are chosen by how many of the newest entries hold them.

Compared is the count of a word asked for the first time since content changed: with LIKE over titles, synopses, questions
and answers, all of them (the goal, 100 ×) and, beside it, only until it has found as many as the search looks at. The
search also reads makers, tools, works, editions and captions. The first page is everything but the templates, the count at hand
(goal of its SQL: 10 ms, unless more than a fifth of the films match).
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any

FOLDER = tempfile.TemporaryDirectory()
os.environ.setdefault("DATA_DIR", FOLDER.name)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import Q  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from films.models import Creator, Credit, Exchange, Film, Interview, SearchDocument  # noqa: E402
from films.search import counting, matching_film_ids, rebuild, reindex, search  # noqa: E402
from films.search.hidden import hidden_numbers  # noqa: E402
from films.search.query import parse  # noqa: E402
from films.text import readings  # noqa: E402

ANSWERS = 5
RARE, MIDDLE, COMMON = "鹦鹉", "天空", "创作"
PLANTED = {RARE: 0.0005, MIDDLE: 0.006, COMMON: 0.3, "画面": 0.8, "light": 0.1, "lantern": 0.02}
# So many of the newest entries say which words are usual.
SAMPLE = 2_000
GOAL, PAGE_GOAL, GOAL_AT = 100, 10, 100_000


# In the process of SQLite its own time counts, whatever else the machine does.
CLOCK = time.process_time if connection.vendor == "sqlite" else time.perf_counter


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
        planted = [word for word, rate in PLANTED.items() if chance.random() < rate]
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
    if size > SearchDocument.objects.filter(film__isnull=False).count():
        measure_writing(size)
    print(f"\n{Film.objects.count()} films, {SearchDocument.objects.count()} documents; clock: {CLOCK.__name__}")
    for name, word in usual_words().items():
        compare(name, word)
    for word in (RARE, MIDDLE, COMMON, f"{MIDDLE} {COMMON}", "梅花鹿呀"):
        compare("planted", word)


def measure_writing(size: int) -> None:
    written = SearchDocument.objects.filter(film__isnull=False).count()
    before = disk()
    began = time.perf_counter()
    documents = rebuild()
    took, after = time.perf_counter() - began, disk()
    print(f"\n{size} films, {documents} documents: written in {took:.1f} s ({size / took:.0f} films/s)")
    film = Film.objects.latest("pk")
    print(f"reindex one film: {milliseconds(lambda: one_edit(film.pk), 50):.2f} ms p50")
    print(f"on disk: {(after - before) / (size - written):.1f} KB a film")


def usual_words() -> dict[str, str]:
    """Words by how many of the newest answers and films hold them: what a search finds dear."""
    newest = SearchDocument.objects.order_by("-pk").values_list("title", "body")
    texts = [*newest.filter(exchange__isnull=False)[:SAMPLE], *newest.filter(film__isnull=False)[:SAMPLE]]
    held = Counter(token for text in texts for token in {*" ".join(text).split()})
    ranked = [(token, times) for token, times in held.most_common() if token.isalnum()]
    pairs = [(token, times) for token, times in ranked if len(token) == 2 and not token.isascii()]
    latin = [token for token, _ in ranked if token.isascii() and token.isalpha() and len(token) > 2]
    starts = Counter(
        start for text in texts for start in {word[:2] for word in " ".join(text).split() if word in latin}
    )
    runs = (pairwise(words) for text in texts if (words := " ".join(text).split()))
    threes = Counter(
        one + other[1:] for run in runs for one, other in {*run} if one[1:] == other[:1] != "" != other[1:]
    )
    return {
        "nearly every": pairs[0][0],
        "three characters": threes.most_common()[0][0],
        "one in three": min(pairs, key=lambda pair: abs(pair[1] - len(texts) / 3))[0],
        "one in a hundred": min(pairs, key=lambda pair: abs(pair[1] - len(texts) / 100))[0],
        "rare": pairs[-1][0],
        "one character": pairs[0][0][0],
        "two letters": starts.most_common()[0][0],
        "two letters, next": starts.most_common()[1][0],
        "Latin word": latin[0],
        "long Latin word": max(latin[:20], key=len),
    }


def compare(name: str, word: str) -> None:
    """The count, the first page and the film filter against the same questions asked with LIKE."""
    words, hidden = parse(word).words, hidden_numbers()
    counts, capped = counting.count_anew(words, counting.COUNTED, hidden)
    like = milliseconds(lambda: liked(word, None), 3)
    bounded = milliseconds(lambda: liked(word, counting.COUNTED), 3)
    count = milliseconds(lambda: counting.count_anew(words, counting.COUNTED, hidden), 9)
    page = milliseconds(lambda: search(word, limit=24), 9)
    with CaptureQueriesContext(connection) as asked:
        search(word, limit=24)
    sql = milliseconds(lambda: [ask(query["sql"]) for query in asked], 9)
    matching = Film.objects.published().filter(pk__in=matching_film_ids(word))
    ids = milliseconds(matching.count, 3)
    quick = sql <= PAGE_GOAL or matching.count() > Film.objects.count() / 5
    held = len(word) < 2 or Film.objects.count() < GOAL_AT or (like >= GOAL * count and quick)
    print(
        f"{'' if held else 'MISSED: '}{name}, {word}: {sum(counts.values())}{'+' * bool(capped)} hits; count {count:.2f} ms, "
        f"LIKE over all {like:.0f} ms (x{like / count:.0f}), as far as is counted {bounded:.1f} ms (x{bounded / count:.0f}); "
        f"first page {page:.2f} ms, its SQL {sql:.2f} ms; film filter {ids:.2f} ms",
        flush=True,
    )


def ask(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def liked(word: str, most: int | None) -> int:
    films, answers = Q(), Q()
    for part in word.split():
        films &= Q(title__contains=part) | Q(synopsis__contains=part)
        answers &= Q(question__contains=part) | Q(answer__contains=part)
    found = (Film.objects.published().filter(films), Exchange.objects.published().filter(answers))
    return sum(rows.order_by("-pk")[:most].count() for rows in found)


def one_edit(pk: int) -> None:
    with transaction.atomic():
        reindex(films=[pk])


def milliseconds(work: Callable[[], Any], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        began = CLOCK()
        work()
        times.append(CLOCK() - began)
    return statistics.median(times) * 1000


def disk() -> float:
    """Kilobytes of the database."""
    with connection.cursor() as cursor:
        sqlite = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
        cursor.execute(sqlite if connection.vendor == "sqlite" else "SELECT pg_database_size(current_database())")
        return float(cursor.fetchone()[0]) / 1024


if __name__ == "__main__":
    main()
