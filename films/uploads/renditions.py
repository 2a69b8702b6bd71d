"""A stored picture in the sizes and formats that pages show: which there are is reckoned, nothing has to be looked up."""

import hashlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import groupby
from typing import Any, NamedTuple

FOLDER = "pictures"
# Part of every name: another way of making them makes new files.
RECIPE = "1"
CONTENT_TYPES = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "avif": "image/avif"}
SAVED_AS: dict[str, dict[str, Any]] = {
    "avif": {"quality": 60, "speed": 8},
    "webp": {"quality": 80, "method": 3},
    "jpeg": {"quality": 85, "progressive": True},
}

Size = tuple[int, int]
Box = tuple[int, int, int, int]


class Ladder(NamedTuple):
    """What is made of a picture: cut to these proportions if any, in these widths, in these formats."""

    widths: tuple[int, ...]
    ratio: Size | None = None
    formats: tuple[str, ...] = ("avif", "webp")


class Rendition(NamedTuple):
    """One file made of a picture."""

    name: str
    format: str
    width: int
    height: int
    box: Box

    @property
    def shape(self) -> tuple[str, int, int, Box]:
        """What is in the file, whatever it is called."""
        return self.format, self.width, self.height, self.box


def renditions(source: str, size: Size, focus: Size, ladder: Ladder) -> list[Rendition]:
    """The files of a picture, the smallest first. Never larger than the picture: a small one has fewer."""
    box = cut(size, focus, ladder.ratio)
    width, height = box[2] - box[0], box[3] - box[1]
    key = hashlib.sha256(f"{RECIPE} {source} {box}".encode()).hexdigest()[:32]
    found = []
    for step in sorted({min(step, width) for step in ladder.widths}):
        tall = max(1, round(step * height / width))
        for kind in ladder.formats:
            found.append(Rendition(f"{FOLDER}/{key[:2]}/{key}-{step}.{kind}", kind, step, tall, box))
    return found


def cut(size: Size, focus: Size, ratio: Size | None) -> Box:
    """The largest part of these proportions with the focal point (in hundredths) as near to its middle as may be."""
    width, height = size
    if ratio is None:
        return 0, 0, width, height
    wide, tall = min(width, height * ratio[0] / ratio[1]), min(height, width * ratio[1] / ratio[0])
    part = max(1, round(wide)), max(1, round(tall))
    left, top = (
        min(max(0, round(whole * at / 100 - cut_to / 2)), whole - cut_to)
        for whole, at, cut_to in zip(size, focus, part, strict=True)
    )
    return left, top, left + part[0], top + part[1]


def rendered(content: bytes, wanted: Iterable[Rendition]) -> Iterator[tuple[Rendition, bytes]]:
    """The bytes of these renditions of one stored picture, decoded once."""
    # Pillow and its tables, for those alone who take pictures in.
    from PIL import Image  # noqa: PLC0415

    files = list(wanted)
    if not files:
        return
    image = Image.open(BytesIO(content), formats=["JPEG"])
    whole = image.size
    needed = max(file.width / (file.box[2] - file.box[0]) for file in files)
    image.draft(None, (round(whole[0] * needed), round(whole[1] * needed)))
    picture: Any = image.convert("RGB")
    scale = picture.width / whole[0], picture.height / whole[1]
    for (box, width, height), same in groupby(files, lambda file: (file.box, file.width, file.height)):
        part = tuple(edge * scale[index % 2] for index, edge in enumerate(box))
        shown = picture.resize((width, height), Image.Resampling.LANCZOS, box=part, reducing_gap=3.0)
        for file in same:
            yield file, encoded(shown, file.format)


def encoded(picture: Any, kind: str) -> bytes:
    file = BytesIO()
    picture.info = {}
    picture.save(file, kind.upper(), **SAVED_AS[kind])
    return file.getvalue()
