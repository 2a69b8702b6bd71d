"""After an import: every entry that came of it, its state, what it lacks, and the ways back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from films import missing
from films.admin.board import Cell, rows_of, with_places
from films.admin.labels import label_of
from films.models import Edition, Film, Intake, Interview, Source


@dataclass(frozen=True)
class Outcome:
    """One entry that stands in the article."""

    kind: str
    label: str
    entry: Any
    is_new: bool
    url: str
    history_url: str
    cells: tuple[Cell, ...] = ()


def done_context(intake: Intake) -> dict[str, Any]:
    """What the page after an import says."""
    source: Any = intake.source
    new = {change["record"] for change in intake.told.get("changes", []) if change["kind"] == "create"}
    entries = [outcome(entry, new) for entry in others_of(source)]
    films = list(films_of(source))
    entries += [outcome(row.film, new, tuple(cell for cell in row.cells if cell.links)) for row in rows_of(films)]
    return {
        "intake": intake,
        "source": source,
        "entries": entries,
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
