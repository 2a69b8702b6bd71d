"""What happened at the doors: read by administrators, written by the program alone."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from films.admin.base import ElysiumAdmin
from films.models import SecurityEvent

FACTS = ["at", "kind", "name", "address", "target", "detail"]


@admin.register(SecurityEvent)
class SecurityEventAdmin(ElysiumAdmin):
    list_display = [*FACTS]
    list_filter = ["kind"]
    date_hierarchy = "at"
    search_fields = ["name", "address", "target"]
    search_help_text = gettext_lazy("搜索账号、网络地址或对象")
    fields = [*FACTS]
    readonly_fields = [*FACTS]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
