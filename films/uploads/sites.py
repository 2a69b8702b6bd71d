"""Films at video sites: an address as people copy it → the site and the film's number there, and back."""

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from films.choices import VideoSite
from films.patterns import late

LONGEST = 2000
YOUTUBE_HOSTS = {"youtube.com", "youtube-nocookie.com", "m.youtube.com", "music.youtube.com"}
VIMEO_HOSTS = {"vimeo.com", "player.vimeo.com"}
BILIBILI_HOSTS = {"bilibili.com", "m.bilibili.com", "player.bilibili.com"}

# How a site's number is kept: an unlisted film at Vimeo has its key behind it, a part at Bilibili its place.
IDS = {
    VideoSite.YOUTUBE: late(r"[A-Za-z0-9_-]{11}"),
    VideoSite.VIMEO: late(r"[1-9]\d{0,14}(?:/[0-9a-f]{4,40})?"),
    VideoSite.BILIBILI: late(r"(?:BV1[1-9A-HJ-NP-Za-km-z]{9}|av[1-9]\d{0,15})(?:/[1-9]\d{0,3})?"),
}
FRAMES = {
    VideoSite.YOUTUBE: "https://www.youtube-nocookie.com",
    VideoSite.VIMEO: "https://player.vimeo.com",
    VideoSite.BILIBILI: "https://player.bilibili.com",
}
PASTED_FRAME = late(r"<iframe\b[^>]*?\ssrc\s*=\s*[\"']([^\"']+)[\"']", re.IGNORECASE)
# As Bilibili's button for sharing puts it: the title, then the address.
SHARED = late(r"【[^】]*】\s*(https?://\S+)")
YOUTUBE_PATH = late(r"/(?:shorts|embed|live|watch|v|e)/([^/]+)/?")
VIMEO_PATH = late(
    r"/(?:video/|manage/videos/|channels/[^/]+/|groups/[^/]+/videos/|(?:album|showcase)/\d+/video/)?(\d+)(?:/([0-9a-fA-F]+))?/?"
)
BILIBILI_PATH = late(r"(?:/s)?/video/([A-Za-z0-9]+)/?")

UNKNOWN = _(
    "认不出这个地址。请粘贴 YouTube、Vimeo 或哔哩哔哩上那部片子的网页地址，例如 https://www.bilibili.com/video/BV1xx411c7mD。"
)
SHORT = _("b23.tv 是短链接，看不出是哪部片子。请在浏览器里打开它，再把地址栏里的完整地址贴过来。")
NO_FILM = _("这个 %(site)s 地址里没有片子的编号。请打开那部片子的页面，再复制地址。")


class Place(NamedTuple):
    """A film at a video site."""

    site: VideoSite
    site_id: str


def checked_address(address: str) -> Place:
    """The film that an address leads to; ValidationError says what is wrong with it. Asks nobody."""
    text = address.strip()
    if len(text) > LONGEST:
        raise ValidationError(UNKNOWN, code="unknown")
    if frame := PASTED_FRAME.search(text) if text.startswith("<") else None:
        text = frame[1].replace("&amp;", "&")
    elif shared := SHARED.fullmatch(text):
        text = shared[1]
    parts = split(text)
    host = (parts.hostname or "").removeprefix("www.") if parts else ""
    if parts is None or parts.scheme not in ("http", "https"):
        raise ValidationError(UNKNOWN, code="unknown")
    if host in ("b23.tv", "bili2233.cn"):
        raise ValidationError(SHORT, code="short")
    site, find = known(host)
    found = find(parts, host)
    if not IDS[site].fullmatch(found):
        raise ValidationError(NO_FILM, code="no_film", params={"site": site.label})
    return Place(site, found)


def split(text: str) -> SplitResult | None:
    """The parts of an address, which may lack its beginning."""
    if re.search(r"[\s\\\x00-\x1f]", text):
        return None
    if text.startswith("//"):
        text = f"https:{text}"
    elif "://" not in text:
        text = f"https://{text}"
    try:
        return urlsplit(text)
    except ValueError:
        return None


def known(host: str) -> tuple[VideoSite, Callable[[SplitResult, str], str]]:
    if host == "youtu.be" or host in YOUTUBE_HOSTS:
        return VideoSite.YOUTUBE, youtube_id
    if host in VIMEO_HOSTS:
        return VideoSite.VIMEO, vimeo_id
    if host in BILIBILI_HOSTS:
        return VideoSite.BILIBILI, bilibili_id
    raise ValidationError(UNKNOWN, code="unknown")


def asked(parts: SplitResult, *names: str) -> str:
    """The first of these in the query."""
    query = parse_qs(parts.query)
    return next((query[name][0] for name in names if name in query), "")


def youtube_id(parts: SplitResult, host: str) -> str:
    if host == "youtu.be":
        return parts.path.strip("/")
    path = YOUTUBE_PATH.fullmatch(parts.path)
    return path[1] if path else asked(parts, "v")


def vimeo_id(parts: SplitResult, host: str) -> str:
    path = VIMEO_PATH.fullmatch(parts.path)
    if not path:
        return ""
    key = (path[2] or asked(parts, "h")).lower()
    return f"{path[1]}/{key}" if key else path[1]


def bilibili_id(parts: SplitResult, host: str) -> str:
    """A film's number begins with BV or av; a part of it is named by its place."""
    path = BILIBILI_PATH.fullmatch(parts.path)
    number = path[1] if path else asked(parts, "bvid") or asked(parts, "aid")
    number = f"av{number}" if number.isdecimal() else number
    kept = number[:2].lower().replace("bv", "BV") + number[2:]
    place = asked(parts, "p", "page")
    return f"{kept}/{place}" if place not in ("", "1") else kept


def check_site_id(site: str, site_id: str) -> None:
    """Hold a stored pair to what `checked_address` gives, for doors that carry it as it is kept."""
    if site not in IDS or not IDS[VideoSite(site)].fullmatch(site_id):
        raise ValidationError(UNKNOWN, code="unknown")


def page_address(site: str, site_id: str) -> str:
    """Where the film is watched at its site."""
    number, _slash, more = site_id.partition("/")
    if site == VideoSite.YOUTUBE:
        return f"https://www.youtube.com/watch?v={number}"
    if site == VideoSite.VIMEO:
        return f"https://vimeo.com/{site_id}"
    return f"https://www.bilibili.com/video/{number}/" + (f"?p={more}" if more else "")


def frame_address(site: str, site_id: str) -> str:
    """What the site lets others show in a frame, playing at once, for it was asked for by a click."""
    number, _slash, more = site_id.partition("/")
    host = FRAMES[VideoSite(site)]
    if site == VideoSite.YOUTUBE:
        return f"{host}/embed/{number}?autoplay=1&rel=0"
    if site == VideoSite.VIMEO:
        return f"{host}/video/{number}?" + urlencode({"autoplay": 1, "dnt": 1, **({"h": more} if more else {})})
    named = {"bvid": number} if number.startswith("BV") else {"aid": number.removeprefix("av")}
    return f"{host}/player.html?" + urlencode({**named, "page": more or 1, "autoplay": 1, "danmaku": 0})


def frame_host(site: str) -> str:
    """The one origin that a page with this film lets into a frame."""
    return FRAMES[VideoSite(site)]
