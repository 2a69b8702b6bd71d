"""What Django and axes tell of signing in, which nobody else can tell: written down, and sessions given their start."""

from __future__ import annotations

import time
from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from films.choices import SecurityKind
from films.models import User
from films.security import events
from films.security.address import client_address
from films.security.sessions import ADDRESS, BEGAN, BROWSER, LONGEST_BROWSER, SEEN, SessionStore


def known(name: Any) -> str:
    """A typed name if it is an account's: people type their password there by mistake (one query)."""
    return str(name) if name and User.objects.filter(username=name).exists() else ""


def signed_in(request: Any, user: Any, **kwargs: Any) -> None:
    """The session's time begins anew; sessions that are over are cleared away."""
    request.session[BEGAN] = request.session[SEEN] = time.time()
    request.session[ADDRESS] = client_address(request)
    request.session[BROWSER] = request.META.get("HTTP_USER_AGENT", "")[:LONGEST_BROWSER]
    events.record(SecurityKind.SIGN_IN, name=user.get_username(), address=client_address(request))
    SessionStore.clear_expired()


def signed_out(request: Any, user: Any, **kwargs: Any) -> None:
    if user:
        events.record(SecurityKind.SIGN_OUT, name=user.get_username(), address=client_address(request))


def failed(credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
    """A guess that was looked at; of one that was not, axes tells itself."""
    if request is None or is_locked_before(request):
        return
    events.record(
        SecurityKind.SIGN_IN_FAILED, name=known(credentials.get("username")), address=client_address(request)
    )


def is_locked_before(request: Any) -> bool:
    """Whether axes refused without looking: then it counts no failure for this request."""
    return bool(getattr(request, "axes_locked_out", False)) and request.axes_failures_since_start is None


def locked(request: Any, username: str, **kwargs: Any) -> None:
    events.record(SecurityKind.LOCKED, name=known(username), address=client_address(request))


def connect() -> None:
    user_logged_in.connect(signed_in, dispatch_uid="films.security.signed_in")
    user_logged_out.connect(signed_out, dispatch_uid="films.security.signed_out")
    user_login_failed.connect(failed, dispatch_uid="films.security.failed")
    user_locked_out.connect(locked, dispatch_uid="films.security.locked")
