"""What entries would lack for publication once a plan is carried out: the rules of the desk, before anything is written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from films import publishing
from films.choices import Status
from films.importer.changes import Create, Plan
from films.importer.compare import Update
from films.importer.present import Present
from films.importer.shapes import SHAPES
from films.reading.article import Point

# A row that stands, or one to be made.
Entry = Any
# What the desk calls the rows of a form, the article calls by what is missing in them.
CALLED = {"exchanges": "answer"}


def hold_back(plan: Plan, present: Present) -> None:
    """Let nothing be published that lacks what publication asks for; each lack is a doubt at its line."""
    outlook = Outlook(plan, present)
    for create in plan.creates:
        _doubt(plan, create.wanted.record, create.wanted.lines, outlook.lacks(create.shape.kind, create))
    for kind in RULES if plan.writes_rows else ():
        for key, row in present.rows[kind].items():
            record = f"{kind}:{key}"
            if row.status == Status.PUBLISHED and (codes := outlook.lacks(kind, row)):
                _doubt(plan, record, plan.records.get(record, []), codes)
                _take_back(plan, outlook, record, row)


def _doubt(plan: Plan, record: str, lines: list[int], codes: list[str]) -> None:
    for code in codes:
        name = publishing.LACKS[code][0]
        told = {"field": f"field.{CALLED.get(name, name)}", "lack": f"lack.{code}"}
        plan.points.append(Point("unready", (lines or [0])[0] or None, record, doubt=True, values=told))


def _take_back(plan: Plan, outlook: "Outlook", record: str, row: Any) -> None:
    """What the article no longer fills is a draft again, unless the plan gives it another state."""
    update = outlook.updates.get((type(row), row.pk))
    if update is None:
        update = Update(row, SHAPES[row._meta.model_name], dict(row.imported))
        plan.updates.append(update)
    if "status" not in update.values:
        update.values["status"] = Status.DRAFT.value
        plan.tell_change(record, "status", "update", Status.PUBLISHED.value, Status.DRAFT.value)


@dataclass
class Outlook:
    """The entries as they will stand."""

    plan: Plan
    present: Present
    updates: dict[tuple[type[Any], int], Update] = field(default_factory=dict)
    gone: set[tuple[type[Any], int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.updates = {(type(update.row), update.row.pk): update for update in self.plan.updates}
        self.gone = {(type(row), row.pk) for row in self.plan.deletes}

    def lacks(self, kind: str, entry: Entry) -> list[str]:
        return RULES[kind](self, entry) if kind in RULES else []

    def value(self, entry: Entry, name: str) -> Any:
        if isinstance(entry, Create):
            return entry.values.get(name)
        update = self.updates.get((type(entry), entry.pk))
        return update.values[name] if update and name in update.values else getattr(entry, name)

    def below(self, kind: str, entry: Entry) -> Iterator[Entry]:
        """The rows of one kind that will hang on an entry."""
        if not isinstance(entry, Create):
            standing = self.present.siblings.get((kind, entry.pk), [])
            yield from (row for row in standing if (type(row), row.pk) not in self.gone)
        yield from self.plan.of(kind, entry.wanted.key if isinstance(entry, Create) else entry.source_key)

    def is_talk(self, interview: Entry) -> bool:
        """Whether there is something to read in it; what editors wrote themselves was not looked at closely."""
        is_ours = isinstance(interview, Create) or interview.source_id
        is_archived = self.value(interview, "status") == Status.ARCHIVED
        return not is_archived and (not is_ours or any(True for _row in self.below("exchange", interview)))


def _film(outlook: Outlook, film: Entry) -> list[str]:
    named = outlook.value(film, "title") or any(True for _row in outlook.below("credit", film))
    told = outlook.value(film, "synopsis") or outlook.value(film, "statement")
    told = told or any(outlook.is_talk(talk) for talk in outlook.below("interview", film))
    return publishing.lacks_of_film(is_named=bool(named), is_told=bool(told))


def _interview(outlook: Outlook, talk: Entry) -> list[str]:
    has_film = talk.wanted.parent if isinstance(talk, Create) else talk.film_id
    answers = [str(outlook.value(row, "answer")) for row in outlook.below("exchange", talk)]
    return publishing.lacks_of_interview(is_named=bool(outlook.value(talk, "heading") or has_film), answers=answers)


def _edition(outlook: Outlook, edition: Entry) -> list[str]:
    return publishing.lacks_of_edition(
        is_named=bool(outlook.value(edition, "theme") or outlook.value(edition, "name"))
    )


RULES = {"film": _film, "interview": _interview, "edition": _edition}
