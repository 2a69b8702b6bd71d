"""Autocompletes that show what is already loaded instead of asking the database once per row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple

from films.admin.labels import label_of

LONGEST_KEY = 18  # digits that every database's integers hold


def is_key(text: str) -> bool:
    return text.isdecimal() and len(text) <= LONGEST_KEY


class KnownMixin:
    """`known` maps the keys of rows at hand to their labels."""

    known: dict[str, str] = {}

    def optgroups(self, name: Any, value: Any, attr: Any = None) -> Any:
        chosen = [str(key) for key in value if key not in (None, "")]
        if not set(chosen) <= self.known.keys():
            # An address may propose anything for a field (`?film=x`); what is no key of a row is not looked up.
            return super().optgroups(name, [key for key in chosen if is_key(key)], attr)  # type: ignore[misc]
        blank = not self.is_required and not self.allow_multiple_selected  # type: ignore[attr-defined]
        options = [("", "")] if blank else []
        options += [(key, self.known[key]) for key in dict.fromkeys(chosen)]
        made = [
            self.create_option(name, key, label, bool(key), index)  # type: ignore[attr-defined]
            for index, (key, label) in enumerate(options)
        ]
        return [(None, made, 0)]


class KnownSelect(KnownMixin, AutocompleteSelect):
    pass


class KnownSelectMultiple(KnownMixin, AutocompleteSelectMultiple):
    pass


def remember_related(form: forms.ModelForm[Any]) -> None:
    """Tell each autocomplete of a form which rows its instance has loaded already."""
    for name, field in form.fields.items():
        field_label = getattr(field, "label_from_instance", None)
        if field_label is not None:
            field.label_from_instance = label_of  # type: ignore[attr-defined]
        widget = getattr(field.widget, "widget", field.widget)
        if isinstance(widget, KnownMixin):
            widget.known = {str(row.pk): label_of(row) for row in loaded(form.instance, name)}


def loaded(instance: Any, name: str) -> Iterable[Any]:
    """The related rows that reading them would not cost a query."""
    if name in instance._state.fields_cache:
        row = instance._state.fields_cache[name]
        return [row] if row else []
    prefetched: dict[str, Iterable[Any]] = getattr(instance, "_prefetched_objects_cache", {})
    return prefetched.get(name, [])
