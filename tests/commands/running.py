"""Commands as tests call them."""

from io import StringIO
from typing import Any

from django.core.management import CommandError, call_command


def run_command(*arguments: Any, **options: Any) -> tuple[str, str, int]:
    """Run a command; returns what it wrote to both streams and its exit code."""
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command(*arguments, stdout=out, stderr=err, **options)
    except SystemExit as stop:
        code = int(stop.code or 0)
    except CommandError as error:
        err.write(str(error))
        code = error.returncode
    return out.getvalue(), err.getvalue(), code
