"""What the site is made of: few packages, none with a known hole, each with a hash and a licence that allows this."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.sbom import bill, installed, licence_of

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PINS = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^]]*\])?==([^ ]+)", re.MULTILINE)
MOST_PACKAGES = 14
ALLOWED = {"MIT", "MIT-CMU", "BSD-3-Clause", "BSD-2-Clause", "Apache-2.0", "Apache-2.0 OR BSD-2-Clause", "Zlib"}
ALLOWED |= {"Unlicense", "PSF-2.0", "LGPL-3.0-only"}

# The first version without holes that are known; read in each project's own notes when the line was written
# (22 November 2026). A new hole is a new number here, and a red test until the lock has it.
FLOORS = {
    "django": ("5.2.19", "November 2026: denial of service and cache leaks in 5.2.18 and before"),
    "pillow": ("12.3", "2026: writing outside memory on PSD, bombs in FITS, an endless loop on EPS"),
    "gunicorn": ("23.0.0", "requests smuggled by Transfer-Encoding (CVE-2024-1135, CVE-2024-6827)"),
    "pysqlite3": ("0.6.1", "brings SQLite 3.53.4; before 3.51.3 commits are lost when a WAL is reset"),
    "sqlparse": ("0.5.0", "recursion without end on nested lists (CVE-2024-4340)"),
    "brotli": ("1.2.0", "unpacking without a limit (CVE-2025-6176)"),
    "urllib3": ("2.6.0", "unpacking without a limit, redirects not held back (2025)"),
    "requests": ("2.32.4", "credentials of .netrc sent to a stranger (CVE-2024-47081)"),
    "jinja2": ("3.1.6", "a way out of the sandbox (CVE-2025-27516)"),
    "werkzeug": ("3.1.4", "names of devices on Windows opened as files (CVE-2025-66221)"),
    "cryptography": ("44.0.1", "a library with a hole inside (CVE-2024-12797)"),
    "redis": ("5.0.4", "answers given to another asker after a cancelled one (CVE-2023-28859)"),
    "certifi": ("2024.7.4", "roots that are no longer trusted"),
    "idna": ("3.7", "quadratic time on long names (CVE-2024-3651)"),
    "lxml": ("4.9.1", "a crash on made-up input (CVE-2022-2309)"),
}


def pinned(name: str) -> dict[str, str]:
    return dict(PINS.findall((ROOT / name).read_text("utf-8")))


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture(scope="module")
def components() -> list[dict[str, Any]]:
    return list(bill()["components"])


def test_few_packages_are_asked_for() -> None:
    assert 5 < len(PROJECT["dependencies"]) <= MOST_PACKAGES


def test_each_range_ends_before_the_next_large_version() -> None:
    for line in PROJECT["dependencies"]:
        bounds = {clause.operator for clause in Requirement(line).specifier}
        assert bounds == {">=", "<"}, line


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_nothing_is_pinned_below_its_floor(name: str) -> None:
    below = {
        package: FLOORS[package]
        for package, found in pinned(name).items()
        if package in FLOORS and Version(found) < Version(FLOORS[package][0])
    }
    assert below == {}


def test_what_runs_here_is_not_below_its_floor() -> None:
    found = {package: version(package) for package in FLOORS if installed(package)}
    assert len(found) > 8
    assert {p: v for p, v in found.items() if Version(v) < Version(FLOORS[p][0])} == {}


def test_ranges_do_not_reach_below_a_floor() -> None:
    """Whoever installs without the lock gets no hole either."""
    asked = [Requirement(line) for line in PROJECT["dependencies"]]
    reaching = [
        one.name
        for one in asked
        if canonical(one.name) in FLOORS
        and Version(next(c.version for c in one.specifier if c.operator == ">="))
        < Version(FLOORS[canonical(one.name)][0])
    ]
    assert reaching == []


def test_the_bill_of_materials_is_the_lock_and_what_is_installed(components: list[dict[str, Any]]) -> None:
    listed = {canonical(one["name"]): one["version"] for one in components}
    assert listed == pinned("requirements.txt")
    here = {name: version(name) for name in listed if installed(name)}
    assert here == {name: listed[name] for name in here}
    # What another system needs is locked too.
    assert set(listed) - set(here) <= {"tzdata"}


def test_every_package_has_hashes(components: list[dict[str, Any]]) -> None:
    for one in components:
        found = [mark for place in one["externalReferences"] for mark in place.get("hashes", [])]
        assert {mark["alg"] for mark in found} == {"SHA-256"}, one["name"]


def test_every_licence_is_known_and_allows_this(components: list[dict[str, Any]]) -> None:
    licences = {one["name"]: one["licenses"][0]["license"]["id"] for one in components}
    assert {name: found for name, found in licences.items() if found not in ALLOWED} == {}


def test_extras_are_of_the_same_kind() -> None:
    extras = {Requirement(line).name for lines in PROJECT["optional-dependencies"].values() for line in lines}
    assert {name: licence_of(name) for name in extras if licence_of(name) not in ALLOWED} == {}


def test_the_licences_are_listed(components: list[dict[str, Any]]) -> None:
    text = (ROOT / "docs" / "supply.md").read_text("utf-8")
    _head, _dashes, *rows = re.findall(
        r"^\| ([a-z0-9-]+) \| ([\w. -]+) \|$", text.split("## Licences")[1], re.MULTILINE
    )
    assert dict(rows) == {one["name"]: one["licenses"][0]["license"]["id"] for one in components}
