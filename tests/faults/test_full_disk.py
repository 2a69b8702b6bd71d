"""A full disk under a real server: reading goes on, writing is refused in words with the text kept, and it heals."""

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.faults.conftest import KNOWN, articles
from tests.faults.site import Site, traced
from tests.faults.test_clients import PAGES, Server, served, versions

MEGABYTES = 64
SYNOPSIS = "一段很长的简介，谁也不愿意再写一遍。"


@pytest.fixture
def small(tmp_path: Path) -> Iterator[tuple[Site, bool]]:
    """A site in a small file system of its own; where nobody may mount one, in an ordinary folder."""
    folder = tmp_path / "faults" / "data"
    folder.mkdir(parents=True)
    words = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m,mode=700", "tmpfs", str(folder)]
    is_mounted = subprocess.run(words, capture_output=True, check=False).returncode == 0
    try:
        with closing(Site(folder.parent)) as site:
            site.must("command", "migrate", "--verbosity", "0")
            site.must("make_editor")
            site.must("command", "import_seeds", articles(site, "before", KNOWN, 0))
            site.must("draft_all")
            site.must("publish")
            yield site, is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def full(site: Site, is_mounted: bool, server: Server) -> Iterator[None]:
    """No room is left. Where nothing could be mounted, strace has the server's writes refused as a full disk does."""
    if is_mounted:
        ballast = site.folder / "ballast"
        fill(ballast)
        yield
        ballast.unlink()
        return
    words = ["strace", "-f", "-o", "/dev/null", "-e", traced(["pwrite64", "fsync", "ftruncate"])]
    inject = ["-e", "inject=pwrite64,fsync,ftruncate:error=ENOSPC"]
    tracer = subprocess.Popen([*words, *inject, *(word for pid in pids(server) for word in ("-p", str(pid)))])
    time.sleep(2)
    yield
    tracer.terminate()
    tracer.wait(30)


def pids(server: Server) -> list[int]:
    found = subprocess.run(["pgrep", "--parent", str(server.process.pid)], capture_output=True, text=True, check=False)
    return [int(pid) for pid in found.stdout.split()]


def fill(path: Path) -> None:
    """Take every block that is left."""
    with path.open("wb", buffering=0) as file:
        for size in (1024 * 1024, 4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue


def refused(act: Callable[[], tuple[int, str]]) -> str:
    """Write until the file's own spare pages are used up and it is refused; gives the page that says so."""
    for _attempt in range(40):
        status, page = act()
        if status != 302:
            assert status == 503, page[:500]
            return page
    raise AssertionError("There was always room.")


def test_a_full_disk_under_a_server(small: tuple[Site, bool], record: Any) -> None:
    site, is_mounted = small
    [session] = json.loads(site.must("sessions", 1))
    film = int(next(iter(versions(site) or {"1": 0})))
    with served(site) as server:
        editor, visitor = server.person(session), server.person()
        assert editor.save(film, "有地方的时候", SYNOPSIS)[0] == 302
        with full(site, is_mounted, server):
            page = refused(lambda: editor.save(film, "没有地方的时候", SYNOPSIS * 400))
            assert "没有保存：" in page
            assert "没有地方的时候" in page
            assert SYNOPSIS * 400 in page
            assert [visitor.ask(path)[0] for path in PAGES] == [200] * len(PAGES)
            assert visitor.ask("/healthz")[0] == 200
            if is_mounted:
                assert visitor.ask("/readyz")[0] == 503
            assert editor.ask(f"/admin/films/film/{film}/change/")[0] == 200
        assert editor.save(film, "又有地方了", SYNOPSIS)[0] == 302
        assert visitor.ask("/readyz")[0] == 200
        log = server.log.read_text(errors="replace")
    assert site.look()["wrong"] == []
    assert site.look()["title"] == "又有地方了"
    record(
        f"a full disk ({'tmpfs' if is_mounted else 'strace'}) under a server: read, refused in words, healed; {len(log)} bytes of log"
    )


def test_commands_on_a_full_disk(small: tuple[Site, bool], record: Any) -> None:
    site, is_mounted = small
    if not is_mounted:
        return  # the same commands meet ENOSPC by strace in test_disk_errors
    incoming = articles(site, "incoming", KNOWN + 3, 2)
    before = site.look()
    fill(site.folder / "ballast")
    for words in (("import_seeds", incoming), ("backup", site.folder / "backups" / "one.tar.gz")):
        done = site.run("command", *words)
        assert done.code == 1, done
        assert "Traceback" not in done.err
        assert site.look()["wrong"] == []
    (site.folder / "ballast").unlink()
    site.must("command", "import_seeds", incoming)
    site.must("command", "backup", site.folder / "backups" / "one.tar.gz")
    assert site.look()["wrong"] == []
    assert site.look()["articles"] != before["articles"]
    assert os.listdir(site.folder / "backups") == ["one.tar.gz"]
    record("import and backup refused on a full tmpfs, and done when there was room again")
