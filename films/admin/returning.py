"""Back to where the person came from: a form that our own pages opened leads there again once it is saved."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

RETURN = "_return"
# The pages that send people out to close a gap, and that they want to see again.
PAGES = {"board", "films_intake_done"}


def returning(url: str, page: str) -> str:
    """The address of a form that leads back to `page` (a path of ours with its query)."""
    address, mark, fragment = url.partition("#")
    return f"{address}{'&' if '?' in address else '?'}{urlencode({RETURN: page})}{mark}{fragment}"


def return_url(request: HttpRequest) -> str:
    """Where to go after saving; empty unless it is one of our own pages."""
    url = request.GET.get(RETURN, "")
    if not url.startswith("/") or not url_has_allowed_host_and_scheme(url, allowed_hosts=None):
        return ""
    try:
        found = resolve(urlsplit(url).path)
    except Resolver404:
        return ""
    return url if found.app_name == "admin" and found.url_name in PAGES else ""


class ReturnMixin:
    """A model admin whose forms lead back to the page that opened them."""

    def _response_post_save(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if url := return_url(request):
            return HttpResponseRedirect(url)
        return super()._response_post_save(request, obj)  # type: ignore[misc,no-any-return]
