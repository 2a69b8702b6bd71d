"""Giving an entry and its rows back what they were, and bringing back what was deleted."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from films.choices import Status
from films.history.rebuilding import BOOKKEEPING, Rebuilder, Refused, checked, content_names
from films.history.recorded import Kept, Moment
from films.history.serialising import columns
from films.history.trees import ROWS
from films.models import Exchange
from films.models.publishable import Publishable
from films.models.source import Imported

TAKEN = _("恢复不了：它的名字或次序现在被另一条占用。请先改那一条，再恢复这里。")


def restore(row: Any, moment: Moment, allowed: Collection[str]) -> list[str]:
    """Give `row`, as stored now, the words and facts of a moment; `allowed` are the columns this person may type.

    State, times and version stay as they are. Returns sentences about what could not come back.
    """
    rebuilder = Rebuilder(moment.everything.values())
    names = [name for name in content_names(type(row)) if name in allowed]
    try:
        with transaction.atomic():
            rebuilder.fill(row, moment.entry, [name for name in names if name != "slug"])
            restore_slug(row, moment.entry, names, rebuilder)
            checked(row, names, row.save)
            rebuilder.list_links(row, moment.entry)
            for model, owner in ROWS.get(type(row), ()):
                restore_rows(row, model, owner, moment, rebuilder)
            rebuilder.close()
    except IntegrityError as error:
        raise Refused(str(TAKEN)) from error
    return rebuilder.notes


def restore_slug(row: Any, kept: Kept, names: Collection[str], rebuilder: Rebuilder) -> None:
    """The address as it was, unless another entry has it now."""
    slug = kept.fields.get("slug")
    if "slug" not in names or not slug or slug == row.slug:
        return
    if type(row)._default_manager.filter(slug=slug).exclude(pk=row.pk).exists():
        rebuilder.notes.append(_("地址“%(slug)s”现在属于另一条，所以地址没有变。") % {"slug": slug})
        return
    row.slug = slug


def restore_rows(entry: Any, model: type[Model], owner: str, moment: Moment, rebuilder: Rebuilder) -> None:
    """The rows of one kind: those that came later go, those that went come back, the others are as they were."""
    now = {row.pk: row for row in model._base_manager.filter(**{owner: entry})}
    wanted = {pk: kept for (kind, pk), kept in moment.rows.items() if kind is model}
    gone = [pk for pk in now if pk not in wanted]
    model._base_manager.filter(pk__in=gone).delete()
    changed = {pk: kept for pk, kept in wanted.items() if pk not in now or is_changed(now[pk], kept)}
    # What stands there now is better than nothing.
    changed = {pk: kept for pk, kept in changed.items() if pk not in now or rebuilder.has_files(kept)}
    if model is not Exchange:
        # Nothing points at these, and one may want the place that another still has.
        model._base_manager.filter(pk__in=[pk for pk in changed if pk in now]).delete()
    for pk, kept in changed.items():
        restore_one(now.get(pk), kept, rebuilder, is_stored=model is Exchange and pk in now)


def restore_one(row: Any, kept: Kept, rebuilder: Rebuilder, *, is_stored: bool) -> None:
    made = rebuilder.new(kept) if not is_stored else row
    if made is None:
        return
    if is_stored:
        rebuilder.fill(made, kept, content_names(kept.model))
    elif isinstance(row, Imported):
        for name in BOOKKEEPING:
            setattr(made, name, getattr(row, name))
    made.save(force_insert=not is_stored)
    rebuilder.made(made)


def is_changed(row: Any, kept: Kept) -> bool:
    """Whether a row's words or facts differ from a version of it."""
    fields = {name: (attribute, field) for name, attribute, field in columns(kept.model)}
    for name in content_names(kept.model):
        attribute, field = fields[name]
        value = kept.fields.get(name, getattr(row, attribute))
        if getattr(row, attribute) != (value if field.is_relation else field.to_python(value)):
            return True
    return False


def recover(moment: Moment) -> tuple[Any, list[str]]:
    """Bring a deleted entry back with its rows and the entries below it, as a draft; and what could not come."""
    everything = [*moment.everything.values(), *(row for below in moment.below for row in below.everything.values())]
    rebuilder = Rebuilder(everything)
    try:
        with transaction.atomic():
            entry = recover_one(moment, rebuilder)
            for below in moment.below:
                recover_one(below, rebuilder)
            rebuilder.close()
    except IntegrityError as error:
        raise Refused(str(TAKEN)) from error
    return entry, rebuilder.notes


def recover_one(moment: Moment, rebuilder: Rebuilder) -> Any:
    model = moment.entry.model
    if model._base_manager.filter(pk=moment.entry.pk).exists():
        raise Refused(_("这一条已经在了，不必再恢复。"))
    entry = rebuilder.new(moment.entry)
    if entry is None:
        raise Refused(*rebuilder.notes)
    as_draft(entry)
    free_slug(entry, rebuilder)
    entry.save(force_insert=True)
    rebuilder.made(entry)
    rebuilder.list_links(entry, moment.entry)
    for kept in moment.rows.values():
        restore_one(None, kept, rebuilder, is_stored=False)
    return entry


def as_draft(entry: Any) -> None:
    """Nothing is published by coming back; its version goes on counting."""
    if isinstance(entry, Publishable):
        entry.status, entry.publish_at, entry.version = Status.DRAFT.value, None, entry.version + 1


def free_slug(entry: Any, rebuilder: Rebuilder) -> None:
    """A new address where another entry took the old one."""
    slug = getattr(entry, "slug", "")
    if slug and type(entry)._default_manager.filter(slug=slug).exists():
        rebuilder.notes.append(_("地址“%(slug)s”现在属于另一条，恢复的这一条得到一个新地址。") % {"slug": slug})
        entry.slug = ""
