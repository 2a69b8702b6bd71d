"""Inline rows in order: a row left without a number goes to the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.formsets import DEFAULT_MAX_NUM
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    BaseFormSet = forms.BaseInlineFormSet[Any, Any, Any]
else:
    BaseFormSet = forms.BaseInlineFormSet


class OrderedFormSet(BaseFormSet):
    """An inline formset whose model may have a `position`."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "position" in form.fields:
            form.fields["position"].required = False
            form.fields["position"].help_text = _("新的一行留 0 即排在最后。")

    def clean(self) -> None:
        """Number the rows that have no number: new ones left at 0, and any that was emptied."""
        super().clean()
        for form in self.forms:
            if self.wants_number(form):
                form.cleaned_data["position"] = form.instance.position = self.next_position()

    def wants_number(self, form: Any) -> bool:
        values = getattr(form, "cleaned_data", {})
        if "position" not in values or form in self.deleted_forms:
            return False
        is_new = form in self.extra_forms
        return values["position"] is None or (is_new and form.has_changed() and not values["position"])

    def next_position(self) -> int:
        """One more than the highest number in use (free: the rows are loaded)."""
        return max((form.instance.position or 0 for form in self.forms), default=0) + 1


def revived(data: Any, prefix: str, stored: set[str]) -> Any:
    """A formset's data in which rows that are no longer stored have become new rows.

    Stock formsets match initial rows by number; a row removed by someone else would break
    that and take the typed text with it.
    """
    total, initial = (form_count(data, prefix, name) for name in ("TOTAL", "INITIAL"))
    kept = [n for n in range(initial) if data.get(f"{prefix}-{n}-id") in stored]
    order = kept + [n for n in range(total) if n not in kept]
    moved = data.copy()
    for key in [key for key in data if key.startswith(f"{prefix}-") and key.split("-")[1].isdigit()]:
        del moved[key]
    for place, number in enumerate(order):
        for key in row_keys(data, prefix, number):
            name = key.split("-", 2)[2]
            lost = name == "id" and place >= len(kept)
            moved.setlist(f"{prefix}-{place}-{name}", [""] if lost else data.getlist(key))
    moved[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
    return moved


def form_count(data: Any, prefix: str, name: str) -> int:
    """A count as posted; what is not a number is left for the formset to refuse."""
    posted = data.get(f"{prefix}-{name}_FORMS", "")
    return min(int(posted), DEFAULT_MAX_NUM * 2) if posted.isdecimal() else 0


def row_keys(data: Any, prefix: str, number: int) -> list[str]:
    return [key for key in data if key.startswith(f"{prefix}-{number}-")]
