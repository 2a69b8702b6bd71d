"""Bytes become text, or a refusal says why and where."""

import codecs
import os
import socket
from pathlib import Path

import pytest

from films.reading.article import Refusal
from films.reading.decoding import LINE_LIMIT, SIZE_LIMIT, decode, load, split_lines

CHINESE = "我们聊了聊这部短片的创作过程，你觉得难吗？"


def refused(data: bytes, encoding: str | None = None) -> tuple[str, int | None]:
    with pytest.raises(Refusal) as caught:
        decode(data, encoding)
    return caught.value.reason, caught.value.line


# Files.


def load_refused(path: Path, folder: Path | None = None) -> str:
    with pytest.raises(Refusal) as caught:
        load(path, folder)
    return caught.value.reason


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"one\r\ntwo")
    assert load(tmp_path / "a.txt") == b"one\r\ntwo"


def test_a_file_of_two_mebibytes_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a" * SIZE_LIMIT)
    assert len(load(tmp_path / "a.txt")) == SIZE_LIMIT == 2 * 1024 * 1024


@pytest.mark.parametrize(("size", "told"), [(3 * 1024 * 1024, "3.0 MiB"), (1 << 40, "1048576.0 MiB")])
def test_a_larger_file_is_refused_before_it_is_read(tmp_path: Path, size: int, told: str) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(size)
    assert load_refused(path) == (
        f"The file has {told}; an article has at most 2 MiB. Split it, or take out what is not text."
    )


NOT_ORDINARY = "This is not an ordinary file but a folder, a pipe or a device. Give an article's file."


def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert load_refused(tmp_path / "a.txt") == NOT_ORDINARY


def test_what_cannot_be_opened_is_refused_with_the_machine_s_reason(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(str(tmp_path / "a.txt"))
        assert load_refused(tmp_path / "a.txt") == (
            "The file cannot be opened: No such device or address. Check its name and its rights."
        )


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    assert load_refused(tmp_path / "a.txt") == NOT_ORDINARY


def test_a_device_is_refused() -> None:
    assert load_refused(Path("/dev/zero")) == NOT_ORDINARY


def test_a_link_inside_its_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_bytes(b"x")
    (tmp_path / "a.txt").symlink_to("real.txt")
    assert load(tmp_path / "a.txt") == b"x"


def test_a_link_that_leaves_its_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out.txt").write_bytes(b"x")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").symlink_to("../out.txt")
    assert load_refused(tmp_path / "in" / "a.txt") == (
        "The file is a link that leaves its folder. Put the article itself there."
    )


def test_the_folder_given_decides_what_leaving_is(tmp_path: Path) -> None:
    (tmp_path / "out.txt").write_bytes(b"x")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").symlink_to("../out.txt")
    assert load(tmp_path / "in" / "a.txt", tmp_path) == b"x"


@pytest.mark.parametrize("target", ["gone.txt", "a.txt"], ids=["dangling", "looping"])
def test_a_link_to_nowhere_is_refused(tmp_path: Path, target: str) -> None:
    (tmp_path / "a.txt").symlink_to(target)
    assert load_refused(tmp_path / "a.txt") == (
        "The file is not there, or is a link that leads nowhere. Check its name."
    )


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert load_refused(tmp_path / "a.txt") == (
        "The file is not there, or is a link that leads nowhere. Check its name."
    )


# Encodings.


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (CHINESE.encode(), "utf-8"),
        (codecs.BOM_UTF8 + CHINESE.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + CHINESE.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + CHINESE.encode("utf-16-be"), "utf-16"),
        (codecs.BOM_UTF32_LE + CHINESE.encode("utf-32-le"), "utf-32"),
        (codecs.BOM_UTF32_BE + CHINESE.encode("utf-32-be"), "utf-32"),
    ],
)
def test_marks_decide_and_are_taken_off(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.points) == (CHINESE, encoding, ())


def test_gb18030_is_read_with_a_word_of_warning() -> None:
    decoded = decode(b"\n" + CHINESE.encode("gb18030"))
    assert (decoded.text, decoded.encoding) == ("\n" + CHINESE, "gb18030")
    assert [(point.code, point.line, point.doubt) for point in decoded.points] == [("encoding_gb18030", 2, False)]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("這部短片的創作過程，你覺得困難嗎？我們和導演聊了聊。", "big5"),
        ("この短編の制作過程について、監督にお話を聞きました。", "shift_jis"),
        ("この短編の制作過程について、監督にお話を聞きました。", "euc_jp"),
        ("이 단편의 제작 과정에 대해 감독과 이야기를 나눴습니다.", "euc_kr"),
        ("Là-bas, l’été était très beau et ça sent déjà l’hiver, là où naît l’été.", "cp1252"),
    ],
)
def test_other_encodings_are_refused_and_never_guessed(text: str, encoding: str) -> None:
    reason, line = refused(f"ascii\n{text}\n".encode(encoding))
    assert reason.endswith("Name the encoding with --encoding.")
    assert line == 2


def test_rare_letters_are_no_sense_however_many_frequent_ones_stand_among_them() -> None:
    rare = "亍丌兀丐廿卅丕亘丞鬲孬噩"  # the first row that GB 2312 does not count as everyday
    reason, line = refused(f"\n{rare}的是不了的是不了".encode("gb18030"))
    assert reason.endswith("Name the encoding with --encoding.")
    assert line == 2


@pytest.mark.parametrize(("name", "found"), [("big5", "big5"), ("Shift_JIS", "shift_jis"), ("UTF-16-LE", "utf-16-le")])
def test_a_named_encoding_is_used(name: str, found: str) -> None:
    decoded = decode("短片の話".encode(name, "ignore"), name)
    assert (decoded.encoding, decoded.text) == (found, "短片の話".encode(name, "ignore").decode(name))


def test_an_unknown_encoding_is_refused() -> None:
    assert refused(b"x", "klingon") == (
        "There is no encoding called 'klingon'. Use a name such as gb18030, big5 or shift_jis.",
        None,
    )


@pytest.mark.parametrize("name", ["rot13", "zlib", "hex"])
def test_a_codec_that_is_no_text_encoding_is_refused(name: str) -> None:
    assert refused(b"x", name)[0].startswith("There is no encoding called")


def test_bytes_that_do_not_fit_the_named_encoding_are_refused_with_their_line() -> None:
    assert refused(b"one\ntwo \xff\n", "utf-8") == ("The bytes are not utf-8. Give another --encoding.", 2)


def test_half_a_character_after_a_mark_is_refused() -> None:
    assert refused(codecs.BOM_UTF16_LE + b"a\x00\x00\xd8") == ("The bytes are not utf-16. Give another --encoding.", 1)


# Not a text.


@pytest.mark.parametrize("data", [b"", b"  \n\t\r\n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert refused(data) == ("The file is empty. Save the article into it and import again.", None)


def test_nothing_but_wide_blanks_is_refused() -> None:
    assert refused("\u3000\u00a0\n".encode())[0] == (
        "The file holds nothing but white space. Save the article into it and import again."
    )


def test_bytes_over_the_limit_are_refused() -> None:
    assert (
        refused(b"a" * (SIZE_LIMIT + 1))[0] == "The file is larger than 2 MiB, the most an article may have. Split it."
    )


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n\x00", "a PNG picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG picture"),
        (b"GIF89a", "a GIF picture"),
        (b"RIFF\x00\x00WEBP", "a WebP, WAV or AVI file"),
        (b"BM\x00\x00", "a bitmap"),
        (b"%PDF-1.7", "a PDF"),
        (b"PK\x03\x04\x14", "a ZIP archive or an Office document"),
        (b"\xd0\xcf\x11\xe0\xa1", "an old Office document"),
        (b"{\\rtf1 x}", "an RTF document"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"\x7fELF\x02", "a program"),
        (b"MZ\x00", "a program"),
        (b"SQLite format 3\x00", "a database"),
        (b"ID3\x00", "an MP3 file"),
    ],
)
def test_a_binary_file_is_named(data: bytes, what: str) -> None:
    assert refused(data) == (f"This is {what}, not a text. Save the article's words as a .txt file.", 1)


def test_a_film_file_is_refused() -> None:
    assert refused(b"\x00\x00\x00\x18ftypmp42")[0].startswith("This is a film or a picture, not a text.")


@pytest.mark.parametrize("opening", ["BM told us", "MZ: hello", "RIFF raff", "ID3 is a tag"])
def test_a_text_that_begins_like_a_binary_is_read(opening: str) -> None:
    assert decode(opening.encode()).text == opening


def test_nul_bytes_are_refused_with_their_line() -> None:
    assert refused(b"one\ntwo\x00\n") == (
        "The file holds NUL bytes, so it is not a text; for UTF-16 without a mark give --encoding utf-16-le.",
        2,
    )


def test_nul_characters_of_a_marked_text_are_refused_with_their_line() -> None:
    data = codecs.BOM_UTF16_LE + "one\r\ntwo\r\n\x00".encode("utf-16-le")
    assert refused(data) == ("The text holds NUL characters. Save it again as plain text.", 3)


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><p>x",
        "<!doctype HTML>\n<p>x",
        "\n <html lang='zh'><body>x",
        "<?xml version='1.0'?><html>x",
        "<!-- saved -->\n<html>x",
        "<p>" * 21,
    ],
)
def test_a_saved_web_page_is_refused(page: str) -> None:
    assert refused(page.encode()) == (
        "This is a saved web page. Open it in a browser, copy its words and save those as a .txt file.",
        1,
    )


@pytest.mark.parametrize("text", ["我们在 <b>标签</b> 与 {{ 花括号 }} 之间写作。" * 3, "<p>" * 20])
def test_a_text_that_speaks_of_tags_is_read(text: str) -> None:
    assert decode(text.encode()).text == text


def test_control_characters_are_refused() -> None:
    assert refused(b"\x01" * 9 + b"x")[0] == (
        "The file is full of control characters, so it is not a text. Save it as plain text."
    )


def test_a_few_control_characters_are_kept() -> None:
    assert decode(b"\x01" * 8 + b"x").text == "\x01" * 8 + "x"


def test_too_many_lines_are_refused() -> None:
    assert refused(b"x" + b"\n" * (LINE_LIMIT + 1)) == (
        "The file has 100001 lines; an article has at most 100000. Split it.",
        LINE_LIMIT,
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [("a\nb", ["a", "b"]), ("a\r\nb", ["a", "b"]), ("a\rb", ["a", "b"]), ("a\r\n\rb\n", ["a", "", "b", ""]), ("a\u2028b\x0bc\x85d", ["a\u2028b\x0bc\x85d"])],
)  # fmt: skip
def test_lines_end_where_an_editor_ends_them(text: str, lines: list[str]) -> None:
    assert split_lines(text) == lines
