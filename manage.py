#!/usr/bin/env python3
"""Run one of Elysium's administrative tasks."""

import atexit
import gc
import os
import sys


def main() -> None:
    """Hand the command line to Django, with our settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "elysium.settings")
    spare_the_collector()
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not installed here. Run `make demo`, or activate .venv first.")
    execute_from_command_line(sys.argv)


def spare_the_collector() -> None:
    """Modules stay: looking among them for garbage is a third of `check`. `films.apps` starts it when all are there."""
    gc.disable()
    atexit.register(gc.freeze)


if __name__ == "__main__":
    main()
