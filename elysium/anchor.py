"""One connection to SQLite that is never closed while the process lives.

The last connection that closes takes the files of the WAL with it, and the next one, which may only want to read,
has to make them again: on a full disk it cannot, and the site would stop for readers too.
"""

import logging
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

logger = logging.getLogger(__name__)

HELD: list[Any] = []


def hold() -> None:
    """Open it, and read once, which is what makes the files."""
    connection: Any = connections.create_connection(DEFAULT_DB_ALIAS)
    if connection.vendor != "sqlite" or connection.is_in_memory_db():
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM sqlite_master LIMIT 1")
    except DatabaseError:
        logger.exception("The database cannot be opened; is its disk full, or its folder closed to this user?")
    else:
        HELD.append(connection)
