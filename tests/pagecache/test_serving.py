"""The real server: two workers on one SQLite, another process that edits, a worker that is killed."""

import os
import re
import shlex
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from django.conf import settings

from tests.machines.conftest import Machine, Person, free_port, manage, served, wait_for
from tests.pagecache.asking import Reply
from tests.sites import Copy

pytestmark = pytest.mark.sqlite
ROOT = Path(settings.BASE_DIR)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, filled_site: Copy) -> dict[str, str]:
    folder = filled_site(tmp_path_factory.mktemp("served"))
    return {"PATH": os.environ["PATH"], "SECRET_KEY": "k" * 50, "DATA_DIR": str(folder), "WEB_CONCURRENCY": "2"}


@pytest.fixture(scope="module")
def machine(environment: dict[str, str]) -> Iterator[Machine]:
    with served(environment) as machine:
        yield machine
        machine.process.terminate()
        assert machine.process.wait(20) == 0


def get(port: int, path: str, method: str = "GET", **headers: str) -> Reply:
    """Ask over a new connection, which any worker may take."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    reply = Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    connection.close()
    return reply


def edit(environment: dict[str, str], words: str) -> None:
    manage(environment, "shell", "--verbosity", "0", "--command", words)


def test_an_edit_in_another_process_is_seen_by_every_worker(machine, environment):
    assert len(machine.workers()) == 2
    for name in ("First seen", "Then seen"):
        edit(environment, f"from films.models import Film; Film.objects.update(title_en='{name}')")
        # The other process took longer to end than a worker may take to look.
        pages = [get(machine.port, "/en/films/", Accept_Encoding="br").text for _time in range(20)]
        assert all(name in page for page in pages)


def test_pages_over_the_wire(machine):
    page = get(machine.port, "/films/", Accept_Encoding="gzip, br")
    assert (page["Content-Encoding"], page["Vary"]) == ("br", "Accept-Encoding")
    assert "<h1" in page.text
    for method in ("GET", "HEAD"):
        again = get(machine.port, "/films/", method, Accept_Encoding="br", If_None_Match=page["ETag"])
        assert (again.status, again.body, again["ETag"]) == (304, b"", page["ETag"])
    head = get(machine.port, "/films/", "HEAD", Accept_Encoding="br")
    assert (head.status, head.body, head["Content-Length"]) == (200, b"", str(len(page.body)))
    assert get(machine.port, "/films/", "DELETE").status in {403, 405}


def test_files_are_packed_named_by_content_and_kept_for_good(machine):
    page = get(machine.port, "/").text
    [address] = re.findall(r'href="(/static/films/css/site\.[0-9a-f]{12}\.css)"', page)
    for encoding in ("br", "gzip"):
        style = get(machine.port, address, Accept_Encoding=encoding)
        assert (style["Content-Encoding"], style["Vary"]) == (encoding, "Accept-Encoding")
        assert "immutable" in style["Cache-Control"]
        assert "{" in style.text


def test_a_worker_killed_under_load_is_replaced_and_nothing_wrong_is_answered(machine):
    answers: list[int] = []
    broken: list[Exception] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                answers.append(get(machine.port, "/films/").status)
            except (OSError, HTTPException) as error:  # what was under way on the worker that died
                broken.append(error)

    readers = [threading.Thread(target=read) for _number in range(4)]
    for reader in readers:
        reader.start()
    before = set(machine.workers())
    time.sleep(0.5)
    machine.kill_a_worker()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and (len(machine.workers()) < 2 or set(machine.workers()) == before):
        time.sleep(0.1)
    time.sleep(1)
    stop.set()
    for reader in readers:
        reader.join()
    assert len(machine.workers()) == 2
    assert set(answers) == {200}
    assert len(answers) > 20
    assert len(broken) <= 20


def test_ctrl_c_stops_it(environment):
    with served(environment) as machine:
        machine.process.send_signal(signal.SIGINT)
        assert machine.process.wait(20) == 0
        with pytest.raises(ConnectionError):
            get(machine.port, "/")


def test_the_documented_fallback_starts(environment):
    text = (ROOT / "docs" / "serving.md").read_text("utf-8")
    [command] = re.findall(r"python (-m gunicorn .+)", text)
    port = free_port()
    words = shlex.split(command.replace("127.0.0.1:8000", f"127.0.0.1:{port}"))
    with subprocess.Popen([sys.executable, *words], env=environment, cwd=ROOT, stderr=subprocess.DEVNULL) as gunicorn:
        wait_for(Person(f"http://127.0.0.1:{port}"))
        for _time in range(2):
            assert get(port, "/films/", Accept_Encoding="br")["Content-Encoding"] == "br"
        gunicorn.terminate()
        assert gunicorn.wait(20) == 0


def test_debug_serves_pages_as_they_are_now(environment):
    """Who edits templates sees what was edited; around Django there is only what knows a whole form from a part of it."""
    words = "from elysium.wsgi import application; print(application.__qualname__)"
    done = subprocess.run(
        [sys.executable, "-c", words],
        env=environment | {"DEBUG": "true"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "whole_bodies.<locals>.answer\n"
