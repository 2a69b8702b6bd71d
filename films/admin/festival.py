"""Editions with the organisations behind them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from films.admin.base import ElysiumAdmin, ElysiumTabular, ListSearchMixin, count_of
from films.admin.fields import ALIASES
from films.admin.merge import MergeMixin
from films.admin.provenance import PROVENANCE, LinesMixin, ProvenanceMixin
from films.admin.status import PUBLICATION, StatusMixin
from films.admin.versioned import VersionedForm, VersionedMixin
from films.models import Edition, Film, Organisation, Partnership


class PartnershipInline(LinesMixin, ElysiumTabular):
    model = Partnership
    fields = ["position", "organisation", "role", "note", "lines_in_source"]
    readonly_fields = ["lines_in_source"]
    autocomplete_fields = ["organisation"]
    related = ("organisation",)


@admin.register(Edition)
class EditionAdmin(StatusMixin, ProvenanceMixin, VersionedMixin, ElysiumAdmin):
    form = VersionedForm
    list_display = ["edition", "year", "month", "status", "film_count", "updated_at"]
    list_filter = ["status", "year", "source"]
    search_fields = ["name", "name_en", "theme", "theme_en", "slug"]
    search_help_text = gettext_lazy("搜索名称、主题或地址")
    readonly_fields = ["first_published_at", "updated_at", "provenance"]
    inlines = [PartnershipInline]
    fieldsets = [
        (
            None,
            {"fields": [("name", "name_en"), ("theme", "theme_en"), ("year", "month"), "slug"]},
        ),
        (gettext_lazy("内容"), {"fields": ["statement", "statement_en"]}),
        PUBLICATION,
        PROVENANCE,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edition]:
        rows: QuerySet[Edition] = super().get_queryset(request)
        return rows.select_related("source").annotate(film_count=count_of(Film.objects, "edition"))

    @admin.display(description=gettext_lazy("届次"), ordering="theme")
    def edition(self, obj: Edition) -> str:
        return str(obj)

    @admin.display(description=gettext_lazy("短片"), ordering="film_count")
    def film_count(self, obj: Any) -> int:
        return int(obj.film_count)


@admin.register(Organisation)
class OrganisationAdmin(MergeMixin, ListSearchMixin, ElysiumAdmin):
    searched_list = "aliases"
    lines = {"aliases": ALIASES}
    fields = ["name", "name_en", "aliases", "link"]
    list_display = ["name", "name_en", "link", "partnership_count"]
    list_filter = ["partnerships__role", ("link", admin.EmptyFieldListFilter)]
    search_fields = ["name", "name_en"]
    search_help_text = gettext_lazy("搜索名称")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        rows: QuerySet[Organisation] = super().get_queryset(request)
        return rows.annotate(partnership_count=count_of(Partnership.objects, "organisation"))

    @admin.display(description=gettext_lazy("届次"), ordering="partnership_count")
    def partnership_count(self, obj: Any) -> int:
        return int(obj.partnership_count)
