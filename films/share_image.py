"""The image of 1200×630 that other sites show for a film: its wide poster as PNG, kept by content under MEDIA_ROOT.

With the extra `share` the poster is rendered by resvg with the fonts of the machine. Without it, or without a font
that has the characters, the film's pigment with the empty title marks stands in: true for every film, and no words
that could come out as boxes.
"""

import datetime as dt
import os
import struct
import tempfile
import zlib
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings

from films.models import Film
from films.models.postered import poster_facts
from films.poster import PIGMENTS, Facts, fit, wide

WIDTH, HEIGHT = 1200, 630
# The wide poster at this height has the proportions of the image.
SVG_HEIGHT = 336
FOLDER = "share"
# Part of every file's name: a new way of rendering makes new files.
RECIPE = "1"
HAN_FONTS = ("NotoSerifCJK", "NotoSansCJK", "SourceHanSerif", "SourceHanSans", "NotoSerifSC", "NotoSansSC")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "/Library/Fonts")


def wide_facts(film: Any) -> Facts:
    return fit(poster_facts(film))


def file_name(facts: Facts) -> str:
    """Says what is in the file: the same poster by the same means is the same file."""
    return digest_of(facts, can_render())


@lru_cache(maxsize=8192)
def digest_of(facts: Facts, is_drawn: bool) -> str:
    """Kept, for each page of a film says it twice."""
    what = f"resvg {wide(facts, SVG_HEIGHT)}" if is_drawn else f"plain {facts.pigment}"
    return sha256(f"{RECIPE} {what}".encode()).hexdigest()[:32]


def share_image(film: Any) -> bytes:
    """The film's image; rendered and kept when it is not there yet. Whether the film is public is the caller's care."""
    facts = wide_facts(film)
    path = Path(settings.MEDIA_ROOT) / FOLDER / f"{file_name(facts)}.png"
    try:
        return path.read_bytes()
    except OSError:
        image = rendered(facts)
        _keep(path, image)
        return image


def prepare(films: Iterable[Any]) -> None:
    """Render what is public among these, so that the first reader does not wait."""
    for film in films:
        if film.is_published:
            share_image(film)


def prepare_changed(
    since: dt.datetime, most: int, progress: Callable[[int, int], None] = lambda done, total: None
) -> None:
    """Render for the public films that changed since then, the newest first and no more than `most`.

    The rest are rendered when they are first asked for. (One query, and two for what the posters say.)
    """
    films = Film.objects.published().filter(updated_at__gte=since).with_card_data().order_by("-updated_at", "-pk")
    changed = list(films[:most])
    for number, film in enumerate(changed, 1):
        share_image(film)
        progress(number, len(changed))


def rendered(facts: Facts) -> bytes:
    """The poster as PNG; what the rasteriser refuses is shown plain."""
    try:
        return _by_resvg(wide(facts, SVG_HEIGHT)) if can_render() else plain(facts)
    except ValueError:
        return plain(facts)


@cache
def can_render() -> bool:
    """Whether the extra is installed and the machine has a font for Han characters."""
    return find_spec("resvg_py") is not None and bool(han_fonts())


@cache
def han_fonts() -> tuple[str, ...]:
    """Font files for Han characters, by name; only these are read, never the whole machine's fonts.

    A user without a home, or who may not look into a folder, has those of the others.
    """
    walked = (found for folder in FONT_FOLDERS for found in os.walk(os.path.expanduser(folder)))
    paths = (os.path.join(folder, name) for folder, _folders, names in walked for name in names)
    fonts = (path for path in paths if path.endswith((".otf", ".ttf", ".otc", ".ttc")))
    return tuple(sorted(path for path in fonts if os.path.basename(path).startswith(HAN_FONTS)))


def _by_resvg(svg: str) -> bytes:
    import resvg_py  # noqa: PLC0415 (the extra `share`)

    image = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=WIDTH,
        height=HEIGHT,
        skip_system_fonts=True,
        font_files=list(han_fonts()),
        serif_family="Noto Serif CJK SC",
        sans_serif_family="Noto Sans CJK SC",
    )
    return bytes(image)


def _keep(path: Path, image: bytes) -> None:
    """Put the whole file in place at once; a full or closed disk costs speed, not the answer."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".new", delete=False) as new:
            new.write(image)
            # A name may outlive a power cut that its content does not, and this file would be shown for ever.
            new.flush()
            os.fsync(new.fileno())
        os.chmod(new.name, 0o644)
        os.replace(new.name, path)
    except OSError:
        return


def plain(facts: Facts) -> bytes:
    """The pigment with the empty title marks, drawn without any library."""
    printed = PIGMENTS[facts.pigment].light
    ground, stroke = _rgb(printed.ground), _rgb(printed.ink)
    rows = {distance: _row(distance, ground, stroke) for distance in range(HEIGHT // 2 + 1)}
    pixels = b"".join(b"\0" + rows[abs(y - HEIGHT // 2)] for y in range(HEIGHT))
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


# The marks: height, depth of a point, where the four strokes have theirs, half a stroke's thickness along the row.
MARK_HEIGHT, MARK_DEPTH, POINTS, HALF_STROKE = 190, 118, (330, 390), 11.0


def _row(distance: int, ground: tuple[int, ...], stroke: tuple[int, ...]) -> bytes:
    """One row of pixels, so far from the middle."""
    if distance > MARK_HEIGHT:
        return bytes(ground) * WIDTH
    aside = [point + MARK_DEPTH * distance / MARK_HEIGHT for point in POINTS]
    centres = [*aside, *(WIDTH - 1 - place for place in aside)]
    return b"".join(_pixel(min(abs(x - centre) for centre in centres), ground, stroke) for x in range(WIDTH))


def _pixel(off: float, ground: tuple[int, ...], stroke: tuple[int, ...]) -> bytes:
    covered = max(0.0, min(1.0, HALF_STROKE + 0.5 - off))
    return bytes(round(g + (s - g) * covered) for g, s in zip(ground, stroke, strict=True))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
