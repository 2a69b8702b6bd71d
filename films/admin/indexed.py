"""Keeping the search in step: what the desk stores or removes is found, or no longer found, at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from films.models import Creator, Edition, Exchange, Film, Interview, Organisation, Theme, Tool, Work
from films.search import reindex

Touched = dict[str, list[int]]

# A model → the kind of documents that its words stand in, and how they point at it.
WORDS_IN: dict[type[models.Model], tuple[str, type[models.Model], str]] = {
    Film: ("films", Film, "pk"),
    Interview: ("interviews", Interview, "pk"),
    Exchange: ("interviews", Interview, "exchanges"),
    Creator: ("creators", Creator, "pk"),
    Work: ("works", Work, "pk"),
    Edition: ("editions", Edition, "pk"),
    Organisation: ("editions", Edition, "organisations"),
    Theme: ("films", Film, "themes"),
    Tool: ("films", Film, "tools"),
}


def touched_by(model: type[models.Model], keys: Iterable[int]) -> Touched:
    """The documents that hold words of these rows (one query at most)."""
    if model not in WORDS_IN:
        return {}
    kind, owner, path = WORDS_IN[model]
    wanted = list(keys)
    if path == "pk":
        return {kind: wanted}
    found = owner._default_manager.filter(**{f"{path}__in": wanted}).order_by().values_list("pk", flat=True)
    return {kind: list(found.distinct())}


def adapted_from(model: type[models.Model], keys: Iterable[int]) -> Touched:
    """Films that lose a word when a work goes: afterwards nothing points from one to the other."""
    if model is not Work:
        return {}
    return {"films": list(Film.objects.filter(adapted_from__in=list(keys)).values_list("pk", flat=True))}


class IndexedMixin:
    """A model admin that writes the search documents anew with every save and deletion."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        reindex(**touched_by(type(form.instance), [form.instance.pk]))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with transaction.atomic():
            touched = touched_by(type(obj), [obj.pk]) | adapted_from(type(obj), [obj.pk])
            super().delete_model(request, obj)  # type: ignore[misc]
            reindex(**touched)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        with transaction.atomic():
            keys = list(queryset.order_by().values_list("pk", flat=True))
            touched = touched_by(queryset.model, keys) | adapted_from(queryset.model, keys)
            super().delete_queryset(request, queryset)  # type: ignore[misc]
            reindex(**touched)
