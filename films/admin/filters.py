"""List filters that model fields alone do not give."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
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
