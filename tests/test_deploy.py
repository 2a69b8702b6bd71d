"""docs/deploy.md as far as it can be run here: the site as an ordinary user on code that it cannot write, nginx in front.

Docker is not run: what its files say is read, and the steps of the image are taken without it.
"""

import compileall
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.machines.conftest import free_port
from tests.pagecache.asking import Reply

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", " ").splitlines()
NAME = "films.example.org"
ORDINARY = 10001
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
needs_nginx = pytest.mark.skipif(not NGINX, reason="needs nginx; on Debian: apt install nginx-light")
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="becomes another user; run it as root")
needs_sqlite = pytest.mark.sqlite


def lines(word: str) -> list[str]:
    return [line.partition(" ")[2] for line in DOCKERFILE if line.startswith(f"{word} ")]


@dataclass
class Site:
    https: int
    http: int
    plain: int
    data: Path
    log: Path
    certificate: Path

    def ask(self, path: str, method: str = "GET", name: str = NAME, **headers: str) -> Reply:
        """Through nginx, with the certificate checked."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        with socket.create_connection(("127.0.0.1", self.https), timeout=10) as raw:
            connection = HTTPSConnection(name, self.https, timeout=10)
            with context.wrap_socket(raw, server_hostname=name) as connection.sock:
                return answered(connection, method, path, {"Host": name} | headers)

    def ask_plainly(self, port: int, path: str, **headers: str) -> Reply:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        return answered(connection, "GET", path, {"Host": NAME} | headers)


def answered(connection: HTTPConnection, method: str, path: str, headers: dict[str, str]) -> Reply:
    connection.request(method, path, headers={"Connection": "close"} | headers)
    answer = connection.getresponse()
    reply = Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    connection.close()
    return reply


def code(place: Path) -> Path:
    """What the Dockerfile copies, owned by somebody else than the one who serves."""
    target = place / "code"
    target.mkdir()
    for line in lines("COPY"):
        if line.startswith("--from") or "requirements" in line:
            continue
        *sources, into = line.split()
        for source in sources:
            found = ROOT / source
            if found.is_dir():
                shutil.copytree(found, target / found.name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(found, target)
        assert into.startswith("/srv/elysium/")
    # Who serves it may not write what Python compiles, so that each process would compile it all again.
    compileall.compile_dir(target, quiet=1, workers=1)
    return target


def start(words: list[str], place: Path, **options: Any) -> subprocess.Popen[bytes]:
    with (place / "log").open("ab") as log:
        return subprocess.Popen(words, stdout=log, stderr=log, **options)


def as_an_ordinary_user() -> list[str]:
    """Another account without any right; it may read on where root keeps its Python in its own home."""
    words = ["setpriv", f"--reuid={ORDINARY}", f"--regid={ORDINARY}", "--clear-groups"]
    again = "import os, sys; os.execv(sys.executable, [sys.executable, '-c', ''])"
    if subprocess.run([*words, sys.executable, "-c", again], check=False, capture_output=True).returncode == 0:
        return words
    return [*words, "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]


def certificate(place: Path) -> None:
    subject = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    files = ["-keyout", str(place / "privkey.pem"), "-out", str(place / "fullchain.pem")]
    subprocess.run([*words, *files], check=True, capture_output=True)


def configured(place: Path, https: int, http: int, plain: int) -> Path:
    """Our file with the ports and the certificate of this test, inside the smallest nginx.conf."""
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    text = text.replace("listen 80 ", f"listen 127.0.0.1:{http} ").replace("127.0.0.1:8000", f"127.0.0.1:{plain}")
    text = re.sub(r"listen 443 ssl", f"listen 127.0.0.1:{https} ssl", text)
    text = text.replace(f"/etc/letsencrypt/live/{NAME}/", f"{place}/")
    temporary = "".join(
        f"{name}_temp_path {place}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (place / "nginx.conf").write_text(
        f"pid {place}/pid; error_log {place}/nginx.log; worker_processes 1; events {{}}\n"
        f"http {{ access_log off; {temporary}\n{text}\n}}\n"
    )
    return place / "nginx.conf"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with tempfile.TemporaryDirectory(prefix="elysium-deploy-") as folder:
        place = Path(folder)
        place.chmod(0o755)
        data, https, http, plain = place / "data", free_port(), free_port(), free_port()
        data.mkdir(mode=0o700)
        os.chown(data, ORDINARY, ORDINARY)
        environment = {
            "PATH": os.environ["PATH"],
            "SECRET_KEY": "Zt8-qPz4nD3Yw_6uXvK1sGmR9bTfLh7eJcA0iNoQ2dVxWyE5kU",
            "ALLOWED_HOSTS": f"{NAME},localhost",
            "DATA_DIR": str(data),
            "SECURE_SSL_REDIRECT": "true",
            "SECURE_HSTS_SECONDS": "31536000",
            "WEB_CONCURRENCY": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        options: dict[str, Any] = {"cwd": code(place), "env": environment, "umask": 0o077}
        calls = "from django.core.management import call_command as c; c('migrate', verbosity=0); c('import_seeds', verbosity=0); c('collectstatic', verbosity=0, interactive=False)"
        manage = [*as_an_ordinary_user(), sys.executable, "manage.py"]
        subprocess.run([*manage, "shell", "--no-imports", "-c", calls], check=True, capture_output=True, **options)
        certificate(place)
        server = start([*manage, "serve", f"127.0.0.1:{plain}"], place, **options)
        nginx = start([str(NGINX), "-g", "daemon off;", "-c", str(configured(place, https, http, plain))], place)
        found = Site(https, http, plain, data, place / "log", place / "fullchain.pem")
        try:
            wait(found)
            yield found
        finally:
            for process in (nginx, server):
                process.terminate()
                process.wait(30)


def wait(site: Site) -> None:
    for _attempt in range(300):
        try:
            if site.ask("/healthz").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError(site.log.read_text("utf-8", "replace"))


@needs_nginx
@needs_root
@needs_sqlite
def test_the_site_behind_nginx(site: Site) -> None:
    """One test, so that the site is set up by one worker of the run alone."""
    pages_and_files_through_nginx(site)
    what_a_visitor_says_of_himself_does_not_count(site)
    it_writes_in_its_data_folder_and_nowhere_else(site)


def pages_and_files_through_nginx(site: Site) -> None:
    page = site.ask("/films/", **{"Accept-Encoding": "br"})
    assert (page.status, page["Content-Encoding"]) == (200, "br")
    assert page["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert "default-src 'none'" in str(page["Content-Security-Policy"])
    assert page["Server"] == "nginx"
    assert page["Set-Cookie"] == ""
    # Over http: sent on, to our own name whatever was asked for.
    for name in (NAME, "evil.example"):
        moved = site.ask_plainly(site.http, "/films/?a=1", Host=name)
        assert (moved.status, moved["Location"]) == (301, f"https://{NAME}/films/?a=1")
    with pytest.raises(ssl.SSLError):
        site.ask("/", name="evil.example")
    # A part of a file.
    [style] = re.findall(r'href="(/static/films/css/site\.[0-9a-f]{12}\.css)"', site.ask("/").text)
    part = site.ask(style, Range="bytes=0-9", **{"Accept-Encoding": "identity"})
    assert (part.status, len(part.body)) == (206, 10)
    # A form that is larger than any film never reaches the site.
    assert site.ask("/admin/", "POST", **{"Content-Length": str(600 * 2**20)}).status == 413
    cookie = str(site.ask("/admin/login/")["Set-Cookie"])
    assert cookie.startswith("__Host-csrftoken=")
    assert "Secure" in cookie
    assert site.ask("/readyz").status in {200, 503}
    for hidden in ("/.git/config", "/.env", "/db.sqlite3", "/manage.py", "/static/", "/media/"):
        assert site.ask(hidden).status == 404, hidden


def what_a_visitor_says_of_himself_does_not_count(site: Site) -> None:
    lies = {"X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    page = site.ask("/", **lies)
    assert page.status == 200
    assert "evil.example" not in page.text
    # Whoever reaches the port of the server past the proxy is sent to https.
    assert site.ask_plainly(site.plain, "/films/").status == 301


def it_writes_in_its_data_folder_and_nowhere_else(site: Site) -> None:
    code = site.log.parent / "code"
    assert not [path for path in code.rglob("*") if path.stat().st_uid == ORDINARY]
    assert (site.data / "db.sqlite3").stat().st_mode & 0o077 == 0
    with pytest.raises(subprocess.CalledProcessError):
        subprocess.run(["touch", str(code / "x")], check=True, user=ORDINARY, group=ORDINARY, capture_output=True)


def services() -> dict[str, Any]:
    found: dict[str, Any] = COMPOSE["services"]
    return found


@pytest.mark.parametrize("name", ["web", "migrate"])
def test_the_web_processes_can_write_nothing_but_memory(name: str) -> None:
    service = services()[name]
    assert service["read_only"] is True
    assert service["user"] == f"{ORDINARY}:{ORDINARY}"
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert "volumes" not in service
    assert "privileged" not in service


def test_only_the_proxy_is_open_to_the_world() -> None:
    assert [name for name, service in services().items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert services()["database"]["networks"] == services()["cache"]["networks"] == ["inside"]


def test_no_secret_stands_in_the_file_and_none_may_be_left_out() -> None:
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD", "AWS_SECRET_ACCESS_KEY", "EMAIL_URL"):
        assert f"${{{name}:?" in text, name
    example = (ROOT / ".env.example").read_text("utf-8")
    own = {name for name in services()["web"]["environment"] if not name.endswith(("ACCESS_KEY_ID", "ACCESS_KEY"))}
    assert [name for name in own if f"\n{name}=" not in f"\n{example}"] == []


def test_the_image() -> None:
    assert all(":" in image.split(" AS ")[0] and "latest" not in image for image in lines("FROM"))
    assert not lines("ADD")
    assert lines("USER") == [f"{ORDINARY}:{ORDINARY}"]
    last = max(number for number, line in enumerate(DOCKERFILE) if line.startswith("USER"))
    assert not [line for line in DOCKERFILE[last:] if line.startswith(("RUN", "COPY"))]
    installs = [step for line in lines("RUN") for step in line.split("&&") if "pip install" in step]
    assert installs
    assert all("--require-hashes" in step for step in installs)
    assert lines("HEALTHCHECK")
    copied = [source for line in lines("COPY") if "--from" not in line for source in line.split()[:-1]]
    assert [source for source in copied if not (ROOT / source).exists()] == []
    assert not [source for source in copied if source in {".", ".env", ".git", "var", "tests"}]


PINS = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^]]*\])?==([^ ]+)", re.MULTILINE)


def test_the_image_installs_what_was_tested() -> None:
    pinned = dict(PINS.findall((DEPLOY / "requirements-machines.txt").read_text("utf-8")))
    assert {"django", "psycopg", "redis", "django-storages"} <= set(pinned)
    assert pinned.items() <= dict(PINS.findall((ROOT / "requirements-dev.txt").read_text("utf-8"))).items()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd; on Debian: apt install systemd")
@pytest.mark.parametrize("name", ["elysium.service", "elysium-backup.service"])
def test_the_units_are_valid_and_closed(name: str, tmp_path: Path) -> None:
    for path in DEPLOY.glob("elysium*"):
        text = re.sub(r"(/srv/elysium/)?\.venv/bin/python", "/usr/bin/python3", path.read_text("utf-8"))
        (tmp_path / path.name).write_text(text)
    unit = tmp_path / name
    found = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert "Unknown" not in found.stderr
    assert (found.returncode, [line for line in found.stderr.splitlines() if name in line]) == (0, [])
    words = ["systemd-analyze", "security", "--offline=true", "--threshold=20", unit]
    exposure = subprocess.run(words, capture_output=True, text=True, check=False)
    assert exposure.returncode == 0, exposure.stdout[-400:]
