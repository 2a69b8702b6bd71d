"""What was changed between seeing and acting: deletions and list actions are refused for it, typed text is kept."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin import helpers
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import QuerySet
from django.forms.widgets import HiddenInput
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from films import history
from films.admin.deleting import Taken, taken_along
from films.admin.labels import label_of
from films.history import naming
from films.history.recorded import stamp_of_entries, versions
from films.patterns import late

STAMP = "seen_stamp"
SEEN = "_seen"
ROW = late(r"(?P<prefix>.+)-(?P<number>\d+)-(?P<name>\w+)")
UNTYPED = late(r"^_|^csrf|^loaded_version$|_FORMS$|-id$|-0$|^initial-")


class MeanwhileMixin:
    """A model admin that acts on what the person saw, or says what has changed since."""

    delete_confirmation_template: ClassVar[Any] = "admin/films/delete_confirmation.html"
    delete_selected_confirmation_template: ClassVar[Any] = "admin/films/delete_selected_confirmation.html"

    # Deleting one

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """A confirmation of what is no longer so is asked for again."""
        if not history.is_kept(self.model):  # type: ignore[attr-defined]
            return super().delete_view(request, object_id, extra_context)  # type: ignore[misc,no-any-return]
        with transaction.atomic() if request.method == "POST" else nullcontext():
            stamp = self.stamp_of(locked(self.model, [unquote(object_id)], request))  # type: ignore[attr-defined]
            if request.POST and request.POST.get(STAMP) != stamp:
                request.POST = QueryDict()
                self.message_user(request, changed_words(), messages.WARNING)  # type: ignore[attr-defined]
            context = {"stamp_name": STAMP, "stamp": stamp, **(extra_context or {})}
            return super().delete_view(request, object_id, context)  # type: ignore[misc,no-any-return]

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Taken:
        return taken_along(list(objs), request, self.admin_site)  # type: ignore[attr-defined]

    def stamp_of(self, rows: Iterable[Any]) -> str:
        """Changes with anything that would be deleted with these rows."""
        return stamp_of_entries(self.model, [row.pk for row in rows])  # type: ignore[attr-defined]

    # Acting on a list

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)  # type: ignore[misc]
        if "delete_selected" in actions and history.is_kept(self.model):  # type: ignore[attr-defined]
            _stock, name, words = actions["delete_selected"]
            actions["delete_selected"] = (delete_what_was_seen, name, words)
        return actions

    def action_checkbox(self, obj: Any) -> Any:
        """With the version that the person sees in this row."""
        box = super().action_checkbox(obj)  # type: ignore[misc]
        if not hasattr(obj, "version"):
            return str(box)
        return format_html("{}{}", box, HiddenInput().render(SEEN, f"{obj.pk}:{obj.version}"))

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any], *args: Any, **kwargs: Any) -> Any:
        """Leave out the rows that somebody changed after the list was opened, and name them."""
        if SEEN not in request.POST or request.POST.get("select_across") == "1":
            return super().response_action(request, queryset, *args, **kwargs)  # type: ignore[misc]
        with transaction.atomic():
            self.leave_out_changed(request)
            return super().response_action(request, queryset, *args, **kwargs)  # type: ignore[misc]

    def leave_out_changed(self, request: HttpRequest) -> None:
        chosen = request.POST.getlist(helpers.ACTION_CHECKBOX_NAME)
        seen = dict(entry.split(":", 1) for entry in request.POST.getlist(SEEN) if ":" in entry)
        rows = locked(self.model, [key for key in chosen if key in seen], request)  # type: ignore[attr-defined]
        changed = {str(row.pk): row for row in rows if str(row.version) != seen[str(row.pk)]}
        if not changed:
            return
        data: Any = request.POST.copy()
        data.setlist(helpers.ACTION_CHECKBOX_NAME, [key for key in chosen if key not in changed])
        request.POST = data
        names = pgettext("between names", "、").join(label_of(row) for row in changed.values())
        words = _("您打开列表之后，别人改过：%(names)s。这几条没有动，请看过再选。") % {"names": names}
        self.message_user(request, words, messages.WARNING)  # type: ignore[attr-defined]

    # Typing into what is gone

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """What was typed into an entry that somebody deleted meanwhile is shown, not lost."""
        if request.method != "POST" or not typed(self, request):
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc,no-any-return]
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("这一条已被删除"),
            "opts": opts,
            "typed": typed(self, request),
            "version": last_version(self, request, object_id),
        }
        return TemplateResponse(request, "admin/films/gone.html", context, status=409)


def locked(model: Any, keys: Iterable[Any], request: HttpRequest) -> list[Any]:
    """These rows, held until the end of the transaction where one is open."""
    rows = model._base_manager.filter(pk__in=[key for key in keys if str(key).isdecimal()]).order_by("pk")
    return list(rows.select_for_update() if request.method == "POST" else rows)


def changed_words() -> str:
    return _("您打开此页之后，别人改过其中的内容，所以没有删除。请看过现在的内容，再确认一次。")


def delete_what_was_seen(model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
    """The stock action, which asks again when something changed after it asked."""
    with transaction.atomic():
        stamp = model_admin.stamp_of(locked(model_admin.model, queryset.values_list("pk", flat=True), request))
        if request.POST.get("post") and request.POST.get(STAMP) != stamp:
            data: Any = request.POST.copy()
            del data["post"]
            request.POST = data
            model_admin.message_user(request, changed_words(), messages.WARNING)
        response = delete_selected(model_admin, request, queryset)
    if response is not None:
        context: Any = response.context_data
        context |= {"stamp_name": STAMP, "stamp": stamp}
    return response


def typed(model_admin: Any, request: HttpRequest) -> list[tuple[str, str]]:
    """Every text that a posted form holds, with the name of its field."""
    labels = prefixes(model_admin, request)
    fields = request.POST.lists()
    return [
        (label_for(model_admin.model, labels, name), "\n".join(texts))
        for name, values in fields
        if not UNTYPED.search(name) and (texts := [value for value in values if value.strip()])
    ]


def prefixes(model_admin: Any, request: HttpRequest) -> dict[str, Any]:
    """The models of the rows of a form, by the prefix of their controls."""
    found = {}
    for inline in model_admin.get_inline_instances(request):
        found[inline.get_formset(request).get_default_prefix()] = inline.model
    return found


def label_for(model: Any, rows: dict[str, Any], name: str) -> str:
    match = ROW.fullmatch(name)
    if match is None or match["prefix"] not in rows:
        return naming.label_of(model, name)
    row = rows[match["prefix"]]
    kind = f"{capfirst(str(row._meta.verbose_name))} {int(match['number']) + 1}"
    return f"{kind} · {naming.label_of(row, match['name'])}"


def last_version(model_admin: Any, request: HttpRequest, object_id: str) -> int | None:
    """The version from which the entry can be recovered, for someone who may add such entries."""
    key = unquote(object_id)
    if not (key.isdecimal() and history.is_kept(model_admin.model) and model_admin.has_add_permission(request)):
        return None
    pk: int | None = versions(model_admin.model, [int(key)]).order_by("-pk").values_list("pk", flat=True).first()
    return pk
