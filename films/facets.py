"""What a list can be narrowed to: the values of each filter, and how many entries each would leave.

All values come in one query and all counts in another, each a union over the filters; the counts
read link tables, so that no count joins what another filter has joined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import nlargest
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import CharField, Count, IntegerField, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import get_language

NOT_STATED = "none"
# Not the name of a filter: where what belongs to the whole list is kept.
ALL = ""
# Keys that are no value: all entries, and those that some row belongs to.
ENTRIES, SOME = "entries", "yes"
# What leads the name of a filter where its counts are taken off.
LESS = "-"
# A list of a thousand makers is no filter: beyond this only the values with the most entries are offered.
OFFERED = 24

Entries = QuerySet[Any]
Choices = list[tuple[str, Any]]
Counts = Mapping[str, Mapping[str | None, int]]


class Facet(NamedTuple):
    """One filter: rows that name its values, values that are always offered, and how to count them.

    `rows` come from `values_of`; `counts` and `links` give query sets made by `tally`, keyed as the rows are.
    `links` counts in tables that lead to the entries, `of` some or of all, also the hidden: those are few, and
    to take them off is quicker than to ask of each of a hundred thousand whether it is public.
    """

    counts: Callable[[Entries], list[Entries]] = lambda _entries: []
    links: Callable[[Entries | None], list[Entries]] = lambda _entries: []
    # What is taken off for hidden entries, where it is not what `links` counts of them.
    less: Callable[[Entries], list[Entries]] | None = None
    rows: Callable[[], list[Entries]] | None = None
    # Whether its rows are the same in every list that has a filter of its name: they are read once for all.
    is_shared: bool = False
    fixed: tuple[tuple[str, Any], ...] = ()
    # The value of those that none of the counted rows belongs to: all less `SOME`, for to look for what is not
    # there would take a look at every entry.
    rest: str = ""
    # The value that a key belongs to, where several keys are one value.
    folded: Callable[[str | None], str | None] | None = None


class Counted(NamedTuple):
    """What is counted: `entries` that the filters other than one leave, `everything`, and what is `hidden` of all.

    `whole` names the filters that have everything left to count, `asked` those that something is asked of.
    """

    entries: Callable[[str], Entries]
    everything: Entries
    hidden: Entries
    whole: frozenset[str]
    asked: frozenset[str]

    def parts(self, name: str, facet: Facet) -> list[tuple[str, Entries]]:
        entries = self.entries(name)
        counted = [(name, rows) for rows in facet.counts(entries)]
        if name not in self.whole:
            return counted + [(name, rows) for rows in facet.links(entries)]
        everything = [(name, rows) for rows in facet.links(None)]
        return counted + everything + [(LESS + name, rows) for rows in (facet.less or facet.links)(self.hidden)]

    def entry_parts(self, facets: Iterable[str]) -> list[tuple[str, Entries]]:
        """How many entries there are, how many match, and how many each of some filters is counted over."""
        every_one = self.everything.model._default_manager.all()
        parts = [(ALL, tally(every_one, Value("total"))), (LESS + ALL, tally(self.hidden, Value("total")))]
        if self.asked:
            parts.append((ALL, tally(self.entries(ALL), Value("found"))))
        own = [name for name in facets if name in self.asked - self.whole]
        return parts + [(name, tally(self.entries(name), Value(ENTRIES))) for name in own]


class Named(NamedTuple):
    """A value: `key` ties it to its count, `slug` stands in the address, `words` on the page."""

    key: str
    slug: str
    name: Any
    english: str = ""
    year: int = 0

    @property
    def words(self) -> str:
        """In the language of the page: values are kept for all, for there may be twenty thousand makers."""
        shown = str((get_language() == "en" and self.english) or self.name)
        return f"{shown} {self.year}" if self.year else shown


class Option(NamedTuple):
    """A value as it is offered: one that would leave nothing cannot be chosen, only dropped."""

    slug: str
    words: str
    count: int  # type: ignore[assignment]  # tuples have a method of that name
    is_chosen: bool

    @property
    def is_disabled(self) -> bool:
        return not self.count and not self.is_chosen


class Offer(NamedTuple):
    """A filter as it is offered; `left_out` values have fewer entries than those shown."""

    name: str
    label: str
    options: tuple[Option, ...]
    left_out: int


class Chip(NamedTuple):
    """A choice made, and the address without it."""

    label: str
    words: str
    without: str


class Advice(NamedTuple):
    """The filter to drop when nothing is left: its choices, and how many entries there are without it."""

    name: str
    label: str
    words: str
    without: str
    number: int


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


class Key(Cast):
    """A column as text; bare on SQLite, which asks no union for one type and groups a bare column by its index."""

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return compiler.compile(self.get_source_expressions()[0])


def number(expression: Any) -> Cast:
    return Cast(Value(0) if expression is None else expression, IntegerField())


def of(rows: Any, owner: str, entries: Entries | None) -> Entries:
    """The rows that belong to some entries, or all rows."""
    found: Entries = rows.all() if entries is None else rows.filter(**{f"{owner}__in": entries.values("pk")})
    return found


def tally(rows: Entries, key: Any, counted: str = "pk") -> Entries:
    """How many different entries (`counted`) the rows have for each key, or for one that all of them have."""
    # By a value that all have nothing is grouped, so that an index counts them as they stand.
    text_key = key if isinstance(key, Value) else Key(key, CharField())
    keyed = rows.order_by().annotate(value_key=text_key).values("value_key")
    counted_rows: Entries = keyed.annotate(value_count=Count(counted, distinct=counted != "pk"))
    return counted_rows


def joined(parts: Iterable[tuple[str, Entries]], *columns: str) -> list[tuple[Any, ...]]:
    """The rows of several query sets, each with the name of its filter (one query)."""
    labelled = [rows.annotate(facet=Value(name)).values_list("facet", *columns) for name, rows in parts]
    if not labelled:
        return []
    # Read as they come: there may be twenty thousand, and none of them is for Django to convert.
    with connection.cursor() as cursor:
        cursor.execute(*labelled[0].union(*labelled[1:], all=True).query.sql_with_params())
        found = cursor.fetchall()
    return [(name, key if key is None else str(key), *others) for name, key, *others in found]


def named(facets: Mapping[str, Facet]) -> dict[str, dict[str, Named]]:
    """The values of each filter by their slugs, in order (one query)."""
    columns = [f"value_{name}" for name in ("key", "slug", "words", "english", "year", "place", "sorted_by")]
    rows = joined(((name, rows) for name, facet in facets.items() if facet.rows for rows in facet.rows()), *columns)
    found: dict[str, dict[str, Named]] = {name: {} for name in facets}
    for name, key, slug, words, english, year, _place, _sorted in sorted(rows, key=itemgetter(6, 7, 1)):
        found[name][slug] = Named(key, slug, words, english, year)
    for name, facet in facets.items():
        found[name] |= {slug: Named(slug, slug, words) for slug, words in facet.fixed}
    return found


def counts(facets: Mapping[str, Facet], counted: Counted) -> Counts:
    """Facet → key → number, each filter counted over the entries that the other filters leave (one query)."""
    parts = [part for name, facet in facets.items() for part in counted.parts(name, facet)]
    parts += counted.entry_parts(name for name, facet in facets.items() if facet.rest)
    found: dict[str, dict[str | None, int]] = {name: {} for name in (ALL, *facets)}
    for label, key, number in joined(parts, "value_key", "value_count"):
        name = label.removeprefix(LESS)
        fold = facets[name].folded if name else None
        value = fold(key) if fold else key
        found[name][value] = found[name].get(value, 0) + (number if label == name else -number)
    found[ALL].setdefault("total", 0)
    found[ALL].setdefault("found", 0 if counted.asked else found[ALL]["total"])
    for name, facet in facets.items():
        if facet.rest:
            usual = found[ALL]["total" if name in counted.whole else "found"]
            found[name][facet.rest] = found[name].pop(ENTRIES, usual) - found[name].get(SOME, 0)
    return found


def each_total(parts: Iterable[tuple[str, Entries]]) -> dict[str, int]:
    """How many entries each query set holds (one query)."""
    tallies = ((name, tally(rows, Value(""))) for name, rows in parts)
    return {name: total for name, _key, total in joined(tallies, "value_key", "value_count")}


def offer(
    name: str, label: str, values: Sequence[Named], found: Mapping[str | None, int], chosen: Iterable[str]
) -> Offer:
    """The values with their counts, in order; at most OFFERED and those chosen."""
    wanted = set(chosen)
    ranked = [(value.slug in wanted, found.get(value.key, 0), -place) for place, value in enumerate(values)]
    best = sorted(-place for _is_chosen, _count, place in nlargest(max(OFFERED, len(wanted)), ranked))
    shown = (values[place] for place in best)
    options = tuple(Option(v.slug, v.words, found.get(v.key, 0), v.slug in wanted) for v in shown)
    return Offer(name, label, options, len(values) - len(options))
