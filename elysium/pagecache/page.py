"""An answer as it came from Django, and as it is kept: compressed once, with its final headers."""

import gzip
import zlib
from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import Any, NamedTuple

from elysium.pagecache.negotiation import encodings, has

try:
    import brotli
except ImportError:  # without the extra `server` pages go out as gzip
    brotli = None

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

# A shared cache may keep a page for one second and show it for three more while it asks for a new one: with the
# second in which every worker learns of a change, what is withdrawn is gone everywhere within five. Browsers ask
# each time, and mostly get a 304.
LIFETIME = "public, max-age=0, s-maxage=1, stale-while-revalidate=3"
# For an answer to one person, or at an address that the table of addresses leaves out.
PRIVATE = "private, no-cache"
# Last-Modified goes too: a page can change without its newest row doing so, the ETag cannot be wrong.
OURS = {
    "content-length",
    "content-encoding",
    "etag",
    "last-modified",
    "vary",
    "date",
    "connection",
    "transfer-encoding",
}
IN_304 = {"cache-control", "content-location", "etag", "expires", "vary"}
COMPRESSED = ("text/", "application/json", "application/problem+json", "application/atom+xml", "application/xml")
COMPRESSED_TOO = ("image/svg+xml", "application/javascript", "application/vnd.oai")
SMALLEST = 200
KEPT = {200: 60.0, 301: 5.0, 404: 5.0}
LARGEST = 2 * 1024 * 1024


class Answer(NamedTuple):
    """What the application said, whole."""

    status: str
    headers: Headers
    body: bytes

    @property
    def code(self) -> int:
        return int(self.status[:3])

    def header(self, name: str) -> str:
        return ",".join(value for found, value in self.headers if found.lower() == name).lower()

    def is_for_everyone(self) -> bool:
        """Whether another visitor may get the same bytes."""
        said = {word.strip().partition("=")[0] for word in self.header("cache-control").split(",")}
        varies = {word.strip() for word in self.header("vary").split(",")}
        return (
            self.code in KEPT
            and not said & {"no-store", "no-cache", "private"}
            and varies <= {"", "accept-encoding"}
            and not self.header("set-cookie")
            and not self.header("content-encoding")
            and len(self.body) <= LARGEST
        )

    def send(self, environ: Environ, start_response: StartResponse) -> list[bytes]:
        start_response(self.status, stating(self.headers, PRIVATE))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [self.body]


def stating(headers: Headers, lifetime: str) -> Headers:
    """Headers that say how long the answer may be kept: nobody in between has to guess."""
    said = any(name.lower() == "cache-control" for name, _value in headers)
    return headers if said else [*headers, ("Cache-Control", lifetime)]


def answer_of(application: Application, environ: Environ) -> Answer:
    """Run the application to its end."""
    said: list[tuple[str, Headers]] = []
    chunks = application(environ, lambda status, headers, exc_info=None: said.append((status, headers)))
    try:
        body = b"".join(chunks)
    finally:
        if close := getattr(chunks, "close", None):
            close()
    return Answer(*said[-1], body)


class Variant(NamedTuple):
    """A page in one encoding."""

    etag: str
    headers: Headers
    unchanged: Headers
    body: bytes
    is_kept: bool = True


class Reply(NamedTuple):
    """All that goes out for one question, to the letter, as long as its page is kept."""

    expires: float
    status: str
    headers: Headers
    body: bytes

    def send(self, start_response: StartResponse) -> list[bytes]:
        # A server may add to the list of headers that it is given.
        start_response(self.status, self.headers.copy())
        return [self.body] if self.body else []


class Page:
    """An answer for everyone, ready to be sent."""

    __slots__ = ("expires", "is_found", "kept", "mark", "size", "status", "variants")

    def __init__(self, answer: Answer, expires: float) -> None:
        self.status, self.expires, self.is_found = answer.status, expires, answer.code == 200
        kept = [(name, value) for name, value in answer.headers if name.lower() not in OURS]
        self.kept = stating(kept, LIFETIME)
        said = repr((answer.status, sorted(map(ordered, self.kept)))).encode()
        self.mark = blake2b(said + answer.body, digest_size=12).hexdigest()
        bodies = compressed(answer)
        varies = "gzip" in bodies
        self.variants = {name: variant(self.mark, name, self.kept, body, varies) for name, body in bodies.items()}
        self.size = 2000 + sum(len(body) + 3 * len(said) for body in bodies.values())

    def reply(self, environ: Environ) -> Reply:
        """The answer to a GET or HEAD: in the best encoding, or that nothing changed."""
        chosen = self.variant_for(environ.get("HTTP_ACCEPT_ENCODING"))
        expires = self.expires if chosen.is_kept else 0.0
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None and self.is_found and has(known, chosen.etag):
            return Reply(expires, "304 Not Modified", chosen.unchanged, b"")
        return Reply(expires, self.status, chosen.headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else chosen.body)

    def send(self, environ: Environ, start_response: StartResponse) -> list[bytes]:
        return self.reply(environ).send(start_response)

    def variant_for(self, accepted: str | None) -> Variant:
        for encoding in encodings(accepted):
            if found := self.variants.get(encoding):
                return found
        return self.variants.get("identity") or self.plain()

    def plain(self) -> Variant:
        """For the few that accept no compression: made from the compressed page, which saves keeping it twice."""
        body = zlib.decompress(self.variants["gzip"].body, wbits=31)
        return variant(self.mark, "identity", self.kept, body, varies=True)._replace(is_kept=False)


def ordered(header: tuple[str, str]) -> tuple[str, str]:
    """A header as every worker writes it: django-csp puts its directives in any order."""
    name, value = header
    return (name, "; ".join(sorted(value.split("; ")))) if name.lower() == "content-security-policy" else header


def compressed(answer: Answer) -> dict[str, bytes]:
    kind = answer.header("content-type")
    if len(answer.body) < SMALLEST or not kind.startswith(COMPRESSED + COMPRESSED_TOO):
        return {"identity": answer.body}
    found = {"gzip": gzip.compress(answer.body, compresslevel=6, mtime=0)}
    if brotli:
        found["br"] = brotli.compress(answer.body, quality=5)
    return found


def variant(mark: str, encoding: str, kept: Headers, body: bytes, varies: bool) -> Variant:
    """A body with its headers; a strong ETag names one encoding only."""
    etag = f'"{mark}"' if encoding == "identity" else f'"{mark}-{encoding}"'
    headers = [*kept, ("ETag", etag), ("Content-Length", str(len(body)))]
    headers += [("Vary", "Accept-Encoding")] if varies else []
    headers += [("Content-Encoding", encoding)] if encoding != "identity" else []
    return Variant(etag, headers, [(name, value) for name, value in headers if name.lower() in IN_304], body)
