"""A site in a folder of its own, and children that do jobs in it; strace looks on or interferes."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

# What changes something on a disk. SQLite asks for pwrite64 and fsync, Python for the others.
WRITING = ("pwrite64", "write", "writev", "fsync", "fdatasync", "ftruncate", "rename", "renameat", "renameat2")
NAMING = ("unlink", "unlinkat", "mkdir", "mkdirat", "rmdir")
CALL = re.compile(r"(?P<name>\w+)\((?P<rest>.*)\)\s+= (?P<result>-?\d+)")


@dataclass(frozen=True)
class Done:
    """How a child ended: its exit code, or minus a signal's number; and what it said."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Point:
    """The Nth call of this name since the job began, and which file it was about."""

    call: str
    number: int
    about: str = ""

    def __str__(self) -> str:
        return f"{self.call} {self.number} ({self.about})"


class Site:
    """One folder; `reset` puts it back into a state that was kept."""

    def __init__(self, place: Path) -> None:
        self.place, self.folder = place, place / "data"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log = place / "strace.log"
        self.environment = {
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(self.folder),
            "SECRET_KEY": "faults only: fifty characters that sign nothing of value",
            "ALLOWED_HOSTS": "testserver,127.0.0.1",
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "LANG": "en_GB.UTF-8",
            "LOG_LEVEL": "ERROR",
            "PYTHONHASHSEED": "0",
            # How people sign in has tests of its own.
            "SECOND_FACTOR": "false",
        }
        self.nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        self.nursery.stdin.close()  # type: ignore[union-attr]
        self.nursery.wait(30)
        self.nursery.stdout.close()  # type: ignore[union-attr]

    def run(self, job: str, *arguments: Any, strace: Sequence[str] = ()) -> Done:
        """Have a child do a job."""
        out, err = self.place / "out", self.place / "err"
        order = {"job": job, "arguments": [str(word) for word in arguments], "out": str(out), "err": str(err)}
        self.nursery.stdin.write(json.dumps(order | {"strace": list(strace)}) + "\n")  # type: ignore[union-attr]
        self.nursery.stdin.flush()  # type: ignore[union-attr]
        code = int(self.nursery.stdout.readline())  # type: ignore[union-attr]
        if job == "warm":
            return Done(code, "", "")
        return Done(code, out.read_text(errors="replace"), err.read_text(errors="replace"))

    def must(self, job: str, *arguments: Any) -> str:
        """Have a job done that cannot fail here."""
        done = self.run(job, *arguments)
        assert done.code == 0, done.err + done.out
        return done.out

    def look(self) -> dict[str, Any]:
        seen = self.place / "seen.json"
        self.must("look", seen)
        found: dict[str, Any] = json.loads(seen.read_text())
        return found

    def keep(self, name: str) -> None:
        self.forget(name)
        shutil.copytree(self.folder, self.place / name)

    def reset(self, name: str) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self.place / name, self.folder)

    def forget(self, name: str) -> None:
        shutil.rmtree(self.place / name, ignore_errors=True)

    def lay_out(self, archive: Path) -> None:
        """Restore a backup into the folder that is kept as `laid`."""
        self.forget("laid")
        self.must("command", "restore", archive, "--into", self.place / "laid")

    def points(self, job: str, *arguments: Any) -> list[Point]:
        """Do the job undisturbed; gives every call by which it changed something in the folder."""
        calls = (*WRITING, *NAMING)
        done = self.run(
            job, *arguments, strace=["-f", "-y", "-s", "256", "-o", self.log.as_posix(), "-e", traced(calls)]
        )
        assert done.code == 0, done.err + done.out
        return self.read_points()

    def read_points(self) -> list[Point]:
        numbers: dict[str, int] = {}
        found = []
        for line in self.log.read_text(errors="replace").splitlines():
            if call := CALL.search(line):
                name = call["name"]
                numbers[name] = numbers.get(name, 0) + 1
                if about := re.search(re.escape(str(self.folder)) + r"/?([^>\"]*)", call["rest"]):
                    found.append(Point(name, numbers[name], about[1]))
        return found

    def kill_at(self, point: Point, job: str, *arguments: Any) -> Done:
        return self.inject(point, "signal=KILL", job, *arguments)

    def inject(self, point: Point, what: str, job: str, *arguments: Any, and_after: bool = False) -> Done:
        """Have a call go wrong (`error=ENOSPC`, `signal=KILL`), or that and every later one of its name."""
        when = f"{point.number}{'+' if and_after else ''}"
        words = ["-f", "-o", "/dev/null", "-e", traced([point.call]), "-e", f"inject={point.call}:{what}:when={when}"]
        return self.run(job, *arguments, strace=words)


def traced(calls: Sequence[str]) -> str:
    # Names that this processor does not have are no mistake.
    return "trace=" + ",".join(f"?{call}" for call in calls)


def spread(points: Sequence[Point], most: int) -> list[Point]:
    """So many of them, evenly from the first to the last; every sync and rename among them as far as there is room."""
    rare = evenly([point for point in points if point.call not in ("pwrite64", "write")], most // 2)
    plain = [point for point in points if point not in set(rare)]
    chosen = {*rare, *evenly(plain, most - len(rare))}
    return [point for point in points if point in chosen]


def evenly(points: Sequence[Point], most: int) -> list[Point]:
    """So many of them, the first and the last among them."""
    wanted = min(most, len(points))
    return [points[number * (len(points) - 1) // max(1, wanted - 1)] for number in range(wanted)]
