"""Articles as received, what was understood of them, and the runs of the importer: read, not edited."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from films.admin.base import ElysiumAdmin, count_of
from films.admin.intake import IntakeMixin, may_import
from films.admin.intake_lines import stored_lines_of
from films.admin.provenance import words
from films.admin.reports import OUTCOMES, file_context, records_of
from films.admin.settling import SettlingMixin
from films.choices import Status
from films.models import Exchange, Film, ImportRun, Interview, Source

FACTS = ["headline", "publisher", "published_on", "view_count"]


OPTIONS = {
    "dry_run": gettext_lazy("只说会做什么"),
    "draft": gettext_lazy("一律存为草稿"),
    "asker": gettext_lazy("提问者的标签"),
    "answerers": gettext_lazy("回答者的标签"),
    "encoding": gettext_lazy("编码"),
}


def option_words(value: Any) -> str:
    """An option of a run for people; empty when it was not given."""
    return _("是") if value is True else words(value or "")


class ReadOnlyMixin:
    """Rows that state what happened: nobody types them. What may be typed is `editable`."""

    fieldsets: ClassVar[Any] = ()
    editable: tuple[str, ...] = ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        names = [name for _heading, options in self.fieldsets for name in options["fields"]]
        flat = [part for name in names for part in (name if isinstance(name, tuple) else (name,))]
        return [name for name in flat if name not in self.editable]


def understood(source: Source) -> dict[str, Any]:
    """The rows that came from a source, as a tree (a fixed number of queries)."""
    exchanges = Exchange.objects.select_related("speaker")
    interviews = Interview.objects.prefetch_related(Prefetch("exchanges", queryset=exchanges))
    films = source.films_film_set.order_by("position", "pk")
    films = films.prefetch_related("credits__creator", Prefetch("interviews", queryset=interviews))
    alone = interviews.filter(source=source, film=None)
    editions = source.films_edition_set.all()
    return {"films": films, "interviews": alone, "editions": editions}


def deletions(source: Source) -> list[Any]:
    """Rows that this article once gave and an editor removed; the importer leaves them removed."""
    records = records_of(source, list(source.records))
    return [record for record in records.values() if record.row is None]


@admin.register(Source)
class SourceAdmin(IntakeMixin, SettlingMixin, ReadOnlyMixin, ElysiumAdmin):
    editable = ("slug",)
    change_form_template = "admin/films/source/change_form.html"
    list_display = ["article", "publisher", "published_on", "language", "film_count", "doubts", "imported_at"]
    list_filter = ["language", "publisher"]
    date_hierarchy = "imported_at"
    search_fields = ["headline", "headline_printed", "publisher", "name", "slug", "sha256"]
    search_help_text = gettext_lazy("搜索标题、发布者或文件名")
    fieldsets = [
        (gettext_lazy("读到了什么"), {"fields": ["summary"]}),
        (gettext_lazy("原文"), {"fields": ["numbered_text"]}),
        (
            gettext_lazy("事实：读作，与原样"),
            {
                "fields": [
                    *((name, f"{name}_printed") for name in FACTS),
                    "view_count_observed_on",
                    "language",
                    "lead",
                ]
            },
        ),
        (
            gettext_lazy("文件"),
            {"fields": ["slug", "name", "encoding", "sha256", "identity", "imported_at"]},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        rows: QuerySet[Source] = super().get_queryset(request)
        return rows.annotate(film_count=count_of(Film.objects, "source")).defer("text")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Knowing whether this person may answer what the import asks."""
        source: Any = super().get_object(request, object_id, from_field)
        if source is not None:
            source.may_settle = self.has_change_permission(request, source)
        return source

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **self.offered(request)})

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), **self.offered(request)})

    def offered(self, request: HttpRequest) -> dict[str, bool]:
        return {"may_import": may_import(request)}

    @admin.display(description=gettext_lazy("文章"), ordering="headline")
    def article(self, obj: Source) -> str:
        return str(obj)

    @admin.display(description=gettext_lazy("短片"), ordering="film_count")
    def film_count(self, obj: Any) -> int:
        return int(obj.film_count)

    @admin.display(description=gettext_lazy("存疑"))
    def doubts(self, obj: Source) -> int:
        return sum(1 for point in obj.report.get("points", []) if point.get("doubt"))

    @admin.display(description=gettext_lazy("最近一次导入"))
    def summary(self, obj: Source) -> str:
        context = file_context(obj.report, obj) | understood(obj)
        context |= {"deletions": deletions(obj), "published": Status.PUBLISHED}
        context["may_settle"] = getattr(obj, "may_settle", False)
        return render_to_string("admin/films/_source_summary.html", context)

    @admin.display(description=gettext_lazy("逐行"))
    def numbered_text(self, obj: Source) -> str:
        return render_to_string(
            "admin/films/_accounted_text.html", {"lines": stored_lines_of(obj), "language": obj.language}
        )


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyMixin, ElysiumAdmin):
    list_display = ["__str__", "user", "created", "updated", "unchanged", "refused", "finished_at"]
    list_filter = ["user"]
    date_hierarchy = "started_at"
    list_select_related = ["user"]
    search_fields = ["user__username", "started_at"]
    search_help_text = gettext_lazy("搜索执行者或日期，例如 2025-04")
    fieldsets = [
        (None, {"fields": [("started_at", "finished_at"), "user", "given_options"]}),
        (gettext_lazy("报告"), {"fields": ["summary"]}),
    ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=OUTCOMES["created"])
    def created(self, obj: ImportRun) -> int:
        return int(obj.counts.get("created", 0))

    @admin.display(description=OUTCOMES["updated"])
    def updated(self, obj: ImportRun) -> int:
        return int(obj.counts.get("updated", 0))

    @admin.display(description=OUTCOMES["unchanged"])
    def unchanged(self, obj: ImportRun) -> int:
        return int(obj.counts.get("unchanged", 0))

    @admin.display(description=OUTCOMES["refused"])
    def refused(self, obj: ImportRun) -> int:
        return int(obj.counts.get("refused", 0))

    @admin.display(description=gettext_lazy("选项"))
    def given_options(self, obj: ImportRun) -> str:
        options = {label: option_words(obj.options.get(name)) for name, label in OPTIONS.items()}
        return render_to_string("admin/films/_options.html", {"options": options})

    @admin.display(description=gettext_lazy("每个文件"))
    def summary(self, obj: ImportRun) -> str:
        files = obj.report.get("files", [])
        names = [PurePath(report.get("path") or "").name for report in files]
        sources = {source.name: source for source in Source.objects.filter(name__in=names).defer("text")}
        contexts = [file_context(report, sources.get(name)) for report, name in zip(files, names, strict=True)]
        context = {"files": contexts, "totals": named_totals(obj.report.get("totals", {})), "run": obj.report}
        return render_to_string("admin/films/_run_summary.html", context)


def named_totals(totals: dict[str, int]) -> list[tuple[Any, int]]:
    return [(OUTCOMES.get(name, name), number) for name, number in totals.items()]
