"""Accounts and groups: nobody hands out more than they may do themselves, and the roles stay what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, Permission
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django_otp.plugins.otp_totp.models import TOTPDevice

from films.admin.base import ElysiumAdmin, ElysiumForm, count_of
from films.admin.role_log import RoleLogMixin
from films.admin.user_security import UserSecurityMixin
from films.choices import Role, SecurityKind
from films.models import User
from films.security import events

if TYPE_CHECKING:
    StockUserAdmin = UserAdmin[Any]
else:
    StockUserAdmin = UserAdmin

POWERS = ("is_staff", "groups", "user_permissions")
ROLE_NAMES: dict[str, Any] = dict(Role.choices)

admin.site.unregister(Group)


def may_hand_out(person: Any) -> bool:
    """Whoever may change groups decides on power anyway."""
    return bool(person.has_perm("auth.change_group"))


def own_rights(person: Any) -> QuerySet[Permission]:
    """The rights that a person may pass on (no query of its own)."""
    rights = Permission.objects.all()
    if person.is_superuser:
        return rights
    return (
        rights.filter(Q(group__user=person.pk) | Q(user=person.pk)).distinct() if person.is_active else rights.none()
    )


def own_groups(person: Any) -> QuerySet[Group]:
    """The groups that may do nothing beyond what this person may do."""
    groups = Group.objects.all()
    if person.is_superuser:
        return groups
    beyond = Permission.objects.exclude(pk__in=own_rights(person).values("pk"))
    return groups.exclude(Exists(beyond.filter(group=OuterRef("pk"))))


def is_beyond(person: Any, user: User) -> bool:
    """Whether an account may do something that this person may not (one query)."""
    if person.is_superuser or person.pk == user.pk:
        return False
    if user.is_superuser:
        return True
    theirs = Permission.objects.filter(Q(group__user=user.pk) | Q(user=user.pk))
    return theirs.exclude(pk__in=own_rights(person).values("pk")).exists()


def role_label(group: Group) -> str:
    return str(ROLE_NAMES.get(group.name, group.name))


@admin.register(User)
class ElysiumUserAdmin(UserSecurityMixin, RoleLogMixin, ElysiumAdmin, StockUserAdmin):
    form: Any = UserChangeForm
    list_display = [
        "username",
        "first_name",
        "last_name",
        "email",
        "roles",
        "is_staff",
        "is_active",
        "two_steps",
        "last_login",
    ]
    list_filter = ["is_staff", "is_superuser", "is_active", "groups"]
    search_fields = ["username", "first_name", "last_name", "email"]
    search_help_text = gettext_lazy("搜索用户名、姓名或邮箱")
    readonly_fields = ["last_login", "date_joined", "security"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What concerns signing in beside what the account may do."""
        own = [(gettext_lazy("登录"), {"fields": ["security"]})] if obj else []
        return [*super().get_fieldsets(request, obj), *own]

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        response: HttpResponse = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            name = User.objects.get(pk=id).get_username()
            events.record(SecurityKind.PASSWORD_CHANGED, **events.by(request), target=name)
        return response

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        rows: QuerySet[User] = super().get_queryset(request)
        device = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        return rows.prefetch_related("groups").annotate(two_steps=Exists(device))

    @admin.display(description=gettext_lazy("两步验证"), boolean=True, ordering="two_steps")
    def two_steps(self, obj: Any) -> bool:
        return bool(obj.two_steps)

    @admin.display(description=gettext_lazy("角色"))
    def roles(self, obj: User) -> str:
        return "、".join(role_label(group) for group in obj.groups.all())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Only a superuser makes superusers; only who may change groups hands out the rest."""
        own = [*super().get_readonly_fields(request, obj)]
        if request.user.is_superuser:
            return own
        return [*own, "is_superuser"] if may_hand_out(request.user) else [*own, "is_superuser", *POWERS]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer no more power than the person has."""
        if db_field.name == "groups":
            kwargs["queryset"] = own_groups(request.user).order_by("name")
        elif db_field.name == "user_permissions":
            kwargs["queryset"] = own_rights(request.user).select_related("content_type")
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups":
            field.label_from_instance = role_label
            field.help_text = gettext_lazy("角色。要能进编辑台，还要勾选“职员状态”。")
        return field

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self.may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes their own account, or the last one who could mend things might be gone."""
        is_own = obj is not None and obj.pk == request.user.pk
        return super().has_delete_permission(request, obj) and self.may_touch(request, obj) and not is_own

    def may_touch(self, request: HttpRequest, obj: Any) -> bool:
        return obj is None or not is_beyond(request.user, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """The list's delete action knows no single row; leave those out of reach alone here too."""
        keys = [row.pk for row in queryset if self.has_delete_permission(request, row)]
        super().delete_queryset(request, queryset.filter(pk__in=keys))


@admin.register(Group)
class ElysiumGroupAdmin(RoleLogMixin, ElysiumAdmin, GroupAdmin):
    form = ElysiumForm
    list_display = ["role", "user_count"]
    list_filter = ["user"]
    search_fields = ["name"]
    search_help_text = gettext_lazy("搜索组名")
    filter_horizontal = ["permissions"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        rows: QuerySet[Group] = super().get_queryset(request)
        return rows.annotate(user_count=count_of(User.groups.through._default_manager, "group"))

    @admin.display(description=gettext_lazy("组"), ordering="name")
    def role(self, obj: Group) -> str:
        return role_label(obj)

    @admin.display(description=gettext_lazy("用户"), ordering="user_count")
    def user_count(self, obj: Any) -> int:
        return int(obj.user_count)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:  # type: ignore[override]
        if db_field.name == "permissions":
            kwargs["queryset"] = own_rights(request.user).select_related("content_type")
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self.may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self.may_touch(request, obj)

    def may_touch(self, request: HttpRequest, obj: Any) -> bool:
        """The roles are kept by the program (`films.roles`); of the others, those within the person's own rights."""
        if obj is None:
            return True
        return obj.name not in ROLE_NAMES and own_groups(request.user).filter(pk=obj.pk).exists()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Group]) -> None:
        keys = [row.pk for row in queryset if self.has_delete_permission(request, row)]
        super().delete_queryset(request, queryset.filter(pk__in=keys))
