"""List filters that model fields alone do not give."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from films.models import Credit, Film, Interview

MISSING_LABELS = (
    ("title", _("片名")),
    ("title_en", _("英文片名")),
    ("maker", _("创作者")),
    ("synopsis", _("剧情简介")),
    ("runtime", _("片长")),
    ("interview", _("访谈")),
    ("source", _("来源")),
)


def missing() -> dict[str, Any]:
    """What may be missing from a film, and how to find the films that miss it."""
    return {
        "title": Q(title=""),
        "title_en": ~Q(title="") & Q(title_en=""),
        "maker": ~Exists(Credit.objects.filter(film=OuterRef("pk"))),
        "synopsis": Q(synopsis=""),
        "runtime": Q(runtime_seconds=None),
        "interview": ~Exists(Interview.objects.filter(film=OuterRef("pk"))),
        "source": Q(source=None),
    }


class MissingFilter(admin.SimpleListFilter):
    title = _("缺少")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(MISSING_LABELS)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Film]) -> QuerySet[Film]:
        condition = missing().get(self.value() or "")
        return queryset.filter(condition) if condition is not None else queryset
