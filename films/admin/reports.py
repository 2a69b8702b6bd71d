"""An import report in the words and links of the admin: pure reading, nothing is changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.apps import apps
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from films.admin.labels import label_of
from films.admin.points import TITLES, said
from films.admin.provenance import field_label, in_words, words
from films.differing import Piece, sides
from films.importer.looking import mark_of
from films.importer.settling import Offer, offers_of
from films.models import Source

OUTCOMES = {
    "created": _("新建"),
    "updated": _("更新"),
    "unchanged": _("没有变化"),
    "refused": _("拒收"),
    "duplicate": _("重复"),
}
KINDS = ("edition", "partnership", "film", "credit", "interview", "exchange", "tooluse", "workmention")


class Record(NamedTuple):
    """A row that the report or the source speaks of; `url` is empty when it is gone."""

    key: str
    kind: str
    label: str
    url: str = ""
    row: Any = None


class Conflict(NamedTuple):
    """A field that both the source and an editor changed; the editor's value was kept.

    `seen` stands for both sides as they are shown; there is none where the row is gone.
    """

    record: Record
    field: str
    now: list[Piece]
    imported: str
    offered: list[Piece]
    seen: str = ""
    edit_url: str = ""


def kind_name(kind: str) -> str:
    try:
        return capfirst(str(apps.get_model("films", kind)._meta.verbose_name))
    except LookupError:
        return kind


def owner_of_record(row: Any) -> Any:
    """The row whose form a row is edited in: its own, or the film or edition it belongs to."""
    owner = row
    for name in ("film", "edition"):
        if row._meta.model_name in ("credit", "tooluse", "workmention", "partnership"):
            owner = getattr(row, name, None) or owner
    return owner


def admin_url(row: Any) -> str:
    """The form where a row is edited."""
    owner = owner_of_record(row)
    return reverse(f"admin:films_{owner._meta.model_name}_change", args=[owner.pk])


def field_url(row: Any, field: str) -> str:
    """The same, at one field; of a row of a form, at its group of rows."""
    owner = owner_of_record(row)
    if owner is row:
        return f"{admin_url(row)}#id_{field}"
    rows = row._meta.get_field(owner._meta.model_name).remote_field.get_accessor_name()
    return f"{admin_url(row)}#{rows}-group"


def records_of(source: Source | None, keys: Iterable[str]) -> dict[str, Record]:
    """The rows behind record names such as `film:amie` (one query a kind)."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        kind, _mark, source_key = key.partition(":")
        wanted[kind].append(source_key)
    found = {key: Record(key, kind_name(key.partition(":")[0]), whose(key)) for key in keys}
    for kind, source_keys in wanted.items():
        if source is not None and kind in KINDS:
            for row in rows_of(source, kind).filter(source_key__in=source_keys):
                key = f"{kind}:{row.source_key}"
                found[key] = Record(key, kind_name(kind), label_of(row), admin_url(row), row)
    return found


def whose(key: str) -> str:
    """Of a row that is gone what its name still tells: whose it was."""
    return key.partition(":")[2].partition("/")[0]


def rows_of(source: Source, kind: str) -> Any:
    """The rows of one kind that came from a source, with what their labels and links read."""
    related = {
        "credit": ["creator", "film"],
        "tooluse": ["tool", "film"],
        "workmention": ["work", "film"],
        "partnership": ["organisation", "edition"],
        "interview": ["film"],
        "exchange": ["speaker", "interview"],
    }
    rows = apps.get_model("films", kind)._default_manager.filter(source=source)
    rows = rows.select_related(*related[kind]) if kind in related else rows
    prefetched = {"film": "credits__creator", "interview": "film__credits__creator"}
    return rows.prefetch_related(prefetched[kind]) if kind in prefetched else rows


def value_now(row: Any, field: str) -> str:
    if row is None:
        return ""
    value = getattr(row, field, "")
    if hasattr(value, "all"):
        return words([str(entry) for entry in value.all()])
    return words(value)


def conflicts(report: dict[str, Any], records: dict[str, Record]) -> list[Conflict]:
    """What an editor is still to answer: settled or outdated conflicts are left out."""
    found = []
    for record_key, field, values in offers_of(report):
        record = records[record_key]
        if record.row is None:
            continue
        offer = Offer(record.row, field, values)
        if offer.is_open:
            found.append(conflict(record, offer))
    return found


def conflict(record: Record, offer: Offer) -> Conflict:
    """Both sides in words, with marks where they differ."""
    row, field = offer.row, offer.field
    now, offered = sides(value_now(row, field), in_words(row, field, offer.fields[field]))
    imported = in_words(row, field, row.imported.get(offer.base_key))
    return Conflict(record, field_label(type(row), field), now, imported, offered, offer.seen, field_url(row, field))


def points(report: dict[str, Any], records: dict[str, Record]) -> list[dict[str, Any]]:
    """What reading noticed: doubts first, then in the order of the lines."""
    ordered = sorted(report.get("points", []), key=lambda point: (not point.get("doubt"), point.get("line") or 0))
    return [
        {
            **point,
            "title": TITLES.get(point.get("code"), ""),
            "sentence": said(point.get("code"), point.get("values")),
            "row": records.get(point.get("record") or ""),
            "mark": mark_of(point),
        }
        for point in ordered
    ]


def percentage(coverage: dict[str, Any]) -> str:
    """The share of the body that landed in a row, rounded down: 99.9 is not 100."""
    body, used = coverage.get("body_characters") or 0, coverage.get("used_characters") or 0
    return f"{used * 1000 // body / 10:.1f}" if body else ""


def keys_in(report: dict[str, Any]) -> list[str]:
    named = [change.get("record") for change in report.get("changes", [])]
    named += [point.get("record") for point in report.get("points", [])]
    return list(dict.fromkeys(key for key in named if key))


def file_context(report: dict[str, Any], source: Source | None) -> dict[str, Any]:
    """One file's report for its template."""
    records = records_of(source, keys_in(report))
    coverage = report.get("coverage") or {}
    return {
        "report": report,
        "source": source,
        "outcome": OUTCOMES.get(report.get("outcome", ""), report.get("outcome", "")),
        "reason": said(report.get("reason_code"), report.get("reason_values")),
        "points": points(report, records),
        "conflicts": conflicts(report, records),
        "coverage": coverage,
        "percentage": percentage(coverage),
    }
