"""A migration that is killed at each of its steps, or meets a failing disk, is ended by running it again."""

import json
import signal
from typing import Any

import pytest

from tests.faults.site import Point, Site
from tests.faults.test_power_cuts import cuts, recorded

MIGRATE = ("command", "migrate", "--verbosity", "0")
MOST, CUTS = 120, 25
FIRST_BUT_ONE = 2


def schema(site: Site) -> dict[str, Any]:
    site.must("schema", site.place / "schema.json")
    found: dict[str, Any] = json.loads((site.place / "schema.json").read_text())
    return found


def end_by_running_again(site: Site, steps: int) -> int:
    """Each run gets one commit further and is killed, until every step is taken. Gives how many were killed."""
    taken, at = 0, FIRST_BUT_ONE
    for count in range(1, MOST):
        done = site.kill_at(Point("fsync", at), *MIGRATE)
        assert done.code == -signal.SIGKILL, done.err
        now = len(schema(site)["steps"])
        if now == steps:
            site.must(*MIGRATE)
            return count
        # A log that begins anew is synced once more.
        taken, at = now, FIRST_BUT_ONE if now > taken else at + 1
    raise AssertionError("It never came to its end.")


def test_killed_at_each_step_and_run_again(site: Site, record: Any) -> None:
    site.reset("filled")
    wanted = schema(site)
    site.reset("bare")
    first = [point for point in site.points(*MIGRATE) if point.call == "fsync"]
    for early in range(8):  # while SQLite makes the file
        site.reset("bare")
        assert site.kill_at(first[early], *MIGRATE).code == -signal.SIGKILL
    kills = end_by_running_again(site, len(wanted["steps"]))
    assert schema(site) == wanted
    assert kills >= len(wanted["steps"]) - 8
    record(f"a migration of {len(wanted['steps'])} steps killed {kills} times, once at each commit, and run again")


def test_back_and_forth_with_content(filled: Site, record: Any) -> None:
    """Steps of ours taken back and taken again, killed at each."""
    names = sorted(name for app, name in schema(filled)["steps"] if app == "films")
    filled.must(*MIGRATE, "films", names[-4])
    filled.keep("back")
    filled.must(*MIGRATE)
    wanted, steps = filled.look(), len(schema(filled)["steps"])
    filled.reset("back")
    kills = end_by_running_again(filled, steps)
    assert filled.look() == wanted
    record(f"3 steps taken back with content, and again under {kills} kills")


def test_power_cuts_with_content(filled: Site, record: Any) -> None:
    """Steps of ours, cut off at any moment and taken again."""
    names = sorted(name for app, name in schema(filled)["steps"] if app == "films")
    filled.must(*MIGRATE, "films", names[-4])
    start, events = recorded(filled, *MIGRATE)
    wanted, expected = filled.look(), schema(filled)
    for _moment, _told in cuts(filled, start, events, CUTS):
        filled.must(*MIGRATE)
        assert (filled.look(), schema(filled)) == (wanted, expected)
    record(f"{CUTS} power cuts in 3 steps of migration with content, of {len(events)} events")


@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
def test_errors_of_the_disk(site: Site, error: str, record: Any) -> None:
    site.reset("filled")
    wanted = schema(site)
    site.reset("bare")
    points = [point for point in site.points(*MIGRATE) if point.call in ("fsync", "pwrite64")]
    told = 0
    for number in range(1, 5):
        site.reset("bare")
        done = site.inject(points[len(points) * number // 5], f"error={error}", *MIGRATE, and_after=bool(number % 2))
        told += bool(done.code)
        assert "Traceback" not in done.err, done.err
        assert done.err.strip() or not done.code
        site.must(*MIGRATE)
        assert schema(site) == wanted
    record(f"4 times {error} in a migration of {len(points)} writes, {told} of them told in words")
    assert told >= 3
