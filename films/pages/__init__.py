"""Whole pages read in one or two statements, however many rows stand on them."""
