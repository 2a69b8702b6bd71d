"""Plan → rows, inside the caller's transaction: bulk writes only, so what saving derives is set here."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Max
from django.utils import timezone

from films.choices import Status
from films.history.trees import entry_of
from films.importer import bulk
from films.importer.changes import Create, Plan
from films.importer.compare import Update
from films.importer.keeping import Keeper
from films.importer.names import Names
from films.importer.shapes import ALL_SHAPES, MANY, NAMED_MODELS, REFERENCES, ROW_FIELDS, SHAPES, Shape
from films.models import (
    Creator,
    Credit,
    Edition,
    Exchange,
    Film,
    Interview,
    Partnership,
    Source,
    Theme,
    ToolUse,
    Work,
    WorkMention,
)
from films.models.postered import choose_posters
from films.models.publishable import Publishable
from films.search import rewrite
from films.text import sort_key


@dataclass
class Application:
    """One article's writing: the ids of what is named and of what was there or is made."""

    source: Source
    plan: Plan
    names: Names
    status: Status
    edition: Any = None
    ids: dict[tuple[str, str], int] = field(default_factory=dict)
    named: dict[type[Any], dict[str, int]] = field(default_factory=dict)
    rows: dict[tuple[str, str], Any] = field(default_factory=dict)
    keeper: Keeper | None = None

    def run(self, present: dict[str, dict[str, Any]]) -> None:
        """Write everything: names, departures, then each kind, parents first."""
        if self.edition:
            self.ids["edition", "edition"] = self.edition.pk
        self.ids |= {(kind, key): row.pk for kind, rows in present.items() for key, row in rows.items()}
        if self.keeper:
            self.keeper.look(self._to_change())
        self._resolve_names()
        self._delete()
        for shape in ALL_SHAPES:
            self._make(shape, self.plan.of(shape.kind))
            self._update(shape, [update for update in self.plan.updates if update.row._meta.model is shape.model])
        self._quote()
        self._file_under_themes()
        owners = self._owners()
        self._raise_versions(owners)
        self._index(owners)
        if self.keeper:
            self.keeper.keep(owners, self.rows.values(), self._themes())

    def _to_change(self) -> list[tuple[type[Any], int]]:
        """The entries that were there before and are to change, themselves or in a row of theirs."""
        changed = [entry_of(update.row) for update in self.plan.updates if update.values]
        gone = [entry_of(row) for row in self.plan.deletes]
        parents = [(create.shape, create.wanted.parent) for create in self.plan.creates if create.shape.parent]
        grown = [
            (SHAPES[shape.parent_kind].model, self.ids[shape.parent_kind, key])
            for shape, key in dict.fromkeys(parents)
            if (shape.parent_kind, key) in self.ids
        ]
        return [*changed, *gone, *grown]

    def _themes(self) -> dict[int, list[int]]:
        """The themes under which new films were filed."""
        ids = self.named.get(Theme, {})
        films = [(self.rows["film", create.wanted.key], create.values) for create in self.plan.of("film")]
        return {row.pk: [ids[word] for word in values.get("themes", [])] for row, values in films}

    def _resolve_names(self) -> None:
        wanted: dict[type[Any], set[str]] = defaultdict(set)
        written = [create.values for create in self.plan.creates] + [update.values for update in self.plan.updates]
        for values in written:
            for name, value in values.items():
                if value and name in NAMED_MODELS:
                    wanted[NAMED_MODELS[name]].add(value)
                elif name in MANY:
                    wanted[MANY[name]].update(value)
        self.named = {model: self.names.resolve(model, sorted(names)) for model, names in wanted.items()}

    def _delete(self) -> None:
        by_model: dict[type[Any], list[int]] = defaultdict(list)
        for row in self.plan.deletes:
            by_model[type(row)].append(row.pk)
        for model, ids in by_model.items():
            model.objects.filter(pk__in=ids).delete()

    def _make(self, shape: Shape, creates: list[Create]) -> None:
        if not creates:
            return
        rows = [self._row(create) for create in creates]
        if hasattr(shape.model, "slug"):
            self._address(shape, creates, rows)
        if shape.model is Exchange:
            self._give_anchors(rows)
        if shape.model is Interview:
            self._count_anchors(creates, rows)
        if shape.model is Film:
            choose_posters(rows)
        first = self._said_first(shape, rows)
        bulk.insert(shape.model, [row for row, other in zip(rows, first, strict=True) if row is other])
        for create, row, other in zip(creates, rows, first, strict=True):
            self.ids[shape.kind, create.wanted.key] = other.pk
            if row is other:
                self.rows[shape.kind, create.wanted.key] = row
        if shape.kind == "edition":
            self.names.learn_edition(rows[0])

    def _said_first(self, shape: Shape, rows: list[Any]) -> list[Any]:
        """For each row itself, or the one before that says the same: two names may stand for one joined entry."""
        if not shape.once:
            return rows
        said: dict[tuple[Any, ...], Any] = {}
        columns = [f"{shape.parent}_id", *(f"{name}_id" if name in REFERENCES else name for name in shape.once)]
        return [said.setdefault(tuple(getattr(row, name) for name in columns), row) for row in rows]

    def _row(self, create: Create) -> Any:
        """An unsaved row with everything that `save()` would have derived."""
        shape, wanted = create.shape, create.wanted
        imported = dict(create.imported)
        columns: dict[str, Any] = {}
        for name, value in create.values.items():
            if name in REFERENCES:
                columns[f"{name}_id"] = self._id(name, value)
                imported[f"{name}_id"] = columns[f"{name}_id"]
            elif name not in MANY:
                columns[name] = value
        if shape.parent and wanted.parent:
            columns[f"{shape.parent}_id"] = self.ids[shape.parent_kind, wanted.parent]
        row = shape.model(
            source=self.source, source_key=wanted.key, passages=wanted.passages, imported=imported, **columns
        )
        return self._derive(row, self.status)

    def _derive(self, row: Any, status: Status | None = None) -> Any:
        if isinstance(row, Publishable):
            row.status = status.value if status else row.status
            if status and self.keeper:
                row.created_by_id = self.keeper.author.user
            row.stamp()
        if isinstance(row, Film):
            row.title_sort = sort_key(row.title) if row.title else ""
        return row

    def _id(self, name: str, value: Any) -> int | None:
        """The id that a name or key stands for; None for an entry that is not there (any more)."""
        if value is None:
            return None
        if name in ROW_FIELDS:
            return self.ids.get((ROW_FIELDS[name], value))
        return self.named[NAMED_MODELS[name]][value]

    def _address(self, shape: Shape, creates: list[Create], rows: list[Any]) -> None:
        words = [self._address_words(shape, create, row) for create, row in zip(creates, rows, strict=True)]
        for row, slug in zip(rows, self.names.slugs.allocate(shape.model, words), strict=True):
            row.slug = slug

    def _address_words(self, shape: Shape, create: Create, row: Any) -> str:
        """An untitled film goes by its first maker, a talk about a film by the film."""
        if shape.model is Film and not row.title:
            credits = self.plan.of("credit", create.wanted.key)
            return next((credit.values["creator"] for credit in credits), "")
        if shape.model is Interview and not row.heading:
            film = self.rows.get(("film", create.wanted.parent))
            return film.slug if film else self.source.slug
        return str(row.slug_source())

    def _count_anchors(self, creates: list[Create], rows: list[Interview]) -> None:
        """A new talk on a new page will have given as many anchors as it has exchanges."""
        counted = Counter(exchange.wanted.parent for exchange in self.plan.of("exchange"))
        for create, row in zip(creates, rows, strict=True):
            is_new_page = not create.wanted.parent or ("film", create.wanted.parent) in self.rows
            row.last_anchor = counted[create.wanted.key] if is_new_page else 0

    def _give_anchors(self, rows: list[Exchange]) -> None:
        """The next numbers on each page; a number once given is never given again (one query)."""
        by_interview: dict[int, list[Exchange]] = defaultdict(list)
        for row in rows:
            by_interview[row.interview_id].append(row)
        on_new_pages = {row.pk for row in self.rows.values() if isinstance(row, Interview) and row.last_anchor}
        known = set(by_interview) - on_new_pages
        last = _last_anchors(known) if known else {}
        for pk, exchanges in by_interview.items():
            for number, row in enumerate(exchanges, start=last.get(pk, 0) + 1):
                row.anchor = number
            if pk not in on_new_pages:
                Interview.objects.filter(pk=pk).update(last_anchor=exchanges[-1].anchor)

    def _update(self, shape: Shape, updates: list[Update]) -> None:
        """Write the rows that differ, all of one kind at once."""
        columns: set[str] = set()
        for update in updates:
            columns |= self._change(update)
        if shape.model is Film:
            columns |= choose_posters(update.row for update in updates)
        if updates:
            bulk.update(shape.model, [update.row for update in updates], sorted(columns))

    def _change(self, update: Update) -> set[str]:
        row, columns = update.row, {"imported", "passages"}
        for name, value in update.values.items():
            if name in REFERENCES:
                setattr(row, f"{name}_id", self._id(name, value))
                update.imported[f"{name}_id"] = getattr(row, f"{name}_id")
            elif name not in MANY:
                setattr(row, name, value)
            columns |= {name} - set(MANY)
        row.imported = update.imported
        row.passages = row.passages if update.passages is None else update.passages
        return columns | self._stamp(row, update)

    def _stamp(self, row: Any, update: Update) -> set[str]:
        columns = {"title_sort"} if isinstance(row, Film) else set()
        self._derive(row)
        if update.values and isinstance(row, Publishable):
            columns |= {"updated_at", "first_published_at"}
        return columns

    def _quote(self) -> None:
        """Point films at the answers they are quoted from, which are made after them."""
        quoted = [(c.values, self.rows["film", c.wanted.key]) for c in self.plan.of("film")]
        quoted += [(update.values, update.row) for update in self.plan.updates if isinstance(update.row, Film)]
        for values, row in quoted:
            exchange = self.ids.get(("exchange", values.get("pull_quote_exchange") or ""))
            if exchange and row.pull_quote_exchange_id != exchange:
                row.pull_quote_exchange_id = row.imported["pull_quote_exchange_id"] = exchange
                Film.objects.filter(pk=row.pk).update(pull_quote_exchange=exchange, imported=row.imported)

    def _file_under_themes(self) -> None:
        themes = self.named.get(Theme, {})
        for create in self.plan.of("film"):
            if words := create.values.get("themes"):
                self.rows["film", create.wanted.key].themes.set([themes[word] for word in words])
        for update in self.plan.updates:
            if "themes" in update.values:
                update.row.themes.set([themes[word] for word in update.values["themes"]])

    def _owners(self) -> dict[type[Any], set[int]]:
        """The films, talks and editions whose own columns or children were written."""
        owners: dict[type[Any], set[int]] = {Film: set(), Interview: set(), Edition: set()}
        changed = [update.row for update in self.plan.updates if update.values]
        for row in [*self.rows.values(), *changed, *self.plan.deletes]:
            if type(row) in owners:
                owners[type(row)].add(row.pk)
            elif isinstance(row, Exchange):
                owners[Interview].add(row.interview_id)
            else:
                owners[Edition if isinstance(row, Partnership) else Film].add(getattr(row, _OWNER[type(row)]))
        return owners

    def _raise_versions(self, owners: dict[type[Any], set[int]]) -> None:
        """A form that was open during the import must not save over what the import wrote."""
        made = {(type(row), row.pk) for row in self.rows.values()}
        for model, ids in owners.items():
            if old := [pk for pk in ids if (model, pk) not in made]:
                model.objects.filter(pk__in=old).update(version=F("version") + 1, updated_at=timezone.now())

    def _index(self, owners: dict[type[Any], set[int]]) -> None:
        """Let the search find what was written; what was just made, nothing else names."""
        made = self.names.made
        people, works = made.pop(Creator, []), made.pop(Work, [])
        # An edition without a statement is found by the article's lead, which may be all that changed.
        editions = {pk for (model, _key), pk in self.ids.items() if model == "edition"}
        rewrite(owners[Film], owners[Interview], people, works, owners[Edition] | editions)


_OWNER = {Partnership: "edition_id", Credit: "film_id", ToolUse: "film_id", WorkMention: "film_id"}


def _last_anchors(interviews: Iterable[int]) -> dict[int, int]:
    """The highest number given so far on the page of each talk."""
    talks = Interview.objects.filter(pk__in=interviews).annotate(on_page=Max("film__interviews__last_anchor"))
    found = talks.values_list("pk", "last_anchor", "on_page")
    return {pk: max(last, page or 0) for pk, last, page in found}
