"""No request whatever makes the site fail, ask its database without end, or answer without its headers.

Some hundreds here; `make hostile` sends a hundred thousand.
"""

import io
import os
import time
from collections import Counter
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from elysium.pagecache.site import around
from films.generation import SETTLED
from films.models import User
from tests.hostile.requests import Hostile, Mutator
from tests.views.test_leaks import ADDRESSES, one_address, plant_public

HOW_MANY = int(os.environ.get("HOSTILE", "250"))
SEED = int(os.environ.get("HOSTILE_SEED", "7"))
# The index of the site's map counts each kind.
MOST_QUERIES, MOST_OF_THE_MAP, MOST_AT_DESK = 12, 36, 80
# What a page may take on a machine that others use too, and what 19 of 20 answers to visitors keep to.
MOST_SECONDS, LONGEST_BOUNDED = 5.0, 0.2


@pytest.fixture
def site(transactional_db: None, settings: Any, tmp_path: Path) -> Any:
    settings.DEBUG_PROPAGATE_EXCEPTIONS = False
    # Where the number of what visitors see lies; other runs on this machine have their own.
    settings.DATA_DIR = tmp_path
    return around(WSGIHandler())


def environment(made: Hostile, session: str) -> dict[str, Any]:
    """What a server hands over; the path comes as Latin-1, as PEP 3333 wants it."""
    found = {
        "REQUEST_METHOD": made.method,
        "PATH_INFO": unquote_to_bytes(made.path).decode("latin-1"),
        "SCRIPT_NAME": "",
        "QUERY_STRING": made.query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "testserver",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(made.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "CONTENT_LENGTH": str(len(made.body)),
    }
    if made.at_desk:
        found["HTTP_COOKIE"] = f"{settings.SESSION_COOKIE_NAME}={session}"
    return found | {name: value for name, value in made.headers.items() if name != "HTTP_COOKIE" or not made.at_desk}


def send(site: Any, made: Hostile, session: str) -> tuple[int, dict[str, str]]:
    """The status and the headers of the answer, which is read to its end."""
    found: list[Any] = []
    answer = site(environment(made, session), lambda status, headers, _why=None: found.append((status, dict(headers))))
    for _part in answer:
        pass
    getattr(answer, "close", lambda: None)()
    [(status, headers)] = found
    return int(status.split()[0]), headers


def most_queries(made: Hostile) -> int:
    if made.at_desk:
        return MOST_AT_DESK
    return MOST_OF_THE_MAP if made.path.startswith("/sitemap") else MOST_QUERIES


@pytest.mark.parametrize("part", range(max(1, HOW_MANY // 1000)))
def test_hostile_requests(site: Any, part: int, caplog: Any) -> None:
    public = plant_public()
    client = Client()
    client.force_login(User.objects.create_superuser("editor", password="editor-password-1"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    known = [one_address(name, public) for name in ADDRESSES] + ["/admin/", "/admin/login/", "/admin/films/film/"]
    mutator = Mutator(SEED + part, known)
    # Whoever asks first after a change has what every page shows counted anew.
    time.sleep(2 * SETTLED / 1e9)
    send(site, Hostile("GET", "/", "", at_desk=False), "")
    statuses: Counter[int] = Counter()
    costs: list[tuple[float, int, str]] = []
    for _number in range(min(HOW_MANY, 1000)):
        made = mutator.request()
        began = time.process_time()
        with CaptureQueriesContext(connection) as asked:
            status, headers = send(site, made, session)
        took, queries = time.process_time() - began, len(asked)
        statuses[status] += 1
        costs += [] if made.at_desk else [(took, queries, f"{made.method} {made.path[:80]} {status}")]
        assert status < 500, f"{made}\n{caplog.text[-4000:]}"
        assert "Content-Security-Policy" in headers or status in (304, 400) or "/static/" in made.path, (made, status)
        assert queries <= most_queries(made), "\n".join([str(made), *(q["sql"][:200] for q in asked)])
        assert took < MOST_SECONDS, (took, made)
        assert made.at_desk or "evil.example" not in headers.get("Location", "").partition("?")[0], (made, headers)
    assert len(statuses) > 3
    assert quantiles([took for took, *_ in costs], n=20)[18] < LONGEST_BOUNDED
    if HOW_MANY > 1000:
        most = max(queries for _took, queries, path in costs if "sitemap" not in path)
        slow = sorted((cost for cost in costs if cost[0] > LONGEST_BOUNDED), reverse=True)
        print(part, dict(statuses), f"{len(costs)} of visitors, most queries {most}, slow: {slow}")
