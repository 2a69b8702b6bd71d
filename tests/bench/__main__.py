"""`make bench`: what reading and importing cost, as ratios measured in one run."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SIZES = (200, 2000)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args()
    results = [with_ratios(measure(size)) for size in options.sizes]
    print(table(results))
    if len(results) > 1:
        print(growth(results[0], results[-1]))
    text = json.dumps({"version": 1, "results": results}, indent=1)
    print(text)
    if options.json:
        options.json.write_text(text + "\n", "utf-8")


def measure(size: int) -> dict[str, float]:
    """Measure one size in a fresh process with a fresh database, so that sizes do not disturb each other."""
    with tempfile.TemporaryDirectory(prefix="elysium-bench-") as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "elysium.settings",
            "DEBUG": "",
            "SECRET_KEY": "measuring only: fifty characters that sign nothing of value at all",
            "DATA_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        }
        command = [sys.executable, "-m", "tests.bench.measure", str(size)]
        done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def with_ratios(figures: dict[str, float]) -> dict[str, float]:
    writing = figures["import"] - figures["reading"]
    count = figures["articles"]
    return figures | {
        "read_per_second": count / figures["read"],
        "imported_per_second": count / figures["import"],
        "unchanged_per_second": count / figures["again"],
        "writing_to_bare": writing / figures["bare_with_index"],
        "writing_to_bare_by_article": writing / figures["bare_with_index_by_article"],
        "writing_without_index_to_bare_by_article": (writing - figures["index"]) / figures["bare_by_article"],
        "first_to_unchanged": figures["import"] / figures["again"],
    }


def table(results: list[dict[str, float]]) -> str:
    lines = [
        ("articles (5 films, 15 exchanges each)", "articles", ",.0f"),
        ("rows written", "rows", ",.0f"),
        ("read, articles a second", "read_per_second", ",.0f"),
        ("imported, articles a second", "imported_per_second", ",.0f"),
        ("imported again unchanged, articles a second", "unchanged_per_second", ",.0f"),
        ("first import : unchanged import (goal >= 5)", "first_to_unchanged", ".1f"),
        (
            "import less reading : bare insert of all rows, a transaction each (goal <= 4)",
            "writing_to_bare_by_article",
            ".2f",
        ),
        ("  both without the search's rows", "writing_without_index_to_bare_by_article", ".2f"),
        ("import less reading : bare insert of all rows, one transaction", "writing_to_bare", ".2f"),
        ("memory grown by importing, MiB", "import_memory_growth_mb", ",.1f"),
        ("memory at most, MiB", "memory_mb", ",.1f"),
    ]
    width = max(len(name) for name, _key, _form in lines)
    return "\n".join(
        f"{name:<{width}}" + "".join(f"{format(result[key], form):>12}" for result in results)
        for name, key, form in lines
    )


def growth(small: dict[str, float], large: dict[str, float]) -> str:
    """1.00 is exactly linear."""
    times = large["articles"] / small["articles"]
    told = ", ".join(f"{name} {large[name] / small[name] / times:.2f}" for name in ("read", "import", "again"))
    return f"\ntime for {times:.0f} times the articles, against {times:.0f} times the time (1.00 is linear): {told}"


if __name__ == "__main__":
    main()
