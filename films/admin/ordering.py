"""Inline rows in order: by their numbers, which a script sets when rows are dragged; rows without one go to the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.forms.formsets import DEFAULT_MAX_NUM
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from films.admin.model_form import ElysiumForm

if TYPE_CHECKING:
    BaseFormSet = forms.BaseInlineFormSet[Any, Any, Any]
else:
    BaseFormSet = forms.BaseInlineFormSet


class OrderedForm(ElysiumForm):
    """A row with a number, which carries the words of the script that moves rows."""

    # data-up, data-down, data-drag, data-moved → what is said of the row
    moving: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "position" in self.fields:
            self.fields["position"].widget.attrs |= {name: str(words) for name, words in self.moving.items()}

    def has_changed(self) -> bool:
        """A new row with nothing but a number is an empty row."""
        return bool(self.changed_data) and (bool(self.instance.pk) or self.changed_data != ["position"])


class OrderedFormSet(BaseFormSet):
    """An inline formset whose model may have a `position`."""

    def __init__(self, *, data: Any = None, files: Any = None, prefix: str | None = None, **kwargs: Any) -> None:
        if data is not None:
            data, files = stored_first(data, files, prefix or self.get_default_prefix())
        super().__init__(data=data, files=files, prefix=prefix, **kwargs)

    def add_fields(self, form: Any, index: int | None) -> None:
        """A cell of a table has no label of its own beside it: say it to those who hear the page."""
        super().add_fields(form, index)
        for name, field in form.fields.items():
            field.widget.attrs.setdefault("aria-label", str(field.label or name))
        if "position" in form.fields:
            form.fields["position"].required = False
            form.fields["position"].help_text = _("新的一行留 0 即排在最后。")

    def clean(self) -> None:
        """Number the rows that have no number, then part rows that ask for the same one."""
        super().clean()
        for form in self.forms:
            if self.wants_number(form):
                renumber(form, self.next_position())
        self.settle_ties()

    def get_unique_error_message(self, unique_check: Any) -> str:
        own = (self.fk.model._meta.get_field(name) for name in unique_check if name != self.fk.name)
        fields = pgettext("between names", "、").join(str(getattr(field, "verbose_name", "")) for field in own)
        return _("有两行的%(fields)s相同。请改一行，或去掉一行。") % {"fields": fields}

    def get_form_error(self) -> str:
        return _("这一行与上面的一行重复。")

    def wants_number(self, form: Any) -> bool:
        values = getattr(form, "cleaned_data", {})
        if "position" not in values or form in self.deleted_forms:
            return False
        is_new = form in self.extra_forms
        return values["position"] is None or (is_new and form.has_changed() and not values["position"])

    def next_position(self) -> int:
        """One more than the highest number in use (free: the rows are loaded)."""
        return max((form.instance.position or 0 for form in self.forms), default=0) + 1

    def settle_ties(self) -> None:
        """A row that was given another's number takes its place, and those behind make room."""
        rows = [form for form in self.forms if self.is_numbered(form)]
        numbers = [form.cleaned_data["position"] for form in rows]
        ways = dict(zip(rows, self.ways(rows), strict=True))
        if len(set(numbers)) == len(numbers) or not any(ways.values()):
            return
        last = -1
        for form in sorted(rows, key=lambda form: (form.cleaned_data["position"], ways[form], form.instance.pk or 0)):
            last = max(form.cleaned_data["position"], last + 1)
            if form.cleaned_data["position"] != last:
                renumber(form, last)

    def ways(self, rows: list[Any]) -> list[int]:
        """Of each row -1 if its number brings it up, 1 if down, 0 if it stays; new rows were shown behind the stored."""
        shown = [form.initial.get("position") or 0 if form.instance.pk else None for form in rows]
        last = max((number for number in shown if number is not None), default=0)
        found = []
        for form, number in zip(rows, shown, strict=True):
            last += number is None
            before, now = last if number is None else number, form.cleaned_data["position"]
            found.append((now > before) - (now < before))
        return found

    def is_numbered(self, form: Any) -> bool:
        values = getattr(form, "cleaned_data", {})
        in_use = bool(form.instance.pk) or form.has_changed()
        return in_use and values.get("position") is not None and form not in self.deleted_forms


def renumber(form: Any, number: int) -> None:
    """Give a row a number, so that it is saved even where nothing was typed in it."""
    form.cleaned_data["position"] = form.instance.position = number
    if "position" not in form.changed_data:
        form.changed_data.append("position")


def stored_first(data: Any, files: Any, prefix: str) -> tuple[Any, Any]:
    """A formset's data with new rows behind stored ones: a script that moves rows numbers them as they are shown."""
    total, initial = (form_count(data, prefix, name) for name in ("TOTAL", "INITIAL"))
    stored = [n for n in range(total) if data.get(f"{prefix}-{n}-id")]
    if stored == list(range(initial)):
        return data, files
    order = stored + [n for n in range(total) if n not in stored]
    moved_data = rearranged(data, prefix, order)
    moved_data[f"{prefix}-TOTAL_FORMS"] = str(len(order))
    moved_data[f"{prefix}-INITIAL_FORMS"] = str(len(stored))
    return moved_data, files and rearranged(files, prefix, order)


def revived(data: Any, files: Any, prefix: str, stored: set[str]) -> tuple[Any, Any]:
    """A formset's data in which rows that are no longer stored have become new rows.

    Stock formsets match initial rows by number; a row removed by someone else would break
    that and take the typed text with it.
    """
    total, initial = (form_count(data, prefix, name) for name in ("TOTAL", "INITIAL"))
    kept = [n for n in range(initial) if data.get(f"{prefix}-{n}-id") in stored]
    order = kept + [n for n in range(total) if n not in kept]
    moved_data = rearranged(data, prefix, order)
    moved_data[f"{prefix}-TOTAL_FORMS"] = str(len(order))
    for place in range(len(kept), len(order)):
        moved_data[f"{prefix}-{place}-id"] = ""
    moved_data[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
    return moved_data, files and rearranged(files, prefix, order)


def rearranged(data: Any, prefix: str, order: list[int]) -> Any:
    """What was sent of a formset, with just these rows, in this order."""
    made = data.copy()
    for key in [key for key in data if key.startswith(f"{prefix}-") and key.split("-")[1].isdigit()]:
        del made[key]
    for place, number in enumerate(order):
        for key in row_keys(data, prefix, number):
            made.setlist(f"{prefix}-{place}-{key.split('-', 2)[2]}", data.getlist(key))
    return made


def form_count(data: Any, prefix: str, name: str) -> int:
    """A count as posted; what is not a number is left for the formset to refuse."""
    posted = data.get(f"{prefix}-{name}_FORMS", "")
    return min(int(posted), DEFAULT_MAX_NUM * 2) if posted.isdecimal() else 0


def row_keys(data: Any, prefix: str, number: int) -> list[str]:
    return [key for key in data if key.startswith(f"{prefix}-{number}-")]
