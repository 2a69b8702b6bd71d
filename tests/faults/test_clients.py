"""Forty people at a real server, half of them writing, while backups are made; then the disk fills up."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from tests.faults.site import Site

SECONDS = 30.0
# For a machine that has much else to do; nothing is shown by being quick.
PATIENCE = 300.0
READERS = WRITERS = 20
BACKUPS = 20
PAGES = (
    "/",
    "/films/",
    "/interviews/",
    "/creators/",
    "/search/?q=%E9%B9%BF",
    "/films/?sort=title",
    "/en/",
    "/sitemap.xml",
)


class Controls(HTMLParser):
    """What a browser would send of a form of the desk."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self.area = self.select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name, kind = found.get("name", ""), found.get("type", "text")
        if tag == "textarea":
            self.area = name
            self.sent.append((name, ""))
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in found and self.select:
            self.sent.append((self.select, found.get("value", "")))
        elif tag == "input" and name and kind not in ("submit", "file", "button", "image"):
            is_chosen = kind not in ("checkbox", "radio") or "checked" in found
            self.sent += [(name, found.get("value", ""))] if is_chosen else []

    def handle_data(self, data: str) -> None:
        if self.area:
            name, text = self.sent[-1]
            self.sent[-1] = (name, text + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # A browser leaves out the line break that HTML puts first.
            name, text = self.sent[-1]
            self.sent[-1], self.area = (name, text.removeprefix("\r\n").removeprefix("\n")), ""
        elif tag == "select":
            self.select = ""


@dataclass
class Person:
    """A browser with a session and one connection."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def ask(self, path: str, sent: list[tuple[str, str]] | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = urlencode(sent) if sent else None
        if body:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        began = time.monotonic()
        self.connection.request("POST" if body else "GET", path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode(errors="replace")
        self.waits.append(time.monotonic() - began)
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        self.statuses[answer.status] += 1
        return answer.status, text

    def save(self, film: int, title: str, synopsis: str = "") -> tuple[int, str]:
        """Open the form of a film, change its title, save it."""
        path = f"/admin/films/film/{film}/change/"
        status, page = self.ask(path)
        assert status == 200, page[:300]
        form = page.partition('id="film_form"')[2].partition("</form>")[0]
        changes = {"title": title, "synopsis": synopsis} if synopsis else {"title": title}
        sent = [(name, value) for name, value in Controls(f"<form {form}").sent if name not in changes]
        return self.ask(path, [*sent, *changes.items()])


@dataclass
class Server:
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    people: list[Person] = field(default_factory=list)

    def person(self, session: str = "") -> Person:
        self.people.append(Person(self.port, {"sessionid": session} if session else {}))
        return self.people[-1]


@contextmanager
def served(site: Site) -> Iterator[Server]:
    """`manage.py serve` with two workers until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", int(os.environ.get("FAULTS_PORT", "0"))))
        port = int(probe.getsockname()[1])
    log = site.place / "server.log"
    words = [sys.executable, "manage.py", "serve", str(port), "--workers", "2"]
    with log.open("wb") as to:
        process = subprocess.Popen(words, cwd=settings.BASE_DIR, env=site.environment, stdout=to, stderr=to)
        server = Server(port, process, log)
        try:
            until_it_answers(port)
            yield server
        finally:
            for person in server.people:
                person.connection.close()
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)


def until_it_answers(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        person = Person(port)
        try:
            assert person.ask("/healthz")[0] == 200
            return
        except OSError:
            time.sleep(0.1)
        finally:
            person.connection.close()
    raise AssertionError("The server did not start.")


@dataclass
class Writer:
    """Saves one film again and again; knows what was begun and what was acknowledged."""

    person: Person
    film: int
    begun: int = 0
    done: int = 0

    def go_on(self, is_over: threading.Event) -> None:
        while not is_over.is_set():
            self.begun += 1
            status, page = self.person.save(self.film, f"第{self.begun}版")
            assert status == 302, page[:2000]
            self.done = self.begun


def read_on(person: Person, is_over: threading.Event, start: int) -> None:
    turn = start
    while not is_over.is_set():
        assert person.ask(PAGES[turn % len(PAGES)])[0] < 500
        turn += 1


def backed_up(site: Site, writers: list[Writer], path: Path, is_over: threading.Event) -> tuple[list[int], list[int]]:
    """A backup, with what was acknowledged before it began and what was begun before it ended.

    It begins when something was saved since the last one, so that no two are of the same state.
    """
    saved = sum(writer.done for writer in writers)
    while sum(writer.done for writer in writers) == saved and not is_over.wait(0.01):
        pass
    before = [writer.done for writer in writers]
    site.must("command", "backup", path)
    return before, [writer.begun for writer in writers]


def versions(site: Site) -> dict[str, int]:
    to = site.place / "titles.json"
    site.must("titles", to)
    return {pk: int("".join(filter(str.isdigit, title)) or 0) for pk, title in json.loads(to.read_text()).items()}


class Crowd:
    """Threads of which none may fail."""

    def __init__(self) -> None:
        self.is_over, self.failed, self.threads = threading.Event(), [], []

    def add(self, act: Any, *words: Any) -> None:
        def run() -> None:
            try:
                act(*words)
            except BaseException as error:
                self.failed.append(error)
                self.is_over.set()

        self.threads.append(threading.Thread(target=run))

    def end(self) -> None:
        self.is_over.set()
        for thread in self.threads:
            thread.join()
        assert self.failed == []


def test_forty_clients_half_of_them_writing_and_twenty_backups(filled: Site, record: Any) -> None:
    filled.must("more_films", WRITERS)
    sessions = json.loads(filled.must("sessions", WRITERS))
    films = list(versions(filled))
    backups, windows = filled.place / "backups", []
    with served(filled) as server:
        writers = [Writer(server.person(key), int(film)) for key, film in zip(sessions, films, strict=False)]
        readers = [server.person() for _number in range(READERS)]
        crowd = Crowd()
        for writer in writers:
            crowd.add(writer.go_on, crowd.is_over)
        for number, reader in enumerate(readers):
            crowd.add(read_on, reader, crowd.is_over, number)
        began = time.monotonic()
        for thread in crowd.threads:
            thread.start()
        for number in range(BACKUPS):
            windows.append(backed_up(filled, writers, backups / f"{number}.tar.gz", crowd.is_over))
        crowd.is_over.wait(max(0.0, SECONDS - (time.monotonic() - began)))
        took = time.monotonic() - began
        crowd.end()
        log = server.log.read_text(errors="replace")
    people = [*readers, *(writer.person for writer in writers)]
    statuses = sum((person.statuses for person in people), Counter())
    assert {status for status in statuses if status >= 500} == set()
    assert "locked" not in log
    assert "Traceback" not in log
    assert versions(filled) | {str(writer.film): writer.done for writer in writers} == versions(filled)
    assert min(writer.done for writer in writers) > 0
    inside = [
        is_inside(filled, backups / f"{number}.tar.gz", writers, window) for number, window in enumerate(windows)
    ]
    assert inside == [True] * BACKUPS
    assert len({tuple(least) for least, _most in windows}) == BACKUPS
    waits = sorted(wait for person in people for wait in person.waits)
    saves = sum(writer.done for writer in writers)
    record(
        f"{len(people)} clients for {took:.0f} s: {sum(statuses.values())} answers ({dict(statuses)}), {saves} saves, "
        f"p50 {waits[len(waits) // 2]:.2f} s, p99 {waits[len(waits) * 99 // 100]:.2f} s; "
        f"{sum(inside)} of {BACKUPS} backups restored inside their window"
    )


def is_inside(site: Site, archive: Path, writers: list[Writer], window: tuple[list[int], list[int]]) -> bool:
    """Lay a backup out as the site's folder: sound, and every film as it was between two moments."""
    site.lay_out(archive)
    site.reset("laid")
    assert site.look()["wrong"] == []
    found = versions(site)
    return all(least <= found[str(writer.film)] <= most for writer, least, most in zip(writers, *window, strict=True))
