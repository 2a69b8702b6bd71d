"""Films, each with its makers, its interview, its tools and mentions: a whole entry in one form."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from films.admin.base import ElysiumAdmin, ElysiumStacked, count_of
from films.admin.entry import FilmForm, save_talk, sections, settle_quote
from films.admin.filters import MissingFilter
from films.admin.labels import film_label, makers_of
from films.admin.live_poster import SENT, posted_facts, poster_response
from films.admin.makers import CreditInline, credited, made_makers, posted_makers
from films.admin.pasting import DIALOGUE, PastingMixin
from films.admin.pictures import PictureUploadMixin, PosterInline, StillInline
from films.admin.provenance import PROVENANCE, LinesMixin, ProvenanceMixin
from films.admin.status import PUBLICATION, StatusMixin
from films.admin.talk import TALK_VERSION, TalkFormSet, TalkInline, makers_of_film, talk_of
from films.admin.versioned import VersionedMixin
from films.admin.video import CaptionInline, VideoInline, told
from films.choices import Status
from films.models import Creator, Exchange, Film, Interview, ToolUse, WorkMention
from films.models.postered import poster_facts
from films.search import reindex
from films.share_image import prepare

WORDS: Any = (gettext_lazy("内容"), {"fields": ["synopsis", "synopsis_en", "statement", "themes"]})
FACTS: Any = (
    gettext_lazy("事实"),
    {"fields": [("runtime_seconds", "form"), "adapted_from", ("made_from", "made_to"), "distinction"]},
)
TALK: Any = (gettext_lazy("访谈"), {"fields": ["interviews_of_film"]})
QUOTE: Any = (gettext_lazy("引文"), {"fields": ["pull_quote", "pull_quote_exchange"]})
POSTER: Any = (
    gettext_lazy("文字海报"),
    {
        "fields": [("poster_pigment", "poster_figure", "poster_composition"), ("poster_lines", "poster_seed")],
        "classes": ["poster-choices"],
        "description": gettext_lazy(
            "没有海报图时显示。首次发布时由地址定下，此后不变；想换就在这里改，清空则重新选定。"
        ),
    },
)
PLACEHOLDER_SLUG = re.compile(r"film(-\d+)?")


class ToolUseInline(LinesMixin, ElysiumStacked):
    model = ToolUse
    fields = [("position", "tool", "step", "version"), "quote", ("exchange", "lines_in_source")]
    readonly_fields = ["lines_in_source"]
    autocomplete_fields = ["tool", "exchange"]
    related = ("tool", "exchange__speaker")
    follows = ("pull_quote",)


class WorkMentionInline(LinesMixin, ElysiumStacked):
    model = WorkMention
    fields = [("position", "work"), "quote", ("exchange", "lines_in_source")]
    readonly_fields = ["lines_in_source"]
    autocomplete_fields = ["work", "exchange"]
    related = ("work", "exchange__speaker")
    follows = ("pull_quote",)


@admin.register(Film)
class FilmAdmin(PictureUploadMixin, PastingMixin, StatusMixin, ProvenanceMixin, VersionedMixin, ElysiumAdmin):
    form = FilmForm
    list_display = [
        "thumbnail",
        "film",
        "makers",
        "status",
        "edition",
        "runtime_seconds",
        "interview_count",
        "updated_at",
    ]
    list_display_links = ["film"]
    list_filter = ["status", MissingFilter, "title_origin", "edition", "form", "themes", "source"]
    list_select_related = ["edition", "poster"]
    search_fields = ["title", "title_en", "slug", "credits__creator__name", "credits__creator__name_en"]
    search_help_text = gettext_lazy("搜索片名、地址或创作者")
    autocomplete_fields = ["edition", "themes", "adapted_from", "pull_quote_exchange"]
    readonly_fields = ["first_published_at", "updated_at", "interviews_of_film", "provenance"]
    inlines = [
        CreditInline,
        TalkInline,
        ToolUseInline,
        WorkMentionInline,
        PosterInline,
        StillInline,
        VideoInline,
        CaptionInline,
    ]
    change_form_template = "admin/films/film/change_form.html"
    fieldsets = [
        (None, {"fields": ["title", "title_en", "title_origin", ("edition", "position"), "slug"]}),
        WORDS,
        FACTS,
        TALK,
        QUOTE,
        POSTER,
        PUBLICATION,
        PROVENANCE,
    ]

    class Media:
        css = {"all": ["films/css/poster.css"]}
        js = [forms.Script("films/js/desk_poster.js", type="module")]

    def label(self, obj: Film) -> str:
        return film_label(obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Film]:
        rows: QuerySet[Film] = super().get_queryset(request)
        rows = rows.select_related("source", "adapted_from", "edition", "poster", "pull_quote_exchange__speaker")
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
            return _("写下第一问，访谈就随短片一起保存。")
        exchanges = count_of(Exchange.objects, "interview")
        interviews = obj.interviews.annotate(exchange_count=exchanges).order_by("pk")
        context = {"interviews": interviews, "add_url": self.new_interview_url(obj)}
        return render_to_string("admin/films/_interviews.html", context)

    @admin.display(description=gettext_lazy("海报"))
    def thumbnail(self, obj: Film) -> SafeString:
        return render_to_string("admin/films/_thumbnail.html", {"film": obj})

    def new_interview_url(self, film: Film) -> str:
        """The form for a further interview with what the film tells about it filled in."""
        known = {"film": film.pk, "edition": film.edition_id, "status": film.status}
        query = urlencode({name: value for name, value in known.items() if value})
        return f"{reverse('admin:films_interview_add')}?{query}"

    def get_urls(self) -> list[Any]:
        drawing = require_POST(self.admin_site.admin_view(self.poster_view))
        return [path("poster/", drawing, name="films_film_poster"), *super().get_urls()]

    def poster_view(self, request: HttpRequest) -> HttpResponse:
        """The poster of what is typed, for the script."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        return poster_response(posted_facts(request.POST, request.user))

    def talk_inline(self) -> TalkInline:
        return TalkInline(Film, self.admin_site)

    def may_edit_talk(self, request: HttpRequest, film: Film | None) -> bool:
        mine = self.has_change_permission(request, film) if film else self.has_add_permission(request)
        return mine and self.talk_inline().may_edit(request, film)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The talk's own fields, for those who may edit it."""
        fieldsets = super().get_fieldsets(request, obj)
        if not self.may_edit_talk(request, obj):
            return fieldsets
        name, options = TALK
        mine = (name, {**options, "fields": ["interviewer", TALK_VERSION, *options["fields"]]})
        return [part for entry in fieldsets for part in ([mine, DIALOGUE] if entry is TALK else [entry])]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.may_edit_talk = self.may_edit_talk(request, obj)
        return form

    def _create_formsets(self, request: HttpRequest, obj: Any, change: bool) -> Any:
        """Let the film's form see the rows of the talk: a quote may stand in an answer that is just being typed."""
        formsets, inlines = super()._create_formsets(request, obj, change)
        obj.talk_rows = next((formset for formset in formsets if isinstance(formset, TalkFormSet)), None)
        return formsets, inlines

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = context["adminform"].form
        context["sections"] = sections(context["adminform"], context["inline_admin_formsets"])
        context["poster"] = posted_facts(request.POST, request.user) if form.is_bound else poster_facts(form.instance)
        context["poster_fields"] = " ".join(SENT)
        context["makers"] = (
            posted_makers(request.POST, request.user) if form.is_bound else makers_of_film(form.instance.pk)
        )
        context["has_talk"] = talk_of(form.instance) is not None
        return super().render_change_form(request, context, *args, **kwargs)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """The talk is stored as far as the person may: its rows without it would have no home."""
        if not (isinstance(formset, TalkFormSet) and form.may_edit_talk):
            forget_answers(formset, getattr(form, "removed_answers", set()))
            super().save_formset(request, form, formset, change)
            return
        form.removed_answers = {row.instance.pk for row in formset.deleted_forms}
        if save_talk(request, form, formset):
            self.ask_who_speaks(request, formset)

    def ask_who_speaks(self, request: HttpRequest, formset: TalkFormSet) -> None:
        """Between several makers nobody is guessed: ask."""
        numbers = [str(row.position) for row in formset.unspoken()] if formset.instance.film_id else []
        if numbers:
            words = _("第 %(numbers)s 段问答还没有答者：请在“答者”里选。") % {"numbers": "、".join(numbers)}
            self.message_user(request, words, messages.WARNING)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        film = form.instance
        for words in told(formsets):
            self.message_user(request, _("影片认出为 %(words)s。") % {"words": words})
        settle_quote(film)
        if "slug" not in form.changed_data:
            name_after_maker(film, keep_old=change)
        reindex(interviews=[talk.pk for talk in [talk_of(film)] if talk], creators=credited(formsets))
        for maker in made_makers(formsets):
            self.admin_site.get_model_admin(Creator).log_addition(request, maker, [{"added": {}}])
        transaction.on_commit(lambda: prepare([film]), robust=True)


def forget_answers(formset: Any, removed: set[int]) -> None:
    """A tool or a work that stood in an answer which this form removed stands in none."""
    if formset.model in (ToolUse, WorkMention):
        for row in formset.forms:
            if row.instance.exchange_id in removed:
                row.instance.exchange = None


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
