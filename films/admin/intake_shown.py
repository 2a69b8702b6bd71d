"""What would happen to an article that is on its way in, in the words of the admin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from films import importer
from films.admin.intake_lines import Entry, entries_of, labels_seen, lines_of
from films.admin.points import said
from films.admin.provenance import field_label, words
from films.admin.reports import OUTCOMES, Record, kind_name, percentage, points, records_of
from films.differing import Piece, sides
from films.importer.shapes import SHAPES
from films.models import Intake, Source
from films.reading.article import Refusal
from films.reading.decoding import decode

if TYPE_CHECKING:
    from films.importer.compare import Change

# What happens to a field, most pressing first; a new row is told in full elsewhere.
KINDS = {
    "conflict": gettext_lazy("两边都改过：保留编辑的"),
    "deleted": gettext_lazy("删去"),
    "update": gettext_lazy("改为文章里新的"),
    "kept": gettext_lazy("保留编辑的"),
    "create": gettext_lazy("新建"),
}
STAYS_DELETED = gettext_lazy("编辑删去的：不再导入")
COUNTED = ("edition", "film", "credit", "interview", "exchange", "tooluse", "workmention")
LABEL_POINTS = {"no_dialogue", "label_kept_as_text", "unlabelled_answer", "answer_without_question"}
LABEL_REFUSALS = {"no_answers"}
ENCODING_REFUSALS = {
    "nul_bytes",
    "nul_characters",
    "control_characters",
    "no_such_encoding",
    "not_in_encoding",
    "undecodable",
    "no_sense_as_gb18030",
}


class Difference(NamedTuple):
    """One thing that the import would change in what is stored, both sides with their marks."""

    kind: str
    heading: str
    record: Record
    field: str
    before: list[Piece]
    after: list[Piece]


def text_of(intake: Intake, told: importer.FileReport) -> str:
    """The text as it was read; of a refused file as far as it can be decoded."""
    if told.read is not None:
        return told.read.text
    try:
        return decode(bytes(intake.data), intake.options.get("encoding")).text
    except Refusal:
        return ""


def value_words(model: Any, field: str, value: Any) -> str:
    """A value of the plan as people read it: the label of a choice, the words of a list."""
    try:
        choices = dict(getattr(model._meta.get_field(field), "flatchoices", ()))
    except FieldDoesNotExist:
        choices = {}
    return words(choices.get(value, value) if isinstance(value, str) else value)


def differences(told: importer.FileReport, source: Source | None, entries: dict[str, Entry]) -> list[Difference]:
    """What differs from the rows that are there; nothing for an article that is new."""
    if source is None:
        return []
    records = records_of(source, [change.record for change in told.changes])
    found = [difference(change, records[change.record], entries) for change in told.changes]
    return sorted(found, key=lambda one: list(KINDS).index(one.kind))


def difference(change: Change, record: Record, entries: dict[str, Entry]) -> Difference:
    kind = change.record.partition(":")[0]
    model = SHAPES[kind].model
    stored = record.row
    if not stored and change.record in entries:
        record = Record(record.key, record.kind, entries[change.record].label)
    before, after = (value_words(model, change.field or "", value) for value in (change.before, change.after))
    label = field_label(model, change.field) if change.field else ""
    # The article still has what an editor deleted; only what it no longer has is deleted by importing.
    heading = STAYS_DELETED if change.kind == "deleted" and not stored else KINDS[change.kind]
    return Difference(change.kind, str(heading), record, label, *sides(before, after))


def counts(changes: Iterable[Change]) -> str:
    """How many new rows of each kind, in words."""
    kinds = [change.record.partition(":")[0] for change in changes if change.kind == "create"]
    told = [(kind, kinds.count(kind)) for kind in COUNTED if kind in kinds]
    comma = str(pgettext("between names", "、"))
    return comma.join(_("%(kind)s %(count)s") % {"kind": kind_name(kind), "count": number} for kind, number in told)


def may_publish(user: Any) -> bool:
    """Whether this person's imports may be public at once."""
    return bool(user.has_perms([f"films.publish_{kind}" for kind in ("film", "interview", "edition")]))


def why_draft(intake: Intake, told: importer.FileReport, user: Any) -> list[str]:
    """The reasons for which new entries would be drafts."""
    reasons = []
    doubts = sum(1 for point in told.points if point.doubt)
    if doubts:
        words = ngettext("有 %(count)s 处存疑，见下", "有 %(count)s 处存疑，见下", doubts)
        reasons.append(words % {"count": doubts})
    if intake.options.get("draft"):
        reasons.append(_("您要求一律存为草稿"))
    if not may_publish(user):
        reasons.append(_("您可以导入，发布要由有发布权限的人来做"))
    return reasons


def needs(told: importer.FileReport) -> str:
    """What a person could say to have it read better: labels, encoding, or nothing."""
    code = told.reason_code or ""
    if code in ENCODING_REFUSALS:
        return "encoding"
    is_unheard = code in LABEL_REFUSALS or any(point.code == "no_dialogue" for point in told.points)
    return "labels" if is_unheard else ""


def stored_source(told: importer.FileReport) -> Source | None:
    """The source that this article is, or would be a new version of."""
    if told.stored_in or told.source_id:
        return Source.objects.defer("text").filter(pk=told.stored_in or told.source_id).first()
    return None


def preview_context(intake: Intake, told: importer.FileReport, user: Any) -> dict[str, Any]:
    """Everything the preview page says."""
    entries = entries_of(told.rows)
    source = stored_source(told)
    text = text_of(intake, told)
    report = told.to_json()
    found = differences(told, source, entries)
    records = {key: Record(key, kind_name(key.partition(":")[0]), entry.label) for key, entry in entries.items()}
    return {
        "intake": intake,
        "told": told,
        "outcome": OUTCOMES[told.outcome],
        "reason": said(told.reason_code, told.reason_values),
        "is_importable": told.outcome in ("created", "updated"),
        "counts": counts(told.changes),
        "drafts": why_draft(intake, told, user),
        "source": source,
        "article": told.article,
        "points": points(report, records),
        "doubts": sum(1 for point in told.points if point.doubt),
        "differences": found,
        "coverage": report["coverage"] or {},
        "percentage": percentage(report["coverage"] or {}),
        "lines": lines_of(told, text) if text else [],
        "labels": labels_seen(text) if text and not intake.name.endswith(".json") else [],
        "needs": needs(told),
    }
