"""Films, with their credits, tools and mentions; an interview can be started from a film."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from films.admin.base import ElysiumAdmin, ElysiumTabular, count_of
from films.admin.filters import MissingFilter
from films.admin.labels import film_label, makers_of
from films.admin.provenance import PROVENANCE, LinesMixin, ProvenanceMixin
from films.admin.status import PUBLICATION, StatusMixin
from films.admin.versioned import VersionedForm, VersionedMixin
from films.choices import Status, TitleOrigin
from films.models import Credit, Exchange, Film, Interview, ToolUse, WorkMention
from films.share_image import prepare

POSTER: Any = (
    gettext_lazy("海报"),
    {
        "fields": [
            "poster",
            ("poster_pigment", "poster_figure", "poster_composition"),
            ("poster_lines", "poster_seed"),
        ],
        "description": gettext_lazy("首次发布时由地址定下，此后不变；想换就在这里改，清空则重新选定。"),
    },
)
PLACEHOLDER_SLUG = re.compile(r"film(-\d+)?")


class FilmForm(VersionedForm):
    class Meta:
        widgets = {
            name: forms.Textarea({"rows": 5, "class": "vLargeTextField"})
            for name in ("synopsis", "synopsis_en", "statement")
        }

    def clean(self) -> Any:
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        if "title_origin" in cleaned and "title" in cleaned:
            cleaned["title_origin"] = self.settled_origin(cleaned["title"], cleaned["title_origin"])
        if "pull_quote" in cleaned:
            self.settle_quote(cleaned)
        return cleaned

    def settled_origin(self, title: str, origin: str) -> str:
        """A title without an origin is ours; so is an imported title that we changed."""
        if not title:
            return TitleOrigin.NOT_STATED
        retyped = "title" in self.changed_data and "title_origin" not in self.changed_data
        if origin == TitleOrigin.NOT_STATED or (retyped and self.instance.source_id):
            return TitleOrigin.EDITOR
        return origin

    def settle_quote(self, cleaned: dict[str, Any]) -> None:
        """A pull quote stands word for word in one of the film's answers; find which when it is not said."""
        quote, exchange = cleaned["pull_quote"], cleaned.get("pull_quote_exchange")
        if not quote:
            cleaned["pull_quote_exchange"] = None
            return
        answers = Exchange.objects.filter(interview__film=self.instance.pk or 0, answer__contains=quote)
        found = answers.filter(pk=exchange.pk).first() if exchange else answers.first()
        if found is None:
            where = _("所选的回答") if exchange else _("本片的访谈")
            self.add_error(
                "pull_quote",
                ValidationError(_("%(where)s里没有这句话。引文要逐字摘自本片的一段回答。"), "quote", {"where": where}),
            )
        cleaned["pull_quote_exchange"] = found


class CreditInline(LinesMixin, ElysiumTabular):
    model = Credit
    fields = ["position", "creator", "role", "lines_in_source"]
    readonly_fields = ["lines_in_source"]
    autocomplete_fields = ["creator"]
    related = ("creator",)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 1 if obj is None else 0


class ToolUseInline(LinesMixin, ElysiumTabular):
    model = ToolUse
    fields = ["position", "tool", "step", "version", "quote", "exchange", "lines_in_source"]
    readonly_fields = ["lines_in_source"]
    autocomplete_fields = ["tool", "exchange"]
    related = ("tool", "exchange__speaker")


class WorkMentionInline(LinesMixin, ElysiumTabular):
    model = WorkMention
    fields = ["position", "work", "quote", "exchange", "lines_in_source"]
    readonly_fields = ["lines_in_source"]
    autocomplete_fields = ["work", "exchange"]
    related = ("work", "exchange__speaker")


@admin.register(Film)
class FilmAdmin(StatusMixin, ProvenanceMixin, VersionedMixin, ElysiumAdmin):
    form = FilmForm
    list_display = ["film", "makers", "status", "edition", "runtime_seconds", "interview_count", "updated_at"]
    list_filter = ["status", MissingFilter, "title_origin", "edition", "form", "themes", "source"]
    list_select_related = ["edition"]
    search_fields = ["title", "title_en", "slug", "credits__creator__name", "credits__creator__name_en"]
    search_help_text = gettext_lazy("搜索片名、地址或创作者")
    autocomplete_fields = ["edition", "themes", "adapted_from", "pull_quote_exchange"]
    readonly_fields = ["first_published_at", "updated_at", "interviews_of_film", "poster", "provenance"]
    inlines = [CreditInline, ToolUseInline, WorkMentionInline]
    fieldsets = [
        (None, {"fields": ["title", "title_en", "title_origin", ("edition", "position"), "slug"]}),
        (gettext_lazy("内容"), {"fields": ["synopsis", "synopsis_en", "statement", "themes"]}),
        (
            gettext_lazy("事实"),
            {"fields": [("runtime_seconds", "form"), "adapted_from", ("made_from", "made_to"), "distinction"]},
        ),
        (gettext_lazy("访谈与引文"), {"fields": ["interviews_of_film", "pull_quote", "pull_quote_exchange"]}),
        POSTER,
        PUBLICATION,
        PROVENANCE,
    ]

    class Media:
        css = {"all": ["films/css/poster.css"]}

    def label(self, obj: Film) -> str:
        return film_label(obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Film]:
        rows: QuerySet[Film] = super().get_queryset(request)
        rows = rows.select_related("source", "adapted_from", "edition", "pull_quote_exchange__speaker")
        counted = rows.annotate(interview_count=count_of(Interview.objects, "film"))
        return counted.prefetch_related("credits__creator", "themes")

    def still_hidden(self, keys: list[int]) -> str:
        """Publishing a film does not publish its interviews: say so."""
        unpublished = Interview.objects.filter(film__in=keys).exclude(status=Status.PUBLISHED).count()
        talk = _("这些短片还有 %(count)d 篇访谈没有发布。") % {"count": unpublished} if unpublished else ""
        return " ".join(part for part in (super().still_hidden(keys), talk) if part)

    @admin.display(description=gettext_lazy("片名"), ordering="title_sort")
    def film(self, obj: Film) -> str:
        return str(obj)

    @admin.display(description=gettext_lazy("创作者"))
    def makers(self, obj: Film) -> str:
        return makers_of(obj)

    @admin.display(description=gettext_lazy("访谈"), ordering="interview_count")
    def interview_count(self, obj: Any) -> int:
        return int(obj.interview_count)

    @admin.display(description=gettext_lazy("访谈"))
    def interviews_of_film(self, obj: Film | None) -> str:
        """Links to the interviews of this film and to a new one (one query)."""
        if obj is None or not obj.pk:
            return _("先保存短片；下方的“保存并添加访谈”可以接着录入问答。")
        exchanges = count_of(Exchange.objects, "interview")
        interviews = obj.interviews.annotate(exchange_count=exchanges)
        context = {"interviews": interviews, "add_url": self.new_interview_url(obj)}
        return render_to_string("admin/films/_interviews.html", context)

    @admin.display(description=gettext_lazy("海报"))
    def poster(self, obj: Film | None) -> str:
        """The poster as stored; for a film that was never published, as it would come out."""
        if obj is None or not obj.pk:
            return _("保存以后就能看到。")
        return render_to_string("admin/films/_poster.html", {"film": obj})

    def new_interview_url(self, film: Film) -> str:
        """The form for a new interview with what the film tells about it filled in."""
        known = {"film": film.pk, "edition": film.edition_id, "status": film.status}
        query = urlencode({name: value for name, value in known.items() if value})
        return f"{reverse('admin:films_interview_add')}?{query}"

    def response_add(self, request: HttpRequest, obj: Film, post_url_continue: str | None = None) -> HttpResponse:
        response = super().response_add(request, obj, post_url_continue)
        return self.to_interview(request, obj) or response

    def response_change(self, request: HttpRequest, obj: Film) -> HttpResponse:
        response = super().response_change(request, obj)
        return self.to_interview(request, obj) or response

    def to_interview(self, request: HttpRequest, film: Film) -> HttpResponse | None:
        """“Save and add interview” goes straight on to the questions."""
        return HttpResponseRedirect(self.new_interview_url(film)) if "_addinterview" in request.POST else None

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        interviews = self.admin_site.get_model_admin(Interview)
        context["can_add_interview"] = interviews.has_add_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "slug" not in form.changed_data:
            name_after_maker(form.instance, keep_old=change)
        transaction.on_commit(lambda: prepare([form.instance]), robust=True)


def name_after_maker(film: Film, *, keep_old: bool) -> None:
    """Replace a placeholder address, now that title or credits are known.

    Credits are stored after the film, so an untitled film is saved as `film-2` first.
    An address that visitors have seen goes on answering.
    """
    if not PLACEHOLDER_SLUG.fullmatch(film.slug) or not film.slug_source():
        return
    if not keep_old or film.first_published_at is None:
        film._loaded_slug = ""
    film.slug = ""
    film.save(update_fields=["slug"])
