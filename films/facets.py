"""What a list can be narrowed to: the values of each filter, and how many entries each would leave.

All values come in one query and all counts in another, each a union over the filters; the counts
read link tables, so that no count joins what another filter has joined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, IntegerField, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import get_language

NOT_STATED = "none"
# Not the name of a filter: where what belongs to the whole list is kept.
ALL = ""
# Keys that are no value: all entries, and those that some row belongs to.
ENTRIES, SOME = "entries", "yes"
# A list of a thousand makers is no filter: beyond this only the values with the most entries are offered.
OFFERED = 24

Entries = QuerySet[Any]
Choices = list[tuple[str, Any]]
Counts = Mapping[str, Mapping[str | None, int]]


@dataclass(frozen=True)
class Facet:
    """One filter: rows that name its values, values that are always offered, and how to count them.

    `rows` come from `values_of`; `counts` gives query sets made by `tally`, keyed as the rows are.
    """

    counts: Callable[[Entries], list[Entries]]
    rows: Callable[[], Entries] | None = None
    fixed: tuple[tuple[str, Any], ...] = ()
    # The value of those that none of the counted rows belongs to: all less `SOME`, for to look for what is not
    # there would take a look at every entry.
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A value: `key` ties it to its count, `slug` stands in the address, `words` on the page."""

    key: str
    slug: str
    words: Any


@dataclass(frozen=True)
class Option:
    """A value as it is offered: one that would leave nothing cannot be chosen, only dropped."""

    slug: str
    words: str
    count: int
    is_chosen: bool

    @property
    def is_disabled(self) -> bool:
        return not self.count and not self.is_chosen


@dataclass(frozen=True)
class Offer:
    """A filter as it is offered; `left_out` values have fewer entries than those shown."""

    name: str
    label: str
    options: tuple[Option, ...]
    left_out: int


def values_of(
    rows: Entries,
    *,
    words: Any = "name",
    english: Any = "name_en",
    slug: Any = "slug",
    key: Any = "pk",
    year: Any = None,
    place: Any = None,
    sorted_by: Any = None,
) -> Entries:
    """Rows as the values of a filter, in the order of `place`, then of `sorted_by`."""
    columns = {
        "value_key": text(key),
        "value_slug": text(slug),
        "value_words": text(words),
        "value_english": text(english),
        "value_year": number(year),
        "value_place": number(place),
        "value_sorted_by": text(sorted_by or words),
    }
    valued: Entries = rows.order_by().annotate(**columns).values(*columns)
    return valued


def text(expression: Any) -> Cast:
    """Every column of a union is of one type."""
    return Cast(expression, CharField())


def number(expression: Any) -> Cast:
    return Cast(Value(0) if expression is None else expression, IntegerField())


def tally(rows: Entries, key: Any, counted: str = "pk") -> Entries:
    """How many different entries (`counted`) the rows have for each key."""
    keyed = rows.order_by().annotate(value_key=text(key)).values("value_key")
    counted_rows: Entries = keyed.annotate(value_count=Count(counted, distinct=counted != "pk"))
    return counted_rows


def joined(parts: Iterable[tuple[str, Entries]], *columns: str) -> list[tuple[Any, ...]]:
    """The rows of several query sets, each with the name of its filter (one query)."""
    labelled = [rows.annotate(facet=Value(name)).values_list("facet", *columns) for name, rows in parts]
    return list(labelled[0].union(*labelled[1:], all=True)) if labelled else []


def named(facets: Mapping[str, Facet]) -> dict[str, dict[str, Named]]:
    """The values of each filter by their slugs, in order, in the language of the page (one query)."""
    columns = [f"value_{name}" for name in ("key", "slug", "words", "english", "year", "place", "sorted_by")]
    rows = joined(((name, facet.rows()) for name, facet in facets.items() if facet.rows), *columns)
    found: dict[str, dict[str, Named]] = {name: {} for name in facets}
    for name, key, slug, words, english, year, _place, _sorted in sorted(
        rows, key=lambda row: (row[6], row[7], row[1])
    ):
        shown = (get_language() == "en" and english) or words
        found[name][slug] = Named(key, slug, f"{shown} {year}" if year else shown)
    for name, facet in facets.items():
        found[name] |= {slug: Named(slug, slug, words) for slug, words in facet.fixed}
    return found


def counts(
    facets: Mapping[str, Facet], entries: Callable[[str], Entries], everything: Entries, narrowed: Entries | None
) -> Counts:
    """Facet → key → number, each filter counted over the entries that the other filters leave (one query)."""
    parts = [(name, rows) for name, facet in facets.items() for rows in facet.counts(entries(name))]
    parts.append((ALL, tally(everything, Value("total"))))
    if narrowed is not None:
        parts.append((ALL, tally(narrowed, Value("found"))))
    parts += [(name, tally(entries(name), Value(ENTRIES))) for name, facet in facets.items() if facet.rest]
    found: dict[str, dict[str | None, int]] = {name: {} for name in (ALL, *facets)}
    for name, key, counted in joined(parts, "value_key", "value_count"):
        found[name][key] = counted
    for name, facet in facets.items():
        if facet.rest:
            found[name][facet.rest] = found[name].pop(ENTRIES, 0) - found[name].get(SOME, 0)
    return found


def each_total(parts: Iterable[tuple[str, Entries]]) -> dict[str, int]:
    """How many entries each query set holds (one query)."""
    tallies = ((name, tally(rows, Value(""))) for name, rows in parts)
    return {name: total for name, _key, total in joined(tallies, "value_key", "value_count")}


def offer(
    name: str, label: str, values: Iterable[Named], found: Mapping[str | None, int], chosen: Iterable[str]
) -> Offer:
    """The values with their counts, in order; at most OFFERED and those chosen."""
    wanted = set(chosen)
    options = [Option(v.slug, str(v.words), found.get(v.key, 0), v.slug in wanted) for v in values]
    best = set(sorted(options, key=lambda option: (-option.is_chosen, -option.count))[: max(OFFERED, len(wanted))])
    shown = tuple(option for option in options if option in best)
    return Offer(name, label, shown, len(options) - len(shown))
