"""What an administrator can do for somebody who cannot get in, or against somebody who should not be in."""

from __future__ import annotations

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from films.choices import SecurityKind
from films.models import SecurityEvent, User
from films.security import events, second_factor, throttling
from films.security.sessions import end_sessions

SHOWN = 20


class UserSecurityMixin:
    """A page for each account: its second step, its lock, its sessions, what happened lately."""

    admin_site: admin.AdminSite

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.security_view)
        return [path("<int:pk>/security/", view, name="films_user_security"), *super().get_urls()]  # type: ignore[misc]

    @admin.display(description=gettext_lazy("登录与两步验证"))
    def security(self, obj: User) -> str:
        words = _("有两步验证") if second_factor.device_of(obj) else _("没有两步验证")
        url = reverse("admin:films_user_security", args=[obj.pk])
        return format_html('{} · <a href="{}">{}</a>', words, url, _("查看和处理"))

    def security_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_change_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        user = get_object_or_404(User, pk=pk)
        if not self.has_change_permission(request, user):  # type: ignore[attr-defined]
            raise PermissionDenied
        act = ACTIONS.get(request.POST.get("action", ""))
        if act:
            messages.success(request, act(request, user))
            return redirect("admin:films_user_security", pk)
        name = user.get_username()
        context = self.admin_site.each_context(request) | {
            "title": _("登录与两步验证：%(name)s") % {"name": name},
            "opts": User._meta,
            "account": user,
            "device": second_factor.device_of(user),
            "codes_left": second_factor.codes_left(user),
            "is_asked": second_factor.is_asked_of(user),
            "is_locked": throttling.is_locked(name),
            "events": SecurityEvent.objects.filter(name=name)[:SHOWN],
        }
        return TemplateResponse(request, "admin/films/user_security.html", context)


def remove_factor(request: HttpRequest, user: User) -> str:
    if second_factor.remove(user):
        events.record(SecurityKind.FACTOR_REMOVED, **events.by(request), target=user.get_username())
    return _("两步验证已去掉。下次登录时，%(name)s 会被要求重新设置（如果角色需要）。") % {"name": user.get_username()}


def unlock(request: HttpRequest, user: User) -> str:
    throttling.unlock(user.get_username())
    events.record(SecurityKind.UNLOCKED, **events.by(request), target=user.get_username())
    return _("登录锁定已解除。")


def sign_out(request: HttpRequest, user: User) -> str:
    end_sessions(user)
    events.record(SecurityKind.SIGNED_OUT, **events.by(request), target=user.get_username())
    return _("%(name)s 在所有浏览器里都已登出。") % {"name": user.get_username()}


ACTIONS = {"remove": remove_factor, "unlock": unlock, "sign_out": sign_out}
