"""All records of the site, or of one edition, in the order in which their rows were made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Model, Q, QuerySet

from films.models import (
    Creator,
    Edition,
    Film,
    Interview,
    Organisation,
    SlugRedirect,
    Source,
    Theme,
    Tool,
    Topic,
    Work,
)
from films.seeding.keys import SLUGGED, Keys
from films.seeding.records import BELOW, PARENTS, Record, told

WORDS: dict[str, type[Model]] = {
    "organisations": Organisation,
    "creators": Creator,
    "tools": Tool,
    "topics": Topic,
    "themes": Theme,
    "works": Work,
}
Rows = dict[type[Model], QuerySet[Any]]


def chosen(edition: Edition | None) -> Rows:
    """The rows to tell: all, or those of an edition; of words and people all."""
    films, talks, editions = Film.objects.all(), Interview.objects.all(), Edition.objects.all()
    sources = Source.objects.all()
    if edition:
        films = films.filter(edition=edition)
        talks = talks.filter(Q(film__in=films.values("pk")) | Q(film=None, edition=edition))
        editions = editions.filter(pk=edition.pk)
        named = [rows.exclude(source=None).values("source") for rows in (films, talks, editions)]
        sources = sources.filter(Q(pk__in=named[0]) | Q(pk__in=named[1]) | Q(pk__in=named[2]))
    words: Rows = {model: model._default_manager.all() for model in WORDS.values()}
    return {**words, Source: sources, Edition: editions, Film: films, Interview: talks}


class Teller:
    def __init__(self, edition: Edition | None = None) -> None:
        self.keys, self.rows = Keys(), chosen(edition)
        self.themes: dict[int, list[str]] = defaultdict(list)
        for film, theme in Film.themes.through.objects.order_by("theme__slug").values_list("film_id", "theme__slug"):
            self.themes[film].append(theme)
        if edition:
            self.leave_out_unnamed()

    def leave_out_unnamed(self) -> None:
        """Of words and people keep those that the rest names; they name none of one another."""
        self.records(Source)
        for model in (Edition, Film, Interview):
            self.entries(model)
        films = self.rows[Film].order_by().values("pk")
        self.keys.named[Theme].update(
            Film.themes.through.objects.filter(film__in=films).values_list("theme", flat=True)
        )
        words = WORDS.values()
        self.rows |= {model: model._default_manager.filter(pk__in=self.keys.named[model]) for model in words}

    def words(self) -> dict[str, list[Record]]:
        found = {name: self.records(model) for name, model in WORDS.items()}
        found["creators"] = list(self.with_rows_below(Creator, found["creators"]))
        return found

    def records(self, model: type[Model]) -> list[Record]:
        return [told(row, self.keys) for row in self.rows[model].order_by("pk")]

    def entries(self, model: type[Any]) -> list[Record]:
        """Editions, films or interviews, each with the rows below it and its place among all of its kind."""
        found = []
        for order, row in enumerate(self.rows[model].order_by("pk"), start=1):
            record = {"order": order, **told(row, self.keys)}
            if model is Film and self.themes[row.pk]:
                record["themes"] = self.themes[row.pk]
            found.append(record)
        return list(self.with_rows_below(model, found))

    def with_rows_below(self, model: type[Any], records: list[Record]) -> Iterator[Record]:
        """Records of all rows of a model, in their order, each with the rows that belong to it."""
        below = {name: self.below(kind, model) for name, kind in BELOW[model]}
        numbers = self.rows[model].order_by("pk").values_list("pk", flat=True)
        for pk, record in zip(numbers, records, strict=True):
            yield record | {name: rows[pk] for name, rows in below.items() if rows[pk]}

    def below(self, model: type[Any], parent: type[Any]) -> dict[int, list[Record]]:
        found: dict[int, list[Record]] = defaultdict(list)
        name = PARENTS[model]
        rows = model._base_manager.filter(**{f"{name}__in": self.rows[parent].order_by().values("pk")})
        for row in rows.order_by("pk"):
            found[getattr(row, f"{name}_id")].append(told(row, self.keys))
        return found

    def texts(self) -> dict[str, str]:
        """The articles as received, by the addresses of their sources."""
        return dict(self.rows[Source].order_by("slug").values_list("slug", "text"))

    def redirects(self) -> list[Record]:
        """Old addresses of the rows that are told."""
        models = {model._meta.model_name: model for model in SLUGGED}
        told_keys = {name: set(self.rows[model].values_list("pk", flat=True)) for name, model in models.items()}
        return [
            {"model": old.model, "slug": old.slug, "target": self.keys.key(models[old.model], old.target_id)}
            for old in SlugRedirect.objects.order_by("model", "slug")
            if old.target_id in told_keys.get(old.model, ())
        ]
