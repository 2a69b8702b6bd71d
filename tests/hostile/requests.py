"""Makes hostile requests; the same seed makes the same ones."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.urls import get_resolver

from films.urls import QUERIES

# What breaks parsers, queries, headers and pages elsewhere.
BITS = (
    "", "0", "-1", "1e309", "9" * 40, "10000000000", "NaN", "None", "true", "[]", "{}", "'", '"', "''--", "' OR 1=1 --",
    "1;SELECT 1", "%", "%%", "%s", "%(x)s", "{0}", "{{7*7}}", "${7*7}", "../", "..\\", "/etc/passwd", "\0", "\r\n",
    "\r\nSet-Cookie: a=b", "\t", "\u202e", "\ufeff", "\ud83d", "𝕏", "ﷺ", "\u0301" * 60, "鹿", "梅花鹿", "的 的 的", "a" * 3000,
    "鹿" * 900, "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "//evil.example",
    "/\\evil.example", "*", '"', "NEAR(a b)", "a AND", "title:x", "a-b", "^a", "col:*", "(", ")))", "a*b*c*", "__class__",
    "__proto__", "constructor", "id__gt", "2025-02-30", "0001-01-01", "99999-12-31", "-runtime", "title,-title", "zh-hans",
)  # fmt: skip
KEYS = (
    *sorted({key for keys in QUERIES.values() for key in keys}),
    "next", "_popup", "_to_field", "_changelist_filters", "o", "p", "e", "all", "q", "id__in", "title__regex", "title__startswith",
    "created_by__password__startswith", "status__exact", "term", "app_label", "model_name", "field_name", "format", "v",
    "cursor", "limit", "intake", "from", "to", "revision", "a[]", "a.b", "\0",
)  # fmt: skip
METHODS = ("GET",) * 12 + ("HEAD", "POST", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY", "get")
HEADERS = {
    "HTTP_ACCEPT_LANGUAGE": ("en", "zh", "*", "en;q=9", "x" * 900, "\xff"),
    "HTTP_ACCEPT_ENCODING": ("gzip", "br", "*;q=0", ",,,", "identity;q=0"),
    "HTTP_RANGE": ("bytes=0-1", "bytes=-1", "bytes=5-2", "bytes=0-1,3-4", "bytes=99999999999999999999-"),
    "HTTP_IF_NONE_MATCH": ("*", '"x"', 'W/"', "\xff"),
    "HTTP_IF_MODIFIED_SINCE": ("Thu, 01 Jan 1970 00:00:00 GMT", "yesterday", "Thu, 99 Foo 99999 99:99:99 GMT"),
    "HTTP_HOST": ("evil.example", "testserver:99999", "testserver@evil", "", "[::1", "testserver."),
    "HTTP_X_FORWARDED_HOST": ("evil.example",),
    "HTTP_X_FORWARDED_PROTO": ("https", "gopher"),
    "HTTP_X_FORWARDED_FOR": ("127.0.0.1", "not an address", "1.1.1.1, " * 300),
    "HTTP_COOKIE": (
        "sessionid=x",
        "django_language=en",
        "django_language=../..",
        "csrftoken=" + "a" * 64,
        ";;;=;\xff",
    ),
    "HTTP_REFERER": ("http://[", "https://evil.example/", "x" * 4000),
    "HTTP_X_REQUESTED_WITH": ("XMLHttpRequest",),
    "HTTP_ACCEPT": ("application/json", "*/*", "text/html;q=x", "\xff"),
    "CONTENT_LENGTH": ("-1", "x", "99999999999"),
}
TYPES = (
    "application/x-www-form-urlencoded", "application/json", "multipart/form-data", "multipart/form-data; boundary=x",
    "multipart/form-data; boundary=" + "x" * 300, "text/plain; charset=utf-99", "application/x-www-form-urlencoded; charset=koi8-r",
)  # fmt: skip


@dataclass
class Hostile:
    """One request, for whoever is at the desk or for a visitor."""

    method: str
    path: str
    query: str
    at_desk: bool
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def patterns() -> list[str]:
    """Every address of the site with its parts in braces."""
    return sorted(set(walk(get_resolver(), "/")))


def walk(resolver: Any, prefix: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        shown = str(pattern.pattern).lstrip("^").rstrip("$")
        if hasattr(pattern, "url_patterns"):
            yield from walk(pattern, prefix + shown)
        else:
            yield prefix + shown


class Mutator:
    def __init__(self, seed: int, known: list[str]) -> None:
        self.chance, self.known = random.Random(seed), known
        self.patterns = patterns()

    def bit(self) -> str:
        chance = self.chance
        if chance.random() < 0.15:
            return "".join(
                chr(chance.choice((chance.randrange(256), chance.randrange(0x3000))))
                for _ in range(chance.randrange(30))
            )
        return "".join(chance.choices(BITS, k=chance.choice((1, 1, 1, 2, 3))))

    def path(self) -> str:
        """An address that is there, one of a pattern with something else in it, or one with a letter changed."""
        chance = self.chance
        if chance.random() < 0.5:
            path = chance.choice(self.known)
            if chance.random() < 0.25:
                place = chance.randrange(len(path) + 1)
                path = (
                    path[:place]
                    + chance.choice(("/", "//", "%00", "%2f", "..", ";", "%", "%ff", "A", "/./", "é", ""))
                    + path[place:]
                )
            return path
        path = chance.choice(self.patterns)
        while "<" in path:
            before, _sign, rest = path.partition("<")
            filling = chance.choice((str(chance.randrange(9)), "film", self.bit(), self.bit()))
            path = (
                before + quote(filling, safe=chance.choice(("", "/", "/%")), errors="replace") + rest.partition(">")[2]
            )
        return path

    def query(self) -> str:
        chance = self.chance
        if chance.random() < 0.02:
            return "&".join(f"{chance.choice(KEYS)}={quote(self.bit(), errors='replace')}" for _ in range(400))
        pairs = [(chance.choice(KEYS), self.bit()) for _ in range(chance.choice((0, 1, 1, 2, 3, 8)))]
        return "&".join(f"{quote(key)}={quote(value, errors='replace')}" for key, value in pairs)

    def body(self) -> bytes:
        chance = self.chance
        kind = chance.randrange(4)
        if kind == 0:
            return self.query().encode()
        if kind == 1:
            return ("[" * chance.randrange(2000) + self.bit()).encode(errors="replace")
        if kind == 2:
            head = f'--x\r\nContent-Disposition: form-data; name="{self.bit()}"; filename="{self.bit()}"\r\n\r\n'
            return (head * chance.randrange(1, 9)).encode(errors="replace") + chance.randbytes(200)
        return chance.randbytes(chance.randrange(500))

    def request(self) -> Hostile:
        chance = self.chance
        made = Hostile(chance.choice(METHODS), self.path(), self.query(), chance.random() < 0.4)
        if made.method not in ("GET", "HEAD"):
            made.body = self.body()
            made.headers["CONTENT_TYPE"] = chance.choice(TYPES)
        for name in chance.sample(sorted(HEADERS), k=chance.choice((0, 0, 1, 1, 2, 5))):
            made.headers[name] = chance.choice(HEADERS[name])
        return made
