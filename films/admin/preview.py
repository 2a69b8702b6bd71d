"""The box with an entry's preview link: make one, copy it, withdraw it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from films import preview
from films.models import Preview

# The script asks for the box alone, so that nothing typed in the form is lost.
BOX_ONLY = "X-Preview-Box"


class PreviewMixin:
    """A model admin whose unpublished rows can be read under a link."""

    model: Any
    admin_site: Any

    def get_urls(self) -> list[Any]:
        name = f"films_{self.model._meta.model_name}_preview"
        view = self.admin_site.admin_view(self.preview_view)
        return [path("<path:object_id>/preview/", view, name=name), *super().get_urls()]  # type: ignore[misc]

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Make or withdraw the link, for whoever may change the entry."""
        entry = self.get_object(request, object_id)  # type: ignore[attr-defined]
        if entry is None:
            raise Http404
        if not self.has_change_permission(request, entry):  # type: ignore[attr-defined]
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        told = self.withdraw(request, entry) if "withdraw" in request.POST else self.make(request, entry)
        if BOX_ONLY in request.headers:
            return HttpResponse(box(request, entry, told))
        messages.info(request, told)
        return HttpResponseRedirect(reverse(f"admin:films_{entry._meta.model_name}_change", args=[entry.pk]))

    def make(self, request: HttpRequest, entry: Any) -> str:
        days = request.POST.get("days", "")
        if entry.is_published:
            return _("这个条目已经公开，不需要预览链接。")
        if days not in map(str, range(1, preview.MOST_DAYS + 1)):
            return _("预览链接最多有效 %(days)d 天。") % {"days": preview.MOST_DAYS}
        had_one = preview.current(entry)
        preview.make(entry, request.user, int(days))
        self.log_change(request, entry, _("生成预览链接"))  # type: ignore[attr-defined]
        return _("已换成新的预览链接，先前的链接不再有效。") if had_one else _("已生成预览链接。")

    def withdraw(self, request: HttpRequest, entry: Any) -> str:
        if not preview.withdraw(entry):
            return _("没有可收回的预览链接。")
        self.log_change(request, entry, _("收回预览链接"))  # type: ignore[attr-defined]
        return _("预览链接已收回，打开它的人会看到“页面不存在”。")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Remember who reads the box: what it shows depends on the request, which a column does not get."""
        if obj is not None:
            obj._seen_by = request
        return super().get_form(request, obj, change, **kwargs)  # type: ignore[misc]

    @admin.display(description=gettext_lazy("预览链接"))
    def preview_link(self, obj: Any) -> str:
        request = getattr(obj, "_seen_by", None)
        if request is None or not self.has_change_permission(request, obj):  # type: ignore[attr-defined]
            return ""
        return box(request, obj)


def box(request: HttpRequest, entry: Any, told: str = "") -> str:
    """The box as it is now (one query)."""
    link = None if entry.is_published else preview.current(entry)
    context = {
        "entry": entry,
        "link": link,
        "address": address(request, link) if link else "",
        "days": range(1, preview.MOST_DAYS + 1),
        "told": told,
    }
    return render_to_string("admin/films/_preview.html", context, request)


def address(request: HttpRequest, link: Preview) -> str:
    """The link in full, in the language of its maker; its reader can change that on the page."""
    with translation.override(request.LANGUAGE_CODE):
        return request.build_absolute_uri(reverse("films:preview", args=[preview.token_of(link)]))
