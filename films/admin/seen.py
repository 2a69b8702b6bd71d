"""Which rows a person at the desk may see: what the lists of the admin show them, no more."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest


def may_view(request: HttpRequest, *models: type[Model]) -> bool:
    """Whether this person may see rows of all these kinds."""
    return all(admin.site.get_model_admin(model).has_view_permission(request) for model in models)


def seen(request: HttpRequest, model: type[Model]) -> QuerySet[Any]:
    """The rows of a kind that the list of the admin would show this person (no query of its own)."""
    listed = admin.site.get_model_admin(model).get_queryset(request)
    return model._default_manager.filter(pk__in=listed.order_by().values("pk"))
