"""The people in the films and interviews."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.validators import URLValidator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from films.admin.base import ElysiumAdmin, ElysiumTabular, ListSearchMixin, count_of
from films.admin.fields import ALIASES
from films.admin.labels import film_label
from films.admin.merge import MergeMixin
from films.admin.pictures import PictureUploadMixin, PortraitInline
from films.admin.versioned import VersionedForm
from films.models import Creator, Credit, Exchange
from films.text import fold


class CreatorForm(VersionedForm):
    def clean_name(self) -> str:
        """Two spellings that compare equal are one person; say so here rather than fail on saving."""
        name: str = self.cleaned_data["name"]
        same = Creator.objects.filter(compared_name=fold(name)).exclude(pk=self.instance.pk).first()
        if same:
            raise forms.ValidationError(_("已有创作者“%(name)s”，请直接选用。") % {"name": same})
        return name


class CreditInline(ElysiumTabular):
    """The films of a person: read here, edited on the film's own form."""

    model = Credit
    fields = ["film_with_makers", "role"]
    readonly_fields = ["film_with_makers", "role"]
    verbose_name_plural = gettext_lazy("参与的短片")
    can_delete = False
    related = ("film", "creator")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("film__credits__creator")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("短片"))
    def film_with_makers(self, obj: Credit) -> SafeString:
        form = reverse("admin:films_film_change", args=[obj.film_id])
        return format_html('<a href="{}">{}</a>', form, film_label(obj.film))


@admin.register(Creator)
class CreatorAdmin(PictureUploadMixin, MergeMixin, ListSearchMixin, ElysiumAdmin):
    searched_list = "aliases"
    form = CreatorForm
    list_display = ["name", "name_en", "sort_key", "film_count", "exchange_count", "updated_at"]
    list_filter = [
        ("bio", admin.EmptyFieldListFilter),
        ("name_en", admin.EmptyFieldListFilter),
    ]
    search_fields = ["name", "name_en", "compared_name", "sort_key", "slug"]
    search_help_text = gettext_lazy("搜索名字、拼音或地址")
    readonly_fields = ["updated_at"]
    inlines = [PortraitInline, CreditInline]
    lines = {
        "aliases": ALIASES,
        "links": {
            "help_text": gettext_lazy("一行一个网址，例如 https://example.org/"),
            "entry_validators": [URLValidator(schemes=["http", "https"])],
        },
    }
    fieldsets = [
        (None, {"fields": ["name", "name_en", "aliases", "sort_key", "slug"]}),
        (gettext_lazy("介绍"), {"fields": ["bio", "bio_en", "links", "updated_at"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Creator]:
        rows: QuerySet[Creator] = super().get_queryset(request)
        films, exchanges = count_of(Credit.objects, "creator"), count_of(Exchange.objects, "speaker")
        return rows.annotate(film_count=films, exchange_count=exchanges)

    @admin.display(description=gettext_lazy("短片"), ordering="film_count")
    def film_count(self, obj: Any) -> int:
        return int(obj.film_count)

    @admin.display(description=gettext_lazy("回答"), ordering="exchange_count")
    def exchange_count(self, obj: Any) -> int:
        return int(obj.exchange_count)
