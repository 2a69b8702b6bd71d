"""List filters that model fields alone do not give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from films import missing
from films.models import Film


class MissingFilter(admin.SimpleListFilter):
    title = _("缺少")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(gap.name, gap.label) for gap in missing.GAPS]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Film]) -> QuerySet[Film]:
        return missing.lacking(queryset, self.value() or "")


class NamedNothing:
    """A filter that offers rows without a value under a word: a cell of a list is left empty, a link is not."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):  # type: ignore[misc]
            yield {**choice, "display": choice["display"] or gettext("无")}


class RelatedFilter(NamedNothing, admin.RelatedFieldListFilter):
    pass


class ValuesFilter(NamedNothing, admin.AllValuesFieldListFilter):
    pass


def has_values_alone(field: Any) -> bool:
    """Neither a relation nor a choice nor anything that has a filter of its own kind."""
    return isinstance(field, (models.CharField, models.IntegerField)) and not field.flatchoices


admin.FieldListFilter.register(lambda field: bool(field.remote_field), RelatedFilter, take_priority=True)
admin.FieldListFilter.register(has_values_alone, ValuesFilter, take_priority=True)
