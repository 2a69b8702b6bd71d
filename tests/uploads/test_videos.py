"""Films as files and as addresses: what is recognised, what is refused and in which words."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from films.uploads.sites import Place, checked_address, frame_address, frame_host, page_address
from films.uploads.videos import VideoFile, checked_video, video_name
from tests.factories import UPLOADS

MP4, WEBM = ((UPLOADS / name).read_bytes() for name in ("small.mp4", "small.webm"))


def verdict(content: bytes) -> str:
    """The code of the refusal; empty when the film is taken."""
    try:
        checked_video(ContentFile(content))
    except ValidationError as error:
        return str(error.code)
    return ""


def test_films_are_known_by_their_own_bytes() -> None:
    assert checked_video(ContentFile(MP4, name="a.txt")) == VideoFile("mp4", len(MP4), 160, 90, 8)
    assert checked_video(ContentFile(WEBM, name="<b>.exe")) == VideoFile("webm", len(WEBM), 160, 90, 8)


def test_the_file_is_left_at_its_beginning() -> None:
    file = ContentFile(MP4)
    checked_video(file)
    assert file.read() == MP4


@pytest.mark.parametrize("content", [MP4, WEBM])
@pytest.mark.parametrize("part", [0.001, 0.01, 0.3, 0.9, 0.999])
def test_a_film_that_breaks_off_is_refused(content: bytes, part: float) -> None:
    assert verdict(content[: int(len(content) * part) + 8]) == "broken"


@pytest.mark.parametrize("content", [MP4, WEBM])
def test_a_film_with_a_page_behind_it_is_refused(content: bytes) -> None:
    assert verdict(content + b"<html><script>alert(1)</script></html>") == "broken"


OTHERS = {
    "nothing": (b"", "empty"),
    "a page": (b"<html><video></video></html>", "unknown"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "unknown"),
    "QuickTime": (
        MP4.replace(b"isom", b"qt  ").replace(b"iso2", b"qt  ").replace(b"avc1mp41", b"qt  qt  ", 1),
        "unknown",
    ),
    "an AVIF": (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + bytes(100), "unknown"),
    "Matroska": (WEBM.replace(b"webm", b"matr", 1), "unknown"),
    "a film in HEVC": (MP4.replace(b"avc1\0\0\0\0", b"hvc1\0\0\0\0"), "codec"),
    "a film in another codec": (WEBM.replace(b"V_VP9", b"V_XXX"), "codec"),
    "sounds alone": (MP4.replace(b"vide", b"soun"), "no_picture"),
    "a name without anything": (MP4[:32], "broken"),
    "boxes without end": (MP4[:32] + b"\0\0\0\x08free" * 60_000, "broken"),
    "a box shorter than its head": (MP4[:32] + b"\0\0\0\x04free" + MP4[32:], "broken"),
    "a length beyond all files": (MP4[:32] + b"\0\0\0\x01mdat" + b"\xff" * 8, "broken"),
}


@pytest.mark.parametrize("title", OTHERS)
def test_anything_else_is_refused(title: str) -> None:
    content, code = OTHERS[title]
    assert content not in (MP4, WEBM)
    assert verdict(content) == code


def test_a_film_past_the_limit_is_refused_before_it_is_read(settings: Any) -> None:
    class Huge:
        size = 501 * 1024 * 1024

    with pytest.raises(ValidationError) as refused:
        checked_video(Huge())
    assert refused.value.code == "too_large"
    settings.VIDEO_MB = 0
    assert verdict(MP4) == "too_large"


def test_the_refusal_says_what_to_do() -> None:
    with pytest.raises(ValidationError, match=r"MP4 或 WebM（看的是内容，不是文件名）.*再上传"):
        checked_video(ContentFile(b"GIF89a" + bytes(50), name="film.mp4"))
    with pytest.raises(ValidationError, match="它在结尾之前就断了"):
        checked_video(ContentFile(MP4[:9000]))


def test_names_are_ours_and_never_the_same() -> None:
    names = {video_name("mp4") for _number in range(50)}
    assert len(names) == 50
    assert all(name.isascii() and name.startswith("videos/") and Path(name).suffix == ".mp4" for name in names)


YT, VIMEO, BV = ("youtube", "dQw4w9WgXcQ"), ("vimeo", "76979871"), ("bilibili", "BV1xx411c7mD")
UNLISTED = ("vimeo", "76979871/8272103f6e")
ADDRESSES = {
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ": YT,
    "https://youtube.com/watch?app=desktop&v=dQw4w9WgXcQ&t=42s&list=PL123": YT,
    "https://m.youtube.com/watch?v=dQw4w9WgXcQ": YT,
    "youtu.be/dQw4w9WgXcQ": YT,
    "  https://youtu.be/dQw4w9WgXcQ?si=abc123  ": YT,
    "https://www.youtube.com/shorts/dQw4w9WgXcQ": YT,
    "https://www.youtube.com/live/dQw4w9WgXcQ?feature=share": YT,
    "https://www.youtube.com/watch/dQw4w9WgXcQ": YT,
    "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ": YT,
    '<iframe width="560" src="https://www.youtube.com/embed/dQw4w9WgXcQ?si=x&amp;start=3"></iframe>': YT,
    "https://vimeo.com/76979871": VIMEO,
    "http://www.vimeo.com/76979871?share=copy": VIMEO,
    "https://vimeo.com/channels/staffpicks/76979871": VIMEO,
    "https://vimeo.com/manage/videos/76979871": VIMEO,
    '<div style="padding:56%"><iframe src="https://player.vimeo.com/video/76979871?a=0&amp;b=1"></iframe></div>': VIMEO,
    "https://vimeo.com/76979871/8272103f6e": UNLISTED,
    "https://player.vimeo.com/video/76979871?h=8272103f6e&title=0": UNLISTED,
    "https://www.bilibili.com/video/BV1xx411c7mD": BV,
    "https://www.bilibili.com/video/BV1xx411c7mD/?spm_id_from=333.999&vd_source=ab": BV,
    "【片名-哔哩哔哩】 https://www.bilibili.com/video/BV1xx411c7mD/?share_source=copy_web": BV,
    "https://www.bilibili.com/s/video/BV1xx411c7mD": BV,
    "https://m.bilibili.com/video/bv1xx411c7mD?p=1": BV,
    "https://www.bilibili.com/video/BV1xx411c7mD?p=3": ("bilibili", "BV1xx411c7mD/3"),
    "https://www.bilibili.com/video/av170001/": ("bilibili", "av170001"),
    '<iframe src="//player.bilibili.com/player.html?isOutside=true&aid=2&bvid=BV1xx411c7mD&cid=1&p=1">': BV,
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses_are_recognised_and_lead_back(address: str) -> None:
    site, number = ADDRESSES[address]
    assert checked_address(address) == Place(site, number)  # type: ignore[arg-type]
    assert checked_address(page_address(site, number)) == Place(site, number)  # type: ignore[arg-type]
    assert checked_address(frame_address(site, number)) == Place(site, number)  # type: ignore[arg-type]
    assert frame_address(site, number).startswith(f"{frame_host(site)}/")


REFUSED = {
    "https://b23.tv/abc1234": "short",
    "【片名-哔哩哔哩】 https://b23.tv/abc1234": "short",
    "<script>https://youtu.be/dQw4w9WgXcQ</script>": "unknown",
    "https://www.youtube.com/playlist?list=PL123": "no_film",
    "https://www.youtube.com/@nowness": "no_film",
    "https://www.youtube.com/watch?v=short": "no_film",
    "https://vimeo.com/nowness": "no_film",
    "https://www.bilibili.com/bangumi/play/ep123": "no_film",
    "https://www.bilibili.com/video/BV0x": "no_film",
    "https://space.bilibili.com/123": "unknown",
    "https://example.org/watch?v=dQw4w9WgXcQ": "unknown",
    "https://youtube.com.example.org/watch?v=dQw4w9WgXcQ": "unknown",
    "https://example.org/?u=https://youtu.be/dQw4w9WgXcQ": "unknown",
    "javascript://youtu.be/dQw4w9WgXcQ": "unknown",
    "ftp://youtu.be/dQw4w9WgXcQ": "unknown",
    "https://youtu.be/dQw4w9WgXcQ\nhttps://youtu.be/aaaaaaaaaaa": "unknown",
    "https://[youtu.be/x": "unknown",
    "x" * 5000: "unknown",
}


@pytest.mark.parametrize("address", REFUSED, ids=lambda address: address[:40])
def test_other_addresses_are_refused_in_words(address: str) -> None:
    with pytest.raises(ValidationError) as refused:
        checked_address(address)
    assert refused.value.code == REFUSED[address]
    assert "地址" in refused.value.messages[0]
