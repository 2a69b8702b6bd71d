"""Films as files: MP4 and WebM, known by their own bytes, never by a name or by what a browser says of them."""

import secrets
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from films.uploads.mp4 import read_mp4
from films.uploads.pieces import NONSENSE, Broken, Seen
from films.uploads.webm import read_webm

CONTENT_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}
FOLDER = "videos"
MEGABYTE = 1024 * 1024
# What every browser of today plays: anything else would be a black frame for somebody.
PLAYED = {"mp4": {"avc1", "avc3", "av01", "vp09"}, "webm": {"V_VP8", "V_VP9", "V_AV1"}}
LONGEST = 86_400
# More than any screen; a column has room for it.
WIDEST = 16_384

EMPTY = _("这个文件是空的。请重新选择影片文件。")
UNKNOWN = _("这个文件不是 MP4 或 WebM（看的是内容，不是文件名）。请把影片转成其中一种再上传。")
TOO_LARGE = _("影片有 %(size)s，最多可以是 %(limit)s。请压缩后再上传，或改填视频网站的地址。")
BROKEN = _("影片文件不完整：%(problem)s。请重新导出，再上传一次。")
NO_PICTURE = _("文件里没有画面。请上传带画面的 MP4 或 WebM。")
CODEC = _("画面的编码是 %(codec)s，不是每个浏览器都能播放。请转成 H.264（MP4）或 VP9（WebM）再上传。")
TOO_LONG = _("影片声称的长度不对，或超过 24 小时。请重新导出，再上传一次。")


class VideoFile(NamedTuple):
    """What the bytes of a film say of it."""

    kind: str
    size: int
    width: int
    height: int
    seconds: int | None

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.kind]


def checked_video(file: Any) -> VideoFile:
    """What an uploaded or stored film is; ValidationError says why it cannot be one.

    Reads a few kilobytes here and there, never the whole; leaves the file at its beginning.
    """
    size = check_size(file)
    try:
        file.seek(0)
        head = file.read(16)
        kind, seen = recognised(file, head, size)
    except Broken as problem:
        raise ValidationError(BROKEN, code="broken", params={"problem": problem.words}) from problem
    finally:
        file.seek(0)
    check_picture(kind, seen)
    return VideoFile(kind, size, seen.width, seen.height, seen.seconds)


def check_size(file: Any) -> int:
    size, limit = int(file.size), settings.VIDEO_MB * MEGABYTE
    if not size:
        raise ValidationError(EMPTY, code="empty")
    if size > limit:
        words = {"size": filesizeformat(size), "limit": filesizeformat(limit)}
        raise ValidationError(TOO_LARGE, code="too_large", params=words)
    return size


def recognised(file: Any, head: bytes, size: int) -> tuple[str, Seen]:
    if head[4:8] == b"ftyp":
        return "mp4", read_mp4(file, size)
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm", read_webm(file, size)
    raise ValidationError(UNKNOWN, code="unknown")


def check_picture(kind: str, seen: Seen) -> None:
    if not seen.is_kind:
        raise ValidationError(UNKNOWN, code="unknown")
    if not seen.codec or not seen.width or not seen.height:
        raise ValidationError(NO_PICTURE, code="no_picture")
    if max(seen.width, seen.height) > WIDEST:
        raise ValidationError(BROKEN, code="broken", params={"problem": NONSENSE})
    if seen.codec not in PLAYED[kind]:
        raise ValidationError(CODEC, code="codec", params={"codec": seen.codec})
    if seen.seconds is not None and not 0 < seen.seconds <= LONGEST:
        raise ValidationError(TOO_LONG, code="too_long")


def video_name(kind: str) -> str:
    """A name under which no other file lies, and which nobody guesses."""
    return f"{FOLDER}/{secrets.token_hex(16)}.{kind}"
