"""The history of every entry: every door writes a revision, and there is a page to read, compare and restore them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from films import history
from films.admin import revisions
from films.history.trees import OWNERS, below


class HistoryMixin:
    """A model admin whose every change writes a revision, if its model has a history."""

    @property
    def has_history(self) -> bool:
        return history.is_kept(self.model)  # type: ignore[attr-defined]

    def get_urls(self) -> list[URLPattern]:
        urls: list[URLPattern] = super().get_urls()  # type: ignore[misc]
        return [*self.history_urls(), *urls] if self.has_history else urls

    def history_urls(self) -> list[URLPattern]:
        opts, wrap = self.model._meta, self.admin_site.admin_view  # type: ignore[attr-defined]
        name = f"{opts.app_label}_{opts.model_name}"
        return [
            path("recover/", wrap(self.recoverlist_view), name=f"{name}_recoverlist"),
            path("recover/<int:version_id>/", wrap(self.recover_view), name=f"{name}_recover"),
            path("<path:object_id>/history/<int:version_id>/", wrap(self.revision_view), name=f"{name}_revision"),
        ]

    # What is written

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        entry = super().log_addition(request, obj, message)  # type: ignore[misc]
        self.record(request, obj, message)
        return entry

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Every door calls this after a change, so this is where the change is recorded."""
        entry = super().log_change(request, obj, message)  # type: ignore[misc]
        self.record(request, obj, message)
        return entry

    def record(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """The entry, and those below it that its form changed too."""
        if self.has_history:
            history.record([obj, *history.unrecorded(below(obj))], request.user, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """What is deleted is kept first, with everything that goes with it."""
        if self.has_history and self.model not in OWNERS:  # type: ignore[attr-defined]
            for row in queryset:
                history.record([row], request.user, [{"removed": {}}], deep=True)
        return super().log_deletions(request, queryset)  # type: ignore[misc]

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)  # type: ignore[misc]
        self.record_loss(request, [obj])

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        rows = list(queryset)
        super().delete_queryset(request, queryset)  # type: ignore[misc]
        self.record_loss(request, rows)

    def record_loss(self, request: HttpRequest, rows: list[Any]) -> None:
        """An entry that lost a row has changed."""
        if rows and self.model in OWNERS:  # type: ignore[attr-defined]
            name = str(self.model._meta.verbose_name)  # type: ignore[attr-defined]
            said = [{"deleted": {"name": name, "object": str(row)}} for row in rows]
            history.record(rows, request.user, said)

    # What is read

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        if not self.has_history:
            return super().history_view(request, object_id, extra_context)  # type: ignore[misc,no-any-return]
        return revisions.history_page(self, request, object_id)

    def revision_view(self, request: HttpRequest, object_id: str, version_id: int) -> HttpResponse:
        return revisions.revision_page(self, request, object_id, version_id)

    def recoverlist_view(self, request: HttpRequest) -> HttpResponse:
        return revisions.recycle_page(self, request)

    def recover_view(self, request: HttpRequest, version_id: int) -> HttpResponse:
        return revisions.recover_page(self, request, version_id)
