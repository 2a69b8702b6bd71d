"""Sessions that a full disk does not turn into errors for those who only read."""

import logging
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
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
        except (DatabaseError, InterfaceError, OSError, SessionInterrupted) as error:
            failure = behind(error)
            cause = unwritable.cause_of(failure)
            if cause is None:
                raise
            if not may_be_left_out(request, response):
                raise failure from failure.__cause__
            logger.warning("A session could not be stored (%s)", cause)
            return response


def behind(error: BaseException) -> BaseException:
    """Django says of any failure to store a session that it was deleted; here is what happened."""
    while isinstance(error, SessionInterrupted | UpdateError) and error.__context__:
        error = error.__context__
    return error


def may_be_left_out(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Reading needs nothing of it. A form that was saved has done so; only who signs in or out needs a new session."""
    if request.method in READING or response.status_code == 503:
        return True
    known = request.COOKIES.get(settings.SESSION_COOKIE_NAME) == request.session.session_key
    return known and request.user.is_authenticated
