"""Where each value of an imported row came from, line by line."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# What an article says of rows beside a row, under the reader's word for it.
BESIDE = {"organisers": "partnerships"}
IMPORTED_FIELDS = ("source", "source_key", "passages", "imported")


class Origin(NamedTuple):
    """One field: its lines, what was imported, whether an editor changed it since, what our editors' file states."""

    label: str
    first: int | None
    last: int | None
    imported: str
    is_edited: bool
    stated: str = ""


def field_label(model: type[models.Model], name: str) -> str:
    try:
        field: Any = model._meta.get_field(BESIDE.get(name, name))
    except FieldDoesNotExist:
        return name
    rows = field.related_model._meta.verbose_name_plural if field.one_to_many else field.verbose_name
    return str(capfirst(rows))


def is_shown(name: str) -> bool:
    """Leave out what the importer keeps for itself: ids beside names, places in a list, other files' values."""
    return not (name.endswith("_id") or name == "position" or ":" in name)


def words(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(words(entry) for entry in value)
    return "" if value is None else str(value)


def in_words(row: Any, name: str, imported: Any) -> str:
    """An imported value as people read it: the label of a choice, the name of the row that a key stands for."""
    try:
        field = row._meta.get_field(name)
    except FieldDoesNotExist:
        return words(imported)
    if field.is_relation and not field.many_to_many and imported:
        stands_for = row.imported.get(f"{name}_id")
        if stands_for and stands_for == getattr(row, f"{name}_id", None):
            return str(getattr(row, name))
    choices = {str(value): label for value, label in getattr(field, "flatchoices", ())}
    return words(choices.get(str(imported), imported))


def is_edited(row: Any, name: str, imported: Any) -> bool:
    """Whether the row's own column differs from what was last imported into it."""
    try:
        field = row._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    if field.many_to_many:
        return sorted(str(entry) for entry in getattr(row, name).all()) != sorted(imported or [])
    if field.is_relation:
        # The importer keeps a name for people and, beside it, the id of the row it stands for.
        return bool(getattr(row, f"{name}_id") != row.imported.get(f"{name}_id"))
    return words(getattr(row, name)) != words(row.imported.get(f"editor:{name}", imported))


def origins(row: Any) -> list[Origin]:
    """Every field that an article gave to this row (no query)."""
    order = [field.name for field in row._meta.get_fields()]
    given = {name for name in (*row.imported, *row.passages) if is_shown(name)}
    names = sorted(given, key=lambda name: (order.index(name) if name in order else len(order), name))
    found = []
    for name in names:
        first, last = line_pair(row.passages.get(name))
        imported = row.imported.get(name)
        edited = name in row.imported and is_edited(row, name, imported)
        stated = words(row.imported.get(f"editor:{name}"))
        if first or edited or stated or words(imported):
            shown = in_words(row, name, imported)
            found.append(Origin(field_label(type(row), name), first, last, shown, edited, stated))
    return found


def line_pair(passage: Any) -> tuple[int | None, int | None]:
    if isinstance(passage, list) and len(passage) == 2:
        return passage[0], passage[1]
    return None, None


def source_url(source_id: int) -> str:
    return reverse("admin:films_source_change", args=[source_id])


def lines_link(row: Any) -> str:
    """The lines of a row of a form, as one link (no query)."""
    pairs = [pair for pair in row.passages.values() if isinstance(pair, list) and len(pair) == 2]
    if not row.source_id or not pairs:
        return ""
    first, last = min(pair[0] for pair in pairs), max(pair[1] for pair in pairs)
    text = lines_text(first, last)
    return format_html('<a href="{}#L{}">{}</a>', source_url(row.source_id), first, text)


def lines_text(first: int, last: int) -> str:
    if first == last:
        return _("第 %(first)s 行") % {"first": first}
    return _("第 %(first)s–%(last)s 行") % {"first": first, "last": last}


class ProvenanceMixin:
    """A read-only block that says where an imported row came from. Its raw JSON is never edited by hand."""

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A row that is not stored yet came from nowhere."""
        fieldsets = super().get_fieldsets(request, obj)  # type: ignore[misc]
        return [entry for entry in fieldsets if obj or entry is not PROVENANCE]

    @admin.display(description=gettext_lazy("出处"))
    def provenance(self, obj: Any) -> str:
        context = {
            "row": obj,
            "origins": origins(obj),
            "source_url": source_url(obj.source_id) if obj.source_id else "",
        }
        return render_to_string("admin/films/_provenance.html", context)


class LinesMixin:
    """The same for a row of a form, in one cell."""

    @admin.display(description=gettext_lazy("出处"))
    def lines_in_source(self, obj: Any) -> str:
        return lines_link(obj) if obj and obj.pk else ""


PROVENANCE: Any = (gettext_lazy("出处"), {"fields": ["provenance"]})
