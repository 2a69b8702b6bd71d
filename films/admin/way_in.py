"""Who stands at the door of the desk, and where they were going."""

from __future__ import annotations

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode


def is_staff_in(request: HttpRequest) -> bool:
    """Whether the password was right; the second step may still be missing."""
    user = request.user
    return bool(user.is_authenticated and user.is_active and user.is_staff)


def wanted(request: HttpRequest) -> str:
    """Where the person was going: an address of the desk, or its front page."""
    url = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    index = reverse("admin:index")
    is_ours = url_has_allowed_host_and_scheme(url, allowed_hosts=None) and url.startswith(index)
    return url if is_ours else index


def towards(name: str, request: HttpRequest) -> HttpResponse:
    """On to a step of signing in that remembers where the person was going."""
    return redirect(f"{reverse(f'admin:{name}')}?{urlencode({REDIRECT_FIELD_NAME: wanted(request)})}")


def to_sign_in(request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse('admin:login')}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}")
