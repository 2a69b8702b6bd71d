"""The number of what visitors can see: whatever may change a page makes it another one.

No door has to remember it. Every statement that any part of Django sends to the database passes `notice`;
one that writes content has the number changed once its transaction is committed. What keeps pages or counts
in memory asks `current()`, which costs a stat, or on PostgreSQL, where workers may be on several machines, one
short query.
"""

import contextlib
import datetime as dt
import logging
import os
import re
import time
from collections.abc import Callable, Hashable
from functools import partial
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import F

from films.models.publishable import Publishable

logger = logging.getLogger(__name__)

# Ours, but on no page: signing in must not empty the caches.
PRIVATE = {"films_user", "films_user_groups", "films_user_user_permissions", "films_importrun"}
PRIVATE |= {"films_securityevent"}
PRIVATE |= {"films_linkcheck", "films_mediacheck"}
VERBS = ("INSERT", "UPDATE", "DELETE", "REPLAC", "TRUNCA", "MERGE", "COPY", "WITH")
TARGET = re.compile(
    r"\b(?:INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?|COPY)\s+(?:ONLY\s+)?[\"`]?(films_\w+)", re.I
)
SEQUENCE = "films_generation"
MOMENTS = ("publish_at", "unpublish_at")
# Outside a transaction SQLite commits an INSERT when its answer is fetched, just after we saw it pass.
# So the number changes once more when this many nanoseconds have gone by.
SETTLED = 100_000_000


def current(using: str = DEFAULT_DB_ALIAS) -> Hashable:
    """What the number is now; two answers that are equal say that no content changed between them."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # A sequence never asked says 1, and says 1 again after its first number.
            cursor.execute(f"SELECT last_value + is_called::int FROM {SEQUENCE}")  # noqa: S608 (our own name)
            return int(cursor.fetchone()[0])
    try:
        found = os.stat(beside(connection))
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, time.time_ns() - found.st_mtime_ns > SETTLED


def content_changed(using: str = DEFAULT_DB_ALIAS) -> None:
    """Make it another number. A failure is logged: the change itself is committed, and pages are kept for a minute."""
    connection = connections[using]
    try:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT nextval('{SEQUENCE}')")
        else:
            touch(beside(connection))
    except (DatabaseError, OSError):
        logger.exception("Could not tell the other processes that content changed")


def overtake(earlier: Any, using: str = DEFAULT_DB_ALIAS) -> None:
    """Make it a number that nobody has seen, after a restored database brought an old one with it."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT setval('{SEQUENCE}', GREATEST(last_value, %s) + 1) FROM {SEQUENCE}", [earlier])  # noqa: S608
    else:
        content_changed(using)


def beside(connection: BaseDatabaseWrapper) -> Path:
    """The file whose time is the number: all who share the database find it."""
    name = str(connection.settings_dict["NAME"])
    if "mode=memory" in name or ":memory:" in name:
        return Path(settings.DATA_DIR) / "generation"
    return Path(f"{name}-generation")


def touch(path: Path) -> None:
    """Set a time that it never had: the kernel's own is the same for some milliseconds. Needs no room on the disk."""
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    now = time.time_ns()
    os.utime(path, ns=(now, max(now, os.stat(path).st_mtime_ns + 1)))


def writes_content(sql: str) -> bool:
    """Whether a statement writes into a table of ours that pages show."""
    verb = sql.lstrip()[:6].upper()
    if not verb.startswith(VERBS):
        return False
    # It may empty many tables at once, of which TARGET sees the first.
    if verb == "TRUNCA":
        return "films_" in sql
    # An import's statements are long, and all but WITH name their table at once.
    return not PRIVATE.issuperset(TARGET.findall(sql if verb.startswith("WITH") else sql[:200]))


def notice(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Pass a statement on; has the number changed after the commit of one that writes content."""
    if not writes_content(str(sql)):
        return execute(sql, params, many, context)
    try:
        return execute(sql, params, many, context)
    finally:
        tell_on_commit(context["connection"])


def tell_on_commit(connection: BaseDatabaseWrapper) -> None:
    """Once a transaction, as far as that is cheap to see; a savepoint rolled back takes its own word with it."""
    waiting = connection.run_on_commit
    if waiting and getattr(waiting[-1][1], "func", None) is content_changed:
        return
    if connection.in_atomic_block or connection.get_autocommit():
        transaction.on_commit(partial(content_changed, connection.alias), using=connection.alias, robust=True)
    else:
        content_changed(connection.alias)


def watch(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Read along with a connection, from its first statement on."""
    if notice not in connection.execute_wrappers:
        connection.execute_wrappers.append(notice)


def install() -> None:
    connection_created.connect(watch, dispatch_uid="films.generation")


def next_due(now: dt.datetime) -> dt.datetime | None:
    """When an entry appears or disappears by itself next (one query)."""
    models = [model for model in apps.get_models() if issubclass(model, Publishable)]
    rows = [
        model._base_manager.filter(**{f"{name}__gt": now}).order_by().annotate(moment=F(name)).values_list("moment")
        for model in models
        for name in MOMENTS
    ]
    first = rows[0].union(*rows[1:], all=True).order_by("moment")[:1]
    return next((moment for (moment,) in first), None)
