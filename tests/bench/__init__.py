"""Measurements of reading and importing: `python -m tests.bench`."""
