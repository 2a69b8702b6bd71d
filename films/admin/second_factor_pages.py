"""The second step of signing in: giving a code, setting the step up, changing it."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Any

import django_otp
from django import forms
from django.contrib import admin, messages
from django.contrib.auth import authenticate, logout, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_otp.plugins.otp_static.models import StaticDevice

from films.admin.way_in import is_staff_in, to_sign_in, towards, wanted
from films.choices import SecurityKind
from films.security import events, second_factor
from films.security.sessions import end_sessions, open_sessions

# The key that is being set up, until its first code was right.
PENDING = "second_factor_key"
FEW = 3


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("验证码"),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
    )


class ChallengeForm(CodeForm):
    """A code of the telephone, or a recovery code."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.device = request, None

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        self.device = second_factor.try_code(self.request.user, code)
        if self.device is None:
            events.record(SecurityKind.FACTOR_FAILED, **events.by(self.request))
            raise ValidationError(wrong_words(self.request.user), code="wrong")
        return code


class PasswordForm(forms.Form):
    """Asks again who is there before anything is changed; wrong ones count like those of the sign-in page."""

    password = forms.CharField(
        label=gettext_lazy("您现在的密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        name = self.request.user.get_username()
        if authenticate(self.request, username=name, password=password) is None:
            raise ValidationError(_("密码不对。"), code="wrong")
        return password


def wrong_words(user: Any) -> str:
    """What to do after a code that was not accepted."""
    until = second_factor.waits_until(user)
    seconds = ceil((until - timezone.now()).total_seconds()) if until else 0
    if seconds <= 1:
        return _("验证码不对，或已经用过。请输入手机现在显示的六位数字。")
    words = ngettext(
        "验证码不对，或已经用过。请等 %(count)d 秒，再输入手机那时显示的六位数字。",
        "验证码不对，或已经用过。请等 %(count)d 秒，再输入手机那时显示的六位数字。",
        seconds,
    )
    return words % {"count": seconds}


def page(site: admin.AdminSite, request: HttpRequest, template: str, title: str, context: Any) -> HttpResponse:
    shared = {**site.each_context(request), "title": title, "next": wanted(request)}
    return TemplateResponse(request, f"registration/{template}.html", shared | context)


def let_in(request: HttpRequest, device: Any) -> None:
    """The session goes on under a new name, so that an older one is worth nothing."""
    django_otp.login(request, device)
    request.session.cycle_key()


def challenge(site: admin.AdminSite, request: HttpRequest) -> HttpResponse:
    """Asks for the code; whoever has to set the step up first is sent there."""
    if not is_staff_in(request):
        return to_sign_in(request)
    if request.method == "POST" and "sign_out" in request.POST:
        logout(request)
        return redirect("admin:login")
    if second_factor.is_open(request.user):
        return HttpResponseRedirect(wanted(request))
    if second_factor.device_of(request.user) is None:
        return towards("second_factor_enrol", request)
    form = ChallengeForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return passed(request, form.device)
    return page(site, request, "second_factor", _("第二步：验证码"), {"form": form})


def passed(request: HttpRequest, device: Any) -> HttpResponse:
    let_in(request, device)
    if isinstance(device, StaticDevice):
        left = second_factor.codes_left(request.user)
        events.record(SecurityKind.CODE_USED, **events.by(request), detail=f"{left} left")
        words = ngettext("恢复码还剩 %(count)d 个。", "恢复码还剩 %(count)d 个。", left) % {"count": left}
        advice = _("请到“两步验证”页生成新的。") if left <= FEW else ""
        messages.warning(request, words + advice)
    return HttpResponseRedirect(wanted(request))


def enrol(site: admin.AdminSite, request: HttpRequest) -> HttpResponse:
    """Shows the key and waits for its first code; recovery codes are shown right after, this once."""
    if not is_staff_in(request):
        return to_sign_in(request)
    if not second_factor.is_open(request.user) and second_factor.device_of(request.user):
        return towards("second_factor", request)
    key = request.session.setdefault(PENDING, second_factor.new_key())
    form = CodeForm(request.POST or None)
    # Somebody else at an open desk must not put their own telephone in the place of this one.
    again = second_factor.device_of(request.user) and PasswordForm(request, request.POST or None)
    if request.method == "POST" and (not again or again.is_valid()) and form.is_valid():
        device = second_factor.enrol(request.user, key, second_factor.plain(form.cleaned_data["code"]))
        if device:
            return enrolled(site, request, device)
        form.add_error("code", _("验证码不对。请看一看手机的时间准不准，再输入现在显示的六位数字。"))
    shown: dict[str, Any] = {"is_asked": second_factor.is_asked_of(request.user)}
    shown |= {"picture": second_factor.picture(request.user, key), "key": second_factor.key_in_words(key)}
    return page(site, request, "second_factor_enrol", _("设置两步验证"), shown | {"form": form, "again": again})


def enrolled(site: admin.AdminSite, request: HttpRequest, device: Any) -> HttpResponse:
    del request.session[PENDING]
    let_in(request, device)
    events.record(SecurityKind.FACTOR_ADDED, **events.by(request), target=request.user.get_username())
    return new_codes(site, request)


def new_codes(site: admin.AdminSite, request: HttpRequest) -> HttpResponse:
    """The one moment at which recovery codes can be read."""
    codes = second_factor.new_codes(request.user)
    events.record(SecurityKind.CODES_MADE, **events.by(request), target=request.user.get_username())
    return page(site, request, "recovery_codes", _("恢复码"), {"codes": codes})


def manage(site: admin.AdminSite, request: HttpRequest) -> HttpResponse:
    """New recovery codes, another telephone, or none; an end to one's other sessions: asked for with the password."""
    user = request.user
    form = PasswordForm(request, request.POST or None)
    act = actions(user).get(request.POST.get("action", ""))
    if request.method == "POST" and act and form.is_valid():
        return act(site, request)
    context = {
        "form": form,
        "sessions": open_sessions(user, request.session.session_key),
        "device": second_factor.device_of(user),
        "codes_left": second_factor.codes_left(user),
        "is_asked": second_factor.is_asked_of(user),
    }
    return page(site, request, "second_factor_manage", _("两步验证"), context)


def remove(site: admin.AdminSite, request: HttpRequest) -> HttpResponse:
    second_factor.remove(request.user)
    request.session.pop(django_otp.DEVICE_ID_SESSION_KEY, None)
    events.record(SecurityKind.FACTOR_REMOVED, **events.by(request), target=request.user.get_username())
    messages.success(request, _("两步验证已去掉。"))
    return redirect(reverse("admin:second_factor_manage"))


def sign_out_elsewhere(site: admin.AdminSite, request: HttpRequest) -> HttpResponse:
    end_sessions(request.user)
    update_session_auth_hash(request, request.user)  # type: ignore[arg-type]
    events.record(SecurityKind.SIGNED_OUT, **events.by(request), target=request.user.get_username())
    messages.success(request, _("您在其他浏览器里都已登出。"))
    return redirect("admin:second_factor_manage")


def actions(user: Any) -> dict[str, Callable[[admin.AdminSite, HttpRequest], HttpResponse]]:
    """What somebody may do here: the codes are those of a second step."""
    of_device: dict[str, Any] = {"codes": new_codes, "remove": remove} if second_factor.device_of(user) else {}
    return of_device | {"elsewhere": sign_out_elsewhere}
