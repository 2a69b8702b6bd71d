"""A bare file server, such as any machine has, and what readers see of its pages."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

VOID = {"br", "hr", "img", "input", "link", "meta", "path", "rect", "source", "track", "wbr"}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def file_server(folder: Path) -> Iterator[str]:
    """Serves the folder as it lies there; gives scheme and host."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Read(HTMLParser):
    """What a page says, and where it leads; `without` tells of elements that are passed over."""

    def __init__(self, html: str, without: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self.without, self.depth = without, 0
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        names = {tag, *given.get("class", "").split(), f"{tag} {given.get('href', '')}"}
        if tag not in VOID and (self.depth or names & self.without):
            self.depth += 1
        if "external" not in given.get("rel", "").split():
            self.links += [given[name] for name in ("href", "src", "action", "poster") if name in given]
            self.links += [part.split()[0] for part in given.get("srcset", "").split(",") if part.strip()]
        if tag == "meta" and given.get("content", "").startswith("http"):
            self.links.append(given["content"])
        if given.get("http-equiv") == "refresh":
            self.links.append(given["content"].partition("url=")[2])

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        self.depth -= bool(self.depth and tag not in VOID)

    def handle_data(self, text: str) -> None:
        if not self.depth and text.strip():
            self.words.append(" ".join(text.split()))
