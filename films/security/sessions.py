"""Sessions that end: after some time without a click, and in any case after a working day."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as StoredSession
from django.db.models import F
from django.utils import timezone

BEGAN, SEEN, ADDRESS, BROWSER = "signed_in_at", "seen_at", "signed_in_from", "signed_in_with"
# What a browser says of itself tells two of them apart in its first words.
LONGEST_BROWSER = 150
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


class OpenSession(NamedTuple):
    """One browser in which somebody is signed in."""

    began: dt.datetime
    seen: dt.datetime
    address: str
    browser: str
    is_this: bool


def open_sessions(user: Any, here: str | None) -> list[OpenSession]:
    """Where somebody is signed in, the last click first; `here` is the key of the session that asks (one query)."""
    rows = SessionStore.get_model_class().objects.filter(expire_date__gt=timezone.now())
    found = [(row.session_key, row.get_decoded()) for row in rows.iterator()]
    theirs = [(key, data) for key, data in found if belongs(data, user)]
    return sorted((shown(data, is_this=key == here) for key, data in theirs), key=lambda one: one.seen, reverse=True)


def belongs(data: dict[str, Any], user: Any) -> bool:
    """Whether a session still opens the desk to this person."""
    is_theirs = data.get(SESSION_KEY) == str(user.pk) and data.get(HASH_SESSION_KEY) == user.get_session_auth_hash()
    return is_theirs and not is_over(data, time.time())


def shown(data: dict[str, Any], *, is_this: bool) -> OpenSession:
    began, seen = (dt.datetime.fromtimestamp(data.get(name, 0), tz=dt.UTC) for name in (BEGAN, SEEN))
    return OpenSession(began, seen, data.get(ADDRESS, ""), data.get(BROWSER, ""), is_this)


def end_sessions(user: Any) -> None:
    """End every session of this person, this one too unless it is given the new number."""
    user._meta.model.objects.filter(pk=user.pk).update(session_number=F("session_number") + 1)
    user.refresh_from_db(fields=["session_number"])
