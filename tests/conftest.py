"""What every test may use, and what may not be there on every machine."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.sites import FILLED, MIGRATED, Copy, copier, pattern

hypothesis.settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("house")

BROWSER_TESTS = Path(__file__).parent / "browser"
# A browser may let go of the live server's connection only after a test has taken its database back.
LATE_GOODBYE = r"ignore:Exception in thread .*process_request_thread:pytest.PytestUnhandledThreadExceptionWarning"

# By these a test reaches the database. (pytest-django has its blocker in every test, so that one says nothing.)
REACHING = {"db", "transactional_db", "live_server", "django_db_setup"}
# A file that names it otherwise reaches it too: by a connection, by its settings, by a process that gets its address.
NAMING = re.compile(r"\bdjango\.db\b|\bdjango_db_blocker\b|\bDATABASE(S|_URL)\b")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--forbid-skips", action="store_true", help="fail when a test was skipped: .ci/run has everything"
    )


def missing() -> dict[str, str]:
    """Marker → what this run lacks for it and how to get it."""
    engine = settings.DATABASES["default"]["ENGINE"]
    lacks = {
        "sqlite": "sqlite" not in engine and "asks SQLite; run it without DATABASE_URL",
        "postgres": "postgresql" not in engine
        and "asks PostgreSQL; set DATABASE_URL=postgres://user:password@host/name",
        "redis": not shutil.which("redis-server") and "needs a Redis server; on Debian: apt install redis-server",
        "browser": not shutil.which("chromium") and "needs a browser; on Debian: apt install chromium",
    }
    return {marker: sentence for marker, sentence in lacks.items() if sentence}


def asks_for_the_database(item: pytest.Item) -> bool:
    marked = any(item.get_closest_marker(name) for name in ("django_db", "postgres"))
    return marked or not REACHING.isdisjoint(getattr(item, "fixturenames", ()))


def files_with_the_database(items: list[pytest.Item]) -> set[Path]:
    """Files of which any test may depend on the database, so that all of it is run on each kind."""
    asking = {item.path for item in items if asks_for_the_database(item)}
    others = {item.path for item in items} - asking
    return asking | {path for path in others if NAMING.search(path.read_text("utf-8"))}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    lacks = missing()
    with_the_database = files_with_the_database(items)
    for item in items:
        if item.path in with_the_database:
            item.add_marker("database")
        if BROWSER_TESTS in item.path.parents:
            item.add_marker("browser")
            item.add_marker(pytest.mark.filterwarnings(LATE_GOODBYE))
        for marker, sentence in lacks.items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=sentence))


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and session.config.getoption("forbid_skips") and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True, scope="session")
def own_data_dir(tmp_path_factory: pytest.TempPathFactory) -> None:
    """One process of a run must not tell another, whose database it does not share, that content changed."""
    settings.DATA_DIR = tmp_path_factory.mktemp("data")


@pytest.fixture
def same_query_count(db: None) -> Callable[[Callable[[], object], Callable[[], object]], int]:
    """Hold an action to the same number of queries with one and with three items; gives that number."""

    def queries(act: Callable[[], object]) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            act()
        return [query["sql"] for query in captured.captured_queries]

    def hold(make_item: Callable[[], object], act: Callable[[], object]) -> int:
        make_item()
        act()  # fills what a process looks up only once
        with_one = queries(act)
        make_item()
        make_item()
        with_three = queries(act)
        assert len(with_three) == len(with_one), "\n".join(with_three)
        return len(with_one)

    return hold


def migrated(factory: pytest.TempPathFactory) -> Path:
    return pattern(factory, "migrated", MIGRATED)


@pytest.fixture(scope="session")
def migrated_site(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Makes a folder the DATA_DIR of a site without content."""
    return copier(migrated(tmp_path_factory))


@pytest.fixture(scope="session")
def filled_site(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Makes a folder the DATA_DIR of a site with our seeds and its static files."""
    return copier(pattern(tmp_path_factory, "filled", FILLED, start=migrated(tmp_path_factory)))
