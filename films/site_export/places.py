"""Where each address of the site lies among plain files, which cannot read a query: `?page=2` becomes `page/2/`."""

import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse

SEGMENT = re.compile(r"[A-Za-z0-9_-]+\Z")
# Only there so that caches see a new address.
IGNORED = {"v"}
# A page of results is found by its number, and stands in a folder below the list it is a page of.
LAST = "page"


class Unplaceable(Exception):
    """An address that plain files cannot answer, or that does not answer; says which and where it was found."""


@dataclass(frozen=True)
class Place:
    """An address without what does not matter in it, and the file that answers it."""

    address: str
    file: str

    @property
    def link(self) -> str:
        """How pages write it: an index.html is found by its folder."""
        return f"/{self.file.removesuffix('index.html')}" if is_index(self.file) else f"/{self.file}"


def is_index(file: str) -> bool:
    return posixpath.basename(file) == "index.html"


@lru_cache(maxsize=100_000)
def place_of(address: str) -> Place:
    """The place of an address that begins with a slash."""
    parts = urlsplit(address)
    query = sorted((key == LAST, key, value) for key, value in parse_qsl(parts.query) if key not in IGNORED)
    kept = [(key, value) for _last, key, value in query if (key, value) != (LAST, "1")]
    segments = [segment for key, value in kept for segment in segments_of(address, key, value)]
    folder = "".join(f"{segment}/" for segment in segments)
    path = unquote(parts.path).lstrip("/")
    if folder and not path.endswith("/") and path:
        name, _dot, ending = path.rpartition(".")
        path, folder = f"{'-'.join([name, *segments])}.{ending}", ""
    asked = "&".join(f"{key}={value}" for key, value in kept)
    return Place(parts.path + (f"?{asked}" if asked else ""), path + folder + index_of(parts.path))


def segments_of(address: str, key: str, value: str) -> tuple[str, str]:
    """A key and a value as folders; a cursor names the place where its page begins."""
    if key == "cursor":
        key, value = "from", value.rpartition("-")[2]
    if not SEGMENT.match(key) or not SEGMENT.match(value):
        raise Unplaceable(f"{address}: “{value}” cannot be the name of a folder.")
    return key, value


def index_of(path: str) -> str:
    """The file that stands for a folder: data in the interface, a page everywhere else."""
    if not path.endswith("/"):
        return ""
    return "index.json" if path.startswith(reverse("api:index")) else "index.html"


def media_name(address: str) -> str:
    """The name of a media file, if the address is one's, wherever media are kept; otherwise nothing."""
    for prefix in media_prefixes():
        if address.startswith(prefix):
            return unquote(urlsplit(address).path.removeprefix(urlsplit(prefix).path))
    return ""


@lru_cache(maxsize=1)
def media_prefixes() -> tuple[str, ...]:
    """How addresses of media begin: on this site, and where a bucket keeps them."""
    return tuple(dict.fromkeys((settings.MEDIA_URL, default_storage.url("x").removesuffix("x"))))


class Addressing:
    """How one page's links are read and written; `origin` is scheme and host of the archive."""

    def __init__(self, origin: str, page: Place, *, anywhere: bool = False) -> None:
        self.origin, self.page = origin, page
        # A page that a server shows at any address cannot have links that begin where it lies.
        self.anywhere = anywhere

    def place(self, written: str) -> Place | None:
        """The place that a link leads to; None when it leads elsewhere or nowhere."""
        if name := media_name(written):
            return place_of(f"{settings.MEDIA_URL}{name}")
        whole = urldefrag(urljoin(self.origin + self.page.address, written)).url
        if not written or written.startswith("#") or not f"{whole}/".startswith(f"{self.origin}/"):
            return None
        return place_of(whole.removeprefix(self.origin) or "/")

    def rewritten(self, written: str) -> str:
        """The link as the archive writes it: whole where it was whole, otherwise from this page's folder on."""
        place = self.place(written)
        if place is None:
            return written
        fragment = urldefrag(written).fragment
        if written.startswith(f"{self.origin}/"):
            link = self.origin + place.link
        else:
            link = place.link if self.anywhere else self.relative(place.link)
        return f"{link}#{fragment}" if fragment else link

    def relative(self, link: str) -> str:
        """From the folder of this page, so that the archive can lie in any folder of a server."""
        found = posixpath.relpath(link, posixpath.dirname(f"/{self.page.file}"))
        return f"{found}/" if link.endswith("/") else found
