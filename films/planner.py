"""What the database knows of its rows when it plans: counted anew where very many were written."""

import logging

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

logger = logging.getLogger(__name__)

# Rows that SQLite looks at in each index. From many more of them (10,000) it reads a list narrowed by a usual word in
# five times as much time.
LOOKED_AT = 400
# Every table that grew tenfold since it was counted, whether or not this connection has read it, and now.
COUNT_ALL = 0x10002


def tell_planner(using: str = DEFAULT_DB_ALIAS) -> None:
    """Count what was written, outside of any transaction. A failure is logged: what was written stands."""
    connection = connections[using]
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                # Until it counts by itself, after a minute, it plans for empty tables.
                cursor.execute("ANALYZE")
            else:
                cursor.execute(f"PRAGMA analysis_limit={LOOKED_AT}")
                cursor.execute(f"PRAGMA optimize={COUNT_ALL}")
    except DatabaseError:
        logger.exception("Could not have the database count its rows")
