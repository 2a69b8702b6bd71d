"""Undoing a joining: what went comes back under its old key, what moved moves back, later work is kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import F, Model
from django.utils import timezone
from django.utils.translation import gettext as _
from reversion.models import Revision, Version

from films import history
from films.history.rebuilding import Rebuilder
from films.history.recorded import Kept, kept
from films.history.serialising import links, parsed, serialised
from films.history.stored import Key, links_of
from films.history.trees import ENTRIES, UNTOLD
from films.merging.joining import Refused, Touched, index
from films.merging.relations import MERGEABLE
from films.models import Creator, SlugRedirect, Work
from films.search import reindex

MARK = '[{"merged": '
UNDONE = '[{"unmerged": {"revision": '
LISTED = 50


class Merge(NamedTuple):
    """A joining as the history tells it."""

    revision: Revision
    model: type[Model]
    kept: int
    gone: tuple[int, ...]
    names: tuple[str, ...]
    before: int
    redirects: tuple[tuple[str, int], ...]
    is_undone: bool = False

    @property
    def kept_name(self) -> str:
        """The name that the entry which stayed had then."""
        for version in self.revision.version_set.all():
            row = kept(version)
            if (row.model, row.pk) == (self.model, self.kept):
                return row.label
        return str(self.kept)


def merges(models: Iterable[type[Model]] = MERGEABLE, key: int | None = None) -> list[Merge]:
    """The latest joinings of these kinds, newest first (3 queries)."""
    names = {str(model._meta.model_name): model for model in models}
    rows = Revision.objects.filter(comment__startswith=MARK).select_related("user").order_by("-pk")
    rows = (rows if key is None else rows.filter(pk=key)).prefetch_related("version_set")
    undone = Revision.objects.filter(comment__startswith=UNDONE).values_list("comment", flat=True)
    gone_back = {json.loads(comment)[0]["unmerged"]["revision"] for comment in undone}
    found = (merge_of(revision, revision.pk in gone_back) for revision in rows[:LISTED])
    return [merge for merge in found if str(merge.model._meta.model_name) in names]


def merge_of(revision: Revision, is_undone: bool) -> Merge:
    told = json.loads(revision.comment)[0]["merged"]
    return Merge(
        revision,
        apps.get_model("films", told["model"]),
        told["kept"],
        tuple(told["gone"]),
        tuple(told["names"]),
        told["before"],
        tuple((slug, target) for slug, target in told["redirects"]),
        is_undone,
    )


def undo(merge: Merge, user: Any) -> list[str]:
    """Take a joining back in one transaction; gives sentences about what could not come back."""
    try:
        with transaction.atomic():
            return Undoing(merge).carry_out(user)
    except IntegrityError as error:
        message = _("撤销不了：那时的名字或位置现在被另一条占用。请先改那一条，再撤销。")
        raise Refused(message) from error


def told_by(revision: int) -> dict[Key, Kept]:
    rows = (kept(version) for version in Version.objects.filter(revision=revision).order_by("pk"))
    return {(row.model, row.pk): row for row in rows}


class Undoing:
    """Goes from what stood before and what stood after to what shall stand now, row by row."""

    def __init__(self, merge: Merge) -> None:
        self.merge = merge
        self.before, self.after = told_by(merge.before), told_by(merge.revision.pk)
        self.rebuilder = Rebuilder(self.before.values())

    def carry_out(self, user: Any) -> list[str]:
        merge = self.merge
        owner: Any = merge.model._default_manager
        stays = owner.select_for_update().filter(pk=merge.kept).first()
        if merge.is_undone or stays is None or owner.filter(pk__in=merge.gone).exists():
            raise Refused(_("这次合并已经撤销，或合并后的那一条已被删除。"))
        entries = self.entries()
        history.remember(entries)
        self.give_back(self.before[merge.model, merge.kept], stays)
        self.take_back_addresses()
        back = self.bring_back([(merge.model, key) for key in merge.gone])
        self.rows_back()
        touched = self.touched()
        self.raise_versions(touched)
        index(stays, touched)
        keys = [row.pk for row in back]
        reindex(creators=keys if merge.model is Creator else (), works=keys if merge.model is Work else ())
        history.record([*self.entries(), *back], user, [{"unmerged": {"revision": merge.revision.pk}}])
        return self.rebuilder.notes

    def entries(self) -> list[Any]:
        """The entries of the joining that are stored now."""
        keys = [key for key in self.after if key[0] in ENTRIES]
        found = [(model, pk, model._base_manager.filter(pk=pk).first()) for model, pk in keys]
        return [row for _model, _pk, row in found if row is not None]

    def give_back(self, was: Kept, row: Any) -> None:
        """Each column that the joining changed and nobody since: as it was."""
        after = self.after[was.model, was.pk].fields
        now = self.now(row)
        names = [
            n for n, value in was.fields.items() if n not in UNTOLD and value != after.get(n) and now[n] == after[n]
        ]
        self.rebuilder.fill(row, was, [name for name in names if name not in {link.name for link in links(was.model)}])
        if names:
            row.save()
        for link in links(was.model):
            self.links_back(row, link.name, set(was.fields.get(link.name, [])), set(after.get(link.name, [])))

    def links_back(self, row: Any, name: str, was: set[int], after: set[int]) -> None:
        """A list of other rows: what the joining took is put in again, what it put in is taken out."""
        listed = getattr(row, name)
        listed.remove(*(after - was))
        listed.add(*(key for key in was - after if self.rebuilder.is_here(row._meta.get_field(name), key)))

    def now(self, row: Any) -> dict[str, Any]:
        """The columns of a row as a version would tell them."""
        return parsed(serialised(row, links_of(type(row), [row.pk]).get(row.pk, {})))

    def take_back_addresses(self) -> None:
        """The addresses of what comes back are its own again."""
        redirects = SlugRedirect.objects.filter(model=self.merge.model._meta.model_name)
        own = [self.before[self.merge.model, key].fields.get("slug", "") for key in self.merge.gone]
        redirects.filter(slug__in=own, target_id=self.merge.kept).delete()
        for slug, target in self.merge.redirects:
            redirects.filter(slug=slug, target_id=self.merge.kept).update(target_id=target)

    def bring_back(self, keys: Sequence[Key]) -> list[Any]:
        """Rows that the joining took, under their old keys."""
        found = []
        for key in keys:
            row = self.rebuilder.new(self.before[key])
            if row is None:
                continue
            row.save(force_insert=True)
            self.rebuilder.made(row)
            found.append(row)
        return found

    def rows_back(self) -> None:
        """What moved moves back; what was said twice is said twice again."""
        others = {key: was for key, was in self.before.items() if key[0] is not self.merge.model}
        for (model, pk), was in others.items():
            row = model._base_manager.filter(pk=pk).first() if (model, pk) in self.after else None
            if row is not None:
                self.give_back(was, row)
        # Last: one that moved back may just have left the place.
        self.bring_back([key for key in others if key not in self.after])

    def touched(self) -> Touched:
        found: Touched = {}
        for model, pk in self.after:
            if model in ENTRIES and model is not self.merge.model:
                found.setdefault(model, set()).add(pk)
        return found

    def raise_versions(self, touched: Touched) -> None:
        for model, keys in touched.items():
            rows: Any = model._default_manager
            rows.filter(pk__in=keys).update(version=F("version") + 1, updated_at=timezone.now())
