"""MP4: a row of boxes, each with its length and a name of four letters; some hold boxes themselves."""

from collections.abc import Iterator
from typing import Any

from films.uploads.pieces import ENDS_EARLY, NONSENSE, Broken, Seen, Window

# Of the brands that a file names: those whose films browsers play as MP4. QuickTime and pictures name others alone.
BRANDS = {b"isom", b"mp41", b"mp42", b"avc1", b"dash", b"M4V ", b"M4VH", b"M4VP", b"MSNV", b"av01", b"f4v "}
BRANDS |= {b"iso%d" % number for number in range(2, 10)} | {b"isoa", b"isob", b"isoc", b"cmfc", b"cmf2"}
MOST_BRANDS = 4096
HANDLER_PICTURE = b"vide"


def read_mp4(file: Any, size: int) -> Seen:
    seen = Seen()
    names = set()
    for place, (name, box) in enumerate(boxes(Window(file, 0, size))):
        names.add(name)
        if place == 0:
            seen.is_kind = names_known_brand(box)
            if not seen.is_kind:
                return seen
        elif name == b"moov":
            read_movie(box, seen)
    if not (b"moov" in names and names & {b"mdat", b"moof"}):
        raise Broken(ENDS_EARLY)
    return seen


def boxes(window: Window) -> Iterator[tuple[bytes, Window]]:
    """Each box by name, with what is in it."""
    while window.left:
        length, name, head = window.number(4), window.read(4), 8
        if not name.replace(b"\xa9", b"c").replace(b"-", b"c").replace(b" ", b"c").isalnum():
            raise Broken(NONSENSE)
        if length == 1:
            length, head = window.number(8), 16
        elif length == 0:
            length = window.left + head
        if length < head:
            raise Broken(NONSENSE)
        yield name, window.inner(length - head)


def names_known_brand(box: Window) -> bool:
    if not 8 <= box.left <= MOST_BRANDS:
        return False
    words = box.read(box.left - box.left % 4)
    brands = {words[place : place + 4] for place in range(0, len(words), 4) if place != 4}
    return bool(brands & BRANDS)


def read_movie(moov: Window, seen: Seen) -> None:
    for name, box in boxes(moov):
        if name == b"mvhd":
            seen.seconds = duration(box)
        elif name == b"trak" and not seen.codec:
            read_track(box, seen)


def duration(mvhd: Window) -> int | None:
    """In whole seconds; None where it is written later, fragment by fragment."""
    is_long = mvhd.number(4) >> 24 == 1
    mvhd.read(16 if is_long else 8)
    scale, units = mvhd.number(4), mvhd.number(8 if is_long else 4)
    unknown = (1 << (64 if is_long else 32)) - 1
    if not scale:
        raise Broken(NONSENSE)
    return None if units in (0, unknown) else max(1, round(units / scale))


def read_track(trak: Window, seen: Seen) -> None:
    """The codec and the size of a track of pictures."""
    width = height = 0
    for name, box in boxes(trak):
        if name == b"tkhd":
            width, height = picture_size(box)
        elif name == b"mdia" and (codec := picture_codec(box)):
            seen.codec = codec
    if seen.codec:
        seen.width, seen.height = width, height


def picture_size(tkhd: Window) -> tuple[int, int]:
    """As it is shown: a film held upright says so by its matrix."""
    is_long = tkhd.number(4) >> 24 == 1
    tkhd.read(32 if is_long else 20)
    tkhd.read(16)
    matrix = [tkhd.number(4) for _cell in range(9)]
    width, height = tkhd.number(4) >> 16, tkhd.number(4) >> 16
    is_turned = matrix[0] == 0 and matrix[1] != 0
    return (height, width) if is_turned else (width, height)


def picture_codec(mdia: Window) -> str:
    """The name of the codec; nothing for a track of sounds or words."""
    found, is_picture = "", False
    for name, box in boxes(mdia):
        if name == b"hdlr":
            box.read(8)
            is_picture = box.read(4) == HANDLER_PICTURE
        elif name == b"minf" and is_picture:
            found = first_entry(box)
    return found


def first_entry(minf: Window) -> str:
    for name, box in boxes(minf):
        if name == b"stbl":
            for inner_name, inner in boxes(box):
                if inner_name == b"stsd":
                    inner.read(12)
                    return inner.read(4).decode("ascii", "replace")
    return ""
