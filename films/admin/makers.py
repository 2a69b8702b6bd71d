"""Makers typed by name in a film's own form: found by their exact compared name, or made."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from films.admin.base import ElysiumForm, ElysiumTabular
from films.admin.ordering import OrderedFormSet, form_count
from films.admin.provenance import LinesMixin
from films.admin.roles import choosable
from films.choices import CreditRole
from films.models import Creator, Credit
from films.reading.characters import clean_name
from films.text import fold
from films.validators import validate_plain_line

NAME = Creator._meta.get_field("name")
PREFIX = "credits"


class CreditForm(ElysiumForm):
    """Takes a person from the list, or a name as one types it. `may_add_makers` is set for each request."""

    may_add_makers = True
    made: Creator | None = None
    maker_name = forms.CharField(
        label=gettext_lazy("或写名字"),
        help_text=gettext_lazy("已有此人则选用，没有则新建。例如 阿米"),
        max_length=NAME.max_length,
        validators=[validate_plain_line],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "creator" in self.fields:
            self.fields["creator"].required = False

    def clean(self) -> Any:
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        name, chosen = clean_name(cleaned.get("maker_name") or ""), cleaned.get("creator")
        if name and chosen and chosen.compared_name != fold(name):
            self.add_error(
                "maker_name", _("选了“%(chosen)s”，又写了“%(name)s”。请只留一个。") % {"chosen": chosen, "name": name}
            )
        elif name and not chosen:
            cleaned["creator"] = self.maker_named(name)
        elif not chosen and not {"creator", "maker_name"} & self.errors.keys():
            self.add_error("creator", _("请选一位创作者，或写出名字。"))
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """Someone new has no key before the row is saved."""
        maker = self.cleaned_data.get("creator")
        is_new = maker is not None and maker.pk is None
        return super()._get_validation_exclusions() | ({"creator"} if is_new else set())  # type: ignore[misc,no-any-return]

    def maker_named(self, name: str) -> Creator | None:
        """The person of this name; one who is new is stored with the row."""
        found = Creator.objects.filter(compared_name=fold(name)).first()
        if found is None and not self.may_add_makers:
            self.add_error(
                "maker_name", _("没有叫“%(name)s”的创作者，您的账号不能新建。请管理员添加。") % {"name": name}
            )
        return found or (Creator(name=name) if self.may_add_makers else None)

    def save(self, commit: bool = True) -> Any:
        """Two rows may bring the same new name: it is one person."""
        maker = self.instance.creator
        if maker.pk is None:
            found = Creator.objects.filter(compared_name=fold(maker.name)).first()
            if found is None:
                maker.save()
                self.made = maker
            self.instance.creator = found or maker
        return super().save(commit)


class CreditFormSet(OrderedFormSet):
    def clean(self) -> None:
        """The same new name twice in one role; stored people are compared by the form itself."""
        super().clean()
        seen = set()
        for form in self.forms:
            values = getattr(form, "cleaned_data", {})
            maker = values.get("creator")
            if maker is None or maker.pk or form in self.deleted_forms:
                continue
            key = fold(maker.name), values.get("role")
            if key in seen:
                raise ValidationError(_("“%(name)s”以同一职责写了两次。请去掉一行。"), "twice", {"name": maker.name})
            seen.add(key)


class CreditInline(LinesMixin, ElysiumTabular):
    model = Credit
    form = CreditForm
    formset = CreditFormSet
    fields = ["position", "creator", "maker_name", "role", "lines_in_source"]
    readonly_fields = ["lines_in_source"]
    autocomplete_fields = ["creator"]
    related = ("creator",)
    follows = ("title",)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 1 if obj is None else 0

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A name typed beside the list does without a second window."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "creator":
            field.widget.can_add_related = False
        return field

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.form.may_add_makers = request.user.has_perm("films.add_creator")
        return formset


def posted_makers(data: Any, user: Any) -> list[Creator]:
    """Those whom a film's form names as its makers."""
    rows = posted_rows(data, PREFIX)
    return people_of([row for row in rows if row.get("role", CreditRole.MAKER) == CreditRole.MAKER], user)


def posted_people(data: Any, user: Any) -> list[Creator]:
    """Everyone whom a film's form credits, in its order."""
    return people_of(posted_rows(data, PREFIX), user)


def people_of(rows: list[dict[str, str]], user: Any) -> list[Creator]:
    """The people of these rows, each once, as far as this person may choose them (two queries).

    Those who are new, or unknown to this person, are names alone.
    """
    people = choosable(user, Creator)
    keys = [row.get("creator", "") for row in rows]
    names = {fold(name): clean_name(name) for row in rows if (name := row.get("maker_name", ""))}
    known = {str(maker.pk): maker for maker in people.filter(pk__in=[key for key in keys if is_key(key)])}
    by_name = {maker.compared_name: maker for maker in people.filter(compared_name__in=names)}
    found: dict[str, Creator] = {}
    for row in rows:
        name = fold(row.get("maker_name", ""))
        maker = known.get(row.get("creator", "")) or by_name.get(name) or (Creator(name=names[name]) if name else None)
        if maker:
            found.setdefault(fold(maker.name), maker)
    return list(found.values())


def is_key(text: str) -> bool:
    """Small enough to be asked for."""
    return text.isdecimal() and len(text) < 19


def posted_rows(data: Any, prefix: str) -> list[dict[str, str]]:
    """The rows of a formset as posted, in the order of their numbers, without those to be removed."""
    rows = []
    for number in range(form_count(data, prefix, "TOTAL")):
        start = f"{prefix}-{number}-"
        row = {key.removeprefix(start): str(value) for key, value in data.items() if key.startswith(start)}
        if not row.get("DELETE"):
            rows.append(row)
    return sorted(rows, key=lambda row: int(row["position"]) if row.get("position", "").isdecimal() else 0)


def credited(formsets: Any) -> list[int]:
    """The people whom saving a film's form tied to it."""
    return [
        row.creator_id for formset in formsets if isinstance(formset, CreditFormSet) for row in formset.new_objects
    ]


def made_makers(formsets: Any) -> list[Creator]:
    """The people who are there since that save."""
    rows = [form for formset in formsets if isinstance(formset, CreditFormSet) for form in formset.extra_forms]
    return [form.made for form in rows if form.made]
