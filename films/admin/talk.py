"""Questions and answers as rows of a form: of an interview's own, and of the film's that it is about."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from films.admin.base import ElysiumStacked
from films.admin.long_text import LongText
from films.admin.ordering import OrderedForm, OrderedFormSet, revived, stored_first
from films.admin.provenance import LinesMixin
from films.choices import CreditRole
from films.models import Creator, Exchange, Film, Interview
from films.reading.labels import bare_name, is_generic
from films.text import fold

# The name of the control that says which state of the interview a film's form was opened with.
TALK_VERSION = "talk_version"


def makers_of_film(film_id: int | None) -> list[Creator]:
    """The people credited with making a film (one query)."""
    if film_id is None:
        return []
    return list(Creator.objects.filter(credits__film=film_id, credits__role=CreditRole.MAKER).distinct())


def speaker_among(makers: list[Creator], label: str) -> Creator | None:
    """The maker whom a label names; without a name the sole maker. Between several nobody is guessed."""
    names = {fold(label), fold(bare_name(label))} if label else set()
    named = [maker for maker in makers if maker.compared_name in names]
    if named or not (not label or is_generic(fold(label))):
        return named[0] if named else None
    return makers[0] if len(makers) == 1 else None


def talk_of(film: Film) -> Interview | None:
    """The interview that a film's form holds: its first (one query, asked once)."""
    if "_talk" not in film.__dict__:
        film._talk = film.interviews.order_by("pk").first() if film.pk else None  # type: ignore[attr-defined]
    return film._talk  # type: ignore[attr-defined,no-any-return]


class ExchangeInlineForm(OrderedForm):
    class Meta:
        widgets = {"question": LongText({"rows": 2}), "answer": LongText({"rows": 8})}

    moving = {
        "data-up": _("把第 %(number)d 段问答上移"),
        "data-down": _("把第 %(number)d 段问答下移"),
        "data-drag": _("拖动第 %(number)d 段问答"),
        "data-moved": _("移到第 %(number)d 段，共 %(count)d 段。"),
    }


class ExchangeFormSet(OrderedFormSet):
    """The rows of one interview. A new answer without a speaker is the sole maker's."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "position" in form.fields:
            form.fields["position"].help_text = ""
        if "speaker" in form.fields:
            form.fields["speaker"].help_text = _("留空即唯一的创作者；有几位时请选。")
            form.fields["speaker_label"].widget.attrs["list"] = "desk-makers"

    def save_new_objects(self, commit: bool = True) -> Any:
        self.makers = makers_of_film(self.instance.film_id)
        return super().save_new_objects(commit)

    def save_new(self, form: Any, commit: bool = True) -> Any:
        row = form.instance
        row.speaker = row.speaker or speaker_among(self.makers, row.speaker_label)
        return super().save_new(form, commit)

    def unspoken(self) -> list[Exchange]:
        """New answers of which nobody knows yet who gave them."""
        return [row for row in self.new_objects if not row.speaker_id and not row.speaker_label]


class TalkFormSet(ExchangeFormSet):
    """The rows of a film's interview, which is made with the first of them."""

    def __init__(self, *, instance: Film, data: Any = None, prefix: str | None = None, **kwargs: Any) -> None:
        talk = talk_of(instance) or Interview()
        if data is not None and data.get(TALK_VERSION, "") != (str(talk.version) if talk.pk else ""):
            data = self.as_stored_now(talk, data, prefix or self.get_default_prefix())
        super().__init__(instance=talk, data=data, prefix=prefix, **kwargs)

    def as_stored_now(self, talk: Interview, data: Any, prefix: str) -> Any:
        """In a stale form, rows that were removed meanwhile come back as new ones instead of vanishing."""
        keys = Exchange.objects.filter(interview=talk.pk or 0).values_list("pk", flat=True)
        ordered, _files = stored_first(data, None, prefix)
        return revived(ordered, None, prefix, {str(key) for key in keys})[0]


class ExchangeInline(LinesMixin, ElysiumStacked):
    model = Exchange
    form = ExchangeInlineForm
    formset: Any = ExchangeFormSet
    fields = [("position", "speaker", "speaker_label", "topic"), "question", "answer", "lines_in_source"]
    readonly_fields = ["lines_in_source"]
    autocomplete_fields = ["speaker", "topic"]
    related = ("speaker", "topic")
    show_change_link = True
    classes = ["talk"]
    follows: tuple[str, ...] = ("dialogue", "interviewer")

    class Media:
        js = [forms.Script(f"films/js/{name}.js", type="module") for name in ("desk_order", "desk_talk")]

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 3 if obj is None else 0


class TalkInline(ExchangeInline):
    """The exchanges of the interview about the film that is being edited."""

    formset = TalkFormSet
    owner_path = "interview__film"
    follows = ("dialogue", "interviews_of_film")
    verbose_name_plural = _("问答")

    def __init__(self, parent_model: Any, admin_site: admin.AdminSite) -> None:
        # The rows belong to the interview, and the formset finds it.
        super().__init__(Interview, admin_site)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj and talk_of(obj) else 1

    @property
    def interview_admin(self) -> Any:
        return self.admin_site.get_model_admin(Interview)

    def may_edit(self, request: HttpRequest, film: Film | None) -> bool:
        """Whether someone may edit this film's interview, or begin one."""
        talk = talk_of(film) if film else None
        if talk:
            return bool(self.interview_admin.has_change_permission(request, talk))
        return bool(self.interview_admin.has_add_permission(request))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_edit(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_edit(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_edit(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self.interview_admin.has_view_permission(request)) or self.may_edit(request, obj)
