"""Back to where the person came from: a form that our own pages opened leads there again once it is saved."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

RETURN = "_return"
# The pages that send people out to close a gap, and that they want to see again.
PAGES = {"board": _("缺什么"), "films_intake_done": _("导入结果")}


class WayBack(NamedTuple):
    url: str
    name: Any


def returning(url: str, page: str) -> str:
    """The address of a form that leads back to `page` (a path of ours with its query)."""
    address, mark, fragment = url.partition("#")
    return f"{address}{'&' if '?' in address else '?'}{urlencode({RETURN: page})}{mark}{fragment}"


def way_back(request: HttpRequest) -> WayBack | None:
    """Where to go after saving or leaving; None unless it is one of our own pages."""
    url = request.GET.get(RETURN, "")
    if not url.startswith("/") or not url_has_allowed_host_and_scheme(url, allowed_hosts=None):
        return None
    try:
        found = resolve(urlsplit(url).path)
    except Resolver404:
        return None
    is_ours = found.app_name == "admin" and found.url_name in PAGES
    return WayBack(url, PAGES[found.url_name or ""]) if is_ours else None


class ReturnMixin:
    """A model admin whose forms lead back to the page that opened them."""

    def _response_post_save(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if page := way_back(request):
            return HttpResponseRedirect(page.url)
        return super()._response_post_save(request, obj)  # type: ignore[misc,no-any-return]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        context["way_back"] = way_back(request)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc,no-any-return]
