"""Restoring and recovering at the desk: the same rights, the same check for a change meanwhile, the same search."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from films import history, publishing
from films.admin.indexed import touched_by
from films.admin.publication_log import note_move
from films.admin.versioned import StaleSave, claim, owner_of, raise_version
from films.choices import Status
from films.history.difference import differences, names_for
from films.history.rebuilding import BOOKKEEPING, STATE, Refused, in_sentences, unsaved
from films.history.recorded import Moment, present, stamp_of, with_entries
from films.history.restoring import recover, restore
from films.history.trees import ROWS, below
from films.models import Exchange, Interview
from films.models.publishable import Publishable
from films.search import reindex

STAMP = "seen_stamp"
# What a restore leaves as it is now.
UNRESTORED = STATE | BOOKKEEPING


class Stale(Exception):
    """Someone changed the entry after the page was opened."""


def put_back(model_admin: Any, request: HttpRequest, row: Any, moment: Moment) -> list[str]:
    """Restore an entry in one transaction; gives sentences about what could not come back."""
    try:
        with transaction.atomic():
            entries = brought_along(model_admin, request, row)
            if locked(row) is None or stamp_of(now := present(type(row), row.pk, entries)) != request.POST.get(STAMP):
                raise Stale
            [then] = with_entries([moment], entries)
            # What its rows point at comes first.
            pairs = [pair for pair in pairs_below(now, then) if differences(*pair, names_for(pair), UNRESTORED)]
            return [note for pair in (*pairs, (now, then)) for note in put_back_one(model_admin, request, *pair)]
    except StaleSave as stale:
        raise Stale from stale


def brought_along(model_admin: Any, request: HttpRequest, row: Any) -> list[Any]:
    """The entries below, as its form holds them: those that who may change it may change; a reader, those to be read."""
    right = "change" if model_admin.has_change_permission(request, row) else "view"
    return [entry for entry in below(row) if may(admin_of(model_admin, type(entry)), right, request, entry)]


def admin_of(model_admin: Any, model: type[Model]) -> Any:
    return model_admin.admin_site.get_model_admin(model)


def pairs_below(now: Moment, then: Moment) -> list[tuple[Moment, Moment]]:
    stored = {(one.entry.model, one.entry.pk): one for one in now.below}
    return [(stored[one.entry.model, one.entry.pk], one) for one in then.below]


def put_back_one(model_admin: Any, request: HttpRequest, now: Moment, then: Moment) -> list[str]:
    """Restore one entry without those below it."""
    own, stored = admin_of(model_admin, then.entry.model), locked_of(then.entry.model, then.entry.pk)
    refuse_rows_of_others(own, request, stored, now, then)
    before = getattr(stored, "status", "")
    take(stored)
    notes = restore(stored, then, typable(own, request, stored))
    refuse_unfit(stored)
    reindex(**touched_by(type(stored), [stored.pk]))
    said = {"revision": then.revision.pk, "when": f"{timezone.localtime(then.revision.date_created):%Y-%m-%d %H:%M}"}
    own.log_change(request, stored, [{"restored": said}])
    if before:
        note_move(request, locked(stored), before)
    return notes


def locked(row: Any) -> Any:
    return locked_of(type(row), row.pk)


def locked_of(model: type[Model], pk: int) -> Any:
    return model._base_manager.select_for_update().filter(pk=pk).first()


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


def may(model_admin: Any, action: str, request: HttpRequest, row: Any) -> bool:
    """Asks the admin of a model, or an inline."""
    return model_admin is not None and bool(getattr(model_admin, f"has_{action}_permission")(request, row))


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
