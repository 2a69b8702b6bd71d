"""The form that every form of the admin is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from films.admin.roles import keep_chosen
from films.admin.widgets import remember_related

if TYPE_CHECKING:
    BaseForm = forms.ModelForm[Any]
else:
    BaseForm = forms.ModelForm


# What may be there only once, and what to do when it is.
TAKEN: dict[str, Any] = {
    "slug": _("这个地址已经是另一条的。请换一个，或清空，由名称的拼音生成。"),
    "name": _("这个名称已经有了。请直接用那一条，或换一个名称。"),
}


class ElysiumForm(BaseForm):
    """A model form whose selected relations are shown from what is already loaded."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_chosen(self)
        remember_related(self)
        for field in self.fields.values():
            name_parts(field)
        for name in TAKEN.keys() & self.fields.keys():
            self.fields[name].error_messages = {**self.fields[name].error_messages, "unique": TAKEN[name]}


def name_parts(field: Any) -> None:
    """The label of a moment stands beside two boxes: say at each which of both it is."""
    if isinstance(field.widget, AdminSplitDateTime):
        for widget, part in zip(field.widget.widgets, (gettext("日期"), gettext("几点")), strict=True):
            widget.attrs["aria-label"] = f"{field.label} · {part}"
