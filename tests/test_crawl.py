"""The real article as a site: every link in every page, feed, map and JSON answer is followed once."""

import json
import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from tests.factories import settled

# Without the mark pytest-django makes no test database for the fixture below.
pytestmark = pytest.mark.django_db

HOST = "http://testserver"
FRONTS = ("/", "/en/")
# Beside what pages name: what machines ask for without being told.
KNOWN = ("/robots.txt", "/sitemap.xml", "/.well-known/security.txt")
# Served by WhiteNoise from a folder, not by an address of Django's.
FILES = ("/static/", "/favicon.ico")
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(HTMLParser):
    """What a page holds and where it leads."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.links: list[str] = []  # what people can follow
        self.named: list[str] = []  # what only machines see
        self.ids: list[str] = []
        self.headings = 0
        self.title = ""
        self.head: dict[str, str] = {}
        self.data: list[str] = []
        self.words: list[str] = []  # what people read, where its language is not Chinese, Japanese or Korean
        self.inside: list[str] = []
        self.languages: list[str] = []
        self.body = body
        self.feed(body)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        self.headings += tag == "h1"
        self.ids += [found["id"]] if "id" in found else []
        for name in ("href", "src", "action"):
            if name in found:
                (self.links if tag == "a" else self.named).append(found[name])
        if tag == "meta" and found.get("content", "").startswith(HOST):
            self.named.append(found["content"])
        if tag == "link":
            self.head[f"{found['rel']} {found.get('hreflang', '')}".strip()] = found["href"]
        if tag not in VOID:
            self.inside.append(tag if found.get("type") != "application/ld+json" else "data")
            self.languages.append(found.get("lang") or (self.languages or [""])[-1])

    def handle_endtag(self, tag: str) -> None:
        while self.inside:
            self.languages.pop()
            if self.inside.pop() in (tag, "data"):
                break

    def handle_data(self, text: str) -> None:
        if "body" in self.inside and self.languages[-1][:2] not in ("zh", "ja", "ko"):
            self.words.append(text)
        if self.inside[-1:] == ["title"] and "head" in self.inside:
            self.title += text
        if self.inside[-1:] == ["data"]:
            self.data.append(text)


@dataclass
class Site:
    """Everything that can be reached, and what led there."""

    statuses: dict[str, int] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    links: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    named: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def crawl(self, client: Client) -> None:
        waiting = [*FRONTS, *KNOWN]
        while waiting:
            address = waiting.pop()
            if address not in self.statuses:
                self.visit(client, address)
                targets = self.links[address] | self.named[address]
                waiting += [urldefrag(target).url for target in targets if not elsewhere(target)]

    def visit(self, client: Client, address: str) -> None:
        answer = client.get(address)
        self.statuses[address] = answer.status_code
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        if "Location" in answer.headers:
            self.moved[address] = ours(address, answer.headers["Location"])
            self.named[address].add(self.moved[address])
        elif kind == "text/html":
            page = self.pages[address] = Page(answer.content.decode())
            self.links[address] = {ours(address, target) for target in page.links}
            self.named[address] = {ours(address, target) for target in page.named}
        elif not kind.startswith("image/"):
            self.documents[address] = answer.content.decode()
            self.named[address] = {ours(address, target) for target in addresses_in(kind, self.documents[address])}

    def reachable(self) -> set[str]:
        """The pages to which a chain of links leads from a front page."""
        found: set[str] = set()
        waiting = list(FRONTS)
        while waiting:
            address = waiting.pop()
            if address in self.pages and address not in found:
                found.add(address)
                waiting += [urldefrag(target).url for target in self.links[address]]
        return found


def ours(address: str, target: str) -> str:
    """A link as written on a page, in full; without the host where that is ours."""
    return urljoin(HOST + address, target).removeprefix(HOST)


def elsewhere(target: str) -> bool:
    return not target.startswith("/") or target.startswith(FILES)


def addresses_in(kind: str, text: str) -> Iterator[str]:
    """The addresses that a document for machines names."""
    if kind.endswith("json"):
        yield from (value for value in values(json.loads(text)) if value.startswith(HOST))
    elif kind.endswith("xml"):
        for element in ET.fromstring(text).iter():
            name = element.tag.rpartition("}")[2]
            yield from [element.attrib["href"]] if "href" in element.attrib else []
            yield from [element.text or ""] if name == "loc" else []
    else:
        yield from re.findall(rf"{HOST}\S*", text)


def values(part: object) -> Iterator[str]:
    """Every string inside a JSON document."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from values(inner)


def bare(address: str) -> str:
    return urlsplit(address).path


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker) -> Site:
    """Crawled once; the rows are gone again before the first test looks."""
    found = Site()
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("import_seeds", verbosity=0)
        with settled():
            found.crawl(Client())
        transaction.set_rollback(True)
    return found


def test_every_link_answers_and_leads_on_at_most_once(site):
    assert len(site.pages) > 70
    assert len(site.documents) > 50
    wrong = {address: status for address, status in site.statuses.items() if status not in (200, 301, 302)}
    assert wrong == {}
    assert {address: target for address, target in site.moved.items() if site.statuses[target] != 200} == {}


def test_no_link_for_people_leads_in_a_roundabout_way(site):
    followed = {urldefrag(target).url for targets in site.links.values() for target in targets}
    assert followed & set(site.moved) == set()


def test_no_page_asks_for_anything_from_elsewhere(site):
    for address, page in site.pages.items():
        assert [target for target in page.named if not ours(address, target).startswith("/")] == [], address


def test_every_fragment_is_there(site):
    fragments = {target for found in (site.links, site.named) for targets in found.values() for target in targets}
    pointed = {target for target in fragments if "#" in target and not elsewhere(target)}
    assert len(pointed) > 50
    for target in pointed:
        address, name = urldefrag(target)
        assert unquote(name) in site.pages[address].ids, target


def test_every_page_has_one_heading_and_no_name_twice(site):
    for address, page in site.pages.items():
        assert page.headings == 1, address
        assert len(page.ids) == len(set(page.ids)), address
        assert page.inside == [], f"{address}: something is left open"


def test_no_script_or_style_stands_in_a_page(site):
    code = re.compile(r'<script(?! src=| type="application/ld\+json">)|<style|\sstyle=|\son[a-z]+=')
    for address, page in site.pages.items():
        assert not code.search(page.body), address


def test_no_two_pages_of_a_language_have_one_title(site):
    titles: dict[tuple[bool, str], set[str]] = defaultdict(set)
    for address, page in site.pages.items():
        assert page.title, address
        titles[address.startswith("/en/"), page.title].add(bare(address))
    assert [addresses for addresses in titles.values() if len(addresses) > 1] == []


def mapped(site: Site) -> set[str]:
    """What the sitemap names."""
    locations = re.findall("<loc>(.*?)</loc>", site.documents["/sitemap.xml"])
    assert len(locations) == len(set(locations))
    return {location.removeprefix(HOST) for location in locations}


def test_the_map_and_the_links_know_the_same_pages(site):
    reached = {bare(address) for address in site.reachable()}
    assert reached - mapped(site) == {"/search/", "/en/search/"}
    assert mapped(site) - reached == set()


def test_every_page_names_itself_and_its_other_language(site):
    for address, page in site.pages.items():
        number = re.search(r"[?&]page=(?!1(?:&|$))\d+", address)
        path = bare(address) + (f"?page={number[0][6:]}" if number else "")
        chinese = path.removeprefix("/en")
        assert page.head["canonical"] == HOST + path, address
        assert page.head["alternate zh-Hans"] == page.head["alternate x-default"] == HOST + chinese
        assert page.head["alternate en"] == f"{HOST}/en{chinese}"


def test_what_pages_tell_machines_leads_to_pages(site):
    """Every address in JSON-LD is one that the crawl knows, or the old way to an interview."""
    told = 0
    for address, page in site.pages.items():
        for text in page.data:
            for target in values(json.loads(text)):
                if target.startswith(HOST):
                    told += 1
                    path = urldefrag(ours(address, target)).url
                    assert path in site.statuses or path.startswith("/interviews/"), f"{address}: {target}"
    assert told > 500


def test_every_entry_of_the_interface_is_reached(site):
    """Its lists lead to every entry, and every entry to its page."""
    entries = {bare(address) for address in site.documents if address.startswith("/api/v1/")}
    for noun in ("films", "creators", "editions", "topics"):
        pages = {path for path in mapped(site) if re.fullmatch(rf"/{noun}/[^/]+/", path)}
        assert {f"/api/v1{path}" for path in pages} == {
            path for path in entries if re.fullmatch(rf"/api/v1/{noun}/[^/]+/", path)
        }, noun


def test_english_pages_hold_chinese_only_where_they_say_so(site):
    for address, page in site.pages.items():
        if address.startswith("/en/"):
            assert re.findall(r"[\u4e00-\u9fff]+", "".join(page.words)) == [], address
            assert len("".join(page.words)) > 100
