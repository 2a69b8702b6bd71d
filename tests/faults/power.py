"""A power cut, told from what a job asked of the disk: what it synced is there, what it did not may be, or half of it.

strace writes down every write, sync and rename of a job. From that a folder is laid out as it may look when the power
goes at any of those moments, on a disk that keeps names in order and tears a write at a sector. It is a model; but
what it says is lost was never promised.
"""

import random
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
LINE = re.compile(r"^(?:\d+ +)?(?P<call>\w+)\((?P<rest>.*)\)\s+= (?P<result>-?\d+)(?:<(?P<opened>[^>]*)>)?")
STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
FILE = re.compile(r"^(?P<number>\d+)<(?P<path>[^>]*)>")
CALLS = (
    "openat,lseek,write,writev,pwrite64,ftruncate,fsync,fdatasync,"
    "rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir"
)


def recording(log: Path) -> list[str]:
    """What strace needs to be told."""
    calls = ",".join(f"?{call}" for call in CALLS.split(","))
    return ["-f", "-y", "-xx", "-s", "10000000", "-o", str(log), "-e", f"trace={calls}"]


Files = Mapping[str, bytes | bytearray]


@dataclass(frozen=True)
class Event:
    """One thing asked of the disk; `told` is what the job acknowledged."""

    kind: str  # make, empty, write, cut, sync, name, forget, folder, told
    path: str = ""
    at: int = 0
    data: bytes = b""
    to: str = ""


def plain(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


@dataclass
class Log:
    """Reads the lines of one job; a file's place is where the next plain write goes."""

    folder: Path
    places: dict[str, int] = field(default_factory=dict)

    def inside(self, path: bytes | str) -> str:
        """The name of a path inside the folder, or nothing."""
        text = path.decode() if isinstance(path, bytes) else path
        base = f"{self.folder}/"
        return text.removeprefix(base) if text.startswith(base) else ""

    def read(self, log: Path) -> Iterator[Event]:
        for line in log.read_text().splitlines():
            found = LINE.match(line)
            if found and int(found["result"]) >= 0:
                yield from self.events(found["call"], found["rest"], int(found["result"]), found["opened"] or "")

    def events(self, call: str, rest: str, result: int, opened: str) -> Iterator[Event]:
        if call == "openat":
            yield from self.opened(self.inside(plain(opened)), rest)
        elif call.startswith(("rename", "unlink", "mkdir", "rmdir")):
            yield from self.named(call, [self.inside(plain(text)) for text in STRING.findall(rest)])
        elif found := FILE.match(rest):
            name, path = found["number"], self.inside(plain(found["path"]))
            data = b"".join(plain(text) for text in STRING.findall(rest[found.end() :]))
            if name == "1" and call == "write":
                yield Event("told", data=data[:result])
            elif call in ("fsync", "fdatasync"):
                yield Event("sync", path)
            elif path:
                yield from self.written(call, path, rest, data[:result], result)

    def opened(self, path: str, rest: str) -> Iterator[Event]:
        if path:
            self.places[path] = 0
            if "O_CREAT" in rest:
                yield Event("make", path)
            if "O_TRUNC" in rest:
                yield Event("empty", path)

    def named(self, call: str, paths: list[str]) -> Iterator[Event]:
        if call.startswith("rename") and all(paths):
            self.places[paths[1]] = self.places.get(paths[0], 0)
            yield Event("name", paths[0], to=paths[1])
        elif paths[:1] != [""]:
            kind = "folder" if call.startswith("mkdir") else "forget"
            yield Event(kind, paths[0])

    def written(self, call: str, path: str, rest: str, data: bytes, result: int) -> Iterator[Event]:
        last = int(rest.rpartition(", ")[2]) if call in ("pwrite64", "ftruncate") else 0
        if call == "lseek":
            self.places[path] = result
        elif call == "ftruncate":
            yield Event("cut", path, at=last)
        elif call == "pwrite64":
            yield Event("write", path, at=last, data=data)
        else:
            yield Event("write", path, at=self.places.get(path, 0), data=data)
            self.places[path] = self.places.get(path, 0) + len(data)


@dataclass
class Disk:
    """What is on the disk for certain, and what was written since and not synced."""

    files: dict[str, bytearray]
    waiting: dict[str, list[Event]] = field(default_factory=lambda: defaultdict(list))

    def put(self, event: Event, share: float = 1.0) -> None:
        """Write, or only the first sectors of it."""
        file = self.files.setdefault(event.path, bytearray())
        file.extend(bytes(max(0, event.at - len(file))))
        if event.kind == "cut":
            del file[event.at :]
            return
        data = event.data[: int(len(event.data) * share) // SECTOR * SECTOR] if share < 1 else event.data
        file[event.at : event.at + len(data)] = data

    def sync(self, path: str) -> None:
        for event in self.waiting.pop(path, []):
            self.put(event)

    def rename(self, event: Event) -> None:
        """Change names: kept in order, so that none is there without those before it."""
        if event.kind == "make":
            self.files.setdefault(event.path, bytearray())
        elif event.kind == "empty":
            self.files[event.path] = bytearray()
            self.waiting.pop(event.path, None)
        elif event.kind == "forget":
            self.files.pop(event.path, None)
            self.waiting.pop(event.path, None)
        elif event.kind == "name" and event.path in self.files:
            self.files[event.to] = self.files.pop(event.path)
            self.waiting[event.to] = self.waiting.pop(event.path, [])


def holding(files: Files) -> Disk:
    """A disk on which these files are for certain."""
    return Disk({name: bytearray(data) for name, data in files.items()})


def cut_at(start: Files, events: list[Event], moment: int, chance: random.Random) -> Files:
    """The files as they may be when the power goes after so many events."""
    disk = holding(start)
    past = events[:moment]
    synced = max((number for number, event in enumerate(past) if event.kind == "sync"), default=0)
    names = [number for number, event in enumerate(past) if number > synced and is_name(event)]
    lost = set(names[chance.randint(0, len(names)) :])
    for number, event in enumerate(past):
        if event.kind == "sync":
            disk.sync(event.path)
        elif is_name(event):
            if number not in lost:
                disk.rename(event)
        elif event.kind in ("write", "cut"):
            disk.waiting[event.path].append(event)
    for path in list(disk.waiting):
        for event in disk.waiting[path]:
            reached = chance.random()
            if path in disk.files and reached < 0.6:
                disk.put(event, 1.0 if reached < 0.4 else chance.random())
    return disk.files


def is_name(event: Event) -> bool:
    return event.kind in ("make", "empty", "forget", "name")


def told_before(events: list[Event], moment: int) -> str:
    """All that the job had acknowledged by then."""
    return b"".join(event.data for event in events[:moment] if event.kind == "told").decode(errors="replace")


def files_of(folder: Path) -> Files:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lay_out(files: Files, folder: Path) -> None:
    """Make the folder hold these files. What SQLite shares in memory is gone with the power."""
    shutil.rmtree(folder)
    folder.mkdir()
    for name, data in files.items():
        if not name.endswith("-shm"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)


def moments(events: list[Event], most: int) -> list[int]:
    """So many moments, evenly over all that changed something; the last is the end."""
    changing = [number + 1 for number, event in enumerate(events) if event.kind != "told"]
    return [changing[(turn + 1) * len(changing) // most - 1] for turn in range(most)]
