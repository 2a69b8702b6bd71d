"""The row of the article itself: its columns follow the article, whoever changed them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from films.importer.identity import text_digest
from films.importer.remembered import Remembered
from films.models import Source
from films.reading.article import Article, Point

LARGEST_COUNT = 2**63 - 1
SHOWN = ("headline", "publisher", "published_on", "view_count")


@dataclass(frozen=True)
class Reading:
    """One file as read: what it is called, what its bytes are, and what they say."""

    name: str
    sha256: str
    identity: str
    fingerprint: str
    article: Article
    beside: Remembered = field(default_factory=Remembered)


def source_values(reading: Reading, source: Source | None) -> dict[str, Any]:
    """The columns of `Source`, each cut to what it holds; the whole text is kept anyway."""
    article, printed = reading.article, reading.article.printed
    values = {
        "name": reading.name[-255:],
        "identity": reading.identity,
        "sha256": reading.sha256,
        "fingerprint": reading.fingerprint,
        "encoding": article.encoding[:20],
        "language": article.language,
        "text": article.text,
        "lead": article.lead or "",
        "headline": (article.headline or "")[:500],
        "headline_printed": printed.get("headline", "")[:500],
        "publisher": (article.publisher or "")[:200],
        "publisher_printed": printed.get("publisher", "")[:200],
        "published_on": day(article.published_on),
        "published_on_printed": printed.get("published_on", "")[:100],
        "view_count": count(article.view_count),
        "view_count_printed": printed.get("view_count", "")[:50],
        "passages": {name: passage.to_json() for name, passage in article.passages.items()},
    }
    return values | {"view_count_observed_on": observed_on(values, source)}


def observed_on(values: Mapping[str, Any], source: Source | None) -> dt.date | None:
    """Today, unless the text is the one that was read before: then the count is as old as it was."""
    if values["view_count"] is None:
        return None
    if source and text_digest(source.text) == text_digest(values["text"]) and source.view_count_observed_on:
        return source.view_count_observed_on
    return timezone.localdate()


def day(value: str | None) -> dt.date | None:
    """A whole date; a month alone is kept as printed only."""
    try:
        return dt.date.fromisoformat(value) if value else None
    except ValueError:
        return None


def count(value: int | None) -> int | None:
    return value if value is not None and 0 <= value <= LARGEST_COUNT else None


def differences(source: Source, values: Mapping[str, Any]) -> list[Point]:
    """What the article's frame states otherwise than before, for the editor to know."""
    changed = [name for name in SHOWN if getattr(source, name) != values[name]]
    told = {"changes": " ".join(f"changed.{name}" for name in changed)}
    for name in changed:
        told |= {f"{name}_before": str(getattr(source, name) or ""), f"{name}_now": str(values[name] or "")}
    return [Point("source_changed", values=told)] if changed else []
