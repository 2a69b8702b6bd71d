"""Restoring and recovering at the desk: the same rights, the same check for a change meanwhile, the same search."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from films import history, publishing
from films.admin.indexed import touched_by
from films.admin.publication_log import note_move
from films.admin.versioned import StaleSave, claim, owner_of, raise_version
from films.choices import Status
from films.history.rebuilding import Refused, in_sentences, unsaved
from films.history.recorded import Moment, present, stamp_of
from films.history.restoring import recover, restore
from films.history.trees import ROWS
from films.models import Exchange, Interview
from films.models.publishable import Publishable
from films.search import reindex

STAMP = "seen_stamp"


class Stale(Exception):
    """Someone changed the entry after the page was opened."""


def put_back(model_admin: Any, request: HttpRequest, row: Any, moment: Moment) -> list[str]:
    """Restore an entry in one transaction; gives sentences about what could not come back."""
    try:
        with transaction.atomic():
            stored = locked(row)
            now = present(type(row), row.pk)
            if stored is None or stamp_of(now) != request.POST.get(STAMP):
                raise Stale
            refuse_rows_of_others(model_admin, request, stored, now, moment)
            before = getattr(stored, "status", "")
            take(stored)
            notes = restore(stored, moment, typable(model_admin, request, row))
            refuse_unfit(stored)
            reindex(**touched_by(type(row), [row.pk]))
            said = {"revision": moment.revision.pk, "when": f"{moment.revision.date_created:%Y-%m-%d %H:%M}"}
            model_admin.log_change(request, stored, [{"restored": said}])
            if before:
                note_move(request, locked(row), before)
    except StaleSave as stale:
        raise Stale from stale
    return notes


def locked(row: Any) -> Any:
    return type(row)._base_manager.select_for_update().filter(pk=row.pk).first()


def take(row: Any) -> None:
    """Raise the version, where there is one, and remember what stands there."""
    owner = owner_of(row)
    if hasattr(owner, "version"):
        claim(owner, owner.version)
    else:
        history.remember([row])


def typable(model_admin: Any, request: HttpRequest, row: Any) -> set[str]:
    """The columns that this person could type into in the entry's form."""
    return set(model_admin.get_form(request, row, change=True).base_fields)


def refuse_rows_of_others(model_admin: Any, request: HttpRequest, row: Any, now: Moment, moment: Moment) -> None:
    """Rows come, go and change only for someone who may add, delete and change them in the form."""
    inlines = {inline.model: inline for inline in model_admin.get_inline_instances(request, row)}
    for model, _key in ROWS.get(type(row), ()):
        before, after = of_kind(now, model), of_kind(moment, model)
        needed = {
            "add": after.keys() - before.keys(),
            "delete": before.keys() - after.keys(),
            "change": {pk for pk in before.keys() & after.keys() if before[pk] != after[pk]},
        }
        for action, keys in needed.items():
            if keys and not may(inlines.get(model), action, request, row):
                raise Refused(denied_words(model))


def denied_words(model: type[Model]) -> str:
    name = capfirst(str(model._meta.verbose_name_plural))
    return _("恢复会增删或改动“%(rows)s”，而您不能改动它们，所以没有恢复。") % {"rows": name}


def of_kind(moment: Moment, model: type[Model]) -> dict[int, str]:
    return {pk: kept.text for (kind, pk), kept in moment.rows.items() if kind is model}


def may(inline: Any, action: str, request: HttpRequest, row: Any) -> bool:
    return inline is not None and bool(getattr(inline, f"has_{action}_permission")(request, row))


def refuse_unfit(row: Any) -> None:
    """What is published must go on having what publication asks for."""
    if not isinstance(row, Publishable) or row.status != Status.PUBLISHED:
        return
    try:
        publishing.check(row)
    except ValidationError as error:
        raise Refused(*in_sentences(row, error)) from error


def may_recover(model_admin: Any, request: HttpRequest, moment: Moment) -> bool:
    """Whoever may add such an entry and might have changed this one; and so for the entries below it."""
    entries = [moment.entry, *(below.entry for below in moment.below)]
    admins = model_admin.admin_site
    return all(
        admins.get_model_admin(entry.model).has_add_permission(request)
        and admins.get_model_admin(entry.model).has_change_permission(request, unsaved(entry))
        for entry in entries
    )


def bring_back(model_admin: Any, request: HttpRequest, moment: Moment) -> tuple[Any, list[str]]:
    """Recover an entry in one transaction; gives it, and sentences about what could not come back."""
    with transaction.atomic():
        if moment.entry.model is Exchange:
            raise_version(Interview, [moment.entry.fields["interview"]])
        row, notes = recover(moment)
        reindex(**touched_by(type(row), [row.pk]))
        model_admin.log_addition(request, row, [{"recovered": {}}])
    return row, notes
