"""Joining entries that are one: what moves, what stays once, where old names and addresses lead, and undoing it."""

from films.importer.shapes import name_field
from films.merging.joining import Joined, Refused, Wish, join
from films.merging.likely import likely_groups
from films.merging.preview import Preview, preview
from films.merging.relations import MERGEABLE
from films.merging.undoing import Merge, merges, undo

__all__ = [
    "MERGEABLE",
    "Joined",
    "Merge",
    "Preview",
    "Refused",
    "Wish",
    "join",
    "likely_groups",
    "merges",
    "name_field",
    "preview",
    "undo",
]
