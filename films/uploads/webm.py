"""WebM: elements within elements, each with a number for its name and the length of what it holds."""

import math
import struct
from collections.abc import Iterator
from typing import Any

from films.uploads.pieces import ENDS_EARLY, NONSENSE, Broken, Seen, Window

DOC_TYPE, SEGMENT, INFO, TRACKS, CLUSTER = 0x4282, 0x18538067, 0x1549A966, 0x1654AE6B, 0x1F43B675
SCALE, DURATION = 0x2AD7B1, 0x4489
ENTRY, KIND, CODEC, PICTURE, WIDTH, HEIGHT = 0xAE, 0x83, 0x86, 0xE0, 0xB0, 0xBA
VOID, CRC = 0xEC, 0xBF
IN_SEGMENT = {INFO, TRACKS, CLUSTER, 0x114D9B74, 0x1C53BB6B, 0x1254C367, 0x1043A770, 0x1941A469, VOID, CRC}
PICTURES = 1
MOST_WORDS = 1000
DEFAULT_SCALE = 1_000_000


def read_webm(file: Any, size: int) -> Seen:
    seen = Seen()
    window = Window(file, 0, size)
    number, header, _is_open = element(window)
    seen.is_kind = doc_type(header) == "webm"
    if not seen.is_kind:
        return seen
    has_segment = False
    while window.left:
        number, inner, is_open = element(window)
        if number == SEGMENT and not has_segment:
            has_segment = True
            read_segment(inner, seen, is_open=is_open)
        elif number != VOID:
            raise Broken(NONSENSE)
    if not has_segment:
        raise Broken(ENDS_EARLY)
    return seen


def element(window: Window) -> tuple[int, Window, bool]:
    """Its number, what it holds, and whether it is left open: as long as whatever holds it."""
    number, _length = variable(window, 4, keep_mark=True)
    size, length = variable(window, 8, keep_mark=False)
    is_open = size == (1 << (7 * length)) - 1
    return number, window.inner(window.left if is_open else size), is_open


def variable(window: Window, longest: int, *, keep_mark: bool) -> tuple[int, int]:
    """A number whose first bits say how many bytes it has."""
    first = window.number(1)
    length = 9 - first.bit_length()
    if length > longest:
        raise Broken(NONSENSE)
    value = first if keep_mark else first & ((1 << (8 - length)) - 1)
    rest = window.read(length - 1)
    return int.from_bytes(bytes([value]) + rest, "big") if rest else value, length


def children(window: Window) -> Iterator[tuple[int, Window]]:
    while window.left:
        number, inner, _is_open = element(window)
        yield number, inner


def doc_type(header: Window) -> str:
    return next((words(inner) for number, inner in children(header) if number == DOC_TYPE), "")


def words(inner: Window) -> str:
    if inner.left > MOST_WORDS:
        raise Broken(NONSENSE)
    return inner.read(inner.left).rstrip(b"\0").decode("ascii", "replace")


def unsigned(inner: Window) -> int:
    if inner.left > 8:
        raise Broken(NONSENSE)
    return inner.number(inner.left)


def read_segment(segment: Window, seen: Seen, *, is_open: bool) -> None:
    """Once a cluster is left open its end is known only to who reads every frame: what stood before it counts."""
    numbers = set()
    while segment.left:
        number, inner, is_last = element(segment)
        if number not in IN_SEGMENT:
            raise Broken(NONSENSE)
        numbers.add(number)
        if number == INFO:
            seen.seconds = duration(inner)
        elif number == TRACKS:
            read_tracks(inner, seen)
        elif is_last:
            break
    if not {TRACKS, CLUSTER} <= numbers:
        raise Broken(ENDS_EARLY)


def duration(info: Window) -> int | None:
    """In whole seconds; None where a recording does not say."""
    scale, units = DEFAULT_SCALE, None
    for number, inner in children(info):
        if number == SCALE:
            scale = unsigned(inner)
        elif number == DURATION:
            units = real(inner)
    if units is None:
        return None
    seconds = units * scale / 1e9
    if not math.isfinite(seconds) or seconds < 0:
        raise Broken(NONSENSE)
    return max(1, round(seconds))


def real(inner: Window) -> float:
    if inner.left not in (4, 8):
        raise Broken(NONSENSE)
    [value] = struct.unpack(">f" if inner.left == 4 else ">d", inner.read(inner.left))
    return float(value)


def read_tracks(tracks: Window, seen: Seen) -> None:
    for number, entry in children(tracks):
        if number == ENTRY and not seen.codec:
            read_entry(entry, seen)


def read_entry(entry: Window, seen: Seen) -> None:
    """The codec and the size of a track of pictures."""
    kind, codec, size = 0, "", (0, 0)
    for number, inner in children(entry):
        if number == KIND:
            kind = unsigned(inner)
        elif number == CODEC:
            codec = words(inner)
        elif number == PICTURE:
            size = picture_size(inner)
    if kind == PICTURES:
        seen.codec = codec
        seen.width, seen.height = size


def picture_size(picture: Window) -> tuple[int, int]:
    found = {number: unsigned(inner) for number, inner in children(picture) if number in (WIDTH, HEIGHT)}
    return found.get(WIDTH, 0), found.get(HEIGHT, 0)
