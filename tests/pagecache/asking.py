"""Asking a WSGI application as a server does, and applications to be asked."""

import gzip
import io
import sys
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import brotli

from elysium.pagecache import PageCache
from elysium.pagecache.address import Addresses

SETTINGS = SimpleNamespace(
    SESSION_COOKIE_NAME="sessionid",
    SECURE_PROXY_SSL_HEADER=None,
    USE_X_FORWARDED_HOST=False,
    USE_X_FORWARDED_PORT=False,
)
UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress, "": bytes}


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    def __getitem__(self, name: str) -> str:
        return self.headers.get(name.lower(), "")

    @property
    def text(self) -> str:
        return UNPACK[self["Content-Encoding"]](self.body).decode()


def environ(address: str, method: str = "GET", scheme: str = "http", **headers: str) -> dict[str, Any]:
    """`If_None_Match="x"` stands for the header If-None-Match."""
    path, _, query = address.partition("?")
    sent = {f"HTTP_{name.upper()}": value for name, value in ({"Host": "testserver"} | headers).items()}
    return {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **sent,
    }


def ask(application: Any, address: str = "/", method: str = "GET", scheme: str = "http", **headers: str) -> Reply:
    said: list[Any] = []
    chunks = application(environ(address, method, scheme, **headers), lambda *words: said.append(words))
    body = b"".join(chunks)
    if hasattr(chunks, "close"):
        chunks.close()
    status, found = said[-1][:2]
    names = [name.lower() for name, _value in found]
    assert len(set(names) - {"set-cookie"}) == len([name for name in names if name != "set-cookie"]), names
    return Reply(int(status[:3]), {name.lower(): value for name, value in found}, body)


@dataclass
class Site:
    """An application that says what it was asked, and how often."""

    status: str = "200 OK"
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    words: str = "words " * 100
    asked: int = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.asked += 1
        start_response(self.status, list(self.headers.items()))
        sent = sorted(name for name in environ if name.startswith("HTTP_"))
        told = f"{environ['PATH_INFO']}?{environ['QUERY_STRING']} {environ['HTTP_HOST']} {sent} {self.words}"
        return [told.encode()]


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Generation:
    """A number, which may be out of reach."""

    number: int = 1
    is_gone: bool = False

    def __call__(self) -> int:
        if self.is_gone:
            raise OSError("gone")
        return self.number


class Table(Addresses):
    """Addresses without Django: those with known keys, everything else leads nowhere."""

    def look_up(self, path: str) -> tuple[str, ...] | None:
        return tuple(self.queries.get(path, ()))


def cached(application: Any, *, settings: Any = SETTINGS, **values: Any) -> PageCache:
    values.setdefault("generation", Generation())
    values.setdefault("seconds_until_due", lambda: float("inf"))
    values.setdefault("interval", 0.01)
    values.setdefault("most_bytes", 1024 * 1024)
    values.setdefault("clock", Clock())
    addresses = Table({"/films/": ("tool", "sort", "page")}, settings, ("/admin/", "/static/"))
    return PageCache(application, addresses, **values)
