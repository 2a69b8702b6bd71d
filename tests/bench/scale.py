"""What a page costs the database at two sizes: `python -m tests.bench scale [FOLDER FOLDER] [--json FILE]`.

Each folder is the DATA_DIR of a site that `manage.py generate_films` made, the small one first; it is only read.
Without folders two are made and taken away again, of 2,000 and 20,000 films (some five minutes).
Every statement of a page is run again alone, several times; its time is the median, read to the last row.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.beds import site_of

ROOT = Path(__file__).resolve().parent.parent.parent
ROUNDS = 5
MOST_MS = 10
MOST_GROWTH = 3
# Below this, three times as much is noise.
FLOOR_MS = 0.5

SIZES = (2_000, 20_000)
CLOCKS = {"wall": time.perf_counter, "processor": time.process_time}
now = CLOCKS["wall"]

Figures = dict[str, Any]
Statement = tuple[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scale", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--films", type=int, nargs=2, default=SIZES, help="how many, where no folders are given")
    parser.add_argument(
        "--clock",
        choices=["wall", "processor"],
        default="wall",
        help="processor: this process's own seconds, for a machine that others use too (SQLite only)",
    )
    parser.add_argument("--only", default="", help="measure the pages whose name begins so")
    parser.add_argument("--slowest", action="store_true", help="show the slowest statement of each page")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        print(json.dumps(measure(options.only, options.clock)))
        return
    with tempfile.TemporaryDirectory(prefix="elysium-bench-") as made:
        folders = options.folders or [site_in(Path(made) / str(number), number) for number in options.films]
        sizes = [in_folder(folder, options.only, options.clock) for folder in folders]
    print(table(sizes, with_slowest=options.slowest))
    if options.json:
        options.json.write_text(
            json.dumps({"version": 1, "sizes": sizes}, ensure_ascii=False, indent=1) + "\n", "utf-8"
        )


def site_in(folder: Path, films: int) -> Path:
    """A new site of so many films."""
    folder.mkdir()
    site_of(folder, films)
    return folder


def in_folder(folder: Path, only: str, clock: str) -> Figures:
    """Measure in a process of its own, whose settings read that folder's database."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DEBUG": "",
        "DATA_DIR": str(folder),
    }
    command = [sys.executable, "-m", "tests.bench.scale", "--here", f"--only={only}", f"--clock={clock}", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    figures: Figures = json.loads(done.stdout)
    return figures


def measure(only: str, clock: str) -> Figures:
    import django

    global now
    now = CLOCKS[clock]

    django.setup()
    from django.test import Client

    from films.models import Film
    from tests.bench.requests import paths

    client = Client(headers={"host": "localhost"})
    chosen = {name: path for name, path in paths().items() if name.startswith(only)}
    return {"films": Film.objects.count(), "pages": {name: page(client, path) for name, path in chosen.items()}}


def page(client: Any, path: str) -> Figures:
    """One page: its queries and their time, its own time, its bytes."""
    statements: list[Statement] = []
    first = client.get(path)
    response = captured(lambda: client.get(path), statements)
    times = {sql: once(sql, params) for sql, params in statements}
    slowest = max(times, key=lambda sql: times[sql], default="")
    return {
        "path": path,
        "status": first.status_code,
        "queries": len(statements),
        "sql_ms": sum(times[sql] for sql, _params in statements),
        "page_ms": timed(lambda: client.get(path)),
        "bytes": len(getattr(response, "content", b"")),
        "slowest": slowest,
    }


def captured(act: Callable[[], Any], statements: list[Statement]) -> Any:
    from django.db import connection

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        return act()


def once(sql: str, params: Any) -> float:
    from django.db import connection

    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            cursor.fetchall()

    return timed(run)


def timed(act: Callable[[], Any]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = now()
        act()
        times.append((now() - began) * 1000)
        if sum(times) > 3000:
            break
    return statistics.median(times)


def table(sizes: list[Figures], *, with_slowest: bool = False) -> str:
    small, large = sizes[0], sizes[-1]
    lines = [f"{'':34}{small['films']:>18,} films{large['films']:>22,} films", HEADING]
    for name, figures in large["pages"].items():
        lines.append(row(name, small["pages"][name], figures))
        if with_slowest and figures["sql_ms"] > MOST_MS:
            lines.append(f"    {figures['slowest'][:1500]}")
    return "\n".join(lines)


HEADING = (
    f"{'':34}{'queries':>8}{'SQL ms':>9}{'page ms':>9}{'queries':>10}{'SQL ms':>9}{'page ms':>9}{'KB':>7}  growth"
)


def row(name: str, small: Figures, large: Figures) -> str:
    growth = large["sql_ms"] / max(small["sql_ms"], FLOOR_MS)
    is_met = large["sql_ms"] <= MOST_MS and growth <= MOST_GROWTH
    told = f"{large['queries']:>10}{large['sql_ms']:>9.2f}{large['page_ms']:>9.1f}{large['bytes'] / 1000:>7.0f}"
    verdict = "" if is_met else " NOT met"
    status = "" if large["status"] == 200 else f" {large['status']}"
    return f"{name:<34}{small['queries']:>8}{small['sql_ms']:>9.2f}{small['page_ms']:>9.1f}{told}{growth:>8.1f}{verdict}{status}"


if __name__ == "__main__":
    main()
