"""Conflicts and points on the page of an article: keep ours, take the source's, or mark as looked at."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from films.admin.indexed import touched_by
from films.admin.reports import owner_of_record, records_of
from films.admin.versioned import StaleSave, claim, owner_of
from films.history import changing
from films.importer.looking import look_again, look_at
from films.importer.settling import Offer, keep_ours, offers_of, take_theirs
from films.models import Source
from films.search import reindex


class Changed(Exception):
    """What the person saw is no longer what is stored."""


class SettlingMixin:
    """The answers to what an import asks, on the admin of the articles."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.settle)  # type: ignore[attr-defined]
        return [path("<int:pk>/settle/", view, name="films_source_settle"), *super().get_urls()]  # type: ignore[misc]

    def settle(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One answer: `keep` or `take` a conflict, `look` at a point or `unlook`."""
        source = get_object_or_404(Source, pk=pk)
        if not self.has_change_permission(request, source):  # type: ignore[attr-defined]
            raise PermissionDenied
        for name, answer in (
            ("keep", self.answer_keep),
            ("take", self.answer_take),
            ("look", self.answer_look),
            ("unlook", self.answer_unlook),
        ):
            if name in request.POST:
                answer(request, source, request.POST[name])
                break
        return redirect(reverse("admin:films_source_change", args=[pk]) + "#summary")

    def answer_look(self, request: HttpRequest, source: Source, mark: str) -> None:
        with transaction.atomic():
            if look_at(source, mark, request.user.get_username()):
                messages.success(request, _("已记下：这一处看过了。"))

    def answer_unlook(self, request: HttpRequest, source: Source, mark: str) -> None:
        with transaction.atomic():
            if look_again(source, mark):
                messages.success(request, _("已记下：这一处还要留意。"))

    def answer_keep(self, request: HttpRequest, source: Source, seen: str) -> None:
        """The row stays; the importer knows the article's value now."""
        if self.answer(request, source, seen, is_taken=False):
            messages.success(request, _("保留了编辑的。文章再说同样的话，不会再问。"))

    def answer_take(self, request: HttpRequest, source: Source, seen: str) -> None:
        """The row takes the article's value, with a revision of its own."""
        if self.answer(request, source, seen, is_taken=True):
            messages.success(request, _("改为文章里的了。编辑原来写的在历史里。"))

    def answer(self, request: HttpRequest, source: Source, seen: str, *, is_taken: bool) -> bool:
        try:
            with transaction.atomic():
                self.apply(request, offer_seen(source, seen), is_taken=is_taken)
        except (Changed, StaleSave):
            messages.warning(request, _("您看过之后，别人改过这里，所以没有动。请再看一眼，再选一次。"))
            return False
        except IntegrityError:
            messages.error(request, _("同一条目下已有一行这样写，不能有两行。请按“自己改”，在表单里改好。"))
            return False
        return True

    def apply(self, request: HttpRequest, offer: Offer, *, is_taken: bool) -> None:
        """Write the answer, if the person may change the entry that it concerns."""
        entry: Any = owner_of_record(offer.row)
        if not admin.site.get_model_admin(type(entry)).has_change_permission(request, entry):
            raise PermissionDenied
        if not is_taken:
            keep_ours(offer)
            return
        owner: Any = owner_of(entry)
        claim(owner, owner.version)
        comment: Any = [
            {
                "changed": {
                    "fields": sorted(offer.fields),
                    "name": str(_("取自文章")),
                    "object": str(offer.row.source or ""),
                }
            }
        ]
        with changing([entry], request.user, comment):
            take_theirs(offer)
        reindex(**touched_by(type(owner), [owner.pk]))


def offer_seen(source: Source, seen: str) -> Offer:
    """The open conflict that the person saw, as it is stored now."""
    found = list(offers_of(source.report))
    records = records_of(source, [record for record, _field, _values in found])
    for record, field, values in found:
        row = records[record].row
        offer = Offer(row, field, values) if row else None
        if offer and offer.is_open and offer.seen == seen:
            return offer
    raise Changed
