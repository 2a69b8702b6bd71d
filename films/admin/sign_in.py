"""The door of the desk: the password, and for those who publish or administer a second step."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.functional import SimpleLazyObject

from films.admin import password_reset, second_factor_pages
from films.admin.way_in import is_staff_in, towards
from films.choices import SecurityKind
from films.models import Edition
from films.security import events, second_factor


def current_edition() -> Edition | None:
    """What stands beside the way in; asked only when the page is drawn (one query)."""
    found: Edition | None = Edition.objects.published().exclude(theme="").first()
    return found


class SignInMixin:
    """An admin site that opens to whoever has taken every step that is asked of them."""

    login_template: str | None = "registration/desk_login.html"
    open_view: Any

    def sign_in_urls(self) -> list[URLPattern | URLResolver]:
        """The steps before the desk, open to those who cannot see it yet; and the page on which they are changed."""
        opened: dict[str, tuple[str, Any]] = {
            "second_factor": ("second-factor/", second_factor_pages.challenge),
            "second_factor_enrol": ("second-factor/enrol/", second_factor_pages.enrol),
            "password_reset": ("password-reset/", password_reset.ask),
            "password_reset_done": ("password-reset/sent/", password_reset.sent),
            "password_reset_confirm": ("password-reset/<uidb64>/<token>/", password_reset.confirm),
            "password_reset_complete": ("password-reset/done/", password_reset.complete),
        }
        site: Any = self
        manage = site.admin_view(partial(second_factor_pages.manage, site))
        return [
            *(path(route, self.open_view(partial(view, site)), name=name) for name, (route, view) in opened.items()),
            path("second-factor/manage/", manage, name="second_factor_manage"),
        ]

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and second_factor.is_open(request.user)  # type: ignore[misc]

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Whoever has given the password only goes on to the second step."""
        if request.method != "POST" and is_staff_in(request) and not self.has_permission(request):
            return towards("second_factor", request)
        own = {"has_mail": password_reset.has_mail(), "edition": SimpleLazyObject(current_edition)}
        return super().login(request, own | (extra_context or {}))  # type: ignore[misc,no-any-return]

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        response: HttpResponse = super().password_change(request, extra_context)  # type: ignore[misc]
        if request.method == "POST" and response.status_code == 302:
            events.record(SecurityKind.PASSWORD_CHANGED, **events.by(request), target=request.user.get_username())
        return response
