"""Sessions that end: after some time without a click, and in any case after a working day."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as StoredSession

BEGAN, SEEN = "signed_in_at", "seen_at"
# The last click is written down only now and then; nobody is signed out more than this share too late.
EXACTNESS = 0.05


def is_over(data: dict[str, Any], now: float) -> bool:
    """Whether somebody's session has gone on for too long, or been left alone for too long."""
    began, seen = data.get(BEGAN, now), data.get(SEEN, now)
    return bool(now - began > settings.SESSION_HOURS * 3600 or now - seen > settings.SESSION_IDLE_MINUTES * 60)


class SessionStore(StoredSession):
    """A session whose person is gone is an empty one, wherever it is looked at."""

    def load(self) -> dict[str, Any]:
        data: dict[str, Any] = super().load()
        now = time.time()
        if SESSION_KEY not in data:
            return data
        if is_over(data, now):
            # As for a session that was never there; clearing the tables away is done at the next sign-in.
            self._session_key = None
            return {}
        if now - data.get(SEEN, 0) > settings.SESSION_IDLE_MINUTES * 60 * EXACTNESS:
            data[SEEN] = now
            data.setdefault(BEGAN, now)
            self.modified = True
        return data
