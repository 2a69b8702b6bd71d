"""`make bench`: what reading and importing cost, as ratios measured in one run; `serving` and `scale` are parts of their own."""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench import scale, serving
from tests.bench.measure import LONG

ROOT = Path(__file__).resolve().parent.parent.parent
SIZES = (200, 2000)
ROUNDS = 3
MEGABYTES_AN_ARTICLE = 1
AT_MOST_TIMES_BARE = 4
AT_LEAST_TIMES_AGAIN = 10
AT_LEAST_OF_BARE = 0.04
# Time or memory against exactly linear or exactly flat; one machine's rounds differ by as much.
AT_MOST_GROWTH = 1.25

NOTE = """\
The bare insert is sqlite3's executemany of the very rows that the import wrote, {rows:,.0f} of them at the first
size, into the same {tables:.0f} tables with their indexes: articles, editions, films, people, credits, talks, answers,
tools, works, the history's revisions and the search's documents with the triggers that fill its index. Left out: the one row that logs
the run. It is measured twice, in one transaction for all and in one for each article, each as durable as the
import's, which are one for each article; reading the rows that are inserted is not counted. Figures of the first size are medians of the rounds ({rounds}), each in a fresh
process with a fresh database; in each round the ways are measured one after another and their ratio is taken.
Seconds are {clock} time.
"""

Line = tuple[str, str, str]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench import", description=__doc__)
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=SIZES, help="20000 takes 20 GB in TMPDIR and half an hour at least"
    )
    parser.add_argument("--rounds", type=int, help=f"how often the first size is measured; {ROUNDS}, 1 from {LONG:,}")
    parser.add_argument(
        "--clock",
        choices=["wall", "processor"],
        default="wall",
        help="processor: this process's own seconds, for a machine that others use too (waiting for the disk is left out)",
    )
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args()
    first, *others = options.sizes
    rounds = options.rounds or (1 if first >= LONG else ROUNDS)
    results = [median_of([with_ratios(measure(first, options.clock)) for _ in range(rounds)])]
    results += [with_ratios(measure(size, options.clock)) for size in others]
    print(NOTE.format(rounds=rounds, clock=options.clock, **results[0]))
    print(table(results))
    if len(results) > 1:
        print(growth(results[0], results[-1]))
    text = json.dumps({"version": 2, "rounds": rounds, "clock": options.clock, "results": results}, indent=1)
    print(text)
    if options.json:
        options.json.write_text(text + "\n", "utf-8")


PARTS = {"import": main, "serving": serving.main, "scale": scale.main}


def median_of(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {name: statistics.median(figures[name] for figures in rounds) for name in rounds[0]}


def measure(size: int, clock: str) -> dict[str, float]:
    """Measure one size in a fresh process with a fresh database, so that sizes do not disturb each other."""
    refuse_a_full_disk(size)
    with tempfile.TemporaryDirectory(prefix="elysium-bench-") as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "elysium.settings",
            "DEBUG": "",
            "SECRET_KEY": "measuring only: fifty characters that sign nothing of value at all",
            "DATA_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "BENCH_CLOCK": clock,
        }
        return run("import", size, environment) | run("bare", size, environment)


def run(part: str, size: int, environment: dict[str, str]) -> dict[str, float]:
    """A process for each part: what it says of its memory is its own."""
    command = [sys.executable, "-m", "tests.bench.measure", part, str(size)]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def refuse_a_full_disk(size: int) -> None:
    """A copy in one transaction stands in its log, then in its file too."""
    needed, free = size * MEGABYTES_AN_ARTICLE / 1000, shutil.disk_usage(tempfile.gettempdir()).free / 1000**3
    print(f"{size:,} articles: {needed:.1f} GB needed in {tempfile.gettempdir()}, {free:.1f} free", file=sys.stderr)
    if needed > free:
        sys.exit("Set TMPDIR to a folder on a larger disk, or ask for fewer articles with --sizes.")


def with_ratios(figures: dict[str, float]) -> dict[str, float]:
    writing = figures["import"] - figures["reading"]
    count = figures["articles"]
    return figures | {
        "read_per_second": figures["read_articles"] / figures["read"],
        "imported_per_second": count / figures["import"],
        "unchanged_per_second": count / figures["again"],
        "writing_to_bare": writing / figures["bare_with_index"],
        "writing_to_bare_by_article": writing / figures["bare_with_index_by_article"],
        "writing_without_index_to_bare": (writing - figures["index"]) / figures["bare"],
        "writing_without_index_to_bare_by_article": (writing - figures["index"]) / figures["bare_by_article"],
        "bare_to_import": figures["bare_with_index"] / figures["import"],
        "first_to_unchanged": figures["import"] / figures["again"],
    }


FIGURES: list[Line] = [
    ("articles (5 films, 15 exchanges each)", "articles", ",.0f"),
    ("rows written", "rows", ",.0f"),
    ("read, articles a second", "read_per_second", ",.0f"),
    ("imported, articles a second", "imported_per_second", ",.0f"),
    ("imported again unchanged, articles a second", "unchanged_per_second", ",.0f"),
    ("memory grown by importing, MiB", "import_memory_growth_mb", ",.1f"),
    ("memory of the importing process at most, MiB", "memory_mb", ",.1f"),
    ("memory of the bare insert's process at most, MiB", "bare_memory_mb", ",.1f"),
]
TO_BARE: list[Line] = [
    ("  bare insert of all rows in one transaction", "writing_to_bare", ".2f"),
    ("  bare insert of all rows, one transaction an article", "writing_to_bare_by_article", ".2f"),
    ("  without search rows on either side, one transaction", "writing_without_index_to_bare", ".2f"),
    ("  without search rows, one transaction an article", "writing_without_index_to_bare_by_article", ".2f"),
]
WHOLE: Line = ("bare insert : import, reading and all", "bare_to_import", ".3f")
AGAIN: Line = ("first import : unchanged import", "first_to_unchanged", ".1f")


def table(results: list[dict[str, float]]) -> str:
    lines = [row(line, results) for line in FIGURES]
    lines.append(row(WHOLE, results, at_least=AT_LEAST_OF_BARE))
    lines.append(row(AGAIN, results, at_least=AT_LEAST_TIMES_AGAIN))
    lines.append(f"import less reading, against (goal at most {AT_MOST_TIMES_BARE}):")
    return "\n".join([*lines, *(row(line, results, at_most=AT_MOST_TIMES_BARE) for line in TO_BARE)])


def row(
    line: Line, results: list[dict[str, float]], at_most: float | None = None, at_least: float | None = None
) -> str:
    """A figure of each size; with a goal, whether it is met."""
    name, key, form = line
    told = f"{name} (goal at least {at_least})" if at_least else name
    cells = (format(result[key], form) + verdict(result[key], at_most, at_least) for result in results)
    return f"{told:<56}" + "".join(f"{cell:>18}" for cell in cells)


def verdict(value: float, at_most: float | None = None, at_least: float | None = None) -> str:
    if at_most is None and at_least is None:
        return ""
    is_met = (at_most is None or value <= at_most) and (at_least is None or value >= at_least)
    return " met" if is_met else " NOT met"


def growth(small: dict[str, float], large: dict[str, float]) -> str:
    """1.00 is exactly linear time, or memory that stays as it is."""
    times = large["articles"] / small["articles"]
    found = {"read": small["read_per_second"] / large["read_per_second"]}
    found |= {name: large[name] / small[name] / times for name in ("import", "again")}
    found["memory"] = large["memory_mb"] / small["memory_mb"]
    told = ", ".join(f"{name} {value:.2f}{verdict(value, AT_MOST_GROWTH)}" for name, value in found.items())
    return (
        f"{times:.0f} times the articles, 1.00 is linear time and flat memory (goal at most {AT_MOST_GROWTH}): {told}"
    )


if __name__ == "__main__":
    part = sys.argv.pop(1) if sys.argv[1:] and sys.argv[1] in PARTS else "import"
    PARTS[part]()
