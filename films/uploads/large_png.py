"""A large PNG band by band: Pillow holds four bytes for every pixel of it at once, which is more than one upload may take."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from PIL import Image

SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Colour type in the head → bytes for each pixel of eight bits a channel.
BYTES = {2: 3, 4: 2, 6: 4}
ADDED = 1
READ = 64 * 1024


def comes_in_bands(image: Any) -> bool:
    """Whether its rows lie one after the other, as whole bytes of what Pillow makes of them."""
    plain = image.format == "PNG" and not image.info.get("interlace")
    return plain and image.mode in ("RGB", "RGBA", "LA") and image.tile[0].args == image.mode


def bands(file: Any, height: int) -> Iterator[Any]:
    """The picture in pieces of so many rows, the last one perhaps with fewer."""
    file.seek(len(SIGNATURE))
    kind, head = next(chunks(file))
    width, rows, _depth, colour = struct.unpack(">IIBB", head[:10])
    if kind != b"IHDR" or colour not in BYTES:
        raise ValueError(kind)
    extra, length = b"", 1 + width * BYTES[colour]
    lines, above = Lines(file), b""
    for top in range(0, rows, height):
        count = min(height, rows - top)
        data = lines.read(count * length)
        extra = extra or b"".join(chunk(*found) for found in lines.before)
        piece = decoded(head, extra, above + data, width, count + bool(above))
        yield piece.crop((0, ADDED, width, piece.height)) if above else piece
        # A row may be told by what differs from the one above it: the last is told again, whole.
        above = b"\0" + piece.crop((0, piece.height - 1, width, piece.height)).tobytes()


class Lines:
    """The rows as they were packed, unpacked a little at a time; `before` holds what must be known to read them."""

    def __init__(self, file: Any) -> None:
        self.chunks, self.before = chunks(file), []  # type: ignore[var-annotated]
        self.unpacking, self.packed, self.waiting = zlib.decompressobj(), b"", b""

    def read(self, count: int) -> bytes:
        found = bytearray()
        while len(found) < count:
            if not self.packed:
                self.packed = self.next_packed()
            found += self.unpacking.decompress(self.packed, count - len(found))
            self.packed = self.unpacking.unconsumed_tail
        return bytes(found)

    def next_packed(self) -> bytes:
        for kind, data in self.chunks:
            if kind == b"IDAT" and data:
                return data
            if kind == b"IEND" or self.unpacking.eof:
                break
            if kind == b"tRNS":
                self.before.append((kind, data))
        raise EOFError


def chunks(file: Any) -> Iterator[tuple[bytes, bytes]]:
    while len(start := file.read(8)) == 8:
        length, kind = struct.unpack(">I4s", start)
        data, check = file.read(length), file.read(4)
        if len(data) < length or check != struct.pack(">I", zlib.crc32(kind + data)):
            raise ValueError(kind)
        yield kind, data
    raise EOFError


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def decoded(head: bytes, extra: bytes, data: bytes, width: int, height: int) -> Any:
    """These rows as a picture of their own."""
    new_head = struct.pack(">II", width, height) + head[8:]
    rows = chunk(b"IDAT", zlib.compress(data, 0))
    piece: Any = Image.open(
        BytesIO(SIGNATURE + chunk(b"IHDR", new_head) + extra + rows + chunk(b"IEND", b"")), formats=["PNG"]
    )
    piece.load()
    return piece
