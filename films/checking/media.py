"""Files and the rows that name them, compared: what is missing, altered, not made yet, or no row's any more."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import FileField, Model, Q
from reversion.models import Version

from films.backup import media
from films.choices import MediaFault
from films.files import sha256_of
from films.models import MediaCheck
from films.models.picture import Picture

# A file is stored before its row is committed: what is younger may be on its way.
YOUNG = dt.timedelta(hours=1)
NAMED = re.compile(r"\b(?:originals|videos)/[0-9a-f]{32}\.\w+")


@dataclass(frozen=True)
class Fault:
    name: str
    fault: MediaFault
    size: int = 0
    # The row that names the file, as people know it.
    row: str = ""

    def __str__(self) -> str:
        return f"{self.name}: {self.fault.value}" + (f", named by {self.row}" if self.row else "")


@dataclass
class Expected:
    """What the rows and their history name: stored files with their digests, files made of them, and what came before."""

    stored: dict[str, tuple[str, Any]] = field(default_factory=dict)
    made: dict[str, Picture] = field(default_factory=dict)
    before: set[str] = field(default_factory=set)


def with_files() -> list[tuple[type[Model], Any]]:
    """Every column of ours that names a file."""
    models = apps.get_app_config("films").get_models()
    return [(model, column) for model in models for column in model._meta.fields if isinstance(column, FileField)]


def expected() -> Expected:
    """One query a model, and one for the history."""
    found = Expected()
    for model, column in with_files():
        for row in model._base_manager.exclude(**{column.attname: ""}).order_by("pk"):
            found.stored[str(getattr(row, column.attname))] = str(getattr(row, "sha256", "")), row
            if isinstance(row, Picture):
                found.made |= {file.name: row for file in row.renditions()}
    found.before = named_in_history() - found.stored.keys()
    return found


def named_in_history() -> set[str]:
    """Files that an earlier state of an entry names, and needs when somebody brings it back."""
    folders = Q(serialized_data__contains="originals/") | Q(serialized_data__contains="videos/")
    texts = Version.objects.filter(folders).values_list("serialized_data", flat=True)
    return {name for text in texts.iterator() for name in NAMED.findall(text)}


def faults(*, with_content: bool = True) -> list[Fault]:
    """Everything that is wrong with the media; reads every file unless only their names are asked about."""
    rows, present = expected(), set(media.names())
    found = [*missing(rows, present), *not_made(rows, present), *orphans(rows, present)]
    return found + (list(altered(rows, present)) if with_content else [])


def missing(rows: Expected, present: set[str]) -> Iterator[Fault]:
    for name, (_digest, row) in rows.stored.items():
        if name not in present:
            yield Fault(name, MediaFault.MISSING, row=told(row))


def altered(rows: Expected, present: set[str]) -> Iterator[Fault]:
    """Files whose bytes are not those that were taken in."""
    for name, (digest, row) in rows.stored.items():
        if digest and name in present:
            with media.open_media(name) as file:
                if sha256_of(file) != digest:
                    yield Fault(name, MediaFault.ALTERED, default_storage.size(name), told(row))


def not_made(rows: Expected, present: set[str]) -> Iterator[Fault]:
    for name, row in rows.made.items():
        if name not in present:
            yield Fault(name, MediaFault.DERIVATIVE, row=told(row))


def orphans(rows: Expected, present: set[str]) -> Iterator[Fault]:
    """Files that no row names; those that a row may name in a moment, or named before, are none."""
    for name in sorted(present - rows.stored.keys() - rows.made.keys() - rows.before):
        if not is_young(name):
            yield Fault(name, MediaFault.ORPHAN, default_storage.size(name))


def is_young(name: str) -> bool:
    modified = default_storage.get_modified_time(name)
    return bool(dt.datetime.now(modified.tzinfo) - modified < YOUNG)


def told(row: Any) -> str:
    owner = getattr(row, "film", None) or getattr(row, "creator", None)
    return f"{row._meta.model_name} {row.pk} of {owner._meta.model_name} {owner.pk} “{owner}”" if owner else str(row)


@transaction.atomic
def note(found: list[Fault], now: dt.datetime) -> None:
    """Leave what was found to the board, in place of what was found before; what was seen before keeps its date."""
    known = {(row.name, row.fault): row for row in MediaCheck.objects.all()}
    here = {(fault.name, fault.fault.value): fault for fault in found}
    MediaCheck.objects.filter(pk__in=[row.pk for key, row in known.items() if key not in here]).delete()
    MediaCheck.objects.bulk_create(
        MediaCheck(name=fault.name[:255], fault=fault.fault, size=fault.size, found_at=now)
        for key, fault in here.items()
        if key not in known
    )


def remake(found: list[Fault]) -> int:
    """Make again what pages show of pictures; gives how many pictures that were."""
    wanted, rows = {fault.name for fault in found if fault.fault == MediaFault.DERIVATIVE}, expected()
    pictures = {(type(row), row.pk): row for name, row in rows.made.items() if name in wanted}
    able = [row for row in pictures.values() if default_storage.exists(str(row.image))]
    for row in able:
        row.render(row.renditions())
    return len(able)


def delete(found: list[Fault]) -> int:
    """Take orphans away, each looked at once more: a row may have come to name it meanwhile."""
    names = {fault.name for fault in found if fault.fault == MediaFault.ORPHAN}
    still = {fault.name for fault in orphans(expected(), set(media.names()))}
    for name in names & still:
        default_storage.delete(name)
    return len(names & still)
