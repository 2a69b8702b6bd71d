"""What no page of ours asks is refused before anything reads it.

How long an address may be: a page repeats its own in several links, so a long one costs a multiple of itself.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

# Two hundred Chinese characters to search for are two thousand; every filter there is, chosen at once, far fewer.
LONGEST_ADDRESS = 16_000

GetResponse = Callable[[HttpRequest], HttpResponse]


def bounded_addresses(get_response: GetResponse) -> GetResponse:
    """Answer 414, in words, what no link of ours and no form can have asked."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if len(request.META["PATH_INFO"]) + len(request.META.get("QUERY_STRING", "")) > LONGEST_ADDRESS:
            return HttpResponse(render_to_string("414.html"), status=414)
        return get_response(request)

    return middleware


def utf8_forms(get_response: GetResponse) -> GetResponse:
    """Answer 400 to a form in other letters than UTF-8: Django refuses to read it, in its pages for errors too."""

    def middleware(request: HttpRequest) -> HttpResponse:
        is_form = request.content_type == "application/x-www-form-urlencoded"
        if is_form and (request.encoding or "utf-8").lower() != "utf-8":
            return HttpResponse(render_to_string("400.html"), status=400)
        return get_response(request)

    return middleware
