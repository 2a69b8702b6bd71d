"""What serving costs: `python -m tests.bench serving [--films N] [--folder DIR] [--json FILE]`.

Pages from the cache against a bare WSGI application that sends the same bytes; pages made anew against ordinary
Django views of the same pages. One worker on one core, wrk on another; the rows of a round are measured one after the
other, and the medians of several rounds are compared.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.beds import (
    DJANGO,
    MANAGE,
    READY,
    ROOT,
    SLOW,
    Bed,
    Load,
    environment,
    granian,
    manage,
    missing_program,
    site_of,
)

OURS = "elysium.wsgi:application"
NAMES = {
    "film page": "film",
    "list": "films",
    "search": "search",
    "filter": "films, common tool",
    "JSON": "films as data",
}
Figures = dict[str, Any]


@dataclass
class Row:
    name: str
    bed: Bed
    path: str
    headers: dict[str, str]
    loads: list[Load]
    connections: int = READY

    def measure(self, seconds: int) -> None:
        self.loads.append(self.bed.load(self.path, seconds, self.headers, connections=self.connections))

    @property
    def per_second(self) -> float:
        return statistics.median(load.per_second for load in self.loads)

    def figures(self) -> Figures:
        latencies = {name: statistics.median(getattr(load, name) for load in self.loads) for name in ("p50", "p99")}
        own = statistics.median(load.per_processor_second for load in self.loads)
        return {"per_second": round(self.per_second, 1), "per_processor_second": round(own, 1), **latencies}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench serving", description=__doc__)
    parser.add_argument("--films", type=int, default=2000)
    parser.add_argument("--folder", type=Path, help="a DATA_DIR made before (default: made anew)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=4, help="of each measurement")
    parser.add_argument(
        "--clock",
        choices=["wall", "processor"],
        default="wall",
        help="processor: compare requests in a second of the workers' own time, for a machine that others use too",
    )
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args()
    if lacking := missing_program():
        sys.exit(lacking)
    with tempfile.TemporaryDirectory(prefix="elysium-bench-") as made:
        folder = options.folder or Path(made)
        result = measured(
            folder, site_of(folder, options.films), options.rounds, options.seconds, RATES[options.clock]
        )
    print(table(result))
    print(json.dumps(result, indent=1))
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


def measured(folder: Path, paths: dict[str, str], rounds: int, seconds: int, rate: str) -> Figures:
    with ExitStack() as running:
        rows = rows_of(running, folder, {name: paths[key] for name, key in NAMES.items()})
        for row in rows:
            row.bed.ask(row.path, "")
        for _round in range(rounds):
            for row in rows:
                row.measure(seconds)
        # The cached film page, the same made anew, and the ordinary one: their workers have had the same load.
        memory = {row.name: max(row.bed.memory()) for row in rows if row.name in MEMORY}
    found = {row.name: row.figures() for row in rows}
    scaling = two_workers(folder, paths["film"], rounds, seconds)
    start = start_up(folder, rounds)
    return {"version": 1, "load_before": os.getloadavg()[0], "rows": found, "memory_mb": memory} | {
        "two_workers": scaling,
        "check_seconds": start,
        "goals": goals(found, memory, scaling, start, rate),
    }


RATES = {"wall": "per_second", "processor": "per_processor_second"}
MEMORY = ("film page, cached, gzip", "film page, anew", "film page, ordinary view")


def rows_of(running: ExitStack, folder: Path, paths: dict[str, str]) -> list[Row]:
    cached = running.enter_context(granian(folder, OURS))
    anew = running.enter_context(granian(folder, *DJANGO))
    ordinary = running.enter_context(granian(folder, *DJANGO, DJANGO_SETTINGS_MODULE="tests.bench.ordinary_settings"))
    pages = folder / "pages.json"
    pages.write_text(
        json.dumps(
            [cached.ask(path, accepted) for path in paths.values() for accepted in ("", "identity", "gzip", "br")]
        )
    )
    bare = running.enter_context(granian(folder, "tests.bench.bare:application", BENCH_PAGES=str(pages)))
    film = paths["film page"]
    etag = cached.etag(film, "gzip")
    rows = [
        Row(
            f"film page, {name}, {accepted or 'identity'}",
            bed,
            film,
            {"Accept-Encoding": accepted} if accepted else {},
            [],
        )
        for accepted in ("gzip", "br", "")
        for name, bed in (("bare", bare), ("cached", cached))
    ]
    rows.append(Row("film page, 304", cached, film, {"Accept-Encoding": "gzip", "If-None-Match": etag}, []))
    rows += [
        Row(f"{name}, {kind}", bed, path, {}, [], SLOW)
        for name, path in paths.items()
        for kind, bed in (("anew", anew), ("ordinary view", ordinary))
        if kind == "anew" or name in {"film page", "list"}
    ]
    return rows + [
        Row(f"{name}, cached, gzip", cached, path, {"Accept-Encoding": "gzip"}, [])
        for name, path in paths.items()
        if name != "film page"
    ]


def two_workers(folder: Path, film: str, rounds: int, seconds: int) -> Figures:
    """Pages made anew by one worker and by two, load and servers sharing both cores."""
    found: dict[int, list[float]] = {1: [], 2: []}
    for _round in range(rounds):
        for workers in found:
            with granian(folder, *DJANGO, workers=workers, core="") as bed:
                bed.load(film, 1, {}, core="", connections=SLOW)
                found[workers].append(bed.load(film, seconds, {}, core="", connections=SLOW).per_second)
    return {str(workers): statistics.median(rates) for workers, rates in found.items()}


def start_up(folder: Path, rounds: int) -> Figures:
    """`check` of this project, of one that startproject makes, and of that with the packages of this one."""
    with ExitStack() as temporary:
        projects = {"ours": ([*MANAGE, "check"], environment(folder), ROOT)}
        for name, packages in (("bare", ""), ("packages", packages_of(folder))):
            made = Path(temporary.enter_context(tempfile.TemporaryDirectory(prefix="elysium-bench-")))
            subprocess.run([sys.executable, "-m", "django", "startproject", name, made], check=True)
            with (made / name / "settings.py").open("a") as settings:
                settings.write(packages)
            variables = {"DJANGO_SETTINGS_MODULE": f"{name}.settings", "PATH": os.environ["PATH"]}
            projects[name] = ([sys.executable, f"{made}/manage.py", "check"], variables, made)
        turns = [{name: processor(*how) for name, how in projects.items()} for _ in range(max(rounds, 3) * 2 + 1)]
    return {name: statistics.median(turn[name] for turn in turns) for name in projects}


def packages_of(folder: Path) -> str:
    """Settings that take in what this project takes in from others."""
    words = "import json; from django.conf import settings as s; print(json.dumps([s.INSTALLED_APPS, s.MIDDLEWARE]))"
    apps, layers = (
        [name for name in names if not name.startswith(("films.", "elysium."))]
        for names in json.loads(manage(folder, "shell", "--no-imports", "-c", words))
    )
    ways = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
    return f"""
INSTALLED_APPS += [name for name in {apps} if name not in INSTALLED_APPS]
MIDDLEWARE += [name for name in {layers} if name not in MIDDLEWARE]
AUTHENTICATION_BACKENDS = {ways}
"""


def processor(command: list[str], variables: dict[str, str], folder: Path) -> float:
    """Seconds of processor time, for loading is nothing else and others are at work on the machine."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=variables, cwd=folder, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def goals(rows: Figures, memory: Figures, scaling: Figures, start: Figures, rate_of: str) -> list[Figures]:
    def rate(name: str) -> float:
        return float(rows[name][rate_of])

    gzip, bare = "film page, cached, gzip", "film page, bare, gzip"
    listed: list[tuple[str, float, str, float]] = [
        ("cached gzip page : bare WSGI", rate(gzip) / rate(bare), "at least", 0.80),
        ("its p99 : that of bare WSGI", rows[gzip]["p99"] / rows[bare]["p99"], "at most", 2),
        ("304 : cached page", rate("film page, 304") / rate(gzip), "at least", 1),
        (
            "film page anew : ordinary view",
            rate("film page, anew") / rate("film page, ordinary view"),
            "at least",
            2.5,
        ),
        ("list anew : ordinary view", rate("list, anew") / rate("list, ordinary view"), "at least", 2),
        ("two workers : one", scaling["2"] / scaling["1"], "at least", 1.9),
        ("memory of a worker, cached : ordinary", memory[MEMORY[0]] / memory[MEMORY[2]], "at most", 1.2),
        ("memory of a worker, anew : ordinary", memory[MEMORY[1]] / memory[MEMORY[2]], "at most", 1.2),
        ("`check` : that of a bare project", start["ours"] / start["bare"], "at most", 1.3),
        ("`check` : the same with our packages", start["ours"] / start["packages"], "at most", 1.3),
    ]
    met: dict[str, Callable[[float, float], bool]] = {"at least": float.__ge__, "at most": float.__le__}
    return [
        {"name": name, "ratio": round(ratio, 2), "goal": f"{word} {goal}", "met": met[word](float(ratio), float(goal))}
        for name, ratio, word, goal in listed
    ]


def table(result: Figures) -> str:
    lines = [f"{'':<34}{'requests/s':>12}{'own s':>10}{'p50 ms':>10}{'p99 ms':>10}"]
    lines += [
        f"{name:<34}{row['per_second']:>12,.1f}{row['per_processor_second']:>10,.1f}{row['p50']:>10.2f}{row['p99']:>10.2f}"
        for name, row in result["rows"].items()
    ]
    lines += ["", *(f"memory, {name:<40}{mb:>8.0f} MB" for name, mb in result["memory_mb"].items()), ""]
    lines += [
        f"{goal['name']:<44}{goal['ratio']:>8}   goal {goal['goal']:<14}{'met' if goal['met'] else 'NOT met'}"
        for goal in result["goals"]
    ]
    return "\n".join(lines)
