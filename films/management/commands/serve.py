"""The server of a real site: granian, one worker a core."""

import logging
import os
import sys
from argparse import ArgumentParser
from importlib.util import find_spec
from typing import Any, NoReturn

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import connection

from films.checks import library_loses_commits, printed_version

USUAL = "127.0.0.1:8000"
# A slow page in the desk must not hold up its worker; more threads only wait for one another.
THREADS = 2
RESPAWN_SECONDS = "0.5"
LAST_ANSWERS_SECONDS = "15"


class Command(BaseCommand):
    help = "Serve the site. Ctrl-C or SIGTERM stops it; a worker that dies is replaced."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "address", nargs="?", default="", help=f"host:port, host or port (default {USUAL}, or $PORT)"
        )
        parser.add_argument("--workers", type=int, help="processes (default: WEB_CONCURRENCY, or one a core)")

    def handle(self, *args: Any, address: str, workers: int | None, **options: Any) -> None:
        if not find_spec("granian"):
            raise CommandError(
                'The server is missing. Install the extra "server": python -m pip install granian brotli'
            )
        host, port = host_and_port(address, os.environ.get("PORT", ""))
        count, threads = how_many(workers if workers is not None else settings.WEB_CONCURRENCY)
        refuse_closed_folder()
        self.check_migrations()
        self.stdout.flush()
        start([*arguments(count, threads), "--host", host, "--port", str(port), settings_target()])


def refuse_closed_folder() -> None:
    """A site that could not store anything from its first moment is better not begun."""
    folder = settings.DATA_DIR
    if not os.access(folder, os.W_OK | os.X_OK):
        raise CommandError(
            f"DATA_DIR: {folder} cannot be written by this user, so nothing could be saved. "
            "Give it to the user that serves (chown), or mount it for writing."
        )


def host_and_port(address: str, port: str) -> tuple[str, int]:
    """Read `host:port`, either alone, or neither; an IPv6 address stands in brackets."""
    usual_host, _colon, usual_port = USUAL.rpartition(":")
    if address.isdigit():
        host, number = usual_host, address
    elif address.endswith("]") or ":" not in address:
        host, number = address, ""
    else:
        host, _colon, number = address.rpartition(":")
    number = number or port or usual_port
    if not (number.isascii() and number.isdigit() and 0 < int(number) < 65_536):
        raise CommandError(f"The port wants a number from 1 to 65535, such as 8001, and not “{number}”.")
    return (host or usual_host).strip("[]"), int(number)


def how_many(wanted: int) -> tuple[int, int]:
    """Workers and the threads of each. A SQLite that can lose commits gets one connection, or a refusal."""
    if not library_loses_commits():
        return max(wanted or cores(), 1), THREADS
    if wanted > 1:
        raise CommandError(
            f"SQLite {printed_version()} can lose commits when several connections write. "
            "Install pysqlite3 0.6.1 or newer, or use PostgreSQL, or set WEB_CONCURRENCY=1."
        )
    return 1, 1


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def arguments(workers: int, threads: int) -> list[str]:
    level = logging.getLevelName(logging.getLogger().getEffectiveLevel()).lower()
    return [
        *("--interface", "wsgi", "--http", "1", "--no-ws", "--no-access-log", "--log-level", level),
        *("--workers", str(workers), "--blocking-threads", str(threads)),
        *("--respawn-failed-workers", "--respawn-interval", RESPAWN_SECONDS),
        *("--workers-kill-timeout", LAST_ANSWERS_SECONDS),
    ]


def settings_target() -> str:
    module, _dot, name = settings.WSGI_APPLICATION.rpartition(".")
    return f"{module}:{name}"


def start(words: list[str]) -> NoReturn:
    """Become the server: this process, which has the whole site in memory, is not needed beside the workers."""
    connection.close()
    os.execv(sys.executable, [sys.executable, "-m", "granian", *words])  # noqa: S606 (our own words)
