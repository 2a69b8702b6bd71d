"""What could not be stored, because of a full disk or the like, is given back with everything that was typed."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from inspect import unwrap
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.defaults import server_error as stock_server_error

from films.admin import kept_form
from films.unwritable import Cause, cause_of

logger = logging.getLogger(__name__)

RETRY_SECONDS = "30"
# Without its look for a form's token: the form may be what failed.
simple_error: Callable[[HttpRequest], HttpResponse] = unwrap(stock_server_error)


def server_error(request: HttpRequest) -> HttpResponse:
    """The answer to whatever failed: our own mistakes as ever, a full disk and the like as something that passes."""
    cause = cause_of(sys.exc_info()[1])
    if cause is None:
        return simple_error(request)
    response = given_back(request, cause) or plain_page(request)
    response.status_code = 503
    response.headers["Retry-After"] = RETRY_SECONDS
    response.headers["Cache-Control"] = "no-store"
    return response


def is_of_desk(request: HttpRequest) -> bool:
    return request.method == "POST" and request.path.startswith(reverse("admin:index"))


def given_back(request: HttpRequest, cause: Cause) -> HttpResponse | None:
    """The desk's page with what was typed, as far as it can be made: it needs a database that can be read."""
    if not is_of_desk(request):
        return None
    try:
        if not admin.site.has_permission(request):
            return None
        unsay(request)
        page = entry_form(request, cause) or resumed(request, cause)
        return page.render() if isinstance(page, TemplateResponse) else page
    except Exception:
        logger.exception("The page with what was typed could not be made; a simple one stands in")
        return None


def unsay(request: HttpRequest) -> None:
    """Take back that it was saved: that was said before the database was asked to keep it."""
    said: Any = messages.get_messages(request)
    said._queued_messages = []
    said.added_new = False


def entry_form(request: HttpRequest, cause: Cause) -> HttpResponse | None:
    """The very form, marked so that it is shown and not saved; nothing is written on the way."""
    match: Any = request.resolver_match
    model_admin: Any = getattr(match.func, "model_admin", None)
    is_form = unwrap(match.func).__name__ in ("add_view", "change_view")
    if not (is_form and getattr(model_admin, "is_stamped", False)):
        return None
    found = {"fields": kept_form.fields_of(request.POST), "files": bool(request.FILES), "why": cause.value}
    kept_form.as_posted(request, found)
    page: HttpResponse = model_admin._changeform_view(request, match.kwargs.get("object_id"), "", None)
    return page if page.status_code == 200 else None


def resumed(request: HttpRequest, cause: Cause) -> HttpResponse:
    """What was sent from a page without a form of an entry: to be looked at and sent again."""
    found = {
        "path": request.get_full_path(),
        "fields": kept_form.fields_of(request.POST),
        "files": bool(request.FILES),
    }
    return kept_form.resume_page(request, admin.site.each_context(request), found, kept_form.why(cause.value))


def plain_page(request: HttpRequest) -> HttpResponse:
    """Made without the database: a sentence, and what was typed in a form that can be sent again.

    A form with a password is not given back: it would have to be typed anew in any case.
    """
    asks_password = any("password" in name for name in request.POST)
    fields = kept_form.fields_of(request.POST) if is_of_desk(request) and not asks_password else []
    context = {"action": request.get_full_path(), "fields": fields}
    return HttpResponse(render_to_string("503.html", context, request=request))
