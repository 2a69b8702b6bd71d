"""The Django project.

The SQLite of most distributions can lose commits in WAL mode, so a current one
stands in for the standard library's before Django opens a database.
"""

import sys

try:
    import pysqlite3
except ImportError:  # not Linux, or PostgreSQL only; films.checks names an old library
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
