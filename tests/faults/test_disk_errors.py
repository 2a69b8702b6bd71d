"""A disk that is full or failing: a clear sentence, nothing half, and a second run ends what the first began."""

from pathlib import Path
from typing import Any

import pytest

from tests.faults.site import Done, Point, Site, spread

ERRORS = ("ENOSPC", "EIO")
POINTS = 9
# What may go wrong for good while a program still has to speak: nobody is told anything by these calls.
SILENT = ("pwrite64", "fsync", "fdatasync")
DESK = {"save": ["第1版", "第1次写的简介。"], "publish": [], "upload": [], "picture": []}


def tries(points: list[Point]) -> list[tuple[Point, str, bool]]:
    """Each point with each error, once or from then on in turn."""
    # What SQLite's processes share is in memory; it is written again when the next one opens the database.
    # A folder that is there need not be made.
    telling = [point for point in points if not point.about.endswith("-shm") and point.call != "mkdir"]
    chosen = spread(telling, POINTS)
    return [
        (point, error, bool((number + turn) % 2) and point.call in SILENT)
        for number, point in enumerate(chosen)
        for turn, error in enumerate(ERRORS)
    ]


def is_told_clearly(done: Done, job: str) -> None:
    """In words, and in no Python; the desk gives back what was typed."""
    if job in DESK:  # the log may say more
        page = done.out.partition("503\n")[2]
        assert "没有保存：" in page
        assert [text for text in DESK[job] if text not in page] == []
    else:
        assert "Traceback" not in done.err + done.out
        assert (done.err + done.out).strip()


def job_words(job: str, site: Site, incoming: Path) -> tuple[Any, ...]:
    return {
        "import": ("command", "import_seeds", incoming),
        "save": ("save", 1, 1),
        "publish": ("publish",),
        "picture": ("picture",),
        "upload": ("upload", incoming / "05.txt"),
        "backup": ("command", "backup", site.folder / "backups" / "new.tar.gz"),
    }[job]


@pytest.mark.parametrize("job", ["import", "save", "publish", "upload", "picture", "backup"])
def test_errors_of_the_disk(filled: Site, incoming: Path, job: str, record: Any) -> None:
    words = job_words(job, filled, incoming)
    filled.must("draft_all") if job == "publish" else None
    filled.must("command", "backup", filled.folder / "backups" / "old.tar.gz")
    filled.keep("before")
    before = filled.look()
    points = filled.points(*words)
    wanted = filled.look()
    assert (before["digest"] == wanted["digest"]) == (job == "backup")
    told = 0
    for point, error, and_after in tries(points):
        filled.reset("before")
        done = filled.inject(point, f"error={error}", *words, and_after=and_after)
        seen = filled.look()
        why = f"{error} at {point}{' and after' if and_after else ''}: {done.code} {done.err[:1500]} {done.out[-800:]}"
        assert done.code >= 0, why
        assert seen["wrong"] == [], why
        names = {
            name
            for name, one in seen["articles"].items()
            if one not in (before["articles"].get(name), wanted["articles"].get(name))
        }
        assert names == set(), why
        if done.code:
            told += 1
            try:
                is_told_clearly(done, job)
            except AssertionError as unclear:
                raise AssertionError(why) from unclear
        else:
            assert seen["articles"] == wanted["articles"], why
        again(filled, job, words, seen, wanted)
        assert filled.look()["articles"] == wanted["articles"], why
        if job == "backup":
            filled.lay_out(filled.folder / "backups" / "old.tar.gz")
            assert sorted(path.name for path in (filled.folder / "backups").iterdir()) == ["new.tar.gz", "old.tar.gz"]
    record(f"{len(tries(points))} errors of the disk in {job}, {told} of them told in words")
    assert told >= POINTS / 2


def again(site: Site, job: str, words: tuple[Any, ...], seen: dict[str, Any], wanted: dict[str, Any]) -> None:
    """What somebody does who was told: the same once more, unless it is there."""
    if job == "backup" or job == "import" or seen["articles"] != wanted["articles"]:
        site.must(*words)
