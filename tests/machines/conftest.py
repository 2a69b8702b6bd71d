"""Two machines as far as one can be two: each has its own folder and processes, both one PostgreSQL and one Redis."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, OpenerDirector, build_opener

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(settings.BASE_DIR)
MANAGE = [sys.executable, str(ROOT / "manage.py")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Stay(HTTPRedirectHandler):
    """A redirect is an answer like another."""

    def redirect_request(self, *arguments: Any) -> None:
        return None


@dataclass
class Person:
    """A browser without a picture: it keeps its cookies."""

    site: str
    cookies: CookieJar = field(default_factory=CookieJar)

    def opener(self) -> OpenerDirector:
        return build_opener(HTTPCookieProcessor(self.cookies), Stay())

    def ask(self, path: str, data: dict[str, Any] | None = None) -> tuple[int, str]:
        """Status and text of an answer; a form is sent with the token it was given."""
        body = urlencode(data | {"csrfmiddlewaretoken": self.token()}, doseq=True).encode() if data else None
        try:
            with self.opener().open(self.site + path, body, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode(errors="replace")

    def ask_until(self, path: str, wanted: int, seconds: float = 15) -> bool:
        """Ask again until the answer has this status; a worker that is just starting takes no connections."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with suppress(URLError, OSError):
                if self.ask(path)[0] == wanted:
                    return True
            time.sleep(0.1)
        return False

    def token(self) -> str:
        return next((str(cookie.value) for cookie in self.cookies if cookie.name == "csrftoken"), "")

    def sign_in(self, name: str, password: str) -> None:
        self.ask("/admin/login/")
        status, _text = self.ask("/admin/login/?next=/admin/", {"username": name, "password": password})
        assert status == 302


@dataclass
class Machine:
    port: int
    process: subprocess.Popen[bytes]

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def workers(self) -> list[int]:
        found = subprocess.run(
            ["pgrep", "--parent", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        return [int(pid) for pid in found.stdout.split()]

    def kill_a_worker(self) -> None:
        os.kill(self.workers()[0], signal.SIGKILL)


def manage(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run([*MANAGE, *words], env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    folder, port = tmp_path_factory.mktemp("redis"), free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        yield f"redis://127.0.0.1:{port}/0", server
        server.terminate()


@pytest.fixture(scope="module")
def database(django_db_blocker: Any) -> Iterator[str]:
    """An empty database of the server that the tests use, on disk and for real."""
    name = f"elysium_machines_{os.getpid()}"
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
        place: Any = connection.settings_dict
        yield f"postgres://{place['USER']}:{place['PASSWORD']}@{place['HOST']}:{place['PORT']}/{name}"
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@dataclass
class Festival:
    """A site on two machines, and who may edit it."""

    machines: list[Machine]
    password: str
    redis: subprocess.Popen[bytes]

    def visitor(self, machine: int) -> Person:
        return Person(self.machines[machine].site)

    def editor(self, machine: int) -> Person:
        person = self.visitor(machine)
        person.sign_in("editor", self.password)
        return person


@pytest.fixture(scope="module")
def festival(
    database: str, redis: tuple[str, subprocess.Popen[bytes]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Festival]:
    folders = [tmp_path_factory.mktemp("machine") for _number in range(2)]
    shared = {"PATH": os.environ["PATH"], "SECRET_KEY": "k" * 50, "DATABASE_URL": database, "CACHE_URL": redis[0]}
    # Nobody holds a telephone here; tests/browser/test_sign_in.py does.
    shared["SECOND_FACTOR"] = "false"
    first, second = (shared | {"DATA_DIR": str(folder), "WEB_CONCURRENCY": "2"} for folder in folders)
    manage(first, "migrate", "--verbosity", "0")
    manage(first, "import_seeds", "--verbosity", "0")
    found = re.search(r"password (\S+)", manage(first, "create_editor"))
    assert found
    manage(first, "collectstatic", "--noinput", "--verbosity", "0")
    shutil.copytree(folders[0] / "static", folders[1] / "static")
    with ExitStack() as running:
        machines = [running.enter_context(served(place)) for place in (first, second)]
        yield Festival(machines, found[1], redis[1])


@contextmanager
def served(environment: dict[str, str]) -> Iterator[Machine]:
    """`manage.py serve` until the block ends."""
    port = free_port()
    process = subprocess.Popen([*MANAGE, "serve", str(port)], env=environment, cwd=ROOT)
    machine = Machine(port, process)
    try:
        wait_for(Person(machine.site))
        yield machine
    finally:
        process.terminate()
        process.wait(30)


def wait_for(person: Person) -> None:
    for _attempt in range(300):
        try:
            assert person.ask("/healthz")[0] == 200
            return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"{person.site} did not start")
