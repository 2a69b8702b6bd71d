"""What a row is called outside this database, where its number means nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Model, Value
from django.db.models.functions import Concat

from films.models import Creator, Edition, Exchange, Film, Interview, Organisation, Source, Theme, Tool, Topic, Work

SLUGGED: tuple[type[Model], ...] = (Creator, Tool, Topic, Theme, Work, Source, Edition, Film, Interview)
# A number that no row has: what it named was deleted before the export.
GONE = 0
GONE_WORD = "(gone)"


def key_of(model: type[Model]) -> Any:
    """The column, or the words, by which a row is found again."""
    if model is Organisation:
        return F("name")
    if model is Exchange:
        return Concat(
            F("interview__slug"), Value("#a"), F("anchor"), output_field=Exchange._meta.get_field("question")
        )
    return F("slug")


class Keys:
    """The keys of all rows by their numbers, and back (one query a model, when it is first asked for)."""

    def __init__(self) -> None:
        self.keys: dict[type[Model], dict[int, str]] = {}
        self.numbers: dict[type[Model], dict[str, int]] = {}
        # The rows that records name, by model.
        self.named: dict[type[Model], set[int]] = defaultdict(set)
        # The media that records name, by name, with their digests.
        self.media: dict[str, str] = {}

    def load(self, model: type[Model]) -> dict[int, str]:
        if model not in self.keys:
            rows = model._base_manager.order_by().annotate(natural=key_of(model)).values_list("pk", "natural")
            self.keys[model] = dict(rows)
            self.numbers[model] = {key: pk for pk, key in self.keys[model].items()}
        return self.keys[model]

    def key(self, model: type[Model], pk: int | None) -> str | None:
        if pk is None:
            return None
        self.named[model].add(pk)
        return self.load(model).get(pk, GONE_WORD)

    def number(self, model: type[Model], key: str | None) -> int | None:
        self.load(model)
        if key is None or key == GONE_WORD:
            return None if key is None else GONE
        return self.numbers[model][key]

    def forget(self, models: Iterable[type[Model]]) -> None:
        """Read these anew: rows of them were just made."""
        for model in models:
            self.keys.pop(model, None)
