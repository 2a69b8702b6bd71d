"""What a person may see and choose at the desk: every row of a kind, or only what is public and their own drafts."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.db import models
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase

from films.choices import Status
from films.models import Exchange, Film, Interview
from films.publishing import is_own_draft, may

# A kind of row → the way from it to the entry whose writer may choose it.
OWN: dict[type[models.Model], str] = {Film: "", Interview: "", Exchange: "interview__"}


def sees_all(user: Any, model: type[models.Model]) -> bool:
    return may(user, "view", model) or may(user, "change", model)


def own_drafts(user: Any, path: str = "") -> Q:
    return Q(**{f"{path}created_by": user.pk, f"{path}status": Status.DRAFT})


def choosable(user: Any, model: type[models.Model]) -> QuerySet[Any]:
    """The rows that a person may point at from a form."""
    rows: Any = model._default_manager.all()
    if sees_all(user, model):
        return rows  # type: ignore[no-any-return]
    if model in OWN:
        return rows.filter(own_drafts(user, OWN[model]))  # type: ignore[no-any-return]
    return rows.published() if hasattr(rows, "published") else rows.none()  # type: ignore[no-any-return]


def narrow(formfield: Any, user: Any) -> Any:
    """Let a relation offer no more than the person may choose."""
    rows = getattr(formfield, "queryset", None)
    if rows is not None and rows.model._meta.app_label == "films" and not sees_all(user, rows.model):
        formfield.queryset = choosable(user, rows.model)
        formfield.is_narrowed = True
    return formfield


def keep_chosen(form: Any) -> None:
    """What somebody else chose for this row stays a legal value of it."""
    for name, field in form.fields.items():
        if getattr(field, "is_narrowed", False) and (chosen := form.initial.get(name)):
            several = chosen if isinstance(chosen, (list, tuple)) else [chosen]
            keys = [getattr(row, "pk", row) for row in several]
            rows = field.queryset.model._default_manager
            offered = field.queryset.values("pk")
            field.queryset = rows.filter(Q(pk__in=keys if form.instance.pk else []) | Q(pk__in=offered))


class OwnDraftsMixin:
    """A model admin whose rows belong to whoever added them, as long as they are drafts."""

    model: Any

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]
        return rows if sees_all(request.user, self.model) else rows.filter(own_drafts(request.user))

    def may_write(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the person may add rows and goes on writing at this one (or at some)."""
        return may(request.user, "add", self.model) if obj is None else is_own_draft(request.user, obj)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) or self.may_write(request, obj)  # type: ignore[misc]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) or self.may_write(request, obj)  # type: ignore[misc]


class RowsMixin:
    """The rows of a form belong to whoever may see or change the form."""

    admin_site: Any
    parent_model: Any

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self.form_admin.has_view_permission(request, obj))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_write(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_write(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_write(request, obj)

    def may_write(self, request: HttpRequest, obj: Any) -> bool:
        if obj is None:
            return bool(self.form_admin.has_add_permission(request))
        return bool(self.form_admin.has_change_permission(request, obj))

    @property
    def form_admin(self) -> Any:
        return self.admin_site.get_model_admin(self.parent_model)


class SuggestionsMixin:
    """A view of suggestions that tells a person no more than a form lets them choose."""

    request: Any
    model_admin: Any

    def has_perm(self, request: HttpRequest, obj: Any = None) -> bool:
        if sees_all(request.user, self.model_admin.model):
            return bool(self.model_admin.has_view_permission(request, obj))
        return any(may(request.user, "add", model) for model in (Film, Interview))

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset()  # type: ignore[misc]
        model = self.model_admin.model
        if sees_all(self.request.user, model):
            return rows
        return rows.filter(pk__in=choosable(self.request.user, model).values("pk"))


def on_site(site: Any, request: HttpRequest, content_type_id: str, object_id: str) -> HttpResponseBase:
    """Lead to a row's page only those who may see the row: the way there tells its address."""
    kind = ContentType.objects.filter(pk=content_type_id).first() if content_type_id.isdecimal() else None
    model = kind.model_class() if kind else None
    if model is None or not site.is_registered(model):
        raise Http404
    row = site.get_model_admin(model).get_object(request, object_id)
    if row is None or not site.get_model_admin(model).has_view_permission(request, row):
        raise Http404
    return shortcut(request, content_type_id, object_id)
