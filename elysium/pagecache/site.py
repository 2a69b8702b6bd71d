"""The cache of this site: its addresses, its settings, its generation."""

import math
from collections.abc import Hashable
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.utils import timezone

from elysium.language import PERSONAL
from elysium.pagecache.address import Addresses
from elysium.pagecache.cache import PageCache
from elysium.pagecache.page import Application
from films import generation
from films.urls import QUERIES

# A stat is nothing; a query costs a fifth of a millisecond. Twice this is less than a second.
LOOK_AT_FILE, LOOK_AT_DATABASE = 0.01, 0.4


def around(application: Application) -> PageCache:
    """The application with its pages kept."""
    # A worker that was killed may have committed a change and told nobody.
    generation.content_changed()
    connection = connections[DEFAULT_DB_ALIAS]
    # The thread that starts the worker serves nobody.
    connection.close()
    return PageCache(
        application,
        Addresses(QUERIES, settings, aside()),
        generation=now,
        seconds_until_due=seconds_until_due,
        interval=LOOK_AT_FILE if connection.vendor == "sqlite" else LOOK_AT_DATABASE,
        most_bytes=settings.PAGE_CACHE_MB * 1024 * 1024,
    )


def aside() -> tuple[str, ...]:
    """Where files and people's own pages lie."""
    files = (f"/{path.name}" for path in sorted(Path(settings.WHITENOISE_ROOT).iterdir()))
    return (*PERSONAL, settings.STATIC_URL, settings.MEDIA_URL, *files)


def now() -> Hashable:
    """The generation, asked outside any request: the connection goes back where it came from."""
    connection = connections[DEFAULT_DB_ALIAS]
    connection.close_if_unusable_or_obsolete()
    try:
        return generation.current()
    finally:
        connection.close_if_unusable_or_obsolete()


def seconds_until_due() -> float:
    """How long content stays as it is by itself; 0, which keeps no page, when the database cannot say."""
    moment = timezone.now()
    try:
        due = generation.next_due(moment)
    except DatabaseError:
        return 0.0
    return (due - moment).total_seconds() if due else math.inf
