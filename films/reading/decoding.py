"""Bytes → text, or a refusal with the reason."""

import codecs
import os
import re
import stat
from pathlib import Path
from typing import NamedTuple

from films.patterns import late
from films.reading.article import Point, Refusal
from films.reading.characters import count_han

MEBIBYTE = 1024 * 1024
SIZE_LIMIT = 2 * MEBIBYTE
LINE_LIMIT = 100_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"\x89PNG", "kind.png"),
    (b"\xff\xd8\xff", "kind.jpeg"),
    (b"GIF8", "kind.gif"),
    (b"RIFF", "kind.riff"),
    (b"BM", "kind.bitmap"),
    (b"II*\x00", "kind.tiff"),
    (b"MM\x00*", "kind.tiff"),
    (b"%PDF", "kind.pdf"),
    (b"PK\x03\x04", "kind.zip"),
    (b"\xd0\xcf\x11\xe0", "kind.office"),
    (b"{\\rtf", "kind.rtf"),
    (b"\x1f\x8b", "kind.gzip"),
    (b"7z\xbc\xaf", "kind.7z"),
    (b"Rar!", "kind.rar"),
    (b"\x7fELF", "kind.program"),
    (b"MZ", "kind.program"),
    (b"SQLite format 3", "kind.database"),
    (b"\x1aE\xdf\xa3", "kind.matroska"),
    (b"OggS", "kind.ogg"),
    (b"ID3", "kind.mp3"),
)
# Two letters are too little to tell a bitmap or a program from a text that begins so.
_NEEDS_NUL = {b"BM", b"MZ", b"RIFF", b"ID3", b"OggS"}
_HTML_OPENING = late(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_HTML_TAG = late(r"</?(?:div|p|span|body|script|style|a|br|li|ul|meta|link|td|tr|table|h[1-6])\b[^<>]{0,300}>", re.I)
_CONTROL = late(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LINE_END = late(r"\r\n|\r|\n")
# A third of any Chinese prose; in both scripts.
_FREQUENT = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多"
    "经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实這個們來為國說時會對過發後裡經麼學現當沒動還進樣開從實"
)
_ODD_HAN = late("[\ue000-\uf8ff\ufffe\uffff]")


class Decoded(NamedTuple):
    """Text as decoded, the encoding's name, and what was noticed."""

    text: str
    encoding: str
    points: tuple[Point, ...] = ()


def load(path: Path, folder: Path | None = None) -> bytes:
    """Read a file of at most 2 MiB whole.

    `folder` is the folder that was given to be imported; a link may not leave it.
    Raises Refusal for anything that is not an ordinary file of that size.
    """
    _refuse_leaving_link(path, folder)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_NOCTTY", 0))
    except OSError as error:
        raise Refusal("not_opened", problem=str(error.strerror)) from error
    try:  # asked before Python opens it: a folder has no file object
        _refuse_unless_ordinary(os.fstat(descriptor))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(SIZE_LIMIT + 1)
    finally:
        os.close(descriptor)


def _refuse_leaving_link(path: Path, folder: Path | None) -> None:
    home = (folder or path.parent).resolve()
    try:
        inside = path.resolve(strict=True).is_relative_to(home)
    except (OSError, RuntimeError) as error:
        raise Refusal("not_there") from error
    if path.is_symlink() and not inside:
        raise Refusal("link_leaves")


def _refuse_unless_ordinary(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise Refusal("not_a_file")
    if status.st_size > SIZE_LIMIT:
        raise Refusal("too_large", size=f"{status.st_size / MEBIBYTE:.1f}", limit=SIZE_LIMIT // MEBIBYTE)


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Turn bytes into text: the named encoding, else a byte order mark, UTF-8, GB18030; never by guess."""
    if len(data) > SIZE_LIMIT:
        raise Refusal("too_large_whole", limit=SIZE_LIMIT // MEBIBYTE)
    if not data.strip():
        raise Refusal("empty")
    decoded = _decode_as(data, encoding) if encoding else _decode_unnamed(data)
    _refuse_what_is_not_text(decoded.text)
    return decoded


def _decode_as(data: bytes, encoding: str) -> Decoded:
    try:
        name = codecs.lookup(encoding).name
        text = data.decode(name)
    except LookupError as error:
        raise Refusal("no_such_encoding", encoding=encoding) from error
    except UnicodeError as error:
        line = _line_of(data, getattr(error, "start", 0))
        raise Refusal("not_in_encoding", line, encoding=name) from error
    return Decoded(text.removeprefix("\ufeff"), name)


def _decode_unnamed(data: bytes) -> Decoded:
    for mark, name in _BOMS:
        if data.startswith(mark):
            decoded = _decode_as(data, name)
            return Decoded(decoded.text, "utf-8" if name == "utf-8-sig" else name)
    _refuse_binary(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _decode_gb18030(data, _line_of(data, error.start))


def _refuse_binary(data: bytes) -> None:
    has_nul = b"\x00" in data
    for signature, kind in _SIGNATURES:
        if data.startswith(signature) and (has_nul or signature not in _NEEDS_NUL):
            raise Refusal("not_text", 1, kind=kind)
    if data[4:8] == b"ftyp":
        raise Refusal("not_text", 1, kind="kind.film")
    if has_nul:
        raise Refusal("nul_bytes", _line_of(data, data.index(b"\x00")))


def _decode_gb18030(data: bytes, first_bad_line: int) -> Decoded:
    """Accept GB18030 only when it yields everyday Chinese: other encodings decode too, into rare characters."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise Refusal("undecodable", _line_of(data, error.start)) from error
    if _everyday_share(text) < 0.7 or _frequent_share(text) < 0.08 or _ODD_HAN.search(text):
        raise Refusal("no_sense_as_gb18030", first_bad_line)
    return Decoded(text, "gb18030", (Point("encoding_gb18030", first_bad_line),))


def _everyday_share(text: str) -> float:
    """The share of the non-ASCII characters that GB 2312 counts as everyday: its level 1 and its marks."""
    foreign = [character for character in text if ord(character) > 127]
    everyday = 0
    for character in foreign:
        code = character.encode("gb18030")
        everyday += len(code) == 2 and (0xA1 <= code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7) and code[1] >= 0xA1
    return everyday / len(foreign) if foreign else 1.0


def _frequent_share(text: str) -> float:
    """The share of Han that every Chinese text is full of: Korean in EUC-KR reads as everyday Han, but not as these."""
    frequent = sum(1 for character in text if character in _FREQUENT)
    return frequent / (count_han(text) or 1)


def _refuse_what_is_not_text(text: str) -> None:
    if not text.strip():
        raise Refusal("only_blanks")
    if "\x00" in text:
        raise Refusal("nul_characters", _line_in(text, text.index("\x00")))
    if _HTML_OPENING.match(text) or _is_mostly_tags(text):
        raise Refusal("web_page", 1)
    if len(_CONTROL.findall(text)) > max(8, len(text) // 100):
        raise Refusal("control_characters", 1)
    lines = sum(1 for _ in _LINE_END.finditer(text))
    if lines > LINE_LIMIT:
        raise Refusal("too_many_lines", LINE_LIMIT, lines=lines, limit=LINE_LIMIT)


def _is_mostly_tags(text: str) -> bool:
    tags = _HTML_TAG.findall(text)
    return len(tags) > 20 and sum(map(len, tags)) * 4 > len(text)


def split_lines(text: str) -> list[str]:
    """Lines as an editor counts them: ended by LF, CRLF or CR, and by nothing else."""
    return _LINE_END.split(text)


def _line_of(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


def _line_in(text: str, offset: int) -> int:
    return len(_LINE_END.findall(text, 0, offset)) + 1
