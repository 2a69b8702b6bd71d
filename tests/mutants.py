"""Which of mutmut's mutants live: `python -m tests.mutants films/reading 150 7 tests/reading`, asked by `make mutants`.

In a copy of what is committed, the mutants of a module or folder stand beside the originals. One pytest process runs
the tests and notes which functions each reaches; for every mutant of a sample (150 of them, chosen by the seed 7) it
forks: the child runs the tests that reach it, the cheapest first, until one fails or BUDGET seconds of them are over.
Mutants of what runs while modules load are told as “loaded before”: these want a process of their own.
"""

import gc
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from mutmut.mutation import trampoline
from mutmut.mutation.file_mutation import mutate_file_contents

CHOSEN = Path("mutants.json")
BUDGET = float(os.environ.get("BUDGET", "30"))
reached: set[str] = set()
trampoline.record_trampoline_hit = lambda name, caller=None: reached.add(name)


def plant(where: Path) -> list[str]:
    """Write all mutants into the files, each of them asleep; returns their names."""
    names = []
    for path in sorted(where.rglob("*.py")) if where.is_dir() else [where]:
        made = mutate_file_contents(str(path), path.read_text())
        path.write_text(made.code)
        module = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        names += [f"{module}.{name}" for name in made.mutant_names]
    return names


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: Any) -> bool:
    loaded, reach, cost = set(reached), {}, {}
    for item, following in zip(session.items, [*session.items[1:], session], strict=True):
        reached.clear()
        start = time.process_time()
        passed = not any(report.failed for report in runtestprotocol(item, log=False, nextitem=following))
        cost[item] = time.process_time() - start
        for function in reached if passed else ():
            reach.setdefault(function, []).append(item)
    tally: dict[str, int] = {}
    for name in json.loads(CHOSEN.read_text()):
        function = name.rpartition("__mutmut_")[0]
        outcome = judged(session, name, sorted(reach.get(function, []), key=cost.__getitem__), cost)
        outcome = "loaded before" if outcome != "killed" and function in loaded else outcome
        tally[outcome] = tally.get(outcome, 0) + 1
        print(outcome, name, flush=True)
    print(tally, flush=True)
    return True


def judged(session: Any, name: str, items: list[Any], cost: dict[Any, float]) -> str:
    for kept in gc.get_objects():
        if type(kept) is _lru_cache_wrapper and str(kept.__module__).startswith("films"):
            kept.cache_clear()
    if not (child := os.fork()):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        trampoline.set_mutant_under_test(name)
        os._exit(not lives(session, items, cost))
    return "killed" if os.waitpid(child, 0)[1] else "lives" if items else "no test"


def lives(session: Any, items: list[Any], cost: dict[Any, float]) -> bool:
    signal.signal(signal.SIGPROF, signal.SIG_DFL)  # ends what runs for ever
    spent = 0.0
    for item, following in zip(items, [*items[1:], session], strict=bool(items)):
        signal.setitimer(signal.ITIMER_PROF, 10 + 8 * cost[item])
        if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
            return False
        if (spent := spent + cost[item]) > BUDGET:
            break
    return True


def main(where: str, number: str, seed: str, *tests: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        copy = subprocess.run(["git", "archive", "HEAD"], check=True, stdout=subprocess.PIPE).stdout
        subprocess.run(["tar", "-x", "-C", folder], input=copy, check=True)
        os.chdir(folder)
        Path("setup.cfg").write_text("[mutmut]\nsource_paths=films\n")
        names = sorted(plant(Path(where)))
        chosen = random.Random(int(seed)).sample(names, min(int(number), len(names)))
        CHOSEN.write_text(json.dumps(chosen))
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-n0",
            "-s",
            "-p",
            "no:cacheprovider",
            "-p",
            "tests.mutants",
            *tests,
        ]
        return subprocess.run(command, env={**os.environ, "MUTANT_UNDER_TEST": "stats"}).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
