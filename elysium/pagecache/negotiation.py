"""What a browser accepts and what it has already, as RFC 9110 reads their headers."""

from functools import lru_cache

# The dearer to make, the smaller to send.
PREFERRED = ("br", "gzip", "identity")
ALIASES = {"x-gzip": "gzip"}
LONGEST_HEADER = 1000


def encodings(header: str | None) -> tuple[str, ...]:
    """The encodings that an Accept-Encoding header allows, the best first; `identity` stands in for a refusal of all."""
    if header is None or len(header) > LONGEST_HEADER:
        return ("identity",)
    return _encodings(header)


@lru_cache(maxsize=256)
def _encodings(header: str) -> tuple[str, ...]:
    asked: dict[str, float] = {}
    for part in header.split(","):
        name, _, parameters = part.partition(";")
        name = name.strip().lower()
        if name:
            asked[ALIASES.get(name, name)] = weight(parameters)
    others = asked.get("*")
    weights = {name: asked.get(name, others) for name in PREFERRED}
    if weights["identity"] is None:
        # Not named it is allowed, after whatever is.
        weights["identity"] = 0.0001
    allowed = [name for name in PREFERRED if weights[name]]
    # sorted() keeps our own order among equals.
    return tuple(sorted(allowed, key=lambda name: -(weights[name] or 0))) or ("identity",)


def weight(parameters: str) -> float:
    """The q of a list's item; 1 when it has none, 0 when it makes no sense."""
    name, _, value = parameters.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        number = float(value)
    except ValueError:
        return 0.0
    return number if 0 <= number <= 1 else 0.0


def has(header: str, etag: str) -> bool:
    """Whether an If-None-Match header names this ETag; weak ones count as strong, as they should here."""
    return (
        header == etag
        or header.strip() == "*"
        or any(tag.strip().removeprefix("W/") == etag for tag in header.split(","))
    )
