"""The admin's front door: our names, the reader's language, suggestions that tell rows apart."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _


class LabelledSuggestions(AutocompleteJsonView):
    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        key = str(getattr(obj, to_field_name))
        return {"id": key, "text": self.model_admin.label(obj)}  # type: ignore[attr-defined]


def in_own_language(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let the admin follow the language cookie.

    Public pages say their language in their address, and for addresses without one the
    locale middleware then takes the default language; the admin has one address for both.
    """

    @wraps(view)
    def localised(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        language = translation.get_language_from_request(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        return view(request, *args, **kwargs)

    return localised


class ElysiumAdminSite(admin.AdminSite):
    site_header = _("Elysium 编辑台")
    site_title = _("Elysium 编辑台")
    index_title = _("内容")
    empty_value_display = ""

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return in_own_language(super().admin_view(view, cacheable))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        response: HttpResponse = in_own_language(super().login)(request, extra_context)
        return response

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return LabelledSuggestions.as_view(admin_site=self)(request)
