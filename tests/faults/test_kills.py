"""Killed at any write, a job leaves what was there before or what was to be there, and a second run ends it."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.faults.site import Site, spread

IMPORT_POINTS = 200
SAVE_KILLS, FEW_KILLS = 200, 25
KILLED = -signal.SIGKILL


def import_of(folder: Path) -> tuple[str, ...]:
    return "command", "import_seeds", str(folder)


def each_is_whole(seen: dict[str, str], before: dict[str, str], after: dict[str, str]) -> None:
    """Every article as it was or as it is to be; none that neither knows."""
    assert before.keys() <= seen.keys() <= after.keys()
    assert {name for name, digest in seen.items() if digest not in (before.get(name), after[name])} == set()


def test_an_import_killed_at_any_write(filled: Site, incoming: Path, record: Any) -> None:
    before = filled.look()["articles"]
    points = filled.points(*import_of(incoming))
    wanted = filled.look()
    chosen = spread(points, IMPORT_POINTS)
    between = 0
    for point in chosen:
        filled.reset("filled")
        assert filled.kill_at(point, *import_of(incoming)).code == KILLED, point
        seen = filled.look()
        assert seen["wrong"] == [], point
        each_is_whole(seen["articles"], before, wanted["articles"])
        between += seen["articles"] not in (before, wanted["articles"])
        done = filled.run(*import_of(incoming))
        assert done.code == 0, f"{point}: {done.err}"
        assert filled.look() == wanted, point
    assert len(chosen) == IMPORT_POINTS
    assert between > IMPORT_POINTS / 4
    record(f"{len(chosen)} kills in an import of {len(points)} writes, {between} of them between two articles")


def test_saves_killed_at_any_write(filled: Site, record: Any) -> None:
    """The same folder all along, so that what a kill leaves behind could add up; every other lost save is done again."""
    filled.must("save", 1, 1)  # the first one makes folders
    points = filled.points("save", 2, 2)
    before, number, killed, kept = filled.look(), 2, 0, 0
    while killed < SAVE_KILLS:
        number += 1
        assert number < SAVE_KILLS * 1.2, "Too many were over before their write."
        point = points[number * 7 % len(points)]
        done = filled.kill_at(point, "save", number, number)
        seen = filled.look()
        assert seen["wrong"] == [], point
        is_saved = seen["title"] == f"第{number}版"
        assert is_saved or (seen == before and "saved" not in done.out), f"save {number}, {point}"
        assert done.code == KILLED or (done.code == 0 and is_saved), done
        killed += done.code == KILLED
        kept += is_saved
        if not is_saved and number % 2:
            filled.must("save", number, number)
            seen = filled.look()
            assert seen["title"] == f"第{number}版"
        before = seen
    filled.must("save", number + 1, number + 1)
    after = filled.look()
    filled.reset("filled")
    filled.must("save", number + 1, number + 1)
    assert after["articles"] == filled.look()["articles"]
    record(
        f"{killed} kills in {number - 2} saves of {len(points)} writes each, after {kept} of them the save was there"
    )


@pytest.mark.parametrize("job", ["upload", "picture"])
def test_an_upload_killed_at_any_write(filled: Site, incoming: Path, job: str, record: Any) -> None:
    words = [incoming / "05.txt"] if job == "upload" else []
    points = filled.points(job, *words)
    wanted = filled.look()
    for point in spread(points, FEW_KILLS):
        filled.reset("filled")
        assert filled.kill_at(point, job, *words).code == KILLED, point
        assert filled.look()["wrong"] == [], point
        done = filled.run(job, *words)
        assert done.code == 0, f"{point}: {done.err}"
        assert filled.look()["articles"] == wanted["articles"], point
    record(f"{FEW_KILLS} kills in {job} of {len(points)} writes")


def test_a_backup_killed_at_any_write(filled: Site, record: Any) -> None:
    """The last good one stays, no other has its name; what is left lying about goes with a later one."""
    backups = filled.folder / "backups"
    filled.must("command", "backup", backups / "elysium-old.tar.gz")
    filled.keep("before")
    old = (backups / "elysium-old.tar.gz").read_bytes()
    points = filled.points("command", "backup", backups / "elysium-new.tar.gz")
    named = 0
    for point in spread(points, FEW_KILLS):
        filled.reset("before")
        assert filled.kill_at(point, "command", "backup", backups / "elysium-new.tar.gz").code == KILLED, point
        assert (backups / "elysium-old.tar.gz").read_bytes() == old
        if (backups / "elysium-new.tar.gz").exists():
            named += 1
            filled.lay_out(backups / "elysium-new.tar.gz")
        for left in backups.iterdir():
            os.utime(left, (0, 0))
        filled.must("command", "backup", backups / "elysium-third.tar.gz")
        assert {path.name for path in backups.iterdir()} - {"elysium-new.tar.gz"} == {
            "elysium-old.tar.gz",
            "elysium-third.tar.gz",
        }, point
    record(f"{FEW_KILLS} kills in a backup of {len(points)} writes, after {named} of them it had its name")


def test_a_publication_killed_at_any_write(filled: Site, record: Any) -> None:
    filled.must("draft_all")
    filled.keep("drafts")
    before = filled.look()
    points = filled.points("publish")
    wanted = filled.look()
    assert wanted["articles"] != before["articles"]
    for point in spread(points, FEW_KILLS):
        filled.reset("drafts")
        assert filled.kill_at(point, "publish").code == KILLED, point
        seen = filled.look()
        assert seen["articles"] in (before["articles"], wanted["articles"]), point
        assert seen["wrong"] == []
        if seen["articles"] == before["articles"]:
            filled.must("publish")
        assert filled.look()["articles"] == wanted["articles"], point
    record(f"{FEW_KILLS} kills in a publication of {len(points)} writes")
