"""What the lists have in common: values and counts, choices that can be dropped, orders, advice."""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any, ClassVar, cast

import django_filters as filters
from django import forms
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from films.facets import ALL, Advice, Chip, Counted, Counts, Facet, Named, Offer, counts, each_total, named, offer
from films.forms import QueryField
from films.kept import at_hand, kept
from films.list_pages import Orders, Stretch, runs, slice_of
from films.search import listed, numbers_of

# So many numbers of entries that hold some words, or that filters leave, are kept, at four bytes each.
MANY = 1_000_000
NUMBERS = "I"


class SlugsField(forms.MultipleChoiceField):
    """Values that are looked up, not offered: there may be twenty thousand of them."""

    known: Mapping[str, Named] = {}

    def valid_value(self, value: Any) -> bool:
        return value in self.known


class SlugsFilter(filters.MultipleChoiceFilter):
    field_class = SlugsField


def several(label: Any, method: str) -> SlugsFilter:
    """A group of boxes; its choices are read when the list is asked for."""
    return SlugsFilter(label=label, method=method, widget=forms.CheckboxSelectMultiple)


class QueryFilter(filters.CharFilter):
    field_class = QueryField


def words(method: str) -> QueryFilter:
    """Words that must all stand in the entry."""
    return QueryFilter(label=_("搜索"), method=method)


def order_of(orders: Orders) -> filters.ChoiceFilter:
    """One order out of several; the first is the usual one."""
    choices = [(key, order.label) for key, order in orders.items()]
    return filters.ChoiceFilter(label=_("排序"), method="in_order", choices=choices, empty_label=None)


class ListFilter(filters.FilterSet):
    """Choices come from public rows only. A value that is no choice is an error, never a query.

    Values, counts and offers are kept until content changes; a page of ids and its cards are two queries more.
    """

    facets: ClassVar[dict[str, Facet]] = {}
    # Values that an order needs and no visitor chooses from.
    unoffered: ClassVar[dict[str, Facet]] = {}
    orders: ClassVar[Orders] = {}
    is_counting = False
    # Whether a page is read in its order until it is full: the quickest way where many match.
    is_walking = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.everything = cast("QuerySet[Any]", self.queryset)
        for name in self.facets:
            self.form.fields[name].known = self.values[name]  # type: ignore[attr-defined]  # a SlugsField

    def kept(self, name: str, make: Callable[[], Any], *parts: Any) -> Any:
        return kept((type(self).__name__, name, *parts), make)

    @cached_property
    def values(self) -> dict[str, dict[str, Named]]:
        """The values of each filter by their slugs (one query when content has changed)."""
        return cast("dict[str, dict[str, Named]]", self.kept("values", self.read_values))

    def read_values(self) -> dict[str, dict[str, Named]]:
        """All of them, but those that another list has read for both."""
        facets = self.facets | self.unoffered
        shared = {name: facet for name, facet in facets.items() if facet.is_shared}
        name = ("values", *sorted(shared))
        if at_hand(name):
            own = named({name: facet for name, facet in facets.items() if not facet.is_shared})
            return kept(name, lambda: named(shared)) | own
        found = named(facets)
        return found | kept(name, lambda: {name: found[name] for name in shared})

    def having(self, rows: QuerySet[Any], owner: str) -> Q:
        """That one of the rows belongs to the entry: asked entry by entry for a page, all at once for a count."""
        if self.is_counting:
            return Q(pk__in=rows.order_by().values(owner))
        return Q(Exists(rows.filter(**{owner: OuterRef("pk")})))

    def among(self, rows: QuerySet[Any], name: str, words: str, matching: Callable[[str], Any]) -> QuerySet[Any]:
        """Those that hold the words, looked up once for all counts and pages, unless they are very many."""
        ids = self.kept(name, lambda: array(NUMBERS, numbers_of(matching(words), MANY + 1)), words) if words else None
        found: Any = matching(words) if ids is None or len(ids) > MANY else listed(ids)
        return rows.filter(pk__in=found) if words else rows.all()

    def where(self, rows: QuerySet[Any], condition: Q) -> QuerySet[Any]:
        """Those that meet a condition on their own columns: from its index, or one by one where very many meet it."""
        if not self.is_walking:
            return rows.filter(condition)
        met = Case(When(condition, then=Value(1)), default=Value(0))
        name = f"meets_{len(rows.query.annotations)}"
        walked: QuerySet[Any] = rows.alias(**{name: met}).filter(**{name: 1})
        return walked

    def keys(self, name: str, slugs: Sequence[str]) -> list[int]:
        """The numbers of the rows that have these slugs."""
        values = self.values[name]
        return [int(values[slug].key) for slug in slugs]

    @property
    def results(self) -> Any:
        """What matches, in order, as a query set of the kind given; nothing when the address asks for something that is not there."""
        if not self.is_valid():
            return self.everything.none()
        return self.narrowed().order_by(*self.orders[self.order].columns)

    def ids(self, offset: int, limit: int) -> list[int]:
        """Some of what matches by its numbers, in order.

        What filters leave has been read with the counts, unless that is very much; else one query, a few where a page
        lies across long stretches.
        """
        if not self.is_valid():
            return []
        if self.asked and self.found <= MANY:
            return list(self.kept("matching", self.matching, self.asked, self.order)[offset : offset + limit])
        self.is_walking = True
        order, found = self.orders[self.order], self.narrowed()
        self.is_walking = False
        stretches = order.stretches(self) if order.stretches else [Stretch(self.found, {}, order.columns)]
        ids: list[int] = []
        for run, start in runs(stretches, offset, offset + limit):
            chosen = Q(*(Q(**stretch.chosen) for stretch in run), _connector=Q.OR)
            columns = run[0].columns if len(run) == 1 else order.columns
            first = max(0, offset - start)
            ids += slice_of(found.filter(chosen), columns, sum(s.count for s in run), first, limit - len(ids))
        return ids

    @property
    def order(self) -> str:
        """The order asked for, or the usual one."""
        return str((self.is_valid() and self.form.cleaned_data["sort"]) or next(iter(self.orders)))

    def in_order(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """For django-filter, which wants a method: the order is no filter."""
        return queryset

    def narrowed(self, leaving_out: str = "") -> QuerySet[Any]:
        """What the filters leave, in no order; `leaving_out` names one that is passed over."""
        found = self.everything
        for name, value in self.form.cleaned_data.items():
            if name not in {leaving_out, "sort"}:
                found = self.filters[name].filter(found, value)
        return found.order_by()

    @cached_property
    def asked(self) -> tuple[tuple[str, Any], ...]:
        """Every filter that is used with what is asked of it: what counts depend on."""
        if not self.is_valid():
            return (("", "nothing"),)
        given = {name: value for name, value in self.form.cleaned_data.items() if value and name != "sort"}
        return tuple(
            (name, tuple(sorted(set(value))) if isinstance(value, list) else value) for name, value in given.items()
        )

    @cached_property
    def counts(self) -> Counts:
        """Each value's count; under `ALL` how many entries there are and how many match (one query, then kept)."""
        return cast("Counts", self.kept("counts", self.count, self.asked))

    def count(self) -> Counts:
        asked = frozenset(name for name, _asked in self.asked)
        whole = frozenset(name for name in self.facets if asked <= {name, ALL})
        hidden = self.everything.model._default_manager.hidden()
        with self.counting():
            return counts(self.facets, Counted(self.entries(asked), self.everything, hidden, whole, asked))

    @contextmanager
    def counting(self) -> Iterator[None]:
        was, self.is_counting = self.is_counting, True
        try:
            yield
        finally:
            self.is_counting = was

    def matching(self) -> "array[int]":
        """All that matches by its numbers, in order (one query)."""
        with self.counting():
            return array(NUMBERS, self.results.values_list("pk", flat=True))

    def entries(self, asked: frozenset[str]) -> Callable[[str], QuerySet[Any]]:
        """What all filters but one leave. For most of them that is what all leave: it is read once (one query)."""
        if not self.is_valid():
            return self.missing
        if not asked:
            return self.narrowed
        numbers = self.kept("matching", self.matching, self.asked, self.order)
        matching = self.everything.model._default_manager.order_by().filter(pk__in=listed(numbers))
        return lambda name: self.narrowed(name) if name in asked else matching

    def missing(self, name: str) -> QuerySet[Any]:
        return self.everything if name else self.everything.none()

    @property
    def total(self) -> int:
        return self.counts[ALL].get("total", 0)

    @property
    def found(self) -> int:
        """How many entries match."""
        return self.counts[ALL].get("found", 0)

    def offers(self) -> list[Offer]:
        """Each filter with its values and their counts; a filter's own choices do not lower them."""
        return cast("list[Offer]", self.kept("offers", self.make_offers, self.asked, get_language()))

    def make_offers(self) -> list[Offer]:
        return [self.offer(name) for name in self.facets]

    def offer(self, name: str) -> Offer:
        label, values = str(self.filters[name].label), list(self.values[name].values())
        return offer(name, label, values, self.counts[name], self._asked(name))

    def asked_of(self, name: str) -> tuple[str, ...]:
        """The values asked of one filter."""
        return tuple(self._asked(name))

    def _asked(self, name: str) -> list[str]:
        return list(self.form.cleaned_data.get(name) or []) if self.is_valid() else []

    @property
    def chosen(self) -> list[Chip]:
        """Each choice made, with its words, so that the page can offer to drop it."""
        return [chip for name in self.facets for chip in self._chips(name)] + list(self._query_chip())

    def _chips(self, name: str) -> Iterator[Chip]:
        label = str(self.filters[name].label)
        for value in self._asked(name):
            yield Chip(label, self.values[name][value].words, self.address_without(name, value))

    def _query_chip(self) -> Iterator[Chip]:
        if query := self.query:
            yield Chip(str(self.filters["q"].label), query, self.address_without("q"))

    @property
    def sorts(self) -> list[tuple[str, str, bool]]:
        """The orders offered: key, words, whether the list is in it."""
        return [(key, str(order.label), key == self.order) for key, order in self.orders.items()]

    @property
    def query(self) -> str:
        """The words that must stand in the entry."""
        return str(self.form.cleaned_data.get("q") or "") if self.is_valid() else ""

    def address_without(self, name: str, value: str | None = None) -> str:
        """The query of this list less one filter or one choice of it, back on its first page."""
        data: Any = self.data
        query: QueryDict = data.copy()
        query.pop("page", None)
        query.setlist(name, [other for other in query.getlist(name) if value not in {None, other}])
        return f"?{query.urlencode()}"

    def advice(self) -> Advice | None:
        """The filter whose removal brings most, when all of them together leave nothing (one query)."""
        if not self.is_valid():
            return None
        found = each_total((name, self.narrowed(name)) for name, _asked in self.asked)
        best = max(found, key=lambda name: found[name], default="")
        if not found.get(best):
            return None
        words = [chip.words for chip in (self._query_chip() if best == "q" else self._chips(best))]
        label = str(self.filters[best].label)
        return Advice(best, label, _now("、").join(words), self.address_without(best), found[best])
