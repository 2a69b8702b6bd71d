"""The export is read as its readers will: from a bare file server, without Django."""

import gzip
import json
import re
import urllib.request
import xml.etree.ElementTree as ET
from collections import deque
from functools import cache
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin

import brotli
import pytest

from films.site_export import starts
from films.urls import QUERIES
from tests.site_export.conftest import MORE
from tests.site_export.serving import Read
from tests.test_crawl import values
from tests.views.test_leaks import CANARY

# Without the mark pytest-django makes no test database for the export.
pytestmark = pytest.mark.django_db

# What the site says and plain files do not.
LEFT_OUT = frozenset({"disclose", "search_box", "a /search/", "a /en/search/"})
SAID_INSTEAD = {
    "这是本站的静态存档，不能搜索和筛选。",
    "This is a static archive of the site; it cannot search or filter.",
}
NAMED_BY_MACHINES = {"elysium-export.json", "favicon.ico", "robots.txt", ".well-known/security.txt"}


def get(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status, answer.read().decode(errors="replace")
    except HTTPError as error:
        return error.code, ""


@cache
def links_in(address: str, text: str) -> list[str]:
    if address.endswith("/") or address.endswith(".html"):
        return Read(text).links
    if address.endswith(".json"):
        # The interface's description names its root, which is the beginning of addresses and none itself.
        return [value for value in values(json.loads(text)) if value.startswith("http") and not value.endswith("/v1")]
    if address.endswith((".atom", "sitemap.xml")):
        elements = list(ET.fromstring(text).iter())
        found = [element.attrib["href"] for element in elements if "href" in element.attrib]
        return found + [element.text or "" for element in elements if element.tag.endswith("loc")]
    return re.findall(r"http\S+", text) if address.endswith(".txt") else []


@pytest.fixture(scope="package")
def walked(exported) -> dict[str, str]:
    """Every address that can be reached in either language, with what stands there."""
    fronts = (
        "/",
        "/en/",
        "/api/v1/index.json",
        "/robots.txt",
        "/.well-known/security.txt",
        "/404.html",
        "/en/404.html",
    )
    waiting, found = deque(exported.origin + front for front in fronts), {}
    while waiting:
        address = waiting.popleft()
        if address in found or not address.startswith(exported.origin):
            continue
        status, found[address] = get(address)
        assert status == 200, address
        waiting += [urldefrag(urljoin(address, link)).url for link in links_in(address, found[address])]
    return found


def test_every_link_resolves_and_stays_inside(exported, walked):
    assert len(walked) > 300
    named = {urljoin(address, link) for address, text in walked.items() for link in links_in(address, text)}
    outside = {link for link in named if not link.startswith(f"{exported.origin}/")}
    # The interface says where a film is watched elsewhere; pages mark such links, and they are none of the export's.
    schemes = ("http://www.w3.org/", "http://www.sitemaps.org/", "https://www.youtube.com/watch?v=")
    assert {link for link in outside if not link.startswith(schemes)} == set()


def test_no_link_has_a_query(exported, walked):
    links = {urljoin(address, link) for address, text in walked.items() for link in links_in(address, text)}
    assert {link for link in links if "?" in link and link.startswith(exported.origin)} == set()


def test_every_fragment_is_there(walked):
    pointed = 0
    for address, text in walked.items():
        for link in links_in(address, text) if address.endswith("/") else ():
            page, fragment = urldefrag(urljoin(address, link))
            if fragment and page in walked:
                pointed += 1
                assert f'id="{fragment}"' in walked[page], f"{address}: {link}"
    assert pointed > 500


def test_every_file_is_reached_but_old_addresses(exported, walked):
    reached = {address.removeprefix(f"{exported.origin}/").partition("?")[0] for address in walked}
    files = {name for name in exported.files() if not name.endswith((".gz", ".br"))} - NAMED_BY_MACHINES
    unreached = {name for name in files if name.removesuffix("index.html") not in reached and name not in reached}
    moved = {name for name in unreached if re.search(r"/(mei-hua-lu|a-mi|open-edition)[/.]", name)}
    assert {re.sub(r"^en/", "", name) for name in moved} == {
        "films/mei-hua-lu/index.html",
        "interviews/mei-hua-lu/index.html",
        "creators/a-mi/index.html",
        "editions/open-edition/index.html",
        "feeds/editions/open-edition.atom",
        "api/v1/films/mei-hua-lu/index.json",
        "api/v1/creators/a-mi/index.json",
        "api/v1/editions/open-edition/index.json",
        "posters/mei-hua-lu.png",
        "posters/mei-hua-lu.svg",
    }
    rest = {re.sub(r"^en/", "", name) for name in unreached - moved}
    # A film's talk is read on the film's page, a film with a poster is shared by it; nothing leads to the search of a site that can search.
    assert {
        name for name in rest if not re.match(r"interviews/[^/]+/index.html|posters/.*\.(svg|png)|captions/", name)
    } == {"search/index.html"}


def test_a_former_address_sends_readers_on(exported):
    page = Read(exported.bytes_of("en/films/mei-hua-lu/index.html").decode())
    assert page.links == [
        "../mei-hua-lu-moved/",
        f"{exported.origin}/en/films/mei-hua-lu-moved/",
        "../mei-hua-lu-moved/",
    ]
    assert exported.bytes_of("posters/mei-hua-lu.png") == exported.bytes_of("posters/mei-hua-lu-moved.png")
    assert not (exported.folder / "films/kanari-elsewhere").exists()


def file_of(address: str) -> str:
    if address.startswith("/api/") and address.endswith("/"):
        return f"{address[1:]}index.json"
    path = address.removeprefix("/").replace("?page=2", "page/2/")
    return f"{path}index.html" if path.endswith("/") or not path else path


def told(html: bytes) -> list[str]:
    return [words for words in Read(html.decode(), LEFT_OUT).words if words not in SAID_INSTEAD]


def test_every_page_says_what_the_site_says(exported):
    pages = {address: body for address, (kind, body) in exported.live.items() if kind == "text/html"}
    searching = {"/search/", "/en/search/"}
    assert len(pages) > 120
    assert [address for address in pages if "?page=2" in address]
    for address in set(pages) - searching:
        assert told(exported.bytes_of(file_of(address))) == told(pages[address]), address
    for address in searching:
        page = exported.bytes_of(file_of(address)).decode()
        assert "<form" not in page
        assert "films/" in page


def test_feeds_maps_and_posters_are_the_site_s_own(exported):
    same = {a: b for a, (kind, b) in exported.live.items() if kind not in ("text/html", "application/json")}
    assert {kind for kind, _body in exported.live.values()} >= {"application/atom+xml", "application/xml", "image/png"}
    for address, body in same.items():
        assert exported.bytes_of(file_of(address)) == body, address


def without_addresses(part: object) -> object:
    """Data less its addresses."""
    if isinstance(part, dict):
        return {key: without_addresses(value) for key, value in part.items()}
    if isinstance(part, list):
        return [without_addresses(value) for value in part]
    return "" if isinstance(part, str) and part.startswith("http://127.0.0.1") else part


def test_data_says_what_the_interface_says(exported):
    data = {address: body for address, (kind, body) in exported.live.items() if kind == "application/json"}
    assert len(data) > 50
    for address in set(data) - {"/api/v1/openapi.json"}:
        written = json.loads(exported.bytes_of(file_of(address)))
        assert without_addresses(written) == without_addresses(json.loads(data[address])), address


def test_data_leads_from_page_to_page(exported):
    first = json.loads(exported.bytes_of("api/v1/films/index.json"))
    second = json.loads(exported.bytes_of("api/v1/films/from/24/index.json"))
    assert first["next"] == f"{exported.origin}/api/v1/films/from/24/index.json"
    assert len(first["items"] + second["items"]) == first["count"] > MORE
    assert second["next"] is None


def test_the_description_promises_no_question(exported):
    described = json.loads(exported.bytes_of("api/v1/openapi.json"))
    parameters = [p for item in described["paths"].values() for p in item["get"]["parameters"]]
    assert {p["in"] for p in parameters} == {"path"}
    assert all(path.endswith("/index.json") for path in described["paths"])


def unpacked(name: str, body: bytes) -> bytes:
    if name.endswith(".gz"):
        return gzip.decompress(body)
    return brotli.decompress(body) if name.endswith(".br") else body


def test_no_byte_of_it_is_hidden_work(exported):
    """The planted words would be found: the public ones beside them are."""
    seen = 0
    for name in exported.files():
        body = unpacked(name, exported.bytes_of(name))
        assert CANARY not in name.lower()
        assert CANARY.encode() not in body.lower(), name
        seen += "公开的话".encode() in body
    assert seen > 5


def test_packed_forms_hold_the_same(exported):
    packed = [name for name in exported.files() if name.endswith((".gz", ".br"))]
    assert len([name for name in packed if name.endswith(".html.br")]) > 100
    for name in packed:
        assert unpacked(name, exported.bytes_of(name)) == exported.bytes_of(name[:-3]), name


def test_the_list_of_files_is_whole(exported):
    listed = json.loads(exported.bytes_of("elysium-export.json"))["sha256"]
    assert set(listed) == {f for f in exported.files() if not f.endswith((".gz", ".br"))} - {"elysium-export.json"}


def test_static_files_have_hashed_names(exported):
    static = [name for name in exported.files() if name.startswith("static/")]
    assert static
    assert [name for name in static if not re.search(r"\.[0-9a-f]{12}\.(css|js|svg)(\.gz|\.br)?\Z", name)] == []
    assert not [name for name in static if "admin" in name or "desk" in name]


def test_every_public_address_is_a_start():
    known = {*starts.ALONE, *(name for names in starts.OF_ENTRIES.values() for name in names)}
    # The parts of a large site's map are found in the map; captions have addresses of two parts.
    assert known == set(QUERIES) - {"api:missing", "sitemap_section", "captions"}


def test_media_of_public_entries_come_along_and_no_other(exported, walked):
    files = {
        name.removeprefix("media/"): exported.bytes_of(name) for name in exported.files() if name.startswith("media/")
    }
    assert len(exported.media) > 6
    assert {name for name in exported.media if name not in files} == set()
    assert all(files[name] == body for name, body in exported.media.items())
    assert len(exported.hidden_media) > 8
    assert set(exported.hidden_media) & set(files) == set()
    hidden = set(exported.hidden_media.values()) - set(exported.media.values())
    assert [name for name, body in files.items() if body in hidden] == []
    # Nothing but what pages name: the stored pictures stay at home.
    reached = {address.removeprefix(f"{exported.origin}/media/") for address in walked}
    assert set(files) <= reached


def test_a_film_is_played_and_sought_with_its_captions(exported):
    page = Read(exported.bytes_of("en/films/more-0/index.html").decode())
    [video] = {link for link in page.links if link.endswith(".webm")}
    [captions] = {link for link in page.links if link.endswith(".vtt")}
    assert not video.startswith(("/", "http"))
    assert not captions.startswith(("/", "http"))
    written = [name for name in exported.files() if name.endswith(".vtt")]
    assert len(written) == 2
    assert all(exported.bytes_of(name).startswith(b"WEBVTT") for name in written)
    assert "more-0" in [name.split("/")[1] for name in written]
