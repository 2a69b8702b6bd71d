"""An entry's way from draft to archive: what the form offers to whom, and what it asks for before publication."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from films.admin.moving import archive, hand_back, publish, submit
from films.admin.preview import PreviewMixin
from films.admin.publication_log import note_deletion, note_move
from films.admin.roles import OwnDraftsMixin, sees_all
from films.choices import Status
from films.models import Film
from films.publishing import may, moves, requirements, settle
from films.validators import ENDS_TOO_EARLY

TIMES = ["publish_at", "unpublish_at"]
PUBLICATION: Any = (
    gettext_lazy("发布"),
    {"fields": ["status", *TIMES, "first_published_at", "updated_at", "created_by", "preview_link"]},
)
NEW_PUBLICATION: Any = (PUBLICATION[0], {"fields": ["status", *TIMES]})
EDITORS_ON_PUBLIC = gettext_lazy("这个条目已经发布：您的修改一保存就公开。发布、排期和归档由发布者决定。")
EDITORS = gettext_lazy("写好以后请改为“待审”。发布、排期和归档由发布者决定。")
CONTRIBUTORS = gettext_lazy("写好以后请改为“待审”交给编辑；交出以后您不再能看到和修改它，除非编辑退回。")


class Unready(Exception):
    """A save would have published what is not ready; everything of it is undone."""

    def __init__(self, unmet: dict[str, Any]) -> None:
        super().__init__(unmet)
        self.unmet = unmet


class StatusForm:
    """What a form of an entry holds its reader to. `person` and `unmet` are set for each request."""

    person: Any
    unmet: dict[str, Any]
    fields: Any
    instance: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "status" in self.fields:
            offered = [Status(self.instance.status), *moves(self.person, self.instance)]
            self.fields["status"].choices = [(status.value, status.label) for status in Status if status in offered]

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        values = self.cleaned_data if cleaned is None else cleaned  # type: ignore[attr-defined]
        begins, ends = (values.get(name, getattr(self.instance, name)) for name in TIMES)
        if begins and ends and ends <= begins:
            self.complain("unpublish_at", ENDS_TOO_EARLY)
        for field, sentence in self.unmet.items():
            self.complain(field, sentence)
        return cleaned

    def complain(self, field: str, sentence: Any) -> None:
        """Say it at the field; above the form if the form has no such field."""
        place = field if field in self.fields else None
        if not place or place not in self.errors:  # type: ignore[attr-defined]
            self.add_error(place, ValidationError(sentence, code="unready"))  # type: ignore[attr-defined]


@cache
def guarded(form: Any) -> Any:
    return type(form)(form.__name__, (StatusForm, form), {"__module__": form.__module__})


def refusing(formset: Any, sentence: Any) -> Any:
    """A class of formsets that say above their rows what these lack."""

    def clean(self: Any) -> None:
        super(formset, self).clean()
        raise ValidationError(sentence, code="unready")

    return type(formset)(formset.__name__, (formset,), {"clean": clean})


class TimeFilter(admin.SimpleListFilter):
    title = gettext_lazy("排期")
    parameter_name = "time"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("scheduled", _("已排期")), ("ending", _("到时撤下")), ("expired", _("已到期"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        now, rows = timezone.now(), queryset.filter(status=Status.PUBLISHED)
        return {
            "scheduled": rows.filter(publish_at__gt=now),
            "ending": rows.filter(unpublish_at__gt=now),
            "expired": rows.filter(unpublish_at__lte=now),
        }.get(self.value() or "", queryset)


def state_in_words(entry: Any) -> str:
    """The state of an entry with the dates that matter now."""
    now, label = timezone.now(), str(entry.get_status_display())
    if entry.status != Status.PUBLISHED:
        return label
    if entry.unpublish_at and entry.unpublish_at <= now:
        return _("已到期 %(time)s") % {"time": in_words(entry.unpublish_at)}
    if entry.publish_at and entry.publish_at > now:
        label = _("已排期 %(time)s") % {"time": in_words(entry.publish_at)}
    return (
        _("%(state)s，至 %(time)s") % {"state": label, "time": in_words(entry.unpublish_at)}
        if entry.unpublish_at
        else label
    )


def in_words(moment: Any) -> str:
    local = timezone.localtime(moment)
    this_year = local.year == timezone.localtime().year
    return formats.date_format(local, _("n月j日 H:i") if this_year else _("Y年n月j日 H:i"))


class StatusMixin(PreviewMixin, OwnDraftsMixin):
    """The states of an entry at the desk."""

    actions: Any = (submit, hand_back, publish, archive)
    change_form_template: ClassVar[Any] = "admin/films/publishable_change_form.html"

    def has_publish_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, "publish", self.model)

    def has_edit_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, "change", self.model)

    def get_list_display(self, request: HttpRequest) -> Any:
        columns = super().get_list_display(request)  # type: ignore[misc]
        return ["state" if name == "status" else name for name in columns]

    @admin.display(description=gettext_lazy("状态"), ordering="status")
    def state(self, obj: Any) -> str:
        return state_in_words(obj)

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Filters name rows of other kinds: only for those who may see these."""
        return [*super().get_list_filter(request), TimeFilter] if sees_all(request.user, self.model) else []  # type: ignore[misc]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup == TimeFilter.parameter_name or super().lookup_allowed(lookup, value, request)  # type: ignore[misc]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """What the person may not set is only told; a forged value is not even read."""
        told = [*super().get_readonly_fields(request, obj), "created_by", "preview_link"]  # type: ignore[misc]
        if not self.has_publish_permission(request):
            told += TIMES
        return told if obj is None or moves(request.user, obj) else [*told, "status"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is not stored yet has no dates, and only publishers give it some."""
        fieldsets = super().get_fieldsets(request, obj)  # type: ignore[misc]
        return [self.publication(request, obj) if entry is PUBLICATION else entry for entry in fieldsets]

    def publication(self, request: HttpRequest, obj: Any) -> Any:
        name, options = PUBLICATION if obj else NEW_PUBLICATION
        fields = options["fields"]
        if obj is None and not self.has_publish_permission(request):
            fields = ["status"]
        return name, {"fields": fields, "description": self.advice(request, obj)}

    def advice(self, request: HttpRequest, obj: Any) -> Any:
        """What people who cannot publish should know."""
        if self.has_publish_permission(request):
            return ""
        if not self.has_edit_permission(request):
            return CONTRIBUTORS
        return EDITORS_ON_PUBLIC if obj and obj.status == Status.PUBLISHED else EDITORS

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["form"] = guarded(kwargs.get("form", self.form))  # type: ignore[attr-defined]
        form = super().get_form(request, obj, change, **kwargs)
        form.person, rows = request.user, self.row_names(request, obj)
        form.unmet = {name: why for name, why in unmet_by(request).items() if name not in rows}
        return form

    def row_names(self, request: HttpRequest, obj: Any) -> set[str]:
        """The names of the form's rows, under which a lack is told."""
        if not unmet_by(request):
            return set()
        inlines = super().get_formsets_with_inlines(request, obj)  # type: ignore[misc]
        return {formset.get_default_prefix() for formset, _inline in inlines}

    def get_formsets_with_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        for formset, inline in super().get_formsets_with_inlines(request, obj):  # type: ignore[misc]
            why = unmet_by(request).get(formset.get_default_prefix())
            yield (refusing(formset, why) if why else formset), inline

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A save that would publish what is not ready is undone, and the form says field by field what it lacks."""
        view = super().changeform_view  # type: ignore[misc]
        try:
            return view(request, object_id, form_url, extra_context)  # type: ignore[no-any-return]
        except Unready as error:
            request.unmet = error.unmet  # type: ignore[attr-defined]
            return view(request, object_id, form_url, extra_context)  # type: ignore[no-any-return]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user
        before = copy.copy(obj)
        for name in {"status", *TIMES} & set(form.changed_data):
            setattr(before, name, form.initial.get(name))
        obj.status_before = before.status if change else Status.DRAFT
        obj.was_public = bool(change and before.is_published)
        super().save_model(request, obj, form, change)  # type: ignore[misc]

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for entry in queryset:
            note_deletion(request, entry)
        return super().log_deletions(request, queryset)  # type: ignore[misc]

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        self.settle(obj)
        note_move(request, obj, obj.status_before)
        if not self.has_view_permission(request, obj):
            return self.handed_over(request, obj)
        return super().response_add(request, obj, post_url_continue)  # type: ignore[misc,no-any-return]

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        self.settle(obj)
        note_move(request, obj, obj.status_before)
        if not self.has_view_permission(request, obj):
            return self.handed_over(request, obj)
        return super().response_change(request, obj)  # type: ignore[misc,no-any-return]

    def settle(self, obj: Any) -> None:
        """Once everything is stored: hold what is published to what that asks for, and end its preview link."""
        entries = [obj, *(obj.interviews.all() if isinstance(obj, Film) else ())]
        public = [entry for entry in entries if entry.status == Status.PUBLISHED]
        if obj in public and (unmet := {name: why for entry in public for name, why in requirements(entry)}):
            raise Unready(unmet)
        for entry in entries:
            settle(entry, was_public=getattr(entry, "was_public", False))

    def still_hidden(self, keys: list[int]) -> str:
        """What visitors still cannot see of the entries just published."""
        manager = self.model._default_manager
        public = manager.published().values("pk")
        waiting = manager.filter(pk__in=keys, status=Status.PUBLISHED).exclude(pk__in=public).count()
        if not waiting:
            return ""
        return _("其中 %(count)d 条访客还看不到：发布时间未到，或所属的短片没有发布。") % {"count": waiting}

    def handed_over(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Back to the list from an entry that its writer has just given to the editors."""
        self.message_user(request, _("“%(entry)s”已送审。") % {"entry": obj}, messages.SUCCESS)  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse(f"admin:films_{obj._meta.model_name}_changelist"))


def unmet_by(request: HttpRequest) -> dict[str, Any]:
    return getattr(request, "unmet", {})
