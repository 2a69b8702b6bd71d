"""The box for a whole dialogue: in the form of a film with its interview, and in an interview's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from films.admin.dialogue import divided
from films.admin.long_text import LongText
from films.admin.versioned import VersionedForm

DIALOGUE: Any = (
    None,
    {"fields": ["dialogue", ("dialogue_asker", "dialogue_answerers")], "classes": ["dialogue"]},
)
DIALOGUE_FIELDS = ("dialogue", "dialogue_asker", "dialogue_answerers")
# Buttons that show the form again with something done to it, and store nothing.
SHOW_AGAIN = ("_divide", "_poster")


def is_shown_again(request: HttpRequest) -> bool:
    return request.method == "POST" and any(name in request.POST for name in SHOW_AGAIN)


class DialogueForm(VersionedForm):
    """`is_shown_again` is set for each request."""

    is_shown_again = False

    dialogue = forms.CharField(
        label=gettext_lazy("粘贴整篇对话"), widget=LongText({"rows": 8}), required=False, strip=False
    )
    dialogue_asker = forms.CharField(
        label=gettext_lazy("提问者的标签"), help_text=gettext_lazy("认不出时再写，例如 NOWNESS"), required=False
    )
    dialogue_answerers = forms.CharField(
        label=gettext_lazy("回答者的标签"), help_text=gettext_lazy("几位之间用逗号隔开"), required=False
    )

    def full_clean(self) -> None:
        """A form that is only shown again is not judged yet."""
        if self.is_shown_again:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def is_valid(self) -> bool:
        return not self.is_shown_again and super().is_valid()

    def clean(self) -> Any:
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        if (cleaned.get("dialogue") or "").strip():
            self.add_error("dialogue", _("框里还有文字没有分进问答，保存会丢失它。请先分成问答，或清空此框。"))
        return cleaned


def unjudged(formset: Any) -> None:
    """Show a formset again without judging it."""
    formset._errors = [ErrorDict() for _form in formset.forms]
    formset._non_form_errors = ErrorList()
    for form in formset.forms:
        form._errors, form.cleaned_data = ErrorDict(), {}


class PastingMixin:
    """A model admin whose form is a `DialogueForm`."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)  # type: ignore[misc]
        form.is_shown_again = is_shown_again(request)
        return form

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """“Divide” puts the pasted dialogue into rows of the form as it was sent, and shows it again."""
        context = extra_context or {}
        if request.method == "POST" and "_divide" in request.POST:
            found = divided(request.POST, request.user)
            request.POST = found.data
            context = {**context, "divided": found}
        return super().changeform_view(request, object_id, form_url, context)  # type: ignore[misc,no-any-return]

    def _create_formsets(self, request: HttpRequest, obj: Any, change: bool) -> Any:
        formsets, inlines = super()._create_formsets(request, obj, change)  # type: ignore[misc]
        if is_shown_again(request):
            for formset in formsets:
                unjudged(formset)
        return formsets, inlines
