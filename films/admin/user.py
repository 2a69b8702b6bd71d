"""Accounts and groups; only an administrator hands out power."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from films.admin.base import ElysiumAdmin, ElysiumForm, count_of
from films.models import User

if TYPE_CHECKING:
    StockUserAdmin = UserAdmin[Any]
else:
    StockUserAdmin = UserAdmin

POWERS = ("is_staff", "is_superuser", "groups", "user_permissions")

admin.site.unregister(Group)


@admin.register(User)
class ElysiumUserAdmin(ElysiumAdmin, StockUserAdmin):
    form: Any = UserChangeForm
    list_display = ["username", "first_name", "last_name", "email", "is_staff", "is_active", "last_login"]
    list_filter = ["is_staff", "is_superuser", "is_active", "groups"]
    search_fields = ["username", "first_name", "last_name", "email"]
    search_help_text = gettext_lazy("搜索用户名、姓名或邮箱")
    readonly_fields = ["last_login", "date_joined"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whoever is not an administrator may not hand out power, not even to themselves."""
        own = super().get_readonly_fields(request, obj)
        return own if request.user.is_superuser else [*own, *POWERS]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self.may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self.may_touch(request, obj)

    def may_touch(self, request: HttpRequest, obj: Any) -> bool:
        return bool(request.user.is_superuser or obj is None or not obj.is_superuser)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """The list's delete action knows no single row; leave administrators alone here too."""
        rows = queryset if request.user.is_superuser else queryset.filter(is_superuser=False)
        super().delete_queryset(request, rows)


@admin.register(Group)
class ElysiumGroupAdmin(ElysiumAdmin, GroupAdmin):  # type: ignore[misc]
    form = ElysiumForm
    list_display = ["name", "user_count"]
    list_filter = ["user"]
    search_fields = ["name"]
    search_help_text = gettext_lazy("搜索组名")
    filter_horizontal = ["permissions"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        rows: QuerySet[Group] = super().get_queryset(request)
        return rows.annotate(user_count=count_of(User.groups.through._default_manager, "group"))

    @admin.display(description=gettext_lazy("用户"), ordering="user_count")
    def user_count(self, obj: Any) -> int:
        return int(obj.user_count)
