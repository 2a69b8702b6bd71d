"""Names → rows: people and works by exact compared name or alias, tools by any spelling, what is missing is made."""

from collections.abc import Iterable
from typing import Any

from films.history.recorded import deleted
from films.importer.bulk import ids_of, insert
from films.importer.slugs import Slugs
from films.importer.topics import Topics
from films.models import Creator, Edition, Tool, Topic, Work
from films.reading.article import EditionFacts
from films.reading.vocabulary import Vocabulary
from films.text import fold, sort_key


class Names:
    """What one run has looked up so far; forgotten when a file fails, for its rows were never written."""

    def __init__(self, vocabulary: Vocabulary, topics: Topics) -> None:
        self.words = {fold(tool.name): tool for tool in vocabulary.tools}
        self.topics = topics
        self.forget()

    def forget(self) -> None:
        self.slugs = Slugs()
        self._small: dict[type[Any], dict[str, int]] = {}
        self._joined: dict[type[Any], dict[str, int]] = {}
        self._deleted: dict[type[Any], set[str]] = {}
        self._editions: dict[tuple[str, str], list[tuple[int, int | None]]] | None = None
        self.made: dict[type[Any], list[int]] = {}

    def resolve(self, model: type[Any], names: Iterable[str]) -> dict[str, int]:
        """The id of each name, made where it is missing."""
        wanted = {fold(name): name for name in names}
        if not wanted:
            return {}
        known = self._known(model, list(wanted))
        missing = [name for compared, name in wanted.items() if compared not in known]
        if missing:
            known |= self._make(model, missing)
        return {name: known[compared] for compared, name in wanted.items()}

    def _known(self, model: type[Any], compared: list[str]) -> dict[str, int]:
        if model is Creator or model is Work:
            known = ids_of(model, "compared_name" if model is Creator else "compared_title", compared)
            return known if len(known) == len(compared) else self._aliases(model) | known
        if model not in self._small:
            self._small[model] = _spellings(model)
        return self._small[model]

    def _aliases(self, model: type[Any]) -> dict[str, int]:
        """What people and works that were joined, or named anew, also go by; few of them do."""
        if model not in self._joined:
            self._joined[model] = {}
            rows = model.objects.exclude(aliases=[]).order_by("-pk").values_list("pk", "aliases")
            for pk, aliases in rows:
                self._joined[model] |= {fold(str(alias)): pk for alias in aliases}
        return self._joined[model]

    def is_discarded(self, model: type[Any], name: str) -> bool:
        """Whether an editor deleted what went by this name, and nothing goes by it now."""
        compared = fold(name)
        if compared in self._known(model, [compared]):
            return False
        if model not in self._deleted:
            self._deleted[model] = {
                fold(str(word)) for row in deleted(model) for word in _names_in(row.fields) if word
            }
        return compared in self._deleted[model]

    def _make(self, model: type[Any], names: list[str]) -> dict[str, int]:
        rows = [self._new(model, name) for name in names]
        if hasattr(model, "slug"):
            for row, slug in zip(rows, self.slugs.allocate(model, names), strict=True):
                row.slug = slug
        insert(model, rows)
        made = {fold(name): row.pk for name, row in zip(names, rows, strict=True)}
        self.made.setdefault(model, []).extend(made.values())
        if model in self._small:
            self._small[model] |= made
        return made

    def _new(self, model: type[Any], name: str) -> Any:
        if model is Creator:
            return Creator(name=name, compared_name=fold(name), sort_key=sort_key(name))
        if model is Work:
            return Work(title=name, compared_title=fold(name))
        if model is Topic:
            word = self.topics.words[name]
            position = list(self.topics.words).index(name) + 1
            return Topic(name=name, name_en=word.name_en, cues=list(word.cues), position=position)
        if model is Tool and fold(name) in self.words:
            tool = self.words[fold(name)]
            return Tool(name=tool.name, maker=tool.maker, aliases=list(tool.aliases))
        return model(name=name)

    def edition(self, facts: EditionFacts) -> Edition | None:
        """The edition of the same compared name and theme, and of the same year when both state one."""
        if self._editions is None:
            self._editions = {}
            for pk, name, theme, year in Edition.objects.order_by("pk").values_list("pk", "name", "theme", "year"):
                self._editions.setdefault((fold(name), fold(theme)), []).append((pk, year))
        same = self._editions.get((fold(facts.name or ""), fold(facts.theme or "")), [])
        fits = [pk for pk, year in same if year is None or facts.year is None or year == facts.year]
        return Edition.objects.order_by("pk").filter(pk=fits[0]).first() if fits else None

    def learn_edition(self, edition: Edition) -> None:
        """Let later files of the run find an edition that was just made."""
        if self._editions is not None:
            key = (fold(edition.name), fold(edition.theme))
            self._editions.setdefault(key, []).append((edition.pk, edition.year))


def _names_in(fields: dict[str, Any]) -> list[str]:
    return [fields["name"], fields.get("name_en", ""), *fields.get("aliases", [])]


def _spellings(model: type[Any]) -> dict[str, int]:
    """Every compared spelling of a small table; a row's own name goes before another's alias."""
    fields = ("name_en", "aliases") if model is Topic else ("aliases",)
    rows = list(model.objects.order_by("-pk").values_list("pk", "name", *fields))
    found: dict[str, int] = {}
    for pk, _name, *others in rows:
        for other in others:
            spellings = other if isinstance(other, list) else [other]
            found |= {fold(str(spelling)): pk for spelling in spellings if spelling}
    return found | {fold(row[1]): row[0] for row in rows}
