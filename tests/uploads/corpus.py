"""Files that people and programs send, made here, each with the verdict that every door must give.

An empty verdict means accepted; otherwise it is the code of the one refusal.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms

HERE = Path(__file__).parent
HTML = b"<html><script>alert(document.cookie)</script></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n(/etc/passwd) run showpage\n"
MANY = 5000


@dataclass(frozen=True)
class Specimen:
    title: str
    # image, video or captions: the field that it is sent to.
    kind: str
    name: str
    make: Callable[[], bytes]
    verdict: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"


def picture(mode: str = "RGB", size: tuple[int, int] = (40, 30)) -> Any:
    image = Image.new(mode, size, 0)
    box = size[0] // 4, size[1] // 4, size[0] // 2 + 1, size[1] // 2 + 1
    image.paste({"1": 1, "I;16": 40_000, "P": 3}.get(mode, tuple([200, 120, 60, 128][: len(image.getbands())])), box)
    return image


def saved(kind: str, image: Any = None, **options: Any) -> bytes:
    file = BytesIO()
    (image or picture()).save(file, kind, **options)
    return file.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, raw: bytes, *, bits: int = 1, colour: int = 0, before: bytes = b"") -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))
    idat = chunk(b"IDAT", zlib.compress(raw, 9))
    return b"\x89PNG\r\n\x1a\n" + header + before + idat + chunk(b"IEND", b"")


def bomb(side: int) -> bytes:
    """A white square that is small until it is unpacked."""
    return png(side, side, bytes((1 + (side + 7) // 8) * side))


def moving_png() -> bytes:
    frame = struct.pack(">IIIIHHBB", 1, 1, 0, 0, 1, 100, 0, 0)
    pixel, parts = zlib.compress(b"\0\0"), []
    for number in range(MANY):
        place = struct.pack(">I", 2 * number)
        parts.append(chunk(b"fcTL", (struct.pack(">I", max(0, 2 * number - 1))) + frame))
        parts.append(chunk(b"IDAT", pixel) if not number else chunk(b"fdAT", place + pixel))
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    count = chunk(b"acTL", struct.pack(">II", MANY, 0))
    return b"\x89PNG\r\n\x1a\n" + header + count + b"".join(parts) + chunk(b"IEND", b"")


def moving_gif() -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"\x21\xf9\x04\0\0\0\0\0" + b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\0"
    return head + frame * MANY + b"\x3b"


def riff(*chunks: bytes) -> bytes:
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def riff_chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def webp_head(width: int, height: int, flags: int) -> bytes:
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return riff_chunk(b"VP8X", bytes([flags, 0, 0, 0]) + sides)


def moving_webp(side: int = 1) -> bytes:
    still = saved("WEBP", picture("RGB", (1, 1)), lossless=True)[12:]
    frame = riff_chunk(b"ANMF", bytes(6) + bytes(6) + (40).to_bytes(3, "little") + b"\0" + still)
    return riff(webp_head(side, side, 2), riff_chunk(b"ANIM", bytes(6)), *[frame] * MANY)


def patched(body: bytes, mark: bytes, offset: int, value: bytes) -> bytes:
    """The same with other bytes at a place behind a mark."""
    at = body.index(mark) + offset
    return body[:at] + value + body[at + len(value) :]


def camera(orientation: int = 1, *, where: bool = False) -> Any:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Secret Camera Works"
    if where:
        exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 14.0, 2.5), 3: "E", 4: (121.0, 28.0, 9.5)})
    return exif


@cache
def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


@cache
def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def cut(body: bytes, share: float) -> bytes:
    return body[: int(len(body) * share)]


def noise(size: tuple[int, int]) -> Any:
    return Image.effect_noise(size, 80).convert("RGB")


SOUND = {
    "a photograph": ("a.jpg", lambda: saved("JPEG")),
    "a progressive photograph": ("a.jpg", lambda: saved("JPEG", progressive=True)),
    "grey": ("a.jpg", lambda: saved("JPEG", picture("L"))),
    "four inks": ("a.jpg", lambda: saved("JPEG", picture("CMYK"))),
    "a comment in PHP": ("a.jpg", lambda: saved("JPEG", comment=b"<?php system('id'); ?>")),
    "a place in its notes": ("a.jpg", lambda: saved("JPEG", exif=camera(where=True))),
    "notes that are nonsense": ("a.jpg", lambda: saved("JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xffnonsense")),
    "a way of holding that there is not": ("a.jpg", lambda: saved("JPEG", exif=camera(9))),
    "colours of its own": ("a.jpg", lambda: saved("JPEG", icc_profile=srgb())),
    "colours of another kind": ("a.jpg", lambda: saved("JPEG", icc_profile=profile())),
    "colours that are nonsense": ("a.jpg", lambda: saved("JPEG", icc_profile=b"no profile" * 20)),
    "with its preview in the same file": (
        "a.jpg",
        lambda: saved("MPO", save_all=True, append_images=[picture("RGB", (8, 6))]),
    ),
    "a drawing": ("a.png", lambda: saved("PNG")),
    "one bit": ("a.png", lambda: saved("PNG", picture("1"))),
    "grey drawing": ("a.png", lambda: saved("PNG", picture("L"))),
    "sixteen bits": ("a.png", lambda: saved("PNG", picture("I;16"))),
    "sixteen bits in three colours": (
        "a.png",
        lambda: png(4, 4, (b"\0" + b"\x12\x34" * 12) * 4, bits=16, colour=2),
    ),
    "a palette": ("a.png", lambda: saved("PNG", picture().quantize(4))),
    "a palette with holes": ("a.png", lambda: saved("PNG", picture().quantize(4), transparency=0)),
    "see-through": ("a.png", lambda: saved("PNG", picture("RGBA"))),
    "see-through grey": ("a.png", lambda: saved("PNG", picture("LA"))),
    "a drawing with colours of its own": ("a.png", lambda: saved("PNG", icc_profile=srgb())),
    "one point": ("a.png", lambda: saved("PNG", picture("RGB", (1, 1)))),
    "a drawing and a page in one": ("a.png", lambda: saved("PNG") + HTML),
    "a page in a drawing's notes": (
        "a.png",
        lambda: png(4, 4, bytes(8), before=chunk(b"tEXt", b"Comment\0" + HTML)),
    ),
    "a small WebP": ("a.webp", lambda: saved("WEBP")),
    "without loss": ("a.webp", lambda: saved("WEBP", lossless=True)),
    "see-through WebP": ("a.webp", lambda: saved("WEBP", picture("RGBA"))),
    "a place in a WebP": ("a.webp", lambda: saved("WEBP", exif=camera(where=True))),
    "a small AVIF": ("a.avif", lambda: saved("AVIF")),
    "see-through AVIF": ("a.avif", lambda: saved("AVIF", picture("RGBA"))),
    "a place in an AVIF": ("a.avif", lambda: saved("AVIF", exif=camera(where=True))),
    "a photograph called a drawing": ("a.png", lambda: saved("JPEG")),
    "a drawing called a text": ("a.txt", lambda: saved("PNG")),
    "a photograph wider than a screen": ("a.jpg", lambda: saved("JPEG", Image.new("RGB", (4000, 420), "teal"))),
}
NAMES = {
    "a name that climbs": "../../../etc/cron.d/a.png",
    "a name with backslashes": "..\\..\\windows\\a.png",
    "a name from the root": "/etc/passwd",
    "a name with NUL": "a.php\0.png",
    "a name of 300 bytes": "鹿" * 100 + ".png",
    "a name read from the right": "a\u202egnp.exe",
    "a name with line breaks": "a\r\nSet-Cookie: b=c.png",
    "a hidden name": ".htaccess",
    "a program's name": "shell.php",
    "a page's name": "index.html",
    "a name in Chinese": "梅花鹿.png",
}
UNSOUND: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "nothing": ("a.png", lambda: b"", "empty"),
    "one byte": ("a.png", lambda: b"\x89", "unknown"),
    "its first bytes alone": ("a.png", lambda: b"\x89PNG\r\n\x1a\n", "broken"),
    "a drawing in lines": ("a.png", lambda: SVG, "unknown"),
    "a drawing in lines by its name": ("a.svg", lambda: SVG, "unknown"),
    "PostScript called a drawing": ("a.png", lambda: EPS, "unknown"),
    "TIFF called a drawing": ("a.png", lambda: saved("TIFF"), "unknown"),
    "a bitmap": ("a.png", lambda: saved("BMP"), "unknown"),
    "an icon": ("a.png", lambda: saved("ICO", picture("RGBA", (32, 32))), "unknown"),
    "JPEG 2000": ("a.jpg", lambda: saved("JPEG2000"), "unknown"),
    "a page called a drawing": ("a.png", lambda: HTML, "unknown"),
    "a page before a drawing": ("a.png", lambda: HTML + saved("PNG"), "unknown"),
    "a document": ("a.jpg", lambda: saved("PDF"), "unknown"),
    "a program": ("a.jpg", lambda: b"\x7fELF" + bytes(200), "unknown"),
    "a still GIF": ("a.gif", lambda: saved("GIF"), "unknown"),
    "a GIF of thousands of frames": ("a.gif", moving_gif, "unknown"),
    "a PNG of thousands of frames": ("a.png", moving_png, "animated"),
    "a WebP of thousands of frames": ("a.webp", moving_webp, "animated"),
    "a moving AVIF": (
        "a.avif",
        lambda: saved("AVIF", save_all=True, append_images=[picture("RGB", (40, 30)).rotate(180)]),
        "animated",
    ),
    "169 million points": ("a.png", lambda: bomb(13_000), "too_many_pixels"),
    "51 million points": ("a.png", lambda: bomb(7_142), "too_many_pixels"),
    "a photograph that claims 3.6 billion points": (
        "a.jpg",
        lambda: patched(saved("JPEG"), b"\xff\xc0", 5, struct.pack(">HH", 60_000, 60_000)),
        "too_many_pixels",
    ),
    "a WebP that claims 268 million points": (
        "a.webp",
        lambda: riff(webp_head(16_383, 16_383, 0), saved("WEBP")[12:]),
        "too_many_pixels",
    ),
    "a moving WebP on 268 million points": ("a.webp", lambda: moving_webp(16_383), "too_many_pixels"),
    "an AVIF that claims 2.5 billion points": (
        "a.avif",
        lambda: patched(saved("AVIF"), b"ispe", 8, struct.pack(">II", 50_000, 50_000)),
        "broken",
    ),
    "a line": ("a.png", lambda: saved("PNG", Image.new("L", (64_000, 1))), "strip"),
    "an upright line": ("a.png", lambda: saved("PNG", Image.new("L", (1, 64_000))), "strip"),
    "21 MB": ("a.jpg", lambda: saved("JPEG") + bytes(21 * 1024 * 1024), "too_large"),
    "a photograph cut after a tenth": ("a.jpg", lambda: cut(saved("JPEG", noise((300, 200))), 0.1), "broken"),
    "a photograph cut in the middle": ("a.jpg", lambda: cut(saved("JPEG", noise((300, 200))), 0.5), "broken"),
    "a drawing cut in the middle": ("a.png", lambda: cut(saved("PNG", noise((300, 200))), 0.5), "broken"),
    "a drawing cut near its end": ("a.png", lambda: cut(saved("PNG", noise((300, 200))), 0.95), "broken"),
    "a WebP cut in the middle": ("a.webp", lambda: cut(saved("WEBP", noise((300, 200))), 0.5), "broken"),
    "an AVIF cut in the middle": ("a.avif", lambda: cut(saved("AVIF", noise((300, 200))), 0.5), "broken"),
    "a drawing with a wrong sum": (
        "a.png",
        lambda: patched(saved("PNG", noise((300, 200))), b"IDAT", 2000, b"\0\0\0\0"),
        "broken",
    ),
    "a drawing without its content": (
        "a.png",
        lambda: (
            b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 9, 9, 8, 2, 0, 0, 0)) + chunk(b"IEND", b"")
        ),
        "broken",
    ),
}


def large(mode: str, side: int, kind: str, **options: Any) -> bytes:
    return saved(kind, Image.new(mode, (side, side), 90 if mode == "L" else "teal"), **options)


def large_drawing(side: int) -> bytes:
    """Three colours in a few kilobytes: what a decoder unpacks of them is all that counts."""
    packer, row = zlib.compressobj(1), bytes(1 + 3 * side)
    idat = b"".join(packer.compress(row) for _row in range(side)) + packer.flush()
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", idat) + chunk(b"IEND", b"")


# As large as may be, or nearly: these are weighed, each in a process of its own, and sent through no other door.
LARGE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a photograph of 49 million points": (lambda: large("RGB", 7000, "JPEG"), ""),
    "a progressive photograph of 49 million points": (
        lambda: large("RGB", 7000, "JPEG", progressive=True),
        "too_heavy",
    ),
    "a drawing of 49 million points": (lambda: large_drawing(7000), ""),
    "one bit on 49 million points": (lambda: bomb(7000), ""),
    "a see-through drawing of 25 million points": (lambda: large("RGBA", 5000, "PNG", compress_level=1), ""),
    "a WebP of 25 million points": (lambda: riff(webp_head(5000, 5000, 0), saved("WEBP")[12:]), "too_heavy"),
    "a WebP of 9 million points": (lambda: large("RGB", 3000, "WEBP", method=0, quality=10), ""),
    "an AVIF of 25 million points": (
        lambda: patched(saved("AVIF"), b"ispe", 8, struct.pack(">II", 5000, 5000)),
        "too_heavy",
    ),
    "an AVIF of 9 million points": (lambda: large("RGB", 3000, "AVIF", speed=10, quality=10), ""),
}


def images() -> Iterator[Specimen]:
    yield from (Specimen(title, "image", name, make) for title, (name, make) in SOUND.items())
    for way in range(1, 9):
        exif = camera(way)
        yield Specimen(f"held in way {way}", "image", "a.jpg", lambda exif=exif: saved("JPEG", exif=exif))
    yield from (Specimen(title, "image", name, lambda: saved("PNG")) for title, name in NAMES.items())
    yield from (Specimen(title, "image", name, make, verdict) for title, (name, make, verdict) in UNSOUND.items())


# --- films


def mp4() -> bytes:
    return (HERE / "small.mp4").read_bytes()


def webm() -> bytes:
    return (HERE / "small.webm").read_bytes()


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + name + body


def nest(depth: int) -> bytes:
    body = b""
    for _level in range(depth):
        body = box(b"moov", body)
    return box(b"ftyp", b"isom\0\0\0\0isom") + body


VIDEOS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "MP4": ("a.mp4", mp4, ""),
    "WebM": ("a.webm", webm, ""),
    "MP4 called WebM": ("a.webm", mp4, ""),
    "WebM called a picture": ("a.png", webm, ""),
    "MP4 with a name that climbs": ("../../a.mp4", mp4, ""),
    "MP4 with a name of 300 bytes": ("鹿" * 100 + ".mp4", mp4, ""),
    "MP4 with a name read from the right": ("a\u202e4pm.exe", mp4, ""),
    "nothing": ("a.mp4", lambda: b"", "empty"),
    "one byte": ("a.mp4", lambda: b"\0", "unknown"),
    "a page called a film": ("a.mp4", lambda: HTML * 50, "unknown"),
    "a picture called a film": ("a.mp4", lambda: saved("PNG"), "unknown"),
    "an AVIF called a film": ("a.mp4", lambda: saved("AVIF"), "unknown"),
    "AVI": ("a.avi", lambda: b"RIFF\0\0\1\0AVI LIST" + bytes(400), "unknown"),
    "Ogg": ("a.ogv", lambda: b"OggS" + bytes(400), "unknown"),
    "a sound": ("a.mp4", lambda: b"ID3\x04" + bytes(400), "unknown"),
    "a brand that is no film's": (
        "a.mp4",
        lambda: box(b"ftyp", b"heic\0\0\0\0heicmif1") + mp4()[mp4()[3] :],
        "unknown",
    ),
    "Matroska that is no WebM": ("a.webm", lambda: patched(webm(), b"\x42\x82\x84", 3, b"what"), "unknown"),
    "its first box alone": ("a.mp4", lambda: box(b"ftyp", b"isom\0\0\0\0isom"), "broken"),
    "WebM's first bytes alone": ("a.webm", lambda: webm()[:12], "broken"),
    "MP4 cut after a tenth": ("a.mp4", lambda: cut(mp4(), 0.1), "broken"),
    "MP4 cut in the middle": ("a.mp4", lambda: cut(mp4(), 0.5), "broken"),
    "MP4 less its last byte": ("a.mp4", lambda: mp4()[:-1], "broken"),
    "WebM cut in the middle": ("a.webm", lambda: cut(webm(), 0.5), "broken"),
    "a box that claims four gigabytes": ("a.mp4", lambda: mp4() + b"\xff\xff\xff\xffmdat", "broken"),
    "a thousand boxes in one another": ("a.mp4", lambda: nest(1000), "broken"),
    "a hundred thousand empty boxes": (
        "a.mp4",
        lambda: box(b"ftyp", b"isom\0\0\0\0isom") + box(b"free", b"") * 100_000,
        "broken",
    ),
}

# --- captions

HEAD = "WEBVTT\n\n"
CUE = "00:01.000 --> 00:02.000\n你好\n"


def cues(*several: str) -> bytes:
    return (HEAD + "\n".join(several)).encode()


def cue(start: str, end: str, words: str = "你好") -> str:
    return f"{start} --> {end}\n{words}\n"


def million() -> bytes:
    """A thousand cues for each of a thousand seconds."""
    cues = (
        b"".join(b"00:@@.%03d --> 00:@@.%03d\na\n\n" % (n, n + 1) for n in range(999))
        + b"00:@@.999 --> 00:##.000\na\n\n"
    )
    moments = [b"%02d:%02d" % divmod(second, 60) for second in range(1001)]
    return HEAD.encode() + b"".join(
        cues.replace(b"@@", moment).replace(b"##", after) for moment, after in pairwise(moments)
    )


CAPTIONS: dict[str, tuple[Callable[[], bytes], str]] = {
    "one cue": (lambda: cues(CUE), ""),
    "Windows' line breaks": (lambda: cues(CUE).replace(b"\n", b"\r\n"), ""),
    "old line breaks": (lambda: cues(CUE).replace(b"\n", b"\r"), ""),
    "a mark of the order of bytes": (lambda: b"\xef\xbb\xbf" + cues(CUE), ""),
    "its own tags": (lambda: cues(cue("00:01.000", "00:02.000", "<v 阿米><i>你</i><b>好</b></v>")), ""),
    "a note": (lambda: cues("NOTE a word between editors\n", CUE), ""),
    "a style that asks another site": (lambda: cues("STYLE\n::cue{background:url(https://x.example/)}\n", CUE), ""),
    "places on the picture": (lambda: cues("00:01.000 --> 00:02.000 align:start line:0\n你好\n"), ""),
    "hours": (lambda: cues(cue("01:00:01.000", "01:00:02.000")), ""),
    "words that look like a tag": (lambda: cues(cue("00:01.000", "00:02.000", "1 &lt; 2 &amp; 3")), ""),
    "a script": (lambda: cues(cue("00:01.000", "00:02.000", "<script>alert(1)</script>")), "markup"),
    "a picture with a trap": (lambda: cues(cue("00:01.000", "00:02.000", "<img src=x onerror=alert(1)>")), "markup"),
    "a link": (lambda: cues(cue("00:01.000", "00:02.000", "<a href='javascript:1'>x</a>")), "markup"),
    "a tag left open": (lambda: cues(cue("00:01.000", "00:02.000", "a <b")), "markup"),
    "nothing": (lambda: b"", "empty"),
    "a head alone": (lambda: HEAD.encode(), "no_cues"),
    "no head": (lambda: CUE.encode(), "header"),
    "a page": (lambda: HTML, "header"),
    "SubRip": (lambda: b"1\n00:00:01,000 --> 00:00:02,000\nHello\n", "srt"),
    "two bytes a letter": (lambda: cues(CUE).decode().encode("utf-16"), "encoding"),
    "an old Chinese encoding": (lambda: cues(CUE).decode().encode("gb18030"), "encoding"),
    "NUL": (lambda: cues(cue("00:01.000", "00:02.000", "a\0b")), "control"),
    "a picture": (lambda: saved("PNG"), "encoding"),
    "a million cues": (million, "too_large"),
    "more cues than a talk has": (
        lambda: cues(
            *[
                cue(
                    f"{n // 3600:02d}:{n // 60 % 60:02d}:{n % 60:02d}.000",
                    f"{n // 3600:02d}:{n // 60 % 60:02d}:{n % 60:02d}.900",
                    "a",
                )
                for n in range(11_000)
            ]
        ),
        "too_many",
    ),
    "a negative time": (lambda: cues(cue("-00:01.000", "00:02.000")), "negative"),
    "an end before its beginning": (lambda: cues(cue("00:02.000", "00:01.000")), "ends_first"),
    "backward": (lambda: cues(cue("00:05.000", "00:06.000"), cue("00:01.000", "00:02.000")), "backward"),
    "overlapping": (lambda: cues(cue("00:01.000", "00:03.000"), cue("00:02.000", "00:04.000")), "overlapping"),
    "a hundred hours": (lambda: cues(cue("99:00:01.000", "99:00:02.000")), "too_late"),
    "sixty-one minutes": (lambda: cues(cue("61:01.000", "61:02.000")), "timing"),
    "words that stand in no cue": (lambda: cues("stray\n", CUE), "stray"),
    "a cue without words": (lambda: cues(cue("00:01.000", "00:02.000", "<i></i>")), "wordless"),
}


def specimens() -> list[Specimen]:
    films = (Specimen(title, "video", name, make, verdict) for title, (name, make, verdict) in VIDEOS.items())
    texts = (Specimen(title, "captions", "a.vtt", make, verdict) for title, (make, verdict) in CAPTIONS.items())
    return [*images(), *films, *texts]


CORPUS = specimens()
# Those of the others that would take much if they were let.
HUNGRY = (
    "169 million",
    "51 million",
    "claims",
    "thousands of frames",
    "21 MB",
    "a line",
    "a million cues",
    "a hundred",
)
LARGE_ONES = [Specimen(title, "image", "a", make, verdict) for title, (make, verdict) in LARGE.items()]
WEIGHED = LARGE_ONES + [one for one in CORPUS if any(words in one.title for words in HUNGRY)]
