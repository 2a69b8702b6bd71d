"""The form that every form of the admin is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from films.admin.roles import keep_chosen
from films.admin.widgets import remember_related

if TYPE_CHECKING:
    BaseForm = forms.ModelForm[Any]
else:
    BaseForm = forms.ModelForm


class ElysiumForm(BaseForm):
    """A model form whose selected relations are shown from what is already loaded."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_chosen(self)
        remember_related(self)
