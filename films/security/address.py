"""Where a request comes from: what our own proxies say, and nothing that a visitor may say himself."""

import ipaddress
from typing import Any

from django.conf import settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# A home has a whole network of these; whoever is stopped at one of them would go on from the next.
NETWORK = 64


def parsed(text: str) -> Address | None:
    """The address in a header; proxies may write brackets, a port or a zone."""
    bare = text.strip().strip('"')
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def asked_from(meta: dict[str, Any]) -> Address | None:
    """Each proxy of ours adds whom it heard at the end of the list: the visitor stands PROXY_COUNT from there."""
    said = [part for part in meta.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    count: int = settings.PROXY_COUNT
    told = parsed(said[-count]) if count and len(said) >= count else None
    return told or parsed(meta.get("REMOTE_ADDR") or "")


def client_address(request: Any) -> str:
    """The visitor's address; empty when nobody can say."""
    found = asked_from(request.META)
    return str(found) if found else ""


def neighbourhood(request: Any) -> str | None:
    """What attempts are counted under: one IPv4 address, or the network of an IPv6 address."""
    found = asked_from(request.META)
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, NETWORK), strict=False).network_address)
    return str(found) if found else None
