"""Killed at any write, a job leaves what was there before or what was to be there, and a second run ends it."""

import signal
from pathlib import Path
from typing import Any

from tests.faults.site import Point, Site, spread

IMPORT_POINTS = 200
SAVES, KILLS_A_SAVE = 100, 2
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


def kill_points(points: list[Point], number: int) -> list[Point]:
    """Others for every save, so that all of them together go over all writes."""
    step = len(points) / KILLS_A_SAVE
    return [points[int((number * 7 + turn * step) % len(points))] for turn in range(KILLS_A_SAVE)]


def test_a_hundred_saves_killed_at_any_write(filled: Site, record: Any) -> None:
    """The same folder all along, so that what a kill leaves behind could add up."""
    points = filled.points("save", 1, 1)
    killed, kept = 0, 0
    for number in range(2, SAVES + 2):
        for point in kill_points(points, number):
            before = filled.look()
            done = filled.kill_at(point, "save", number, number)
            killed += done.code == KILLED
            seen = filled.look()
            assert seen["wrong"] == [], point
            is_saved = seen["title"] == f"第{number}版"
            kept += is_saved
            assert is_saved or seen == before, f"save {number}, {point}"
            assert is_saved or "saved" not in done.out
        if not is_saved:
            filled.must("save", number, number)
        assert filled.look()["title"] == f"第{number}版"
    after = filled.look()
    filled.reset("filled")
    filled.must("save", 1, SAVES + 1)
    assert (after["articles"], after["title"]) == (filled.look()["articles"], filled.look()["title"])
    record(f"{killed} kills in {SAVES} saves of {len(points)} writes each, after {kept} of them the save was there")
    assert killed >= SAVES * KILLS_A_SAVE * 0.95


def test_an_upload_killed_at_any_write(filled: Site, incoming: Path, record: Any) -> None:
    article = incoming / "05.txt"
    points = filled.points("upload", article)
    wanted = filled.look()
    for point in spread(points, 40):
        filled.reset("filled")
        assert filled.kill_at(point, "upload", article).code == KILLED, point
        assert filled.look()["wrong"] == [], point
        done = filled.run("upload", article)
        assert done.code == 0, f"{point}: {done.err}"
        assert filled.look()["articles"] == wanted["articles"], point
    record(f"40 kills in an upload of {len(points)} writes")


def test_a_publication_killed_at_any_write(filled: Site, record: Any) -> None:
    filled.must("draft_all")
    filled.keep("drafts")
    before = filled.look()
    points = filled.points("publish")
    wanted = filled.look()
    assert wanted["articles"] != before["articles"]
    for point in spread(points, 30):
        filled.reset("drafts")
        assert filled.kill_at(point, "publish").code == KILLED, point
        seen = filled.look()
        assert seen["articles"] in (before["articles"], wanted["articles"]), point
        assert seen["wrong"] == []
        if seen["articles"] == before["articles"]:
            filled.must("publish")
        assert filled.look()["articles"] == wanted["articles"], point
    record(f"30 kills in a publication of {len(points)} writes")
