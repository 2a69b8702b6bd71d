"""Asking all addresses that editors stored, and noting what they answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction

from films.checking.asking import Manner, Reply, ask_all, host_of
from films.checking.places import Place, by_address
from films.choices import LinkReason
from films.models import LinkCheck

LONGEST = LinkCheck._meta.get_field("address").max_length or 0
# What says more about this machine's own line than about theirs, when it is all that there is.
UNREACHED = {LinkReason.NO_HOST, LinkReason.NO_CONNECTION, LinkReason.TIMEOUT}
# So many machines do not go down at once.
SEVERAL = 3
Say = Callable[[str], None]


class Offline(Exception):
    """Not one address could be reached: nothing was noted."""


@dataclass
class Found:
    """What a run found: each address's row with the places where it stands."""

    rows: list[tuple[LinkCheck, list[Place]]] = field(default_factory=list)
    too_long: list[tuple[str, list[Place]]] = field(default_factory=list)

    @property
    def dead(self) -> list[tuple[LinkCheck, list[Place]]]:
        return [(row, places) for row, places in self.rows if row.dead_since]

    @property
    def failing(self) -> list[tuple[LinkCheck, list[Place]]]:
        return [(row, places) for row, places in self.rows if row.failing_since and not row.dead_since]

    @property
    def moved(self) -> list[tuple[LinkCheck, list[Place]]]:
        return [(row, places) for row, places in self.rows if row.reason == LinkReason.MOVED]


def check_links(manner: Manner, now: dt.datetime, say: Say = lambda words: None) -> Found:
    """Ask every address once and note the answers; raises Offline, with nothing noted, when none can be reached."""
    standing = by_address()
    asked = [address for address in standing if len(address.encode()) <= LONGEST]
    replies = {}
    for address, reply in ask_all(asked, manner):
        replies[address] = reply
        say(f"{reply.reason.value} {reply.status or ''} {address}")
    refuse_silence(replies)
    rows = noted(replies, now)
    too_long = [(address, places) for address, places in standing.items() if address not in replies]
    return Found([(row, standing[row.address]) for row in rows], too_long)


def refuse_silence(replies: dict[str, Reply]) -> None:
    hosts = {host_of(address) for address in replies}
    if len(hosts) >= SEVERAL and all(reply.reason in UNREACHED for reply in replies.values()):
        raise Offline


@transaction.atomic
def noted(replies: dict[str, Reply], now: dt.datetime) -> list[LinkCheck]:
    """A row for each address that was asked; those of addresses that stand nowhere any more go."""
    known = {row.address: row for row in LinkCheck.objects.all()}
    LinkCheck.objects.filter(pk__in=[row.pk for address, row in known.items() if address not in replies]).delete()
    rows = []
    for address, reply in sorted(replies.items()):
        row = known.get(address) or LinkCheck(address=address)
        row.take(reply.reason, reply.status, reply.location[:LONGEST], now)
        row.save()
        rows.append(row)
    return rows
