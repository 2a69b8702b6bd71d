"""The page of somebody who has tried too often."""

from __future__ import annotations

from math import ceil
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _


def locked_page(request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None) -> HttpResponse:
    """Says when the next attempt will be looked at; the same for an account that is there and one that is not."""
    free_at = AxesProxyHandler.get_implementation().free_at(request, credentials)
    seconds = max(1, ceil((free_at - timezone.now()).total_seconds()))
    context = admin.site.each_context(request) | {
        "title": _("暂时不能登录"),
        "free_at": free_at,
        "minutes": ceil(seconds / 60),
    }
    page = render(request, "registration/locked.html", context, status=429)
    page.headers["Retry-After"] = str(seconds)
    return page
