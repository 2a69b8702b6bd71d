"""The links of a document, read by its own grammar, and the document with those links written for plain files."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any

from django.conf import settings

from films.site_export.places import Addressing, Place, Unplaceable, media_prefixes, place_of

SETS = {"srcset", "imagesrcset"}
# Tags that can lead somewhere, and the attributes that say where.
TAG = re.compile(
    r"<(a|area|audio|button|form|iframe|image|img|input|link|meta|script|source|track|use|video)\s[^<>]*>", re.I
)
ATTRIBUTE = re.compile(r'\s(href|src|action|poster|srcset|imagesrcset|content)="([^"]*)"')
EXTERNAL = re.compile(r'\srel="[^"]*\bexternal\b')


@dataclass
class Document:
    """What a file will hold, and where it leads."""

    body: bytes
    places: list[Place] = field(default_factory=list)


class Page:
    """A page with its links rewritten; everything else stays as it is, to the letter.

    Our own templates wrote it: values stand in double quotes, and every < and > that is no tag's is escaped. So a
    search for tags finds what a parser would, in a tenth of the time.
    """

    def __init__(self, text: str, addressing: Addressing) -> None:
        self.addressing = addressing
        self.places: list[Place] = []
        self.written = TAG.sub(self.tag, text)

    def tag(self, found: re.Match[str]) -> str:
        if EXTERNAL.search(found[0]):
            return found[0]
        is_meta = found[1] == "meta"
        return ATTRIBUTE.sub(lambda attribute: self.attribute(attribute, is_meta=is_meta), found[0])

    def attribute(self, found: re.Match[str], *, is_meta: bool) -> str:
        value = unescape(found[2])
        changed = self.value_of(found[1], value, is_meta=is_meta)
        return found[0] if changed == value else f' {found[1]}="{escape(changed)}"'

    def value_of(self, name: str, value: str, *, is_meta: bool) -> str:
        if name in SETS:
            return ", ".join(self.candidate(part.split()) for part in value.split(",") if part.strip())
        is_address = name != "content" or (is_meta and value.startswith(f"{self.addressing.origin}/"))
        return self.link(value) if is_address else value

    def candidate(self, words: list[str]) -> str:
        """One address of a `srcset` and, behind it, its width."""
        return " ".join([self.link(words[0]), *words[1:]])

    def link(self, value: str) -> str:
        if place := self.addressing.place(value):
            self.places.append(place)
        return self.addressing.rewritten(value)


def page(text: str, addressing: Addressing) -> Document:
    read = Page(text, addressing)
    return Document(read.written.encode(), read.places)


def data(text: str, addressing: Addressing) -> Document:
    """JSON: every string that is an address of ours."""
    places: list[Place] = []

    def change(value: str) -> str:
        place = addressing.place(value) if value.startswith(f"{addressing.origin}/") else None
        if place is None:
            return value
        places.append(place)
        return addressing.rewritten(value)

    content = mapped(json.loads(text), change)
    if isinstance(content, dict) and "openapi" in content:
        # It names the interface's root, of which no file has the very name.
        content, places = as_files(content), []
    return Document(json.dumps(content, ensure_ascii=False).encode(), places)


def mapped(part: Any, change: Callable[[str], str]) -> Any:
    if isinstance(part, str):
        return change(part)
    if isinstance(part, dict):
        return {key: mapped(value, change) for key, value in part.items()}
    return [mapped(value, change) for value in part] if isinstance(part, list) else part


def as_files(description: dict[str, Any]) -> dict[str, Any]:
    """The interface as it is described, less its questions: files answer the same whatever is asked of them."""
    paths = {f"{path.rstrip('/')}/index.json": without_query(item) for path, item in description["paths"].items()}
    return description | {"paths": paths}


def without_query(item: dict[str, Any]) -> dict[str, Any]:
    found = dict(item)
    for name, operation in item.items():
        if isinstance(operation, dict) and "parameters" in operation:
            left = [one for one in operation["parameters"] if one.get("in") != "query"]
            found[name] = operation | {"parameters": left}
    return found


def feed(text: str, addressing: Addressing) -> Document:
    """A feed or a map: its addresses are whole already; of those with a query, a map alone has some."""
    places: list[Place] = []
    for written in addresses_in(ET.fromstring(text)):  # noqa: S314 (our own answer)
        place = addressing.place(written)
        if place and addressing.origin + place.link != written.partition("#")[0].partition("?v=")[0]:
            whole = f"<loc>{escape(written)}</loc>"
            if whole not in text:
                raise Unplaceable(f"{addressing.page.address} names {written}, which plain files cannot answer.")
            text = text.replace(whole, f"<loc>{escape(addressing.origin + place.link)}</loc>")
        places += [place] if place else []
    return Document(text.encode(), places)


def addresses_in(root: ET.Element) -> Iterator[str]:
    for element in root.iter():
        yield from (element.attrib[name] for name in ("href", "src") if name in element.attrib)
        if element.tag.endswith("}loc"):
            yield element.text or ""


READERS: dict[str, Callable[[str, Addressing], Document]] = {
    "text/html": page,
    "application/json": data,
    "application/atom+xml": feed,
    "application/xml": feed,
}


def read(kind: str, body: bytes, addressing: Addressing) -> Document:
    """A document of the site; pictures and plain words lead nowhere."""
    reader = READERS.get(kind)
    return out_of_bucket(reader(body.decode(), addressing), addressing) if reader else Document(body)


def out_of_bucket(document: Document, addressing: Addressing) -> Document:
    """With the whole addresses of a bucket, such as data have them, as those of the archive."""
    prefix = media_prefixes()[-1]
    if prefix == settings.MEDIA_URL:
        return document

    def moved(found: re.Match[str]) -> str:
        place = place_of(f"{settings.MEDIA_URL}{found[1]}")
        document.places.append(place)
        return addressing.origin + place.link

    named = re.compile(re.escape(prefix) + r"([\w./-]+)")
    document.body = named.sub(moved, document.body.decode()).encode()
    return document
