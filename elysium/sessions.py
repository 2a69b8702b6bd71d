"""Sessions that a full disk does not turn into errors for those who only read."""

import logging
from typing import Any

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponseBase

from films import unwritable

logger = logging.getLogger(__name__)

READING = ("GET", "HEAD")


class ForgivingSessionMiddleware(SessionMiddleware):
    """What cannot be kept in a session is left out where nothing depends on it: while reading, and after a refusal."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        try:
            return super().process_response(request, response)
        except (DatabaseError, InterfaceError, OSError) as error:
            cause = unwritable.cause_of(error)
            if cause is None or not may_be_left_out(request, response):
                raise
            logger.warning("A session could not be stored (%s)", cause)
            return response


def may_be_left_out(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Reading needs nothing of it. A form that was saved has done so; only who signs in or out needs a new session."""
    if request.method in READING or response.status_code == 503:
        return True
    known = request.COOKIES.get(settings.SESSION_COOKIE_NAME) == request.session.session_key
    return known and request.user.is_authenticated
