"""Why something could not be stored: a full disk, a folder that may only be read, a database that is away.

Such a failure is nobody's mistake and passes. Reading goes on meanwhile, and what somebody typed is given back.
"""

import errno
from collections.abc import Iterator
from enum import StrEnum


class Cause(StrEnum):
    FULL = "full"
    CLOSED = "closed"
    BUSY = "busy"
    AWAY = "away"


# SQLite's result codes, without what they say beyond their last eight bits.
OF_SQLITE = {
    5: Cause.BUSY,
    6: Cause.BUSY,
    8: Cause.CLOSED,
    10: Cause.AWAY,
    13: Cause.FULL,
    14: Cause.AWAY,
    23: Cause.CLOSED,
}
OF_POSTGRESQL = {"53100": Cause.FULL, "25006": Cause.CLOSED, "55P03": Cause.BUSY}
# 08: the connection; 53: resources; 57P: it is being shut down or started.
AWAY_AT_POSTGRESQL = ("08", "53", "57P")
# psycopg's own names, and those of its pool; the library itself is an extra.
CONNECTION_ERRORS = {"OperationalError", "InterfaceError", "ConnectionTimeout", "PoolTimeout", "PoolClosed"}
# Whatever the library of buckets fails with; it is an extra too.
BUCKET = "botocore."
OF_FILES = {
    errno.ENOSPC: Cause.FULL,
    errno.EDQUOT: Cause.FULL,
    errno.EFBIG: Cause.FULL,
    errno.EROFS: Cause.CLOSED,
    errno.EACCES: Cause.CLOSED,
    errno.EPERM: Cause.CLOSED,
    errno.EIO: Cause.AWAY,
    errno.ESTALE: Cause.AWAY,
}


def cause_of(error: BaseException | None) -> Cause | None:
    """What keeps the site from storing; None when the failure is a mistake of ours."""
    return next((cause for one in chain(error) if (cause := cause_of_one(one))), None)


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """A failure and what it was raised from; not what merely happened before it."""
    while error is not None:
        yield error
        error = error.__cause__


def cause_of_one(error: BaseException) -> Cause | None:
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return OF_SQLITE.get(code & 0xFF)
    if hasattr(error, "sqlstate"):
        return at_postgresql(error)
    if type(error).__module__.startswith(BUCKET):
        return Cause.AWAY
    if isinstance(error, OSError) and not isinstance(error, ConnectionError | TimeoutError):
        return OF_FILES.get(error.errno or 0)
    return None


def at_postgresql(error: BaseException) -> Cause | None:
    """By SQLSTATE; a connection that was never made, or broke, has none."""
    state = getattr(error, "sqlstate", None)
    if state is None:
        return Cause.AWAY if type(error).__name__ in CONNECTION_ERRORS else None
    if state in OF_POSTGRESQL:
        return OF_POSTGRESQL[state]
    return Cause.AWAY if state.startswith(AWAY_AT_POSTGRESQL) else None
