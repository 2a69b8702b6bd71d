"""The servers that are measured, and wrk, which measures them: a server on one core, the load on another."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent.parent
MANAGE = [sys.executable, str(ROOT / "manage.py")]
DJANGO = ("--factory", "django.core.wsgi:get_wsgi_application")
SERVER_CORE, LOAD_CORE = "0", "1"
# As many as keep a worker busy: bytes that are ready are out before the next request is in.
READY, SLOW = 32, 8


@dataclass
class Load:
    """What wrk says."""

    per_second: float
    p50: float
    p99: float
    # What the workers could do if they had a core to themselves: requests in a second of their own processor time.
    per_processor_second: float


@dataclass
class Bed:
    port: int
    process: subprocess.Popen[bytes]

    def load(
        self, path: str, seconds: int, headers: dict[str, str], core: str = LOAD_CORE, connections: int = READY
    ) -> Load:
        words = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
        address = f"http://127.0.0.1:{self.port}{quote(path, safe='/?&=%')}"
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "--latency", *words, address]
        before = self.processor()
        said = subprocess.run(pinned(core, command), capture_output=True, text=True, check=True).stdout
        spent = self.processor() - before
        self.settle()
        assert "Non-2xx" not in said, said
        assert "Socket errors" not in said, said
        # A page that took longer than the measurement counts as if one had come: no slower than it is.
        answered = max(figure(said, r"(\d+) requests in"), 1)
        rate = max(figure(said, r"Requests/sec:\s+(\S+)"), 1 / seconds)
        own_rate = answered / max(spent, 0.01)
        return Load(rate, latency(said, "50%"), latency(said, "99%"), own_rate)

    def settle(self, seconds: int = 60) -> None:
        """Wait until what was asked last is answered too: slow pages would take the core from what comes next."""
        deadline, spent = time.monotonic() + seconds, -1.0
        while (now := self.processor()) > spent and time.monotonic() < deadline:
            spent = now
            time.sleep(0.1)

    def workers(self) -> list[int]:
        found = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=True)
        return [int(pid) for pid in found.stdout.split()]

    def memory(self) -> list[float]:
        """What each worker takes, in MB."""
        return [resident(pid) for pid in self.workers()]

    def processor(self) -> float:
        """Seconds of processor time that the workers have spent."""
        return sum(spent(pid) for pid in self.workers())

    def ask(self, path: str, accepted: str) -> dict[str, object]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", quote(path, safe="/?&=%"), headers={"Accept-Encoding": accepted or "identity"})
        answer = connection.getresponse()
        assert answer.status == 200, (path, answer.status)
        headers = [(name, value) for name, value in answer.getheaders() if name.lower() not in {"server", "date"}]
        body = answer.read()
        connection.close()
        bare, _mark, query = quote(path, safe="/?&=%").partition("?")
        return {
            "path": bare,
            "query": query,
            "accepted": accepted,
            "status": "200 OK",
            "headers": headers,
            "body": b64encode(body).decode(),
        }

    def etag(self, path: str, accepted: str) -> str:
        headers: dict[str, str] = {name.lower(): value for name, value in self.ask(path, accepted)["headers"]}  # type: ignore[attr-defined]
        return headers["etag"]


def pinned(core: str, command: list[str]) -> list[str]:
    return ["taskset", "-c", core, *command] if core else command


def figure(said: str, pattern: str) -> float:
    found = re.search(pattern, said)
    assert found, said
    return float(found[1])


def latency(said: str, share: str) -> float:
    """In milliseconds."""
    found = re.search(rf"{share}\s+([\d.]+)(us|ms|s)\b", said)
    assert found, said
    return float(found[1]) * {"us": 0.001, "ms": 1, "s": 1000}[found[2]]


def resident(pid: int) -> float:
    """What a process keeps in memory, in MB."""
    said = Path(f"/proc/{pid}/status").read_text()
    return figure(said, r"VmRSS:\s+(\d+) kB") / 1024


def spent(pid: int) -> float:
    """Seconds of processor time that a process has spent, its own and the kernel's for it."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def granian(folder: Path, *target: str, workers: int = 1, core: str = SERVER_CORE, **variables: str) -> Iterator[Bed]:
    """granian as `manage.py serve` starts it, until the block ends."""
    port = free_port()
    words = ["-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws", "--log-level", "error"]
    words += ["--workers", str(workers), "--blocking-threads", "2", "--port", str(port), *target]
    process = subprocess.Popen(pinned(core, [sys.executable, *words]), env=environment(folder, **variables), cwd=ROOT)
    try:
        wait_for(port)
        yield Bed(port, process)
    finally:
        process.terminate()
        process.wait(30)


def environment(folder: Path, **variables: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "DATA_DIR": str(folder),
        "SECRET_KEY": "measuring only: fifty characters that sign nothing of value at all",
        "DJANGO_SETTINGS_MODULE": "elysium.settings",
        **variables,
    }


def wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nothing listens on {port}")


def manage(folder: Path, *words: str) -> str:
    done = subprocess.run(
        [*MANAGE, *words], env=environment(folder), cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def site_of(folder: Path, films: int) -> dict[str, str]:
    """A generated site in the folder, made if it is not there; returns requests by name."""
    if not (folder / "db.sqlite3").exists():
        manage(folder, "migrate", "--verbosity", "0")
        manage(folder, "generate_films", str(films), "--seed", "1")
    manage(folder, "collectstatic", "--noinput", "--verbosity", "0")
    words = "import json; from tests.bench.requests import paths; print(json.dumps(paths()))"
    found: dict[str, str] = json.loads(manage(folder, "shell", "--no-imports", "-c", words))
    return found


def missing_program() -> str:
    """What this machine lacks, in a sentence."""
    lacking = [name for name in ("wrk", "taskset", "pgrep") if not shutil.which(name)]
    return f"Needs {', '.join(lacking)}; on Debian: apt install wrk util-linux procps" if lacking else ""
