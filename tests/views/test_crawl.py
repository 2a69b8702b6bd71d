"""The real article as a site: every link answers, every page is sound."""

import re
from collections import defaultdict
from html import unescape

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db

FOREIGN = re.compile(r"^(?:[a-z]+:)?//")
OURS = "http://testserver"


class Crawl:
    """Everything that can be reached from the two front pages."""

    def __init__(self, client) -> None:
        self.client = client
        self.pages: dict[str, str] = {}
        self.statuses: dict[str, int] = {}
        self.links: list[tuple[str, str]] = []
        waiting = ["/", "/en/"]
        while waiting:
            address = waiting.pop()
            if address not in self.statuses:
                waiting += self.visit(address)

    def visit(self, address: str) -> list[str]:
        """Open a page; gives the addresses on our site that it names."""
        answer = self.client.get(address)
        self.statuses[address] = answer.status_code
        if not answer.headers["Content-Type"].startswith("text/html"):
            return []
        self.pages[address] = answer.content.decode()
        targets = [unescape(target) for target in re.findall(r'(?:href|src)="([^"]*)"', self.pages[address])]
        whole = [self.whole(address, target.removeprefix(OURS)) for target in targets]
        self.links += [(address, target) for target in whole]
        return [target.partition("#")[0] for target in whole if self.is_page(target)]

    def whole(self, address: str, target: str) -> str:
        bare = address.partition("?")[0]
        return bare + target if target.startswith(("?", "#")) else target

    def is_page(self, target: str) -> bool:
        return not FOREIGN.match(target) and not target.startswith(("/static/", "/favicon.ico"))


@pytest.fixture
def crawl(client, capsys) -> Crawl:
    call_command("import_seeds")
    return Crawl(client)


def test_every_link_answers_and_every_page_is_sound(crawl):
    assert len(crawl.pages) > 70
    assert {address: status for address, status in crawl.statuses.items() if status != 200} == {}
    for address, body in crawl.pages.items():
        assert body.count("<h1") == 1, address
        ids = re.findall(r'\sid="([^"]*)"', body)
        assert len(ids) == len(set(ids)), address
        assert not re.search(r'<script(?! src=| type="application/ld\+json">)|<style|\sstyle=|\son[a-z]+=', body), (
            address
        )
    assert [link for link in crawl.links if FOREIGN.match(link[1])] == []


def test_every_fragment_is_there(crawl):
    fragments = {target for _address, target in crawl.links if "#" in target}
    assert len(fragments) > 50
    for target in fragments:
        address, _, name = target.partition("#")
        assert f' id="{name}"' in crawl.pages[address], target


def test_no_two_pages_of_a_language_have_one_title(crawl):
    titles: dict[tuple[bool, str], set[str]] = defaultdict(set)
    for address, body in crawl.pages.items():
        title = re.search(r"<title>(.*?)</title>", body)
        assert title
        titles[address.startswith("/en/"), title[1]].add(address.partition("?")[0])
    assert [addresses for addresses in titles.values() if len(addresses) > 1] == []


def test_english_pages_hold_chinese_only_where_they_say_so(crawl):
    """What is left after everything marked as Chinese (or Japanese, Korean) is taken out is English."""
    for address, body in crawl.pages.items():
        if address.startswith("/en/"):
            assert re.findall(r"[\u4e00-\u9fff]+", without_marked(body)) == [], address


def without_marked(body: str) -> str:
    """The page's words without elements that carry a CJK language, attributes and head."""
    body = body[body.index("<body") :]
    marked = re.compile(r'<(\w+)[^>]*\slang="(?:zh|ja|ko)[^"]*"[^>]*>(?:(?!<\1[\s>]).)*?</\1>', re.DOTALL)
    while marked.search(body):
        body = marked.sub("", body)
    return re.sub(r"<[^>]*>", "", body)
