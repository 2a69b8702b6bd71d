"""Writing down what happens at the doors: a line in the log, and a row for the administrators."""

from __future__ import annotations

import datetime as dt
import getpass
import logging
from typing import Any

from django.db import transaction
from django.utils import timezone

from films.choices import SecurityKind
from films.models import SecurityEvent
from films.security.address import client_address

logger = logging.getLogger("elysium.security")

# What strangers can cause as often as they like: so many a minute become rows, all of them lines.
BY_STRANGERS = {
    SecurityKind.SIGN_IN_FAILED,
    SecurityKind.LOCKED,
    SecurityKind.RESET_ASKED,
    SecurityKind.FACTOR_FAILED,
    SecurityKind.REFUSED,
}
MOST_A_MINUTE = 30
COLUMNS = ("name", "address", "target", "detail")
WIDTHS: dict[str, int] = {name: getattr(SecurityEvent._meta.get_field(name), "max_length", 0) for name in COLUMNS}


def by(request: Any) -> dict[str, str]:
    """Who asks, and from where: the first arguments of `record`."""
    user = getattr(request, "user", None)
    return {"name": user.get_username() if user else "", "address": client_address(request)}


def by_operator() -> dict[str, str]:
    """Who runs a command on the machine itself."""
    try:
        account = getpass.getuser()
    except (KeyError, OSError):  # a container's account may have a number and no name
        account = "?"
    return {"name": f"({account})"}


def printable(text: Any, width: int) -> str:
    """One line that shows what it holds: no control, no invisible sign, no half of a character."""
    kept = "".join(sign if sign.isprintable() else "\ufffd" for sign in str(text)[: width + 1])
    return kept if len(kept) <= width else f"{kept[: width - 1]}…"


def record(kind: SecurityKind, **facts: Any) -> None:
    """Write down an event once what it tells of is committed; `facts`: name, address, target, detail.

    Nothing that opens a door belongs into any of them: no password, code, key or link.
    """
    told = {name: printable(facts.get(name, ""), width) for name, width in WIDTHS.items()}
    event = SecurityEvent(kind=kind, **told)

    # A function with a name, which Django says when it fails.
    def written() -> None:
        write(event)

    # Robust: the site goes on when the disk is full.
    transaction.on_commit(written, robust=True)


def write(event: SecurityEvent) -> None:
    """The line first, which needs no database (4 queries for the row, 5 where strangers may cause it)."""
    facts = {name: getattr(event, name) for name in WIDTHS}
    told = {"at": event.at.isoformat(timespec="milliseconds"), "event": str(event.kind), **facts}
    logger.info(event.kind, extra={"event": told})
    if event.kind in BY_STRANGERS and is_flooded(event.kind):
        return
    event.save()
    SecurityEvent.objects.prune(event.kind)


def is_flooded(kind: str) -> bool:
    return bool(recent(kind, dt.timedelta(minutes=1)).count() >= MOST_A_MINUTE)


def recent(kind: str, span: dt.timedelta) -> Any:
    """The rows of a kind since then."""
    return SecurityEvent.objects.filter(kind=kind, at__gte=timezone.now() - span)
