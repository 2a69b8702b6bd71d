"""Pictures, known by decoding them, never by a name or by what a browser says of them; and made anew.

What is stored was written by us: one JPEG in sRGB, upright, without a word of what the file said about place, camera
or person. Whatever else lay in the file, behind it or beside the picture is gone with it.
"""

import hashlib
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from films.uploads.colours import in_srgb, true_colour
from films.uploads.large_png import bands, comes_in_bands

logger = logging.getLogger(__name__)

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 50_000_000
BEGINNINGS = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF.{4}WEBP|.{4}ftypavi[fs]", re.S)
# A strip is no picture: nothing on a page can show it.
MOST_TIMES_AS_LONG = 10
# A frame in 4K is kept as it is; no screen shows more of it than this.
LONGEST_SIDE = 3840
# Up to here a picture may be in memory twice, and is made smaller by the better filter.
SMALL_ENOUGH = 16_000_000
# What decoding may take. A large picture of a kind that takes more for each pixel is refused before it is decoded.
MOST_MEMORY = 200_000_000
BAND = 64
QUALITY = 92

EMPTY = _("这个文件是空的。请重新选择图片文件。")
TOO_LARGE = _("图片文件有 %(size)s，最多可以是 %(limit)s。请另存为质量低一些的 JPEG，再上传。")
UNKNOWN = _("这个文件不是 JPEG、PNG、WebP 或 AVIF 图片（看的是内容，不是文件名）。请把图片另存为其中一种，再上传。")
BROKEN = _("图片文件不完整或已损坏，解不开。请从原来的地方重新导出，再上传一次。")
TOO_MANY_PIXELS = _("图片有 %(width)s×%(height)s 像素，最多可以是 5000 万像素。请缩小后再上传。")
STRIP = _("图片有 %(width)s×%(height)s 像素，一边长过另一边的 10 倍，页面上无法显示。请裁剪后再上传。")
ANIMATED = _("这是动图，有 %(frames)s 帧；这里只收静止的图片。请导出其中一帧，再上传；会动的请作为影片上传。")
TOO_HEAVY = _(
    "图片有 %(width)s×%(height)s 像素，这种格式（%(format)s）这么大的图要占太多内存。"
    "请缩小到 %(most)s 百万像素以内，或另存为普通（非渐进）的 JPEG，再上传。"
)


@dataclass(frozen=True)
class Checked:
    """A picture as it is stored: bytes that we wrote ourselves."""

    content: bytes
    format: str
    width: int
    height: int
    sha256: str


def checked_image(file: Any) -> Checked:
    """The picture in an uploaded or stored file, made anew; ValidationError says why it cannot be one.

    Leaves the file open and at its beginning.
    """
    size = check_size(file)
    try:
        with unreadable_as_broken():
            check_head(file)
            return stored(*decoded(opened(file), size))
    finally:
        file.seek(0)


def check_size(file: Any) -> int:
    size = file.seek(0, 2) or file.tell()
    file.seek(0)
    if not size:
        raise ValidationError(EMPTY, code="empty")
    if size > MOST_BYTES:
        words = {"size": filesizeformat(size), "limit": filesizeformat(MOST_BYTES)}
        raise ValidationError(TOO_LARGE, code="too_large", params=words)
    return int(size)


@contextmanager
def unreadable_as_broken() -> Iterator[None]:
    """A decoder fails with whatever a broken file leads it to."""
    try:
        yield
    except ValidationError:
        raise
    except UnidentifiedImageError as error:
        raise ValidationError(UNKNOWN, code="unknown") from error
    except Exception as error:
        logger.info("A picture could not be decoded: %r", error)
        raise ValidationError(BROKEN, code="broken") from error


def check_head(file: Any) -> None:
    """What must be known of a WebP before it is opened: its decoder takes room for all frames at once."""
    head = file.read(30)
    file.seek(0)
    if head[:4] != b"RIFF" or head[8:16] != b"WEBPVP8X" or len(head) < 30:
        return
    width, height = (int.from_bytes(head[at : at + 3], "little") + 1 for at in (24, 27))
    check_pixels(width, height)
    check_memory("WEBP", width, height, MEMORY["WEBP"] * width * height)


def opened(file: Any) -> Any:
    """The picture with its head read, not yet decoded."""
    try:
        return Image.open(file, formats=FORMATS)
    except UnidentifiedImageError as error:
        file.seek(0)
        if BEGINNINGS.match(file.read(16)):
            # One of the four by its beginning, of which no head could be read: it is cut short.
            raise ValidationError(BROKEN, code="broken") from error
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        words = {"width": "?", "height": "?"}
        raise ValidationError(TOO_MANY_PIXELS, code="too_many_pixels", params=words) from error


def check_shape(image: Any, size: int) -> None:
    """What the head says of the picture, before any of it is decoded."""
    width, height = image.size
    check_pixels(width, height)
    if max(width, height) > MOST_TIMES_AS_LONG * min(width, height):
        raise ValidationError(STRIP, code="strip", params={"width": width, "height": height})
    frames = getattr(image, "n_frames", 1)
    # A photo that brings its own preview along has several pictures in it, and moves no more than others.
    if frames > 1 and image.format != "MPO":
        raise ValidationError(ANIMATED, code="animated", params={"frames": frames})
    check_memory(image.format, width, height, memory_of(image, size))


def check_pixels(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise ValidationError(TOO_MANY_PIXELS, code="too_many_pixels", params={"width": width, "height": height})


# Bytes a pixel while a picture is decoded, as measured: WebP and AVIF are held several times over.
MEMORY = {"WEBP": 16.0, "AVIF": 13.0}


def memory_of(image: Any, size: int) -> float:
    """What decoding will take, in bytes."""
    pixels = int(image.width * image.height)
    if image.format in MEMORY:
        return MEMORY[image.format] * pixels
    if image.format == "PNG":
        held = 0 if comes_in_bands(image) else bytes_in_memory(image.mode)
        return held * pixels + 12 * pixels / factor_of(image.size) ** 2
    # Each sample of a progressive JPEG is kept until the last of them is read.
    waiting = 2 * samples(image) * pixels if image.info.get("progressive") else 0
    return waiting + 12 * pixels / halves(factor_of(image.size)) ** 2


def samples(image: Any) -> float:
    """How many numbers a JPEG keeps for each pixel: its colours may be coarser than its brightness."""
    sampling = [(int(across), int(down)) for _name, across, down, _table in image.layer]
    finest = max(across for across, _down in sampling) * max(down for _across, down in sampling)
    return float(sum(across * down for across, down in sampling) / finest)


def halves(factor: int) -> int:
    """By how much a JPEG is made smaller while it is decoded."""
    return max(step for step in (1, 2, 4, 8) if step <= factor)


def bytes_in_memory(mode: str) -> int:
    return {"1": 1, "L": 1, "P": 1, "I;16": 2}.get(mode, 4)


def check_memory(format_name: str, width: int, height: int, needed: float) -> None:
    if needed > MOST_MEMORY and width * height > SMALL_ENOUGH / 2:
        most = int(width * height * MOST_MEMORY / needed / 1_000_000)
        words = {"width": width, "height": height, "format": format_name, "most": most}
        raise ValidationError(TOO_HEAVY, code="too_heavy", params=words)


def factor_of(size: tuple[int, int]) -> int:
    """By which whole number a large picture is divided; 1 for one that is small enough as it is."""
    width, height = size
    return -(-max(width, height) // LONGEST_SIDE) if width * height > SMALL_ENOUGH else 1


def decoded(image: Any, size: int) -> tuple[Any, bytes | None]:
    """The picture upright in true colour, no larger than is stored, and what its colours mean.

    Nobody else may hold the image: of a large one hardly more than itself is in memory at any time.
    """
    check_shape(image, size)
    profile, factor = image.info.get("icc_profile"), factor_of(image.size)
    if factor > 1 and comes_in_bands(image):
        exif, picture = image.info.get("exif", b""), divided(bands(image.fp, BAND * factor), factor)
    else:
        # A JPEG can be decoded at a half, a quarter or an eighth of its size; at least this large.
        image.draft(None, (-(-image.width // factor), -(-image.height // factor)))
        image.load()
        exif = image.getexif().tobytes() if is_readable(image) else b""
        is_large = image.width * image.height > SMALL_ENOUGH
        picture = divided(cuts(image, BAND * factor), factor) if is_large else true_colour(image).copy()
    del image  # and with it what its decoder holds
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return turned(picture, exif), profile


def is_readable(image: Any) -> bool:
    """Whether what the camera wrote can be read: it may be nonsense, and the picture sound."""
    try:
        image.getexif().tobytes()
    except Exception as error:
        logger.info("What a camera wrote could not be read: %r", error)
        return False
    return True


def cuts(image: Any, height: int) -> Iterator[Any]:
    for top in range(0, image.height, height):
        yield image.crop((0, top, image.width, min(top + height, image.height)))


def divided(bands: Iterator[Any], factor: int) -> Any:
    """Band by band, so that only what comes of it is held beside the picture."""
    small = [true_colour(band).reduce(factor) for band in bands]
    picture = Image.new(small[0].mode, (small[0].width, sum(band.height for band in small)))
    top = 0
    for band in small:
        picture.paste(band, (0, top))
        top += band.height
    return picture


def turned(picture: Any, exif: bytes) -> Any:
    """Upright, as the camera says it was held."""
    picture.info = {"exif": exif} if exif else {}
    return ImageOps.exif_transpose(picture)


def stored(picture: Any, profile: bytes | None) -> Checked:
    """The picture as the bytes that are kept, with nothing but its colours."""
    shown, file = in_srgb(picture, profile), BytesIO()
    shown.info = {}
    shown.save(file, "JPEG", quality=QUALITY, subsampling=0)
    content = file.getvalue()
    return Checked(content, "jpeg", shown.width, shown.height, hashlib.sha256(content).hexdigest())
