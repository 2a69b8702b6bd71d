"""A new password by mail: one link, good once and for an hour; the same answer for every address."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse_lazy
from django.utils import translation

from films.choices import SecurityKind
from films.models import User
from films.security import events
from films.security.address import client_address
from films.security.throttling import unlock

CONSOLE = "django.core.mail.backends.console.EmailBackend"
HOUR = dt.timedelta(hours=1)
# Mails an hour to one account; questions an hour from one address.
MOST_MAILS, MOST_ASKED = 3, 10


def has_mail() -> bool:
    """Whether mail leaves this site: a link in the log would let in whoever reads that."""
    return settings.DEBUG or settings.EMAIL_BACKEND != CONSOLE


class AskForm(PasswordResetForm):
    """Django's form; what it does for an address that is known takes no longer than for one that is not."""

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        language = translation.get_language()

        def send() -> None:
            with translation.override(language):
                super(AskForm, self).send_mail(*args, **kwargs)

        threading.Thread(target=send, name="password-reset").start()

    def get_users(self, email: str) -> Any:
        """Who works at the desk and has not had too many of these mails."""
        return [user for user in super().get_users(email) if user.is_staff and not is_pestered(user)]


def is_pestered(user: Any) -> bool:
    asked = events.recent(SecurityKind.RESET_ASKED, HOUR).filter(name=user.get_username())
    return bool(events.is_flooded(SecurityKind.RESET_ASKED) or asked.count() >= MOST_MAILS)


class Ask(views.PasswordResetView):
    form_class = AskForm
    template_name = "registration/desk_reset.html"
    email_template_name = "registration/desk_reset_mail.txt"
    subject_template_name = "registration/desk_reset_subject.txt"
    success_url = reverse_lazy("admin:password_reset_done")

    def form_valid(self, form: Any) -> HttpResponse:
        address = client_address(self.request)
        asked = events.recent(SecurityKind.RESET_ASKED, HOUR).filter(address=address)
        answer: HttpResponse = (
            super().form_valid(form) if asked.count() < MOST_ASKED else HttpResponseRedirect(str(self.success_url))
        )
        known = User.objects.filter(email__iexact=form.cleaned_data["email"], is_active=True).first()
        events.record(SecurityKind.RESET_ASKED, name=known.username if known else "", address=address)
        return answer


class Confirm(views.PasswordResetConfirmView):
    template_name = "registration/desk_reset_confirm.html"
    success_url = reverse_lazy("admin:password_reset_complete")
    user: Any

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Whoever reads the account's mail may try again at once; other sessions are over with the old password."""
        answer: HttpResponse = super().form_valid(form)  # type: ignore[arg-type]
        name = self.user.get_username()
        unlock(name)
        address = client_address(self.request)
        events.record(SecurityKind.PASSWORD_CHANGED, name=name, address=address, target=name, detail="by mail")
        return answer


def ask(site: admin.AdminSite, request: HttpRequest) -> HttpResponse:
    if not has_mail():
        raise Http404
    return answered(Ask, site, request)


def sent(site: admin.AdminSite, request: HttpRequest) -> HttpResponse:
    return answered(views.PasswordResetDoneView, site, request, template_name="registration/desk_reset_sent.html")


def confirm(site: admin.AdminSite, request: HttpRequest, uidb64: str, token: str) -> HttpResponse:
    return answered(Confirm, site, request, uidb64=uidb64, token=token)


def complete(site: admin.AdminSite, request: HttpRequest) -> HttpResponse:
    return answered(views.PasswordResetCompleteView, site, request, template_name="registration/desk_reset_done.html")


def answered(
    view: Any, site: admin.AdminSite, request: HttpRequest, template_name: str = "", **named: Any
) -> HttpResponse:
    """One of Django's views in the look of the desk."""
    look = {"template_name": template_name} if template_name else {}
    response: HttpResponse = view.as_view(extra_context=site.each_context(request), **look)(request, **named)
    return response
