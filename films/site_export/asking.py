"""Ask the site for an address as a visitor would, without a server."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse, StreamingHttpResponse


class ArchiveRequest(WSGIRequest):
    """A request whose answer becomes a file: templates leave out what plain files cannot do."""

    is_archive = True

    def get_host(self) -> str:
        """The archive's own, which need not be among those that this site answers to."""
        return str(self.META["HTTP_HOST"])


@dataclass(frozen=True)
class Answer:
    status: int
    kind: str
    location: str
    body: bytes


class Site:
    """The site with all its middleware; `origin` is scheme and host of the archive."""

    def __init__(self, origin: str) -> None:
        parts = urlsplit(origin)
        self.scheme, self.host = parts.scheme, parts.netloc
        self.handler = WSGIHandler()

    def ask(self, address: str) -> Answer:
        """What a visitor without a cookie gets at an address that begins with a slash."""
        response: Any = self.handler.get_response(ArchiveRequest(self.environ(address)))
        try:
            kind = response.headers.get("Content-Type", "").partition(";")[0]
            return Answer(response.status_code, kind, response.headers.get("Location", ""), body_of(response))
        finally:
            # Not `response.close()`, which would say that a request is over and close the connection to the database.
            for close in response._resource_closers:
                close()

    def environ(self, address: str) -> dict[str, Any]:
        path, _mark, query = address.partition("?")
        return {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "HTTP_HOST": self.host,
            "SERVER_NAME": self.host.partition(":")[0],
            "SERVER_PORT": self.host.partition(":")[2] or ("443" if self.scheme == "https" else "80"),
            "wsgi.url_scheme": self.scheme,
            "wsgi.input": BytesIO(),
        }


def body_of(response: HttpResponse | StreamingHttpResponse) -> bytes:
    if isinstance(response, StreamingHttpResponse):
        return b"".join(response)
    return response.content
