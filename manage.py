#!/usr/bin/env python3
"""Run one of Elysium's administrative tasks."""

import os
import sys


def main() -> None:
    """Hand the command line to Django, with our settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "elysium.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not installed here. Run `make demo`, or activate .venv first.")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
