"""Publishing from the list, one entry at a time through `save()`, with a trace in its history."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from films.admin.versioned import claim
from films.choices import Status

PUBLICATION: Any = (
    gettext_lazy("发布"),
    {"fields": ["status", "publish_at", "first_published_at", "updated_at"]},
)
NEW_PUBLICATION: Any = (PUBLICATION[0], {"fields": ["status", "publish_at"]})


def set_status(model_admin: Any, request: HttpRequest, rows: QuerySet[Any], status: Status) -> int:
    """Give every row the status; rows that have it stay untouched. Returns how many changed."""
    changed = 0
    with transaction.atomic():
        for row in rows.exclude(status=status).select_for_update(of=("self",)):
            if not model_admin.has_change_permission(request, row):
                continue
            claim(row, row.version)
            row.status = status
            row.save(update_fields=["status"])
            model_admin.log_change(request, row, [{"changed": {"fields": ["status"]}}])
            changed += 1
    return changed


@admin.action(permissions=["change"], description=gettext_lazy("发布所选的%(verbose_name_plural)s"))
def publish(model_admin: Any, request: HttpRequest, rows: QuerySet[Any]) -> None:
    keys = list(rows.values_list("pk", flat=True))
    count = set_status(model_admin, request, rows, Status.PUBLISHED)
    message = ngettext("已发布 %(count)d 条。", "已发布 %(count)d 条。", count) % {"count": count}
    model_admin.message_user(request, message, messages.SUCCESS if count else messages.INFO)
    hidden = model_admin.still_hidden(keys)
    if hidden:
        model_admin.message_user(request, hidden, messages.WARNING)


@admin.action(permissions=["change"], description=gettext_lazy("归档所选的%(verbose_name_plural)s（不再公开）"))
def archive(model_admin: Any, request: HttpRequest, rows: QuerySet[Any]) -> None:
    count = set_status(model_admin, request, rows, Status.ARCHIVED)
    message = ngettext("已归档 %(count)d 条。", "已归档 %(count)d 条。", count) % {"count": count}
    model_admin.message_user(request, message, messages.SUCCESS if count else messages.INFO)


class StatusMixin:
    """The publishing actions, and a word about what publishing did not reach."""

    actions: Any = (publish, archive)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is not stored yet has no dates."""
        fieldsets = super().get_fieldsets(request, obj)  # type: ignore[misc]
        return [entry if obj or entry is not PUBLICATION else NEW_PUBLICATION for entry in fieldsets]

    def still_hidden(self, keys: list[int]) -> str:
        """What visitors still cannot see of the entries just published."""
        manager = self.model._default_manager  # type: ignore[attr-defined]
        public = manager.published().values("pk")
        waiting = manager.filter(pk__in=keys, status=Status.PUBLISHED).exclude(pk__in=public).count()
        if not waiting:
            return ""
        return _("其中 %(count)d 条访客还看不到：发布时间未到，或所属的短片没有发布。") % {"count": waiting}
