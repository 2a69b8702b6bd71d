"""System checks: what would lose data, let strangers in or break a promise is named before it does.

`manage.py check --deploy` reads the settings; with `--database default` it also looks at this machine.
"""

from django.core.checks import Tags, register

from films.checks.deployment import check_deployment
from films.checks.installation import check_installation
from films.checks.sqlite import (
    check_pragmas,
    check_sqlite_version,
    library_loses_commits,
    loses_commits,
    printed_version,
    version_messages,
)

__all__ = [
    "check_pragmas",
    "library_loses_commits",
    "loses_commits",
    "printed_version",
    "register_checks",
    "version_messages",
]


def register_checks() -> None:
    register(check_sqlite_version, Tags.compatibility)
    register(check_pragmas, Tags.database)
    register(check_deployment, Tags.security, deploy=True)
    register(check_installation, Tags.database, deploy=True)
