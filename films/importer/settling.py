"""Conflicts between an article and an editor: what is offered, and a person's answer to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import transaction

from films.importer.bulk import ids_of
from films.importer.identity import sha256
from films.importer.present import now_of
from films.importer.shapes import MANY, NAMED_MODELS, REFERENCES, ROW_FIELDS, SHAPES
from films.importer.slugs import Slugs
from films.models import Creator, Work
from films.text import fold


class Offer(NamedTuple):
    """What the article says of a field in which an editor says otherwise.

    `values` are under the keys by which `imported` remembers them; fields that only mean something
    together (a title and where it is from) are offered together.
    """

    row: Any
    field: str
    values: dict[str, Any]

    @property
    def fields(self) -> dict[str, Any]:
        """The offered value of each field."""
        return {key.rpartition(":")[2]: value for key, value in self.values.items()}

    @property
    def prefix(self) -> str:
        """What another article's values of a shared edition are remembered under."""
        before, _colon, _name = next(iter(self.values)).rpartition(":")
        kept = before.removesuffix("editor").removesuffix(":")
        return f"{kept}:" if kept else ""

    @property
    def base_key(self) -> str:
        """Under which key the field's value of before is remembered."""
        return next(key for key in self.values if key.rpartition(":")[2] == self.field)

    @property
    def now(self) -> dict[str, Any]:
        return {name: now_of(self.row, name, self.prefix) for name in self.fields}

    @property
    def is_open(self) -> bool:
        """Neither taken, nor typed, nor turned down since."""
        return self.now != self.fields and any(
            self.row.imported.get(key, ...) != value for key, value in self.values.items()
        )

    @property
    def seen(self) -> str:
        """Stands for both sides as a person saw them."""
        return sha256(repr(sorted(self.now.items())), repr(sorted(self.values.items())))[:16]


def offers_of(report: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Record, field and offered values of each conflict in the last report of a source."""
    offers = report.get("offers", {})
    for change in report.get("changes", []):
        if change.get("kind") == "conflict" and change.get("field"):
            record, field = change["record"], change["field"]
            yield record, field, offers.get(record, {}).get(field, {field: change.get("to")})


def keep_ours(offer: Offer) -> None:
    """Remember the article's value as known: the row stays, and the next import does not ask again."""
    remembered = dict(offer.row.imported)
    for key, value in offer.values.items():
        remembered[key] = value
        remembered.pop(f"{key}_id", None)
    offer.row.imported = remembered
    type(offer.row).objects.filter(pk=offer.row.pk).update(imported=remembered)


def take_theirs(offer: Offer) -> None:
    """Give the row the article's value, through its model; the caller claims the version and indexes."""
    remembered, row = dict(offer.row.imported), offer.row
    with transaction.atomic():
        for key, value in offer.values.items():
            name = key.rpartition(":")[2]
            remembered[key] = value
            if name in MANY:
                row.themes.set([MANY[name].objects.get_or_create(name=word)[0] for word in value])
            elif name in REFERENCES:
                remembered[f"{offer.prefix}{name}_id"] = _point(row, name, value)
            else:
                setattr(row, name, value)
        row.imported = remembered
        row.save(update_fields=[*(name for name in offer.fields if name not in MANY), "imported"])


def _point(row: Any, name: str, value: str | None) -> int | None:
    """Point a reference at the row that a name or key stands for; gives its id."""
    found = None if value is None else _referred(row, name, value)
    setattr(row, f"{name}_id", found)
    return found


def _referred(row: Any, name: str, value: str) -> int | None:
    if name in ROW_FIELDS:
        rows = SHAPES[ROW_FIELDS[name]].model.objects.filter(source_id=row.source_id, source_key=value)
        return rows.values_list("pk", flat=True).first()  # type: ignore[no-any-return]
    return _named(NAMED_MODELS[name], value)


def _named(model: type[Any], name: str) -> int:
    """The row of this compared name, made where it is missing."""
    if model in (Creator, Work):
        column = "compared_name" if model is Creator else "compared_title"
        known = ids_of(model, column, [fold(name)])
    else:
        known = {fold(known): pk for pk, known in model.objects.values_list("pk", "name")}
    if fold(name) in known:
        return int(known[fold(name)])
    row = model(title=name) if model is Work else model(name=name)
    if hasattr(row, "slug"):
        [row.slug] = Slugs().allocate(model, [name])
    row.save()
    return int(row.pk)
