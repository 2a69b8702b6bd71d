"""The numbers of rows in their order, read once and kept until content changes: a page far behind is a slice."""

from array import array
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from django.db.models import QuerySet

from films.kept import kept

NUMBERS = "q"


def kept_ids(name: Hashable, rows: Callable[[], QuerySet[Any]]) -> Sequence[int]:
    """The ids of `rows` in order, eight bytes each (one query when content has changed)."""
    return kept(("ids", name), lambda: array(NUMBERS, rows().values_list("pk", flat=True)))
