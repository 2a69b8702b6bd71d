"""Sites for tests that start processes of their own: made once a run, then copied."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

CALL = "from django.core.management import call_command"
MIGRATED = ("'migrate', verbosity=0",)
# What is done to a migrated one.
FILLED = ("'import_seeds', verbosity=0", "'collectstatic', verbosity=0, interactive=False")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One worker at a time."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make(folder: Path, commands: Sequence[str], start: Path | None) -> None:
    """Run commands in one process on a site that has nothing but its folder, empty or as another one is."""
    folder.mkdir(mode=0o700)
    if start:
        shutil.copytree(start, folder, dirs_exist_ok=True)
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": "k" * 50, "DATA_DIR": str(folder)}
    words = "; ".join([CALL, *(f"call_command({command})" for command in commands)])
    shell = [sys.executable, "manage.py", "shell", "--no-imports", "--command", words]
    subprocess.run(shell, env=environment, cwd=settings.BASE_DIR, capture_output=True, check=True)


def pattern(factory: pytest.TempPathFactory, name: str, commands: Sequence[str], start: Path | None = None) -> Path:
    """The folder that copies are taken from; all workers of a run share it."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with alone(shared):
        if not (shared / name).exists():
            make(shared / f"{name}.making", commands, start)
            (shared / f"{name}.making").rename(shared / name)
    return shared / name


Copy = Callable[[Path], Path]


def copier(source: Path) -> Copy:
    """Copies a site into a folder, which may be there."""
    return lambda folder: Path(shutil.copytree(source, folder, dirs_exist_ok=True))
