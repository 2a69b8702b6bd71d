"""Changes of accounts and groups, written down with what they were before."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest

from films.choices import SecurityKind
from films.models import User
from films.security import events

FLAGS = ("is_active", "is_staff", "is_superuser")


def powers_of(row: Any) -> dict[str, set[str]]:
    """What an account or a group may do, in names (2 queries)."""
    if isinstance(row, Group):
        return {"permissions": names(row.permissions, "codename")}
    flags = {flag for flag in FLAGS if getattr(row, flag)}
    groups, rights = names(row.groups, "name"), names(row.user_permissions, "codename")
    # Whoever reads the mail can have a new password.
    return {"flags": flags, "groups": groups, "permissions": rights, "email": {row.email} - {""}}


def names(rows: Any, field: str) -> set[str]:
    return set(rows.order_by().values_list(field, flat=True))


def in_words(before: dict[str, set[str]], after: dict[str, set[str]]) -> str:
    """What came and what went: "groups +Publishers -Editors"; of a mail address only that it changed."""
    told = []
    for name in after:
        came, went = sorted(after[name] - before.get(name, set())), sorted(before.get(name, set()) - after[name])
        if name == "email":
            told += ["email changed"] if came or went else []
        elif came or went:
            told.append(" ".join([name, *(f"+{word}" for word in came), *(f"-{word}" for word in went)]))
    return "; ".join(told)


class RoleLogMixin:
    """The admin of accounts or groups."""

    model: type[User] | type[Group]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The form has changed the object already; what was stored says what it was."""
        stored = self.model._default_manager.filter(pk=obj.pk).first() if change else None
        obj.powers_before = powers_of(stored) if stored else {}
        super().save_model(request, obj, form, change)  # type: ignore[misc]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        row = form.instance
        told = in_words(row.powers_before, powers_of(row))
        if told or not change:
            note(request, row, told if change else f"new; {told}")

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        note(request, obj, "deleted")
        super().delete_model(request, obj)  # type: ignore[misc]

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for row in queryset:
            note(request, row, "deleted")
        super().delete_queryset(request, queryset)  # type: ignore[misc]


def note(request: HttpRequest, row: Any, told: str) -> None:
    target = f"{row._meta.model_name} {row}"
    events.record(SecurityKind.ROLE, **events.by(request), target=target, detail=told)
