"""What the lists have in common: values and counts, choices that can be dropped, orders, advice."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from films.facets import Facet, Named, Offer, counts, each_total, named, offer
from films.forms import QueryField

Orders = dict[str, tuple[Any, tuple[Any, ...]]]


def several(label: Any, method: str) -> filters.MultipleChoiceFilter:
    """A group of boxes; its choices are read when the list is asked for."""
    return filters.MultipleChoiceFilter(label=label, method=method, widget=forms.CheckboxSelectMultiple)


class QueryFilter(filters.CharFilter):
    field_class = QueryField


def words(method: str) -> QueryFilter:
    """Words that must all stand in the entry."""
    return QueryFilter(label=_("搜索"), method=method)


def order_of(orders: Orders) -> filters.ChoiceFilter:
    """One order out of several; the first is the usual one."""
    choices = [(key, label) for key, (label, _fields) in orders.items()]
    return filters.ChoiceFilter(label=_("排序"), method="in_order", choices=choices, empty_label=None)


@dataclass(frozen=True)
class Chip:
    """A choice made, and the address without it."""

    label: str
    words: str
    without: str


@dataclass(frozen=True)
class Advice:
    """The filter to drop when nothing is left: its choices, and how many entries there are without it."""

    name: str
    label: str
    words: str
    without: str
    number: int


class ListFilter(filters.FilterSet):
    """Choices come from public rows only. A value that is no choice is an error, never a query."""

    facets: dict[str, Facet] = {}
    orders: Orders = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.everything = cast("QuerySet[Any]", self.queryset)
        self.values: dict[str, list[Named]] = named(self.facets)
        for name, rows in self.values.items():
            self.filters[name].extra["choices"] = [(row.slug, row.words) for row in rows]

    @property
    def results(self) -> Any:
        """What matches, in order, as a query set of the kind given; nothing when the address asks for something that is not there."""
        if not self.is_valid():
            return self.everything.none()
        return self.in_order(self.narrowed(), "sort", self.order)

    @property
    def order(self) -> str:
        """The order asked for, or the usual one."""
        return str((self.is_valid() and self.form.cleaned_data["sort"]) or next(iter(self.orders)))

    def in_order(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.order_by(*self.orders[value][1])

    def narrowed(self, leaving_out: str = "") -> QuerySet[Any]:
        """What the filters leave, in no order; `leaving_out` names one that is passed over."""
        found = self.everything
        for name, value in self.form.cleaned_data.items():
            if name not in {leaving_out, "sort"}:
                found = self.filters[name].filter(found, value)
        return found

    def offers(self) -> list[Offer]:
        """Each filter with its values and their counts; a filter's own choices do not lower them (one query)."""
        valid = self.is_valid()
        found = counts(self.facets, self.narrowed if valid else lambda _name: self.everything)
        return [
            offer(name, str(self.filters[name].label), rows, found.get(name, {}), self._asked(name))
            for name, rows in self.values.items()
        ]

    def _asked(self, name: str) -> list[str]:
        return list(self.form.cleaned_data.get(name) or []) if self.is_valid() else []

    @property
    def chosen(self) -> list[Chip]:
        """Each choice made, with its words, so that the page can offer to drop it."""
        return [chip for name in self.facets for chip in self._chips(name)] + list(self._query_chip())

    def _chips(self, name: str) -> Iterator[Chip]:
        label, words = str(self.filters[name].label), {row.slug: row.words for row in self.values[name]}
        for value in self._asked(name):
            yield Chip(label, str(words[value]), self.address_without(name, value))

    def _query_chip(self) -> Iterator[Chip]:
        if query := self.query:
            yield Chip(str(self.filters["q"].label), query, self.address_without("q"))

    @property
    def sorts(self) -> list[tuple[str, str, bool]]:
        """The orders offered: key, words, whether the list is in it."""
        return [(key, str(label), key == self.order) for key, (label, _fields) in self.orders.items()]

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
        names = [name for name in self.facets if self._asked(name)] + (["q"] if self.query else [])
        found = each_total((name, self.narrowed(name)) for name in names)
        best = max(found, key=lambda name: found[name], default="")
        if not found.get(best):
            return None
        words = [chip.words for chip in (self._query_chip() if best == "q" else self._chips(best))]
        label = str(self.filters[best].label)
        return Advice(best, label, _now("、").join(words), self.address_without(best), found[best])
