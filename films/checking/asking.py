"""What the net answers at an address: one question, gently put, and its answer in one word."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.encoding import iri_to_uri

from films.checking.network import PORTS, PrivateNetwork, connected
from films.choices import LinkReason

HEADERS = {"User-Agent": "Elysium (link check)", "Accept": "*/*", "Connection": "close"}
MOVED = {301, 302, 303, 307, 308}
FOR_GOOD = {301, 308}
GONE = {404, 410}
# Servers that do not talk to programs, or not now: nothing is said about what people see there.
UNWILLING = {401, 402, 403, 405, 406, 407, 425, 429, 451, 999}
HOPS = 5
# What asking in another way would not change.
SETTLED = {LinkReason.FINE, LinkReason.PRIVATE, LinkReason.NO_HOST, LinkReason.CERTIFICATE}
AT_ONCE = 4


@dataclass(frozen=True)
class Manner:
    """How addresses are asked; private networks only where somebody says so."""

    allow_private: bool = False
    timeout: float = 10
    pause: float = 1


@dataclass(frozen=True)
class Reply:
    reason: LinkReason
    status: int | None = None
    # Where a moved address leads now.
    location: str = ""


def ask_all(addresses: Iterable[str], manner: Manner) -> Iterator[tuple[str, Reply]]:
    """Each address with its answer: few machines at once, and of each machine one address after another."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        hosts[host_of(address)].append(address)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for replies in threads.map(lambda several: ask_one_by_one(several, manner), hosts.values()):
            yield from replies


def host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def ask_one_by_one(addresses: list[str], manner: Manner) -> list[tuple[str, Reply]]:
    found: list[tuple[str, Reply]] = []
    for address in addresses:
        if found:
            time.sleep(manner.pause)
        found.append((address, ask(address, manner)))
    return found


def ask(address: str, manner: Manner) -> Reply:
    """What is at an address, at the end of all that it is sent on to."""
    seen, here, for_good = {address}, address, True
    while len(seen) <= HOPS + 1:
        reply = ask_here(here, manner)
        if not reply.location:
            has_moved = len(seen) > 1 and for_good and reply.reason == LinkReason.FINE
            return replace(reply, reason=LinkReason.MOVED, location=here) if has_moved else reply
        for_good = for_good and reply.status in FOR_GOOD
        here = urljoin(here, reply.location)
        if here in seen:
            break
        seen.add(here)
    return Reply(LinkReason.CIRCLE)


def ask_here(address: str, manner: Manner) -> Reply:
    """One address without following it: HEAD, and GET where that is not answered well."""
    try:
        parts = urlsplit(address)
        if parts.scheme not in PORTS or not parts.hostname or parts.username is not None:
            return Reply(LinkReason.INVALID)
        reply = request("HEAD", parts, manner)
        return reply if reply.reason in SETTLED else request("GET", parts, manner)
    except ValueError:
        return Reply(LinkReason.INVALID)


FAULTS: tuple[tuple[type[Exception], LinkReason], ...] = (
    (PrivateNetwork, LinkReason.PRIVATE),
    (socket.gaierror, LinkReason.NO_HOST),
    (UnicodeError, LinkReason.NO_HOST),
    (ssl.SSLError, LinkReason.CERTIFICATE),
    (TimeoutError, LinkReason.TIMEOUT),
    (OSError, LinkReason.NO_CONNECTION),
    (http.client.HTTPException, LinkReason.NO_CONNECTION),
)


def request(method: str, parts: SplitResult, manner: Manner) -> Reply:
    target = iri_to_uri(parts.path or "/") + (f"?{iri_to_uri(parts.query)}" if parts.query else "")
    try:
        with connected(
            parts.scheme, str(parts.hostname), parts.port, allow_private=manner.allow_private, timeout=manner.timeout
        ) as connection:
            connection.request(method, target, headers=HEADERS)
            answer = connection.getresponse()
            location = answer.getheader("Location") or ""
            return judged(answer.status, location if answer.status in MOVED else "")
    except tuple(kind for kind, _reason in FAULTS) as error:
        return Reply(next(reason for kind, reason in FAULTS if isinstance(error, kind)))


def judged(status: int, location: str) -> Reply:
    if status in GONE:
        return Reply(LinkReason.GONE, status)
    if status in UNWILLING:
        return Reply(LinkReason.UNWILLING, status)
    if status >= HTTPStatus.BAD_REQUEST:
        return Reply(LinkReason.FAULTY, status)
    return Reply(LinkReason.FINE, status, location)
