"""Entries that became public, or stopped being so: written down at every door of the desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.timezone import localtime

from films.choices import SecurityKind, Status
from films.security import events


def note_move(request: HttpRequest, entry: Any, before: str) -> None:
    """Write down a move into publication or out of it."""
    if entry.status == before or Status.PUBLISHED not in (entry.status, before):
        return
    is_out = entry.status == Status.PUBLISHED
    note(
        request, entry, SecurityKind.PUBLISHED if is_out else SecurityKind.UNPUBLISHED, times(entry) if is_out else ""
    )


def note_deletion(request: HttpRequest, entry: Any) -> None:
    if entry.status == Status.PUBLISHED:
        note(request, entry, SecurityKind.UNPUBLISHED, "deleted")


def note(request: HttpRequest, entry: Any, kind: SecurityKind, detail: str) -> None:
    target = f"{entry._meta.model_name} {entry.pk} {entry}"
    events.record(kind, **events.by(request), target=target, detail=detail)


def times(entry: Any) -> str:
    """From when and until when, as far as that is set."""
    set_times = {"from": entry.publish_at, "until": entry.unpublish_at}
    return " ".join(f"{word} {localtime(moment):%Y-%m-%d %H:%M}" for word, moment in set_times.items() if moment)
