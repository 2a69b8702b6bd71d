"""A server of this machine that answers as the net does, well and badly."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


@dataclass
class Net:
    """Paths answer with what their first segment says: /404/…, /301/<path>, /slow/, /drip/, /head-405/ and so on."""

    origin: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    down: bool = False

    def __call__(self, path: str) -> str:
        return f"{self.origin}/{path}"


class Handler(BaseHTTPRequestHandler):
    net: Net

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        self.net.asked.append((self.command, self.path))
        word, _slash, rest = self.path.lstrip("/").partition("/")
        if self.net.down:
            word = "503"
        getattr(self, f"say_{word.replace('-', '_')}", self.say_status)(word, rest)

    def say_status(self, word: str, rest: str) -> None:
        status = int(word)
        self.send_response(status)
        if status in {301, 302, 308}:
            self.send_header("Location", rest if "://" in rest else f"/{rest}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def say_head(self, word: str, rest: str) -> None:
        """As /404/, to HEAD alone; GET finds the page."""
        self.say_status(rest.partition("/")[0] if self.command == "HEAD" else "200", "")

    def say_loop(self, word: str, rest: str) -> None:
        self.say_status("302", "loop/")

    def say_slow(self, word: str, rest: str) -> None:
        time.sleep(1)

    def say_drip(self, word: str, rest: str) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _second in range(100):
            try:
                self.wfile.write(b"X")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)

    def say_nonsense(self, word: str, rest: str) -> None:
        self.wfile.write(b"no protocol at all\r\n\r\n")

    def say_endless(self, word: str, rest: str) -> None:
        """A body without end: nobody reads it."""
        self.send_response(200 if self.command == "GET" else 500)
        self.end_headers()
        for _piece in range(1000):
            try:
                self.wfile.write(b"x" * 100_000)
            except OSError:
                return

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def net() -> Iterator[Net]:
    found = Net()
    handler = type("OfThisNet", (Handler,), {"net": found})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    found.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
