"""Two editors at once: a save that started from an older state is refused, and nothing typed is lost."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.forms.models import ModelChoiceField, ModelMultipleChoiceField
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from films import history
from films.admin import kept_form
from films.admin.labels import label_of
from films.admin.model_form import ElysiumForm
from films.admin.ordering import revived
from films.models import Exchange

FIELD = "loaded_version"
STALE = _(
    "您打开此页之后，别人保存过这个条目，所以这次没有保存。您填写的都还在；请对照下面现存的内容，改好后再保存一次。"
)


class StaleSave(Exception):
    """Someone else's save came between reading and writing."""


def owner_of(obj: Any) -> Any:
    """The row whose version counts: an exchange is versioned with its interview."""
    return obj.interview if isinstance(obj, Exchange) else obj


def claim(owner: Any, version: int) -> None:
    """Raise the version by one if it is still `version`; exact even when two saves race."""
    rows = type(owner)._default_manager.filter(pk=owner.pk, version=version)
    if not rows.update(version=F("version") + 1):
        raise StaleSave
    owner.version = version + 1
    history.remember([owner])


def claim_unversioned(row: Any, form: Any) -> None:
    """Hold a row that counts no versions while it is saved, if it is still as the form shows it."""
    stored = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
    if stored is None or digest(stored, form.stamped_names) != form.cleaned_data[FIELD]:
        raise StaleSave
    if history.is_kept(type(row)):
        history.remember([row])


def raise_version(model: type[models.Model], keys: list[int]) -> None:
    """Mark rows as changed by something other than their own form."""
    rows = model._default_manager.filter(pk__in=keys)
    history.remember(rows)
    rows.update(version=F("version") + 1)


def digest(row: Any, names: list[str]) -> int:
    """A number that changes with any of these columns."""
    text = repr([(name, str(getattr(row, name))) for name in names])
    return int(hashlib.sha256(text.encode()).hexdigest()[:12], 16)


class StampField(forms.IntegerField):
    """What the form was made from; nobody types it, so it is no change."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class VersionedForm(ElysiumForm):
    """Carries the version that the person saw when the form was opened."""

    loaded_version = StampField(required=False)
    is_stale = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and FIELD in self.fields:
            self.initial[FIELD] = self.stamp()

    @property
    def stamped_names(self) -> list[str]:
        """The columns of which this form has a field (rows without a version have no rows of their own)."""
        columns = {field.name: field.attname for field in self.instance._meta.concrete_fields}
        return [columns[name] for name in self.fields if name in columns]

    @property
    def counts_versions(self) -> bool:
        return hasattr(owner_of(self.instance), "version")

    def stamp(self) -> int:
        """What tells whether the row is still as the person saw it."""
        if self.counts_versions:
            return int(owner_of(self.instance).version)
        return digest(self.instance, self.stamped_names)

    def clean(self) -> Any:
        cleaned = super().clean()
        if kept_form.KEPT in self.data:
            self.add_error(None, ValidationError(kept_form.why(self.data[kept_form.KEPT]), code="kept"))
        if self.instance.pk and FIELD in self.fields:
            self.refuse_stale()
        return cleaned

    def refuse_stale(self) -> None:
        """Refuse, and let the next save of the redisplayed form count from what is stored now."""
        now, seen = self.initial[FIELD], self.cleaned_data.get(FIELD)
        if seen is None and not self.counts_versions and self.add_prefix(FIELD) not in self.data:
            # Sent by something that never opened the form, so that there is nothing it could have missed.
            seen = self.cleaned_data[FIELD] = now
        if seen == now:
            return
        self.is_stale = True
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix(FIELD)] = str(now)
        self.data = data
        raise ValidationError(STALE, code="stale")


class Difference(NamedTuple):
    """One field of which the person's words and the stored words differ."""

    label: str
    typed: str
    stored: str


def shown(field: Any, value: Any) -> str:
    """A form value in words."""
    if value in (None, "", []):
        return ""
    rows: Any = getattr(field, "queryset", None)
    if isinstance(field, ModelMultipleChoiceField):
        return "、".join(label_of(row) for row in rows.filter(pk__in=[getattr(v, "pk", v) for v in value]))
    if isinstance(field, ModelChoiceField):
        row = rows.filter(pk=value).first()
        return label_of(row) if row else str(value)
    choices = dict(getattr(field, "choices", ()))
    return str(choices.get(value, field.prepare_value(value)))


def form_differences(form: Any, prefix: str = "") -> list[Difference]:
    """What a bound form would change in the rows as they are now."""
    found = []
    for name in form.changed_data:
        field = form.fields[name]
        if name in (FIELD, "DELETE", "id"):
            continue
        label = capfirst(str(field.label or name))
        found.append(
            Difference(f"{prefix}{label}", shown(field, form[name].value()), shown(field, form.initial.get(name)))
        )
    return found


def differences(form: Any, formsets: list[Any]) -> list[Difference]:
    """The differences of a form and of its rows; rows that someone else removed or added are named."""
    found = form_differences(form)
    for formset in formsets:
        name = capfirst(str(formset.model._meta.verbose_name))
        for number, row_form in enumerate(formset.forms, 1):
            found += form_differences(row_form, f"{name} {number} · ")
        shown_keys = {row_form.instance.pk for row_form in formset.forms}
        for row in formset.get_queryset():
            if row.pk not in shown_keys:
                found.append(Difference(name, "", label_of(row)))
    return found


class StaleMixin:
    """A model admin that refuses stale saves, as far as its `form` is a `VersionedForm`."""

    change_form_template: ClassVar[Any] = "admin/films/versioned_change_form.html"

    @property
    def is_stamped(self) -> bool:
        return issubclass(self.form, VersionedForm)  # type: ignore[attr-defined]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """With the hidden version for those who may save, and for nobody else."""
        fieldsets = [without_field(entry) for entry in super().get_fieldsets(request, obj)]  # type: ignore[misc]
        if obj is None or not self.is_stamped or not self.has_change_permission(request, obj):  # type: ignore[attr-defined]
            return fieldsets
        (name, options), *others = fieldsets
        return [(name, {**options, "fields": [*options["fields"], FIELD]}), *others]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A save that lost the race is shown again, checked against what the winner stored.

        So is one that an ended session had kept from being made.
        """
        if self.is_stamped and (found := kept_form.kept_for(request)):
            kept_form.as_posted(request, found)
            kept_form.forget(request)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc,no-any-return]
        except StaleSave:
            return super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc,no-any-return]

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """In a stale form, rows that were removed meanwhile come back as new ones instead of vanishing."""
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)  # type: ignore[misc]
        version = getattr(owner_of(obj), "version", None)
        if "data" in kwargs and obj.pk and version is not None and request.POST.get(FIELD) != str(version):
            rows = inline.get_queryset(request).filter(**{inline_key(inline, obj): obj.pk})
            stored = {str(key) for key in rows.values_list("pk", flat=True)}
            kwargs["data"], kwargs["files"] = revived(kwargs["data"], kwargs.get("files"), prefix, stored)
        return kwargs

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change and FIELD in form.fields:
            owner = owner_of(obj)
            if hasattr(owner, "version"):
                claim(owner, form.cleaned_data[FIELD])
            else:
                claim_unversioned(obj, form)
        super().save_model(request, obj, form, change)  # type: ignore[misc]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = context["adminform"].form
        if getattr(form, "is_stale", False):
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["differences"] = differences(form, formsets)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc,no-any-return]


def without_field(entry: Any) -> Any:
    """A fieldset without the hidden version, which a form without fieldsets of its own would list."""
    _name, options = entry
    if FIELD not in options["fields"]:
        return entry
    return entry[0], {**options, "fields": [field for field in options["fields"] if field != FIELD]}


class VersionedMixin:
    """Says that the model counts versions."""


def inline_key(inline: Any, obj: Any) -> str:
    """How an inline's rows point at their form's row: by a foreign key, or by the way that the inline names."""
    return str(getattr(inline, "owner_path", "") or inline.fk_name or obj._meta.model_name)
