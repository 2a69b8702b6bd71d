"""The shared words: tools, topics, themes, works; and old addresses."""

from __future__ import annotations

from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from films.admin.base import ElysiumAdmin, ListSearchMixin, count_of
from films.admin.fields import ALIASES
from films.admin.merge import MergeMixin
from films.admin.versioned import VersionedForm
from films.models import Exchange, Film, SlugRedirect, Theme, Tool, ToolUse, Topic, Work, WorkMention
from films.text import fold
from films.validators import validate_plain_line


@admin.register(Tool)
class ToolAdmin(MergeMixin, ListSearchMixin, ElysiumAdmin):
    searched_list = "aliases"
    list_display = ["name", "name_en", "maker", "spellings", "use_count"]
    list_filter = ["maker", "uses__step"]
    search_fields = ["name", "name_en", "maker", "slug"]
    search_help_text = gettext_lazy("搜索名称、别名或出品方")
    fields = ["name", "name_en", "maker", "aliases", "slug"]
    lines = {
        "aliases": {
            "help_text": gettext_lazy("一行一个写法，例如 即梦AI"),
            "entry_validators": [validate_plain_line],
        }
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tool]:
        rows: QuerySet[Tool] = super().get_queryset(request)
        return rows.annotate(use_count=count_of(ToolUse.objects, "tool"))

    @admin.display(description=gettext_lazy("别名"))
    def spellings(self, obj: Tool) -> str:
        return "、".join(obj.aliases)

    @admin.display(description=gettext_lazy("用于短片"), ordering="use_count")
    def use_count(self, obj: Any) -> int:
        return int(obj.use_count)


@admin.register(Topic)
class TopicAdmin(MergeMixin, ListSearchMixin, ElysiumAdmin):
    searched_list = "cues"
    list_display = ["name", "name_en", "position", "exchange_count"]
    list_filter = [("name_en", admin.EmptyFieldListFilter)]
    search_fields = ["name", "name_en", "slug"]
    search_help_text = gettext_lazy("搜索问题或线索")
    fields = ["name", "name_en", "aliases", "cues", "position", "slug"]
    lines = {
        "aliases": ALIASES,
        "cues": {
            "help_text": gettext_lazy("一行一条；问句中出现其中任何一条，即归入此题。例如 最大的难点"),
            "entry_validators": [validate_plain_line],
        },
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        rows: QuerySet[Topic] = super().get_queryset(request)
        return rows.annotate(exchange_count=count_of(Exchange.objects, "topic"))

    @admin.display(description=gettext_lazy("回答"), ordering="exchange_count")
    def exchange_count(self, obj: Any) -> int:
        return int(obj.exchange_count)


@admin.register(Theme)
class ThemeAdmin(MergeMixin, ListSearchMixin, ElysiumAdmin):
    searched_list = "aliases"
    lines = {"aliases": ALIASES}
    list_display = ["name", "name_en", "film_count"]
    list_filter = [("name_en", admin.EmptyFieldListFilter)]
    search_fields = ["name", "name_en", "slug"]
    search_help_text = gettext_lazy("搜索主题词")
    fields = ["name", "name_en", "aliases", "slug"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Theme]:
        rows: QuerySet[Theme] = super().get_queryset(request)
        return rows.annotate(film_count=count_of(Film.themes.through._default_manager, "theme"))

    @admin.display(description=gettext_lazy("短片"), ordering="film_count")
    def film_count(self, obj: Any) -> int:
        return int(obj.film_count)


class WorkForm(VersionedForm):
    def clean_title(self) -> str:
        """Titles that compare equal are one work; say so here rather than fail on saving."""
        title: str = self.cleaned_data["title"]
        same = Work.objects.filter(compared_title=fold(title)).exclude(pk=self.instance.pk).first()
        if same:
            raise forms.ValidationError(_("已有作品%(title)s，请直接选用。") % {"title": same})
        return title


@admin.register(Work)
class WorkAdmin(MergeMixin, ListSearchMixin, ElysiumAdmin):
    searched_list = "aliases"
    lines = {"aliases": ALIASES}
    form = WorkForm
    list_display = ["work", "title_en", "author", "kind", "mention_count"]
    list_filter = ["kind", ("author", admin.EmptyFieldListFilter)]
    search_fields = ["title", "title_en", "compared_title", "author", "slug"]
    search_help_text = gettext_lazy("搜索题名或作者")
    fields = ["title", "title_en", "aliases", "author", "kind", "slug"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Work]:
        rows: QuerySet[Work] = super().get_queryset(request)
        return rows.annotate(mention_count=count_of(WorkMention.objects, "work"))

    @admin.display(description=gettext_lazy("题名"), ordering="title")
    def work(self, obj: Work) -> str:
        return str(obj)

    @admin.display(description=gettext_lazy("提及"), ordering="mention_count")
    def mention_count(self, obj: Any) -> int:
        return int(obj.mention_count)


@admin.register(SlugRedirect)
class SlugRedirectAdmin(ElysiumAdmin):
    """Old addresses are written by saving; a wrong one can be removed."""

    list_display = ["slug", "kind", "entry"]
    list_filter = ["model"]
    search_fields = ["slug"]
    search_help_text = gettext_lazy("搜索旧地址")
    fields = ["slug", "kind", "entry"]
    readonly_fields = ["slug", "kind", "entry"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("类别"), ordering="model")
    def kind(self, obj: SlugRedirect) -> str:
        try:
            return capfirst(str(apps.get_model("films", obj.model)._meta.verbose_name))
        except LookupError:
            return obj.model

    @admin.display(description=gettext_lazy("现条目"))
    def entry(self, obj: SlugRedirect) -> str:
        url = reverse(f"admin:films_{obj.model}_change", args=[obj.target_id])
        return format_html('<a href="{}">{}</a>', url, _("打开现条目"))
