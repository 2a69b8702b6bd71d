"""What every admin page of ours shares: allow-listed lookups, flat queries, labels that tell rows apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.filters import SimpleListFilter
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.text import capfirst

from films.admin.csv_export import CsvMixin
from films.admin.fields import LinesField
from films.admin.forged import ForgedMixin
from films.admin.history import HistoryMixin
from films.admin.indexed import IndexedMixin
from films.admin.long_text import LongText
from films.admin.meanwhile import MeanwhileMixin
from films.admin.model_form import ElysiumForm as ElysiumForm
from films.admin.ordering import OrderedFormSet
from films.admin.returning import ReturnMixin
from films.admin.roles import RowsMixin, narrow
from films.admin.versioned import StaleMixin, VersionedForm
from films.admin.widgets import KnownSelect, KnownSelectMultiple
from films.text import fold

if TYPE_CHECKING:
    BaseAdmin = admin.ModelAdmin[Any]
    BaseStacked = admin.StackedInline[Any, Any]
    BaseTabular = admin.TabularInline[Any, Any]
else:
    BaseAdmin, BaseStacked, BaseTabular = admin.ModelAdmin, admin.StackedInline, admin.TabularInline

# The endings of the addresses that list filters make. No text lookups: with them a list
# answers questions about columns that its reader may not see, and `regex` can hold a worker.
FILTER_ENDINGS = ("", "__exact", "__id__exact", "__isnull", "__isempty", "__gte", "__lt")
DATE_ENDINGS = ("__year", "__month", "__day")


def count_of(manager: models.Manager[Any], foreign_key: str) -> Coalesce:
    """The number of rows that point here, as a column: no join, so several can stand side by side."""
    rows = manager.filter(**{foreign_key: OuterRef("pk")}).order_by()
    counted = rows.values(foreign_key).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0, output_field=models.IntegerField())


class FieldMixin:
    """Form fields for relations and for lists, shared by admins and inlines."""

    # JSON list field → how to fill it in, one entry a line.
    lines: dict[str, Any] = {}
    formfield_overrides: Any = {models.TextField: {"widget": LongText}}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.lines:
            return LinesField(label=capfirst(db_field.verbose_name), required=False, **self.lines[db_field.name])
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            # Nothing is deleted from inside the form of something else.
            field.widget.can_delete_related = False
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:  # type: ignore[attr-defined]
            kwargs["widget"] = KnownSelect(db_field, self.admin_site)  # type: ignore[attr-defined]
        return narrow(super().formfield_for_foreignkey(db_field, request, **kwargs), request.user)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:  # type: ignore[attr-defined]
            kwargs["widget"] = KnownSelectMultiple(db_field, self.admin_site)  # type: ignore[attr-defined]
        return narrow(super().formfield_for_manytomany(db_field, request, **kwargs), request.user)  # type: ignore[misc]


class ElysiumAdmin(
    ForgedMixin, CsvMixin, ReturnMixin, StaleMixin, MeanwhileMixin, HistoryMixin, IndexedMixin, FieldMixin, BaseAdmin
):
    form: Any = VersionedForm
    list_per_page = 50
    list_max_show_all = 500
    # The total of an unfiltered list costs a second count on every filtered page and helps nobody.
    show_full_result_count = False

    def label(self, obj: Any) -> str:
        """What tells this row from others in a list of suggestions."""
        return str(obj)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Allow what our own filters ask, nothing else."""
        allowed = {f"{self.date_hierarchy}{ending}" for ending in DATE_ENDINGS if self.date_hierarchy}
        for entry in self.list_filter:
            allowed |= filter_lookups(entry)
        return lookup in allowed

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """What was read for the form is no longer so once its rows are stored."""
        super().save_related(request, form, formsets, change)
        vars(form.instance).pop("_prefetched_objects_cache", None)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Link to the public page only where there is one (one query)."""
        if obj is None or not obj.pk:
            return None
        published = getattr(type(obj).objects, "published", None)
        if published is None or not published().filter(pk=obj.pk).exists():
            return None
        return super().get_view_on_site_url(obj)


def filter_lookups(entry: Any) -> set[str]:
    """The query parameters that one entry of `list_filter` uses."""
    if isinstance(entry, type) and issubclass(entry, SimpleListFilter):
        return {str(entry.parameter_name)}
    name = entry[0] if isinstance(entry, (list, tuple)) else entry
    return {f"{name}{ending}" for ending in FILTER_ENDINGS}


class ListSearchMixin:
    """Finds rows by the words of a JSON list too: the column itself holds escaped characters on SQLite.

    Few rows have such a list in long tables, so the words are compared here (one query more).
    """

    searched_list = ""

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        found, repeats = super().get_search_results(request, queryset, search_term)  # type: ignore[misc]
        term = fold(search_term)
        if not term:
            return found, repeats
        listed = queryset.order_by().exclude(**{self.searched_list: []})
        rows = listed.values_list("pk", self.searched_list)
        keys = [key for key, entries in rows if any(term in fold(str(entry)) for entry in entries)]
        return found | queryset.filter(pk__in=keys), repeats


class InlineMixin(RowsMixin, FieldMixin):
    """Rows of a form: ordered, with flat queries and no address of their own."""

    form: Any = ElysiumForm
    formset: Any = OrderedFormSet
    extra = 0
    view_on_site: Any = False
    related: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related(*self.related)  # type: ignore[misc]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A person, a tool or a topic is not renamed from inside a row."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget.can_change_related = False
        return field


class ElysiumTabular(InlineMixin, BaseTabular):
    pass


class ElysiumStacked(InlineMixin, BaseStacked):
    pass
