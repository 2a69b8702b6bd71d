"""“Import an article”: give it, see what would happen, say more where the reader needs it, confirm."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from films import importer
from films.admin.intake_done import done_context, made_by
from films.admin.intake_forms import AgainForm, IntakeForm
from films.admin.intake_shown import LABEL_POINTS, may_publish, preview_context, text_of
from films.admin.moving import move_all
from films.admin.points import said
from films.choices import SecurityKind, Status
from films.importer.rereading import stored_article
from films.models import ImportRun, Intake, Source
from films.security import events

PERMISSION = "films.import_source"
# How long a person waits for another import to end before being asked to try again.
PATIENCE = 5.0
FORM, SHOW, DONE = "films_source_import", "films_intake", "films_intake_done"


def moved_words(to: str, count: int) -> str:
    if to == Status.PUBLISHED:
        return ngettext("已发布 %(count)d 条。", "已发布 %(count)d 条。", count) % {"count": count}
    return ngettext("已归档 %(count)d 条。", "已归档 %(count)d 条。", count) % {"count": count}


def may_import(request: HttpRequest) -> bool:
    return request.user.has_perm(PERMISSION)


def own(request: HttpRequest, pk: int) -> Intake:
    """The person's own intake; another's does not exist for them."""
    if not may_import(request):
        raise PermissionDenied
    found: Intake = get_object_or_404(Intake.objects.of(request.user).select_related("again"), pk=pk)
    return found


def options_of(intake: Intake, request: HttpRequest, *, dry_run: bool) -> importer.Options:
    """What was asked for; whoever may not publish gets drafts."""
    given = intake.options
    return importer.Options(
        dry_run=dry_run,
        draft=bool(given.get("draft")) or not may_publish(request.user),
        asker=given.get("asker"),
        answerers=tuple(given.get("answerers", [])),
        encoding=given.get("encoding"),
        is_afresh=True,
    )


def dry_run(intake: Intake, request: HttpRequest) -> importer.FileReport:
    given = importer.Given(intake.name, bytes(intake.data))
    return importer.import_given(given, options_of(intake, request, dry_run=True))[0]


def show_again(intake: Intake) -> HttpResponse:
    return redirect(f"admin:{SHOW}", intake.pk)


class IntakeMixin:
    """The pages of an import, on the admin of the articles."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view  # type: ignore[attr-defined]
        return [
            path("import/", view(self.give), name=FORM),
            path("import/<int:pk>/", view(self.show), name=SHOW),
            path("import/<int:pk>/confirm/", view(self.confirm), name="films_intake_confirm"),
            path("import/<int:pk>/discard/", view(self.discard), name="films_intake_discard"),
            path("import/<int:pk>/done/", view(self.done), name=DONE),
            path("import/<int:pk>/move/", view(self.move), name="films_intake_move"),
            path("<int:pk>/again/", view(self.again), name="films_source_again"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def page(self, request: HttpRequest, template: str, title: str, context: dict[str, Any]) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "title": title, "opts": Source._meta}  # type: ignore[attr-defined]
        response: HttpResponse = TemplateResponse(request, f"admin/films/{template}.html", shared | context)
        return response

    def give(self, request: HttpRequest) -> HttpResponse:
        """The form: a file or pasted text. `?intake=` opens an earlier text to be corrected."""
        if not may_import(request):
            raise PermissionDenied
        form = IntakeForm(request.POST or None, request.FILES or None, initial=self.given_before(request))
        if request.method == "POST" and form.is_valid():
            given = form.given()
            is_pasted = not form.cleaned_data["file"]
            return show_again(self.keep(request, given, form.options, is_pasted=is_pasted))
        return self.page(request, "intake_form", _("导入文章"), {"form": form})

    def given_before(self, request: HttpRequest) -> dict[str, Any]:
        number = request.GET.get("intake", "")
        if not number.isdecimal():
            return {}
        intake = own(request, int(number))
        given = intake.options
        told = importer.FileReport(intake.name, "refused")
        return {**given, "is_draft": given.get("draft"), "text": text_of(intake, told)}

    def keep(self, request: HttpRequest, given: importer.Given, options: dict[str, Any], **values: Any) -> Intake:
        """Remember what was given, and forget what was left lying."""
        user: Any = request.user
        intake = Intake.objects.create(user=user, name=given.name, data=given.data, options=options, **values)
        Intake.objects.sweep(user)
        return intake

    def again(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Read a stored article once more, with the vocabulary and the reader of today."""
        if not may_import(request):
            raise PermissionDenied
        source = get_object_or_404(Source, pk=pk)
        if request.method != "POST":
            return redirect("admin:films_source_change", pk)
        given, options = stored_article(source)
        return show_again(self.keep(request, given, options, again=source))

    def show(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What would happen, computed anew; posting says more (labels, encoding, draft) and looks again."""
        intake = own(request, pk)
        if intake.run_id:
            return redirect(f"admin:{DONE}", pk)
        told = dry_run(intake, request)
        context = preview_context(intake, told, request.user)
        form = self.again_form(request, intake, [label.printed for label in context["labels"]])
        if request.method == "POST" and form.is_valid():
            intake.options = form.options
            intake.save(update_fields=["options"])
            return show_again(intake)
        is_open = context["needs"] or form.is_bound or any(point.code in LABEL_POINTS for point in told.points)
        title = _("再读一遍：%(name)s") if intake.again_id else _("导入前看一看：%(name)s")
        context |= {"form": form, "is_again_open": is_open, "agreed": told.digest}
        name = (told.article or {}).get("headline") or intake.name
        return self.page(request, "intake", title % {"name": name}, context)

    def again_form(self, request: HttpRequest, intake: Intake, labels: list[str]) -> AgainForm:
        """Labels that are among those offered are shown as chosen, others as typed."""
        given = intake.options
        asker, answerers = given.get("asker") or "", given.get("answerers", [])
        initial = {
            "asking": asker if asker in labels else "",
            "asker": "" if asker in labels else asker,
            "answering": [label for label in answerers if label in labels],
            "answerers": [label for label in answerers if label not in labels],
            "encoding": given.get("encoding") or "",
            "is_draft": given.get("draft"),
        }
        return AgainForm(request.POST if request.method == "POST" else None, initial=initial, labels=labels)

    def confirm(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Import just what was shown, once however often it is asked for."""
        intake = own(request, pk)
        if request.method != "POST":
            return show_again(intake)
        try:
            # One transaction with what `finish` notes: whoever is cut off in between finds it done, or not begun.
            with importer.writing(patience=PATIENCE), transaction.atomic():
                intake = own(request, pk)
                return redirect(f"admin:{DONE}", pk) if intake.run_id else self.write(request, intake)
        except importer.Busy:
            words = _("另一个导入正在进行，这次没有写入。请稍等片刻，再按一次“确认导入”。")
            messages.warning(request, words)
            return show_again(intake)

    def write(self, request: HttpRequest, intake: Intake) -> HttpResponse:
        """Import, or show again what has become different meanwhile."""
        given, agreed = importer.Given(intake.name, bytes(intake.data)), request.POST.get("agreed", "")
        user: Any = request.user
        told, run = importer.import_given(given, options_of(intake, request, dry_run=False), user=user, agreed=agreed)
        if run is None or told.source_id is None or told.outcome not in ("created", "updated"):
            messages.warning(request, self.why_not(told))
            return show_again(intake)
        self.finish(request, intake, told, run, Source.objects.get(pk=told.source_id))
        facts = {"target": intake.name, "detail": f"{told.outcome}, run {run.pk}"}
        events.record(SecurityKind.IMPORTED, **events.by(request), **facts)
        return redirect(f"admin:{DONE}", intake.pk)

    def why_not(self, told: importer.FileReport) -> str:
        if told.outcome == "refused":
            return said(told.reason_code, told.reason_values, told.reason or "")
        return _("您看过之后，存着的内容有了变化，所以没有导入。下面是现在会发生的事；看过后请再确认一次。")

    def finish(
        self, request: HttpRequest, intake: Intake, told: importer.FileReport, run: ImportRun, source: Source
    ) -> None:
        """Keep what became of it; the bytes are in the source now."""
        with transaction.atomic():
            intake.run, intake.source, intake.data = run, source, b""
            intake.told = {"outcome": told.outcome, "changes": [change.to_json() for change in told.changes]}
            intake.save()
            self.log_change(request, source, [{"changed": {"name": str(run._meta.verbose_name), "object": str(run)}}])  # type: ignore[attr-defined]

    def discard(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Throw away what was uploaded or pasted; what was imported stays."""
        intake = own(request, pk)
        if request.method != "POST":
            return show_again(intake)
        intake.delete()
        messages.success(request, _("已丢弃，什么也没有导入。"))
        return redirect(reverse(f"admin:{FORM}"))

    def done(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What was made, where it stands, what it still lacks, how to take it back."""
        intake = own(request, pk)
        if not intake.run_id:
            return show_again(intake)
        return self.page(
            request, "intake_done", _("已导入：%(name)s") % {"name": intake.source}, done_context(intake, request.user)
        )

    def move(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Publish the drafts that an import made, or take all that it made out of sight."""
        intake = own(request, pk)
        to = request.POST.get("to", "")
        if intake.run_id and to in (Status.PUBLISHED, Status.ARCHIVED):
            count = sum(
                move_all(admin.site.get_model_admin(rows.model), request, rows, Status(to)) for rows in made_by(intake)
            )
            messages.success(request, moved_words(to, count))
        return redirect(f"admin:{DONE}", pk)
