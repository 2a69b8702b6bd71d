"""What no page of ours asks is refused before anything reads it.

How long an address may be: a page repeats its own in several links, so a long one costs a multiple of itself. And a
form whose sender went away in the middle of it: what came would be taken for all that was said.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

# Two hundred Chinese characters to search for are two thousand; every filter there is, chosen at once, far fewer.
LONGEST_ADDRESS = 16_000

GetResponse = Callable[[HttpRequest], HttpResponse]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def bounded_addresses(get_response: GetResponse) -> GetResponse:
    """Answer 414, in words, what no link of ours and no form can have asked."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if len(request.META["PATH_INFO"]) + len(request.META.get("QUERY_STRING", "")) > LONGEST_ADDRESS:
            return HttpResponse(render_to_string("414.html"), status=414)
        return get_response(request)

    return middleware


def utf8_forms(get_response: GetResponse) -> GetResponse:
    """Answer 400 to a form in other letters than UTF-8, or of no length that is a number: Django fails to read it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        is_form = request.content_type == "application/x-www-form-urlencoded"
        length = request.META.get("CONTENT_LENGTH") or "0"
        is_measured = length.isascii() and length.isdecimal()
        if is_form and not ((request.encoding or "utf-8").lower() == "utf-8" and is_measured):
            return HttpResponse(render_to_string("400.html"), status=400)
        return get_response(request)

    return middleware


def interrupted_uploads(get_response: GetResponse) -> GetResponse:
    """Take away at once what came of a file whose sender went away: Django leaves it to whenever memory is cleared."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for handler in request.upload_handlers if request.content_type == "multipart/form-data" else ():
            handler.upload_interrupted()
        return response

    return middleware


class WholeBody:
    """A body of which so many bytes were announced: Django reads a shorter one as if that were all."""

    def __init__(self, stream: Any, length: int) -> None:
        self.stream, self.left = stream, length

    def read(self, size: int = -1) -> bytes:
        wanted, found = self.wanted(size), b""
        while len(found) < wanted:
            found += self.counted(self.stream.read(wanted - len(found)))
        return found

    def readline(self, size: int = -1) -> bytes:
        wanted = self.wanted(size)
        return self.counted(self.stream.readline(wanted)) if wanted else b""

    def wanted(self, size: int) -> int:
        return self.left if size < 0 else min(size, self.left)

    def counted(self, data: bytes) -> bytes:
        if not data:
            raise ConnectionResetError("The sender went away before all was said.")
        self.left -= len(data)
        return data


def whole_bodies(application: Application) -> Application:
    """Have a body that breaks off fail where it is read, so that nothing of it is done."""

    def answer(request: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = request.get("CONTENT_LENGTH") or ""
        if length.isdecimal():
            request["wsgi.input"] = WholeBody(request["wsgi.input"], int(length))
        return application(request, start_response)

    return answer
