"""Which machines may be asked, and a connection to exactly the one that was allowed."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

# IPv4 inside IPv6, which a translator between the two would lead on to.
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
PORTS = {"http": 80, "https": 443}


class PrivateNetwork(OSError):
    """The name leads to a machine that strangers must not have us ask."""


def is_private(address: str) -> bool:
    """Whether an IP address is this machine, its neighbours or anything else that is not the open net."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if ip in TRANSLATED:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner and is_private(str(inner)):
            return True
    return not ip.is_global or ip.is_multicast


def resolved(host: str, port: int, *, allow_private: bool) -> tuple[str, int]:
    """The machine behind a name; refused as soon as one of its addresses is private."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not allow_private and any(is_private(address) for address in found):
        raise PrivateNetwork(host)
    return found[0], port


@cache
def tls() -> ssl.SSLContext:
    return ssl.create_default_context()


class Connection(http.client.HTTPConnection):
    """To the machine that was looked up, and not to what the name says a moment later."""

    def __init__(self, scheme: str, host: str, machine: tuple[str, int], timeout: float) -> None:
        super().__init__(host, machine[1], timeout=timeout)
        self.default_port = PORTS[scheme]
        self.machine, self.is_secure = machine, scheme == "https"
        self.sock: Any = None

    def connect(self) -> None:
        self.sock = socket.create_connection(self.machine, self.timeout)
        if self.is_secure:
            # The handshake comes after, so that a deadline can break it off.
            self.sock = tls().wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock.do_handshake()

    def abort(self) -> None:
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)


@contextmanager
def connected(
    scheme: str, host: str, port: int | None, *, allow_private: bool, timeout: float
) -> Iterator[Connection]:
    """A connection for one question, broken off when it takes twice its time in small bites."""
    machine = resolved(host, port or PORTS[scheme], allow_private=allow_private)
    connection = Connection(scheme, host, machine, timeout)
    watch = threading.Timer(2 * timeout, connection.abort)
    watch.daemon = True
    watch.start()
    try:
        yield connection
    finally:
        watch.cancel()
        connection.close()
