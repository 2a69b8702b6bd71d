"""The orders of lists, and a page of one: from stretches that an index gives as they stand."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet


class Order(NamedTuple):
    """An order: its words, its columns, and its stretches, runs that one index gives, where these are more than one."""

    label: Any
    columns: tuple[Any, ...]
    stretches: Callable[[Any], Sequence["Stretch"]] | None = None


class Stretch(NamedTuple):
    """How many entries it has, which these are, and their order within it."""

    count: int  # type: ignore[assignment]  # tuples have a method of that name
    chosen: Mapping[str, Any]
    columns: tuple[Any, ...]


Orders = dict[str, Order]

# So many entries are quickly put in order without an index.
SHORT = 2000


def runs(stretches: Sequence[Stretch], first: int, last: int) -> list[tuple[list[Stretch], int]]:
    """The stretches between two places, each run of short ones together, and where each run begins."""
    found: list[tuple[list[Stretch], int]] = []
    start = 0
    for stretch in stretches:
        if stretch.count and start + stretch.count > first and start < last:
            if found and sum(one.count for one in found[-1][0]) + stretch.count <= SHORT:
                found[-1][0].append(stretch)
            else:
                found.append(([stretch], start))
        start += stretch.count
    return found


def slice_of(rows: QuerySet[Any], columns: tuple[Any, ...], count: int, offset: int, limit: int) -> list[int]:
    """The ids of some rows; those of the second half are reached from the end (one query)."""
    limit = min(limit, count - offset)
    if 2 * offset <= count:
        return list(rows.order_by(*columns).values_list("pk", flat=True)[offset : offset + limit])
    start = count - offset - limit
    found = rows.order_by(*columns).reverse().values_list("pk", flat=True)[start : start + limit]
    return list(found)[::-1]
