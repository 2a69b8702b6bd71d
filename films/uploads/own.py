"""Whether a JPEG is one of those that we write: a picture and nothing else, from its first byte to its last."""

SEGMENTS = {
    0xE0,  # JFIF: how dense the points are
    0xDB,  # quantisation
    0xC0,  # the frame
    0xC4,  # codes
}
START, END, SCAN = b"\xff\xd8", b"\xff\xd9", 0xDA
JFIF_LENGTH = 16


def is_own(content: bytes) -> bool:
    """No notes, no profile, no preview, no comment, and nothing behind the end; within the scan all is points."""
    if not content.startswith(START) or not content.endswith(END):
        return False
    at = len(START)
    while content[at : at + 1] == b"\xff":
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if marker == SCAN:
            # In the scan itself a byte of ones is followed by a zero: the next marker is the end of the picture.
            return after_scan(content, at + 2 + length) == len(content) - len(END)
        if marker not in SEGMENTS or length < 2 or (marker == 0xE0 and length != JFIF_LENGTH):
            return False
        at += 2 + length
    return False


def after_scan(content: bytes, at: int) -> int:
    """Where the next marker stands."""
    while (at := content.find(b"\xff", at)) >= 0 and content[at + 1 : at + 2] == b"\0":
        at += 2
    return at
