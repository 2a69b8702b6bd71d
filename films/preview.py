"""Signed links under which an entry can be read before it is public: at most a week, one an entry, withdrawn at will.

The signature says for which entry the link is, the row says whether it still opens: a link that was replaced,
withdrawn or outlived by publication has no row that fits.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any, NamedTuple

from django.core import signing
from django.utils import timezone

from films.models import Edition, Film, Interview, Preview

SALT = "films.preview"
MOST_DAYS = 7
KINDS: dict[str, type[Any]] = {"film": Film, "interview": Interview, "edition": Edition}


class Opened(NamedTuple):
    """What a link leads to. Once the entry is public the link is over, and says so."""

    entry: Any
    token: str
    expires_at: dt.datetime
    is_over: bool


def make(entry: Any, user: Any, days: int) -> Preview:
    """Make the entry's link, good for so many days; the one before opens nothing any more."""
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(days)
    now = timezone.now()
    values = {
        "key": secrets.token_urlsafe(16),
        "made_at": now,
        "expires_at": now + dt.timedelta(days=days),
        "made_by": user,
    }
    row, _created = Preview.objects.update_or_create(**address_of(entry), defaults=values)
    return row


def current(entry: Any) -> Preview | None:
    """The link of an entry that still opens it (one query)."""
    row = Preview.objects.filter(**address_of(entry), expires_at__gt=timezone.now()).first()
    return None if row is None or is_over(entry, row) else row


def withdraw(entry: Any) -> bool:
    """Take the link back; returns whether there was one."""
    removed, _kinds = Preview.objects.filter(**address_of(entry)).delete()
    return bool(removed)


def end(entry: Any, moment: dt.datetime) -> None:
    """Let the link open no longer than to this moment."""
    Preview.objects.filter(**address_of(entry), expires_at__gt=moment).update(expires_at=moment)


def token_of(row: Preview) -> str:
    return signing.Signer(salt=SALT).sign_object([row.model, row.target_id, row.key], compress=False)


def read(token: str) -> Opened | None:
    """What a link leads to; None for one that is forged, unknown, withdrawn or too old (2 queries)."""
    try:
        model, target, key = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    row = Preview.objects.filter(model=model, target_id=target, key=key).first()
    entry = KINDS[model].objects.filter(pk=target).first() if row else None
    if row is None or entry is None:
        return None
    over = is_over(entry, row)
    return Opened(entry, token, row.expires_at, over) if over or row.expires_at > timezone.now() else None


def is_over(entry: Any, row: Preview) -> bool:
    """Whether the entry was published since the link was made."""
    first = entry.first_published_at
    return bool(entry.is_published or (first and row.made_at <= first <= timezone.now()))


def address_of(entry: Any) -> dict[str, Any]:
    return {"model": entry._meta.model_name, "target_id": entry.pk}
