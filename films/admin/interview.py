"""Interviews with their questions in order, and single exchanges for searching."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from films.admin.base import ElysiumAdmin, count_of
from films.admin.entry import sections
from films.admin.labels import exchange_label, film_label, interview_label
from films.admin.pasting import DIALOGUE, DialogueForm, PastingMixin
from films.admin.provenance import PROVENANCE, ProvenanceMixin
from films.admin.status import PUBLICATION, StatusMixin
from films.admin.talk import ExchangeInline, makers_of_film, speaker_among
from films.admin.versioned import VersionedForm, VersionedMixin, raise_version
from films.models import Exchange, Interview


@admin.register(Interview)
class InterviewAdmin(PastingMixin, StatusMixin, ProvenanceMixin, VersionedMixin, ElysiumAdmin):
    form = DialogueForm
    change_form_template = "admin/films/interview/change_form.html"
    list_display = ["interview", "film_with_makers", "interviewer", "status", "exchange_count", "updated_at"]
    list_filter = ["status", "edition", "interviewer", "source"]
    search_fields = ["heading", "heading_en", "interviewer", "film__title", "film__credits__creator__name"]
    search_help_text = gettext_lazy("搜索题目、采访者、片名或创作者")
    autocomplete_fields = ["film", "edition"]
    readonly_fields = ["first_published_at", "updated_at", "provenance"]
    inlines = [ExchangeInline]
    fieldsets = [
        (
            None,
            {
                "fields": ["film", "interviewer", "heading", "heading_en", "edition", "slug"],
                "description": gettext_lazy("谈一部短片的访谈不必有题目；圆桌等不属于一部短片的访谈，请写题目。"),
            },
        ),
        DIALOGUE,
        PUBLICATION,
        PROVENANCE,
    ]

    def label(self, obj: Interview) -> str:
        return interview_label(obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Interview]:
        rows: QuerySet[Interview] = super().get_queryset(request)
        rows = rows.select_related("film", "edition", "source")
        counted = rows.annotate(exchange_count=count_of(Exchange.objects, "interview"))
        return counted.prefetch_related("film__credits__creator")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The box for a dialogue, for those who may add rows."""
        may_edit = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return [part for part in super().get_fieldsets(request, obj) if may_edit or part is not DIALOGUE]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        context["sections"] = sections(context["adminform"], context["inline_admin_formsets"])
        context["has_talk"] = context["adminform"].form.instance.pk is not None
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=gettext_lazy("访谈"), ordering="heading")
    def interview(self, obj: Interview) -> str:
        return obj.heading or _("访谈")

    @admin.display(description=gettext_lazy("短片"), ordering="film__title_sort")
    def film_with_makers(self, obj: Interview) -> str:
        return film_label(obj.film) if obj.film else ""

    @admin.display(description=gettext_lazy("问答"), ordering="exchange_count")
    def exchange_count(self, obj: Any) -> int:
        return int(obj.exchange_count)


@admin.register(Exchange)
class ExchangeAdmin(ProvenanceMixin, VersionedMixin, ElysiumAdmin):
    form = VersionedForm
    list_display = ["exchange", "speaker", "topic", "interview_with_film", "position"]
    list_filter = ["topic", ("topic", admin.EmptyFieldListFilter), "interview__status", "interview__edition"]
    list_select_related = ["speaker", "topic", "interview__film"]
    search_fields = ["question", "answer", "speaker__name", "speaker_label"]
    search_help_text = gettext_lazy("搜索问、答或答者")
    autocomplete_fields = ["interview", "speaker", "topic"]
    readonly_fields = ["provenance"]
    fieldsets = [
        (None, {"fields": ["interview", "position", "question", "answer", ("speaker", "speaker_label"), "topic"]}),
        PROVENANCE,
    ]

    def label(self, obj: Exchange) -> str:
        return exchange_label(obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Exchange]:
        rows: QuerySet[Exchange] = super().get_queryset(request)
        rows = rows.select_related("interview__film", "speaker", "topic", "source").order_by("interview", "position")
        return rows.prefetch_related("interview__film__credits__creator")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """An answer stays in its interview: its anchor and its version belong there."""
        return [*self.readonly_fields, "interview"] if obj else self.readonly_fields

    @admin.display(description=gettext_lazy("问答"), ordering="question")
    def exchange(self, obj: Exchange) -> str:
        return str(obj)

    @admin.display(description=gettext_lazy("访谈"), ordering="interview")
    def interview_with_film(self, obj: Exchange) -> str:
        return interview_label(obj.interview)

    def save_model(self, request: HttpRequest, obj: Exchange, form: Any, change: bool) -> None:
        """A new exchange changes its interview, and goes to its end unless numbered."""
        if not change:
            raise_version(Interview, [obj.interview_id])
            obj.position = obj.position or next_position(obj.interview_id)
            obj.speaker = obj.speaker or speaker_among(makers_of_film(obj.interview.film_id), obj.speaker_label)
        super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Exchange) -> None:
        raise_version(Interview, [obj.interview_id])
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Exchange]) -> None:
        raise_version(Interview, list(queryset.order_by().values_list("interview", flat=True)))
        super().delete_queryset(request, queryset)


def next_position(interview_id: int) -> int:
    last = Exchange.objects.filter(interview=interview_id).order_by(F("position").desc()).first()
    return (last.position if last else 0) + 1
