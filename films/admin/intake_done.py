"""After an import: every entry that came of it, its state, what it lacks, and the ways back."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse

from films import missing
from films.admin.board import Cell, rows_of, with_places
from films.admin.labels import label_of
from films.choices import Status
from films.models import Edition, Film, Intake, Interview, Source
from films.publishing import moves


class Outcome(NamedTuple):
    """One entry that stands in the article."""

    kind: str
    label: str
    entry: Any
    is_new: bool
    url: str
    history_url: str
    cells: tuple[Cell, ...] = ()


def new_records(intake: Intake) -> set[str]:
    """What the import made, by record."""
    return {change["record"] for change in intake.told.get("changes", []) if change["kind"] == "create"}


def made_by(intake: Intake) -> list[QuerySet[Any]]:
    """The entries that the import made and that are still there, parents first."""
    keys: dict[str, list[str]] = {kind: [] for kind in ("edition", "film", "interview")}
    for record in new_records(intake):
        kind, _mark, key = record.partition(":")
        if kind in keys:
            keys[kind].append(key)
    models: dict[str, Any] = {"edition": Edition, "film": Film, "interview": Interview}
    return [models[kind].objects.filter(source=intake.source, source_key__in=found) for kind, found in keys.items()]


def may_move(intake: Intake, user: Any) -> set[Status]:
    """Into which states this person may bring some of what the import made (3 queries)."""
    return {to for rows in made_by(intake) for entry in rows for to in moves(user, entry)}


def done_context(intake: Intake, user: Any) -> dict[str, Any]:
    """What the page after an import says."""
    source: Any = intake.source
    new, moved_to = new_records(intake), may_move(intake, user)
    entries = [outcome(entry, new) for entry in others_of(source)]
    films, page = list(films_of(source)), reverse("admin:films_intake_done", args=[intake.pk])
    entries += [
        outcome(row.film, new, tuple(cell for cell in row.cells if cell.links)) for row in rows_of(films, page, user)
    ]
    return {
        "intake": intake,
        "source": source,
        "entries": entries,
        "may_publish": Status.PUBLISHED in moved_to,
        "may_archive": Status.ARCHIVED in moved_to,
        "is_public": any(one.entry.is_published for one in entries),
        "list_url": f"{reverse('admin:films_film_changelist')}?source__id__exact={source.pk}",
    }


def others_of(source: Source) -> list[Any]:
    """The editions, and the talk about no one film."""
    talks = Interview.objects.filter(source=source, film=None)
    return [*Edition.objects.filter(source=source), *talks]


def films_of(source: Source) -> QuerySet[Any]:
    """The films with what the board asks of them."""
    rows = missing.with_gaps(Film.objects.filter(source=source)).order_by("position", "pk").select_related("edition")
    return with_places(rows).prefetch_related("credits__creator")


def outcome(entry: Any, new: set[str], cells: tuple[Cell, ...] = ()) -> Outcome:
    name = entry._meta.model_name
    record = f"{name}:{entry.source_key}"
    change, history = (reverse(f"admin:films_{name}_{page}", args=[entry.pk]) for page in ("change", "history"))
    kind, is_new = str(entry._meta.verbose_name), record in new
    return Outcome(kind, label_of(entry), entry, is_new, change, history, cells)
