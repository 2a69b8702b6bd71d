"""The sites that faults are tried on: one loaded program and one folder for each worker of pytest."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from tests.faults.site import Site
from tests.importer.texts import article_text

FOLDER = Path(__file__).parent
# Articles there before the run, of which some have changed, and new ones.
KNOWN, CHANGED, NEW = 4, 2, 3
FIGURE = "figure"
MAKERS = ("阿米", "老周", "小林", "大鹏", "阿蓝", "小满", "老徐", "阿真", "小北", "大川", "阿宁", "老白")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what lies here; it takes minutes and is left out unless it is asked for by its marker."""
    ours = [item for item in items if FOLDER in item.path.parents]
    if "faults" not in config.option.markexpr:
        config.hook.pytest_deselected(items=ours)
        items[:] = [item for item in items if item not in ours]
    for item in ours:
        item.add_marker("faults")
        if not shutil.which("strace"):
            item.add_marker(pytest.mark.skip(reason="needs strace; on Debian: apt install strace"))


def article(folder: Path, number: int, views: int = 155) -> Path:
    path = folder / f"{number:02}.txt"
    text = article_text(headline=f"第{number}篇", maker=MAKERS[number], views=views)
    path.write_text(text.replace("梅花鹿", f"第{number}只鹿" if views == 155 else f"另一只{number}"), "utf-8")
    return path


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A migrated site with an editor and some articles, kept as `filled`; an empty folder is kept as `bare`."""
    with closing(Site(tmp_path_factory.mktemp("faults"))) as made:
        made.keep("bare")
        made.must("command", "migrate", "--verbosity", "0")
        made.must("make_editor")
        made.must("command", "import_seeds", articles(made, "before", KNOWN, 0))
        made.run("warm", articles(made, "incoming", KNOWN + NEW, CHANGED))
        made.keep("filled")
        yield made


@pytest.fixture
def filled(site: Site) -> Site:
    site.reset("filled")
    return site


@pytest.fixture(scope="session")
def incoming(site: Site) -> Path:
    """What a later import brings: articles that are known, that have changed, and that are new."""
    return site.place / "incoming"


def articles(site: Site, name: str, count: int, changed: int) -> Path:
    folder = site.place / name
    folder.mkdir()
    for number in range(count):
        article(folder, number, views=999 if number < changed else 155)
    return folder


@pytest.fixture
def record(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Say a figure for the record; all of them are told at the end, whichever worker measured them."""
    return partial(record_property, FIGURE)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    passed = terminalreporter.getreports("passed")
    if figures := [text for report in passed for name, text in report.user_properties if name == FIGURE]:
        terminalreporter.section("figures")
        for text in figures:
            terminalreporter.line(text)
