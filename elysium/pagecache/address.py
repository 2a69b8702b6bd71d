"""Which requests share an answer, and under which key."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote_plus

from django.urls import Resolver404, resolve
from django.utils import translation

from elysium.language import language_of
from elysium.pagecache.page import Environ

Queries = Mapping[str, Sequence[str]]
LONGEST = 1000
# Links from elsewhere carry these; no page of ours reads them.
TRACKING = {f"utm_{name}" for name in ("source", "medium", "campaign", "term", "content", "id")}
TRACKING |= {"fbclid", "gclid", "msclkid", "mc_cid", "mc_eid", "igshid", "spm"}


# All that `is_shared`, `key` and a page look at, if no proxy is trusted: nothing else decides what is answered.
DECIDING = (
    *("REQUEST_METHOD", "wsgi.url_scheme", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "SCRIPT_NAME", "PATH_INFO"),
    *("QUERY_STRING", "CONTENT_LENGTH", "HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_RANGE"),
    *("HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH"),
)


class Key(NamedTuple):
    scheme: str
    host: str
    script: str
    path: str
    query: str


class Addresses:
    """The addresses of the site: `queries` names those that everyone gets the same, each with its query's keys."""

    def __init__(self, queries: Queries, settings: Any, aside: tuple[str, ...]) -> None:
        self.queries, self.aside = queries, aside
        self.sessions = tuple(f"{name}=" for name in (settings.SESSION_COOKIE_NAME, "messages"))
        self.proxy_scheme = settings.SECURE_PROXY_SSL_HEADER
        self.forwarded_host = bool(settings.USE_X_FORWARDED_HOST)
        self.forwarded_port = bool(settings.USE_X_FORWARDED_PORT)
        believed = {
            "HTTP_X_FORWARDED_HOST": self.forwarded_host,
            "HTTP_X_FORWARDED_PORT": self.forwarded_port,
            self.proxy_scheme[0] if self.proxy_scheme else "": self.proxy_scheme,
        }
        # All that the one rendering for everyone gets to see of what a browser sent: it is in the key.
        self.headers = {"HTTP_HOST", *(name for name, is_believed in believed.items() if is_believed)}
        self.deciding = (*DECIDING, *sorted(self.headers - {*DECIDING}))
        self.looked_up = lru_cache(maxsize=4096)(self.look_up)

    def is_shared(self, environ: Environ) -> bool:
        """A plain question of somebody unknown."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return False
        if "HTTP_AUTHORIZATION" in environ or "HTTP_RANGE" in environ:
            return False
        if environ.get("CONTENT_LENGTH", "0") not in ("0", ""):
            return False
        cookies = environ.get("HTTP_COOKIE")
        return not cookies or not any(name in cookies for name in self.sessions)

    def key(self, environ: Environ) -> Key | None:
        """Under what the answer is kept; None: it is asked for anew each time."""
        query = environ.get("QUERY_STRING", "")
        path = environ["PATH_INFO"]
        if query:
            known = self.canonical(path, query)
            if known is None:
                return None
            query = known
        return Key(self.scheme(environ), self.host(environ), environ.get("SCRIPT_NAME", ""), path, query)

    def scheme(self, environ: Environ) -> str:
        """As Django's HttpRequest.scheme."""
        if self.proxy_scheme:
            header, secure = self.proxy_scheme
            said = environ.get(header)
            if said is not None:
                return "https" if said.split(",", 1)[0].strip() == secure else "http"
        return str(environ["wsgi.url_scheme"])

    def host(self, environ: Environ) -> str:
        """As Django's HttpRequest.get_host, less its refusals: what it refuses is not kept."""
        said = (self.forwarded_host and environ.get("HTTP_X_FORWARDED_HOST")) or environ.get("HTTP_HOST")
        port = environ.get("HTTP_X_FORWARDED_PORT") if self.forwarded_port else None
        if said is None:
            said = f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
        return f"{said} {port}" if port else str(said)

    def canonical(self, path: str, query: str) -> str | None:
        """The query with its keys in the order of the table; None when it has one that the table does not know."""
        keys = self.keys_of(path) if len(path) + len(query) <= LONGEST else None
        if keys is None:
            return None
        pairs = [(unquote_plus(pair.partition("=")[0]), pair) for pair in query.split("&") if pair]
        pairs = [(name, pair) for name, pair in pairs if name not in TRACKING or name in keys]
        if any(name not in keys for name, _pair in pairs):
            return None
        # sorted() keeps the order among values of one key.
        return "&".join(pair for _name, pair in sorted(pairs, key=lambda pair: keys.index(pair[0])))

    def keys_of(self, path: str) -> tuple[str, ...] | None:
        """The query's keys of an address that everyone gets the same; None when its answers are not kept."""
        return None if len(path) > LONGEST or path.startswith(self.aside) else self.looked_up(path)

    def look_up(self, path: str) -> tuple[str, ...] | None:
        """The keys as the table has them; none for an address that leads nowhere."""
        written = path.encode("latin-1", "replace").decode("utf-8", "replace")
        try:
            with translation.override(language_of(written)):
                name = resolve(written).view_name
        except Resolver404:
            return ()
        keys = self.queries.get(name)
        return None if keys is None else tuple(keys)

    def without_person(self, environ: Environ, key: Key) -> Environ:
        """The same question as anybody would ask it, so that nothing of this one's can be in the answer."""
        kept = {name: value for name, value in environ.items() if not name.startswith("HTTP_") or name in self.headers}
        return kept | {"REQUEST_METHOD": "GET", "QUERY_STRING": key.query}
