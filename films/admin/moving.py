"""Moving entries from the list, one at a time through `save()`, with a trace in each one's history."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from films.admin.publication_log import note_move
from films.admin.versioned import claim
from films.choices import Status
from films.models import Film
from films.publishing import move, moves
from films.share_image import prepare

# A list's action is answered within a few seconds; the images of further films are rendered when first asked for.
MOST_IMAGES = 30


def move_all(model_admin: Any, request: HttpRequest, rows: QuerySet[Any], to: Status) -> int:
    """Move every row that the person may move; says of the others why not. Returns how many moved."""
    moved = refused = 0
    with transaction.atomic():
        for row in rows.exclude(status=to).select_for_update(of=("self",)):
            if to not in moves(request.user, row):
                refused += 1
            elif move_one(model_admin, request, row, to):
                moved += 1
    if refused:
        message = ngettext("%(count)d 条不能由您改为“%(state)s”。", "%(count)d 条不能由您改为“%(state)s”。", refused)
        model_admin.message_user(request, message % {"count": refused, "state": to.label}, messages.WARNING)
    return moved


def move_one(model_admin: Any, request: HttpRequest, row: Any, to: Status) -> bool:
    before = row.status
    try:
        with transaction.atomic():
            claim(row, row.version)
            move(row, to, request.user)
    except ValidationError as error:
        model_admin.message_user(request, lacks(row, error), messages.ERROR)
        return False
    model_admin.log_change(request, row, [{"changed": {"fields": ["status"]}}])
    note_move(request, row, before)
    return True


def lacks(row: Any, error: ValidationError) -> str:
    """Which entry was not published and why, field by field, with a link to it."""
    names = {field.name: capfirst(str(field.verbose_name)) for field in row._meta.fields}
    told = [f"{names[name]}：{' '.join(why)}" if name in names else " ".join(why) for name, why in told_by(error)]
    url = reverse(f"admin:films_{row._meta.model_name}_change", args=[row.pk])
    link = format_html('<a href="{}">{}</a>', url, row)
    return format_html(_("{} 没有发布。{}"), link, " ".join(told))


def told_by(error: ValidationError) -> list[tuple[str, list[str]]]:
    return [(name, [str(why) for why in sentences]) for name, sentences in error.message_dict.items()]


def tell(model_admin: Any, request: HttpRequest, count: int, message: str) -> None:
    model_admin.message_user(request, message % {"count": count}, messages.SUCCESS if count else messages.INFO)


@admin.action(permissions=["change"], description=gettext_lazy("送审所选的%(verbose_name_plural)s"))
def submit(model_admin: Any, request: HttpRequest, rows: QuerySet[Any]) -> None:
    count = move_all(model_admin, request, rows, Status.REVIEW)
    tell(model_admin, request, count, ngettext("已送审 %(count)d 条。", "已送审 %(count)d 条。", count))


@admin.action(permissions=["edit"], description=gettext_lazy("退回所选的%(verbose_name_plural)s为草稿"))
def hand_back(model_admin: Any, request: HttpRequest, rows: QuerySet[Any]) -> None:
    count = move_all(model_admin, request, rows, Status.DRAFT)
    tell(model_admin, request, count, ngettext("已退回 %(count)d 条。", "已退回 %(count)d 条。", count))


@admin.action(permissions=["publish"], description=gettext_lazy("发布所选的%(verbose_name_plural)s"))
def publish(model_admin: Any, request: HttpRequest, rows: QuerySet[Any]) -> None:
    keys = list(rows.values_list("pk", flat=True))
    count = move_all(model_admin, request, rows, Status.PUBLISHED)
    tell(model_admin, request, count, ngettext("已发布 %(count)d 条。", "已发布 %(count)d 条。", count))
    if hidden := model_admin.still_hidden(keys):
        model_admin.message_user(request, hidden, messages.WARNING)
    if rows.model is Film:
        films = Film.objects.filter(pk__in=keys[:MOST_IMAGES]).with_card_data()
        transaction.on_commit(lambda: prepare(films), robust=True)


@admin.action(permissions=["publish"], description=gettext_lazy("归档所选的%(verbose_name_plural)s（不再公开）"))
def archive(model_admin: Any, request: HttpRequest, rows: QuerySet[Any]) -> None:
    count = move_all(model_admin, request, rows, Status.ARCHIVED)
    tell(model_admin, request, count, ngettext("已归档 %(count)d 条。", "已归档 %(count)d 条。", count))
