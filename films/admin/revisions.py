"""The pages of an entry's history: reading and comparing, restoring, the recycle bin."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from reversion.models import Version

from films.admin.labels import label_of
from films.admin.moments import PAGE_SIZE, deleted_labels, history_of, told, told_in_turn, when_words, with_one_before
from films.admin.restoring import STAMP, UNRESTORED, Stale, bring_back, brought_along, may_recover, put_back
from films.history.difference import differences, names_for
from films.history.rebuilding import Refused
from films.history.recorded import Moment, moments, present, stamp_of, versions, with_below, with_entries

PAGE = "p"


def opened(model_admin: Any, request: HttpRequest, object_id: str) -> Any:
    """The entry, for someone who may see it."""
    row = model_admin.get_object(request, unquote(object_id))
    if row is None:
        raise Http404(_("这一条不在了。被删除的条目在回收站里。"))
    if not model_admin.has_view_or_change_permission(request, row):
        raise PermissionDenied
    return row


def context_of(model_admin: Any, request: HttpRequest, title: str, row: Any = None) -> dict[str, Any]:
    request.current_app = model_admin.admin_site.name
    return {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "subtitle": None,
        "opts": model_admin.opts,
        "module_name": capfirst(str(model_admin.opts.verbose_name_plural)),
        "object": row,
        "object_label": label_of(row) if row else "",
        "may_change": bool(row) and model_admin.has_change_permission(request, row),
    }


def history_page(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """The revisions of an entry, newest first, and what lies between two of them."""
    row = opened(model_admin, request, object_id)
    own = history_of(model_admin.model, row.pk)
    page = Paginator(own, PAGE_SIZE).get_page(request.GET.get(PAGE))
    entries = brought_along(model_admin, request, row)
    found = with_entries(with_one_before(own, max(page.start_index() - 1, 0), PAGE_SIZE), entries)
    context = context_of(model_admin, request, _("历史：%(name)s") % {"name": label_of(row)}, row)
    context |= {"page": page, "revisions": told_in_turn(request, found)[:PAGE_SIZE], "page_var": PAGE}
    context |= compared(model_admin, row.pk, request.GET, entries)
    return TemplateResponse(request, "admin/films/history.html", context)


def compared(model_admin: Any, pk: int, asked: Any, entries: list[Any]) -> dict[str, Any]:
    """The differences between the two revisions that were chosen, the older one first."""
    chosen = sorted({int(key) for key in (asked.get("from", ""), asked.get("to", "")) if key.isdecimal()})
    both = list(versions(model_admin.model, [pk]).filter(pk__in=chosen[:2]).select_related("revision").order_by("pk"))
    if len(both) < 2:
        return {"chosen": chosen}
    before, after = with_entries(moments(both), entries)
    rows = differences(before, after, names_for([before, after]))
    return {"chosen": chosen, "rows": rows, "before": when_words(before), "after": when_words(after)}


def revision_page(model_admin: Any, request: HttpRequest, object_id: str, version_id: int) -> HttpResponse:
    """One revision against what is stored now; and the way back to it."""
    row = opened(model_admin, request, object_id)
    moment = moment_of(model_admin, version_id, row.pk)
    if request.method == "POST":
        return restored(model_admin, request, row, moment)
    return show_revision(model_admin, request, row, moment)


def moment_of(model_admin: Any, version_id: int, pk: int | None = None) -> Moment:
    own = versions(model_admin.model, None if pk is None else [pk])
    found = moments(list(own.filter(pk=version_id).select_related("revision__user")))
    if not found:
        raise Http404(_("没有这次记录。"))
    return found[0]


def restored(model_admin: Any, request: HttpRequest, row: Any, moment: Moment) -> HttpResponse:
    if not model_admin.has_change_permission(request, row):
        raise PermissionDenied
    try:
        notes = put_back(model_admin, request, row, moment)
    except Stale:
        return show_revision(model_admin, request, row, moment, errors=[stale_words()])
    except Refused as refused:
        return show_revision(model_admin, request, row, moment, errors=list(refused.sentences))
    tell(model_admin, request, _("已恢复为 %(when)s 的内容。") % {"when": when_words(moment)}, notes)
    return HttpResponseRedirect(change_url(model_admin, row.pk))


def stale_words() -> str:
    return _("您打开此页之后，别人改过这一条，所以没有恢复。下面是与现在的差别，看过再决定。")


def tell(model_admin: Any, request: HttpRequest, message: str, notes: list[str]) -> None:
    model_admin.message_user(request, message, messages.SUCCESS)
    for note in notes:
        model_admin.message_user(request, note, messages.WARNING)


def change_url(model_admin: Any, pk: int) -> str:
    return reverse(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_change", args=[pk])


def show_revision(
    model_admin: Any, request: HttpRequest, row: Any, moment: Moment, errors: list[str] | None = None
) -> HttpResponse:
    entries = brought_along(model_admin, request, row)
    now, [moment] = present(model_admin.model, row.pk, entries), with_entries([moment], entries)
    context = context_of(model_admin, request, _("%(when)s 的内容") % {"when": when_words(moment)}, row)
    context |= {
        "told": told(request, [moment])[0],
        "errors": errors or [],
        "stamp_name": STAMP,
        "stamp": stamp_of(now),
    }
    context["rows"] = differences(now, moment, names_for([now, moment]), UNRESTORED)
    return TemplateResponse(request, "admin/films/revision.html", context)


def recycle_page(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """What was deleted and may come back."""
    if not (model_admin.has_add_permission(request) and model_admin.has_view_or_change_permission(request)):
        raise PermissionDenied
    deleted: Any = Version.objects.get_deleted(model_admin.model)
    own = deleted.select_related("revision__user").order_by("-pk")
    page = Paginator(own, PAGE_SIZE).get_page(request.GET.get(PAGE))
    found = [moment for moment in moments(list(page.object_list)) if may_recover(model_admin, request, moment)]
    lines = list(zip(told(request, found), deleted_labels(found), strict=True))
    name = str(model_admin.opts.verbose_name_plural)
    context = context_of(model_admin, request, _("回收站：%(kind)s") % {"kind": name})
    context |= {"page": page, "lines": lines, "page_var": PAGE}
    return TemplateResponse(request, "admin/films/recycle.html", context)


def recover_page(model_admin: Any, request: HttpRequest, version_id: int) -> HttpResponse:
    """A deleted entry as it was, and the way back."""
    moment = with_below(moment_of(model_admin, version_id))
    if not may_recover(model_admin, request, moment):
        raise PermissionDenied
    if request.method == "POST":
        return recovered(model_admin, request, moment)
    return show_deleted(model_admin, request, moment)


def recovered(model_admin: Any, request: HttpRequest, moment: Moment) -> HttpResponse:
    try:
        row, notes = bring_back(model_admin, request, moment)
    except Refused as refused:
        return show_deleted(model_admin, request, moment, errors=list(refused.sentences))
    tell(model_admin, request, _("已从回收站恢复。"), notes)
    return HttpResponseRedirect(change_url(model_admin, row.pk))


def show_deleted(
    model_admin: Any, request: HttpRequest, moment: Moment, errors: list[str] | None = None
) -> HttpResponse:
    [label] = deleted_labels([moment])
    context = context_of(model_admin, request, _("恢复：%(name)s") % {"name": label})
    context |= {"told": told(request, [moment])[0], "label": label, "errors": errors or []}
    context["rows"] = differences(None, moment, names_for([moment]))
    return TemplateResponse(request, "admin/films/recover.html", context)
