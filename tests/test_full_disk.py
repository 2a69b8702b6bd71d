"""A real disk, small and filled up, under the real server: reading goes on, writing is refused in words, and heals."""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import disk_usage
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connections

from elysium import anchor
from tests.machines.conftest import Machine, Person, manage, served
from tests.sites import Copy

pytestmark = pytest.mark.sqlite
MEGABYTES = 96
# Somebody who may write and needs no second factor.
WRITER = (
    "from django.contrib.auth.models import Group; from films.choices import Role; from films.models import User;"
    "User.objects.create_user('writer', password='{}', is_staff=True)"
    ".groups.add(Group.objects.get(name=Role.EDITORS.value))"
)
PASSWORD = "correct horse battery staple"


def mount(*words: str) -> bool:
    return subprocess.run([*words], capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def disk() -> Iterator[Path]:
    """A disk of its own in memory."""
    with tempfile.TemporaryDirectory(prefix="elysium-disk-") as folder:
        if not mount("mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m,mode=700", "elysium", folder):
            pytest.skip("needs the right to mount a disk of memory; run it as root")
        yield Path(folder)
        assert mount("umount", "--lazy", folder)


@pytest.fixture(scope="module")
def environment(disk: Path, filled_site: Copy) -> dict[str, str]:
    filled_site(disk)
    found = {"PATH": os.environ["PATH"], "SECRET_KEY": "k" * 50, "DATA_DIR": str(disk), "WEB_CONCURRENCY": "1"}
    manage(found, "shell", "--no-imports", "--command", WRITER.format(PASSWORD))
    return found


@pytest.fixture(scope="module")
def machine(environment: dict[str, str]) -> Iterator[Machine]:
    with served(environment) as machine:
        yield machine


@contextmanager
def filled_up(disk: Path) -> Iterator[None]:
    """Until nothing fits any more."""
    path = disk / "filling"
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"x" * 4096):
            pass
    assert disk_usage(disk).free == 0
    yield
    path.unlink()


def ready(person: Person) -> tuple[int, dict[str, Any]]:
    status, text = person.ask("/readyz")
    return status, json.loads(text)


def theme(number: int) -> dict[str, str]:
    return {"name": f"主题{number} <&>", "name_en": "", "slug": f"t{number}"}


def test_reading_goes_on_writing_is_given_back_and_heals(machine: Machine, disk: Path) -> None:
    editor, visitor = Person(machine.site), Person(machine.site)
    editor.sign_in("writer", PASSWORD)
    assert ready(visitor)[0] == 200
    assert visitor.ask("/films/")[0] == 200
    before = set(machine.workers())
    with filled_up(disk):
        assert visitor.ask_until("/readyz", 503)
        _status, said = ready(visitor)
        assert said["parts"]["disk"] == "failed"
        assert str(disk) not in json.dumps(said)
        pages = ("/films/", "/films/?runtime=0-3", "/search/?q=never", "/interviews/", "/api/v1/films/", "/healthz")
        assert [visitor.ask(page)[0] for page in pages] == [200] * len(pages)
        desk = ("/admin/", "/admin/films/film/", "/admin/films/theme/", "/admin/films/theme/add/", "/admin/board/")
        assert [editor.ask(page)[0] for page in desk] == [200] * len(desk)
        status, page = editor.ask("/admin/films/theme/add/", theme(1))
        assert status == 503
        assert "服务器的磁盘满了" in page
        assert 'value="主题1 &lt;&amp;&gt;"' in page
        # A stranger cannot sign in, and is told so.
        stranger = Person(machine.site)
        stranger.ask("/admin/login/")
        names = {"username": "writer", "password": PASSWORD}
        status, page = stranger.ask("/admin/login/", names)
        assert (status, "请稍后再试" in page) == (503, True)
        # A worker that dies now is replaced by one that reads.
        machine.kill_a_worker()
        assert visitor.ask_until("/interviews/", 200)
        assert editor.ask("/admin/films/film/")[0] == 200
        assert set(machine.workers()).isdisjoint(before)
    assert editor.ask("/admin/films/theme/add/", theme(1))[0] == 302
    assert "主题1 &lt;&amp;&gt;" in editor.ask("/admin/films/theme/")[1]
    assert editor.ask_until("/readyz", 200)


def test_a_process_keeps_the_files_that_readers_need(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any
) -> None:
    """The last connection that closes takes them along, and a full disk has no room for new ones."""
    monkeypatch.setitem(connections.settings[DEFAULT_DB_ALIAS], "NAME", str(tmp_path / "db"))
    with django_db_blocker.unblock():
        anchor.hold()
        one: Any = connections.create_connection(DEFAULT_DB_ALIAS)
        with one.cursor() as cursor:
            cursor.execute("CREATE TABLE a (b)")
        one.close()
        assert (tmp_path / "db-shm").exists()
        anchor.HELD.pop().close()
        assert not (tmp_path / "db-shm").exists()


def test_a_database_that_cannot_be_opened_is_named_and_stops_no_reader_of_kept_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(connections.settings[DEFAULT_DB_ALIAS], "NAME", str(tmp_path / "missing" / "db"))
    with django_db_blocker.unblock():
        anchor.hold()
    assert anchor.HELD == []
    assert "is its disk full" in caplog.text
