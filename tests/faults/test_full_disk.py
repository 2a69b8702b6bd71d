"""A full disk under a real server: reading goes on, writing is refused in words with the text kept, and it heals."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.faults.conftest import KNOWN, articles
from tests.faults.site import Site
from tests.faults.test_clients import PAGES, Person, served

MEGABYTES = 64
SYNOPSIS = "一段很长的简介，谁也不愿意再写一遍。"


@pytest.fixture
def small(site: Site, tmp_path: Path) -> Iterator[Site]:
    """The filled site in a small file system of its own."""
    folder = tmp_path / "small" / "data"
    folder.mkdir(parents=True)
    words = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m,mode=700", "tmpfs", str(folder)]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a disk of memory; run it as root")
    try:
        shutil.copytree(site.place / "filled", folder, dirs_exist_ok=True)
        with closing(Site(folder.parent)) as made:
            yield made
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def full(site: Site) -> Iterator[None]:
    """No room is left."""
    ballast = site.folder / "ballast"
    fill(ballast)
    yield
    ballast.unlink()


def fill(path: Path) -> None:
    """Take every block that is left."""
    with path.open("wb", buffering=0) as file:
        for size in (1024 * 1024, 4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue


def refused(act: Callable[[int], tuple[int, str]]) -> str:
    """Write until the file's own spare pages are used up and it is refused; gives the page that says so."""
    for attempt in range(40):
        status, page = act(attempt)
        if status != 302:
            assert status == 503, page[:500]
            return page
    raise AssertionError("There was always room.")


def until_ready(visitor: Person) -> None:
    """A worker gives the same answer for a second; which of them is asked is chance."""
    deadline = time.monotonic() + 60
    while visitor.ask("/readyz")[0] != 200:
        assert time.monotonic() < deadline, "It did not heal."
        time.sleep(0.2)


def test_a_full_disk_under_a_server(small: Site, record: Any) -> None:
    [session] = json.loads(small.must("sessions", 1))
    film = small.look()["film"]
    with served(small) as server:
        editor, visitor = server.person(session), server.person()
        assert editor.save(film, "有地方的时候", SYNOPSIS)[0] == 302
        with full(small):
            page = refused(lambda attempt: editor.save(film, f"没有地方的第{attempt}次", SYNOPSIS * 400))
            assert "没有保存：" in page
            assert "没有地方的第" in page
            assert SYNOPSIS * 400 in page
            assert [visitor.ask(path)[0] for path in PAGES] == [200] * len(PAGES)
            assert visitor.ask("/healthz")[0] == 200
            assert visitor.ask("/readyz")[0] == 503
            assert editor.ask(f"/admin/films/film/{film}/change/")[0] == 200
        assert editor.save(film, "又有地方了", SYNOPSIS)[0] == 302
        until_ready(visitor)
    assert small.look()["wrong"] == []
    assert small.look()["title"] == "又有地方了"
    record(f"a full tmpfs of {MEGABYTES} MB under a server: {len(PAGES)} pages read, a save refused in words, healed")


def test_commands_on_a_full_disk(small: Site, record: Any) -> None:
    incoming = articles(small, "incoming", KNOWN + 3, 2)
    before = small.look()
    with full(small):
        for words in (("import_seeds", incoming), ("backup", small.folder / "backups" / "one.tar.gz")):
            done = small.run("command", *words)
            assert done.code == 1, done
            assert "Traceback" not in done.err
            assert small.look()["wrong"] == []
    small.must("command", "import_seeds", incoming)
    small.must("command", "backup", small.folder / "backups" / "one.tar.gz")
    assert small.look()["wrong"] == []
    assert small.look()["articles"] != before["articles"]
    assert os.listdir(small.folder / "backups") == ["one.tar.gz"]
    record("import and backup refused on a full tmpfs, and done when there was room again")
