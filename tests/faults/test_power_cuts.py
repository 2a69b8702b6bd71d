"""When the power goes at any moment, what was acknowledged is there, and everything is whole."""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults import power
from tests.faults.jobs import IMAGE
from tests.faults.power import Event, Files
from tests.faults.site import Site
from tests.faults.test_kills import each_is_whole, import_of

CUTS, FEW_CUTS = 200, 25
SAVES = 100
SEED = 20261122


def recorded(site: Site, *job: Any) -> tuple[Files, list[Event]]:
    """The files before a job, and what it asked of the disk."""
    start = power.files_of(site.folder)
    done = site.run(*job, strace=power.recording(site.log))
    assert done.code == 0, done.err
    return start, list(power.Log(site.folder).read(site.log))


def cuts(site: Site, start: Files, events: list[Event], most: int) -> Iterator[tuple[int, str]]:
    """Lay the folder out as after each power cut; gives the moment and what had been acknowledged."""
    chance = random.Random(SEED)
    for moment in power.moments(events, most):
        power.lay_out(power.cut_at(start, events, moment, chance), site.folder)
        yield moment, power.told_before(events, moment)


def test_the_record_tells_the_whole_job(filled: Site, incoming: Path) -> None:
    """With nothing lost, what is laid out is what the job left; with nothing synced kept, much is missing."""
    start, events = recorded(filled, *import_of(incoming))
    left = power.files_of(filled.folder)
    disk = power.holding(start)
    for event in events:
        if event.kind in ("write", "cut"):
            disk.put(event)
        elif power.is_name(event):
            disk.rename(event)
    assert {name: disk.files[name] for name in left if "shm" not in name} == left
    cut = power.cut_at(start, events, len(events) * 2 // 3, random.Random(SEED))
    assert cut != left


def test_power_cuts_in_an_import(filled: Site, incoming: Path, record: Any) -> None:
    before = filled.look()["articles"]
    start, events = recorded(filled, *import_of(incoming))
    wanted = filled.look()
    torn = 0
    for moment, told in cuts(filled, start, events, CUTS):
        seen = filled.look()
        assert seen["wrong"] == [], moment
        assert {path.stat().st_size for path in filled.folder.glob("media/share/*.png")} <= {len(IMAGE)}, moment
        each_is_whole(seen["articles"], before, wanted["articles"])
        names = [Path(path).name for path in re.findall(r"^(?:created|updated)\s+(\S+)", told, re.MULTILINE)]
        assert [name for name in names if seen["articles"].get(name) != wanted["articles"][name]] == [], moment
        torn += seen["articles"] != wanted["articles"]
        done = filled.run(*import_of(incoming))
        assert done.code == 0, done.err
        assert filled.look() == wanted, moment
    record(f"{CUTS} power cuts in an import of {len(events)} events, {torn} of them before its end")


def test_power_cuts_in_a_hundred_saves(filled: Site, record: Any) -> None:
    start, events = recorded(filled, "save", 1, SAVES)
    earlier = 0
    for moment, told in cuts(filled, start, events, CUTS):
        acknowledged = max(map(int, re.findall(r"saved (\d+)", told)), default=0)
        seen = filled.look()
        assert seen["wrong"] == [], moment
        saved = int("".join(filter(str.isdigit, seen["title"])) or 0)
        assert saved in (acknowledged, acknowledged + 1), moment
        earlier += saved == acknowledged
    record(f"{CUTS} power cuts in {SAVES} saves of {len(events)} events: no save lost, {earlier} back at the last one")


def test_power_cuts_in_a_backup(filled: Site, record: Any) -> None:
    """A backup that has its name can be restored."""
    filled.must("command", "import_seeds", "seeds")
    wanted = filled.look()
    start, events = recorded(filled, "command", "backup", filled.folder / "backups" / "one.tar.gz")
    named = 0
    for moment, told in cuts(filled, start, events, FEW_CUTS):
        assert filled.look() == wanted, moment
        archive = filled.folder / "backups" / "one.tar.gz"
        assert archive.exists() or "read back and sound" not in told
        if archive.exists():
            named += 1
            filled.lay_out(archive)
            assert (filled.place / "laid" / "db.sqlite3").exists()
    record(f"{FEW_CUTS} power cuts in a backup of {len(events)} events, after {named} of them it had its name")


@pytest.mark.parametrize("job", ["publish", "upload", "picture"])
def test_power_cuts_in_what_editors_do(filled: Site, incoming: Path, job: str, record: Any) -> None:
    words = [incoming / "05.txt"] if job == "upload" else []
    filled.must("draft_all")
    start, events = recorded(filled, job, *words)
    wanted = filled.look()["articles"]
    for moment, told in cuts(filled, start, events, FEW_CUTS):
        seen = filled.look()
        assert seen["wrong"] == [], moment
        done = {"publish": "published", "upload": "confirmed", "picture": "pictured"}[job] in told
        assert not done or seen["articles"] == wanted, moment
        if seen["articles"] != wanted:
            filled.must(job, *words)
        assert filled.look()["articles"] == wanted, moment
    record(f"{FEW_CUTS} power cuts in {job} of {len(events)} events")
