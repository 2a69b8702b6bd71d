"""What the films of a generated site share: tools, questions, themes, works, organisations, editions, people."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import accumulate
from random import Random
from typing import Any

from films.choices import PartnershipRole, Status, WorkKind
from films.generating import words
from films.generating.names import People, Slugs
from films.generating.texts import Texts, zipf
from films.importer import bulk
from films.models import (
    Creator,
    Edition,
    Film,
    Interview,
    Organisation,
    Partnership,
    Source,
    Theme,
    Tool,
    Topic,
    Work,
)
from films.text import fold

MARK = "generated-"
FILMS_AN_EDITION = 250
FILMS_A_PERSON = 5
FIRST_DAY = dt.datetime(2016, 1, 4, 9, tzinfo=dt.UTC)
DAYS = 3400
SLUGGED: tuple[type[Any], ...] = (Creator, Edition, Film, Interview, Source, Theme, Tool, Topic, Work)
ENGLISH_EVERY = 20
NOT_YET = dt.datetime(2190, 1, 1, tzinfo=dt.UTC)

Made = dict[str, list[int]]


@dataclass
class Shelf:
    """The shared rows, and the ids of those that were made for this site."""

    number: int
    seed: int
    chance: Random
    texts: Texts
    made: Made = field(default_factory=dict)

    def fill(self) -> None:
        """Write them all, in one transaction of the caller's."""
        self.slugs: dict[Any, Slugs] = {model: slugs_of(model) for model in SLUGGED}
        self.tools = self.named(Tool, [{"name": name, "maker": maker} for name, maker, _step in words.TOOLS])
        self.topics = self.named(Topic, [topic(number) for number in range(len(words.TOPICS))])
        pairs = zip(words.THEMES, words.THEMES_EN, strict=True)
        self.themes = self.named(Theme, [{"name": name, "name_en": english} for name, english in pairs])
        self.organisations = self.named(
            Organisation, [{"name": name, "name_en": english} for name, english in words.ORGANISATIONS]
        )
        self.works = self.keep(Work, [self.work(title) for title in self.work_titles()])
        self.people = self.keep(Creator, self.creators())
        self.editions = self.keep(Edition, self.calls(), remember=False)
        self.partners()

    def named(self, model: type[Any], values: Sequence[dict[str, Any]]) -> list[Any]:
        """The rows with these names; those that the site had before stay as they are."""
        known = {row.name: row for row in model.objects.filter(name__in=[value["name"] for value in values])}
        new = [model(**value) for value in values if value["name"] not in known]
        for row in new:
            if model in self.slugs:
                row.slug = self.slugs[model].of(row.name, str(model._meta.model_name))
        known |= {row.name: row for row in self.keep(model, new)}
        return [known[value["name"]] for value in values]

    def keep(self, model: type[Any], rows: list[Any], *, remember: bool = True) -> list[Any]:
        """Insert rows; those that no article gives are remembered by their ids, to be found when all goes again."""
        bulk.insert(model, rows)
        if remember:
            self.made.setdefault(str(model._meta.model_name), []).extend(row.pk for row in rows)
        return rows

    def work_titles(self) -> list[str]:
        taken = set(Work.objects.values_list("compared_title", flat=True))
        shapes = words.WORK_SHAPES
        drawn = [self.texts.filled(shapes[number % len(shapes)]) for number in range(max(5, self.number // 400))]
        return [title for title in dict.fromkeys(drawn) if fold(title) not in taken]

    def work(self, title: str) -> Work:
        kind = self.chance.choice([WorkKind.BOOK, WorkKind.FILM, WorkKind.STORY])
        slug = self.slugs[Work].of(title, "work")
        return Work(title=title, compared_title=fold(title), slug=slug, kind=kind)

    def creators(self) -> list[Creator]:
        people = People(self.chance, Creator.objects.values_list("name", flat=True))
        rows = [Creator(name=people.name()) for _ in range(max(2, self.number // FILMS_A_PERSON))]
        for row in rows:
            row.derive()
            row.slug = self.slugs[Creator].of(row.name, "creator")
            row.bio = self.texts.passage(60) if self.chance.random() < 0.1 else ""
        return rows

    def calls(self) -> list[Edition]:
        """Editions one after another in time, a few of them large, each with the article that announced it."""
        sizes = self.sizes()
        starts = [0, *accumulate(sizes)]
        sources = self.keep(Source, [self.article(n, self.day(starts[n])) for n in range(len(sizes))], remember=False)
        self.last_films = starts[1:]
        return [self.edition(n, source, self.day(starts[n])) for n, source in enumerate(sources)]

    def sizes(self) -> list[int]:
        """How many films each edition has, in the order of time."""
        count = max(1, self.number // FILMS_AN_EDITION)
        weights = zipf(count, 3)
        self.chance.shuffle(weights)
        places = [round(self.number * total / sum(weights)) for total in accumulate(weights)]
        return [last - first for first, last in zip([0, *places], places, strict=False)]

    def day(self, number: int) -> dt.datetime:
        """When the film of this number came out."""
        return FIRST_DAY + dt.timedelta(seconds=round(DAYS * 86_400 * number / self.number))

    def article(self, number: int, day: dt.datetime) -> Source:
        theme, _english = words.EDITION_THEMES[number % len(words.EDITION_THEMES)]
        lead = f"“{theme}”开始征集短片。{self.texts.passage(80)}"
        text = f"“{theme}”短片征集\n\n{lead}\n\n（本文由规则生成，只供演示与测量。）\n"
        return Source(
            name=f"{MARK}{self.seed}-{number}.txt",
            slug=self.slugs[Source].of(f"{theme} {day.year}", "source"),
            identity=f"{MARK}{self.seed}-{number}",
            sha256=sha256(f"{number} {text}".encode()).hexdigest(),
            encoding="utf-8",
            language="en" if number % ENGLISH_EVERY == ENGLISH_EVERY - 1 else "zh-hans",
            text=text,
            lead=lead,
            headline=f"“{theme}”短片征集",
            publisher=words.ORGANISATIONS[number % len(words.ORGANISATIONS)][0],
            published_on=day.date(),
        )

    def edition(self, number: int, source: Source, day: dt.datetime) -> Edition:
        series = number % len(words.SERIES)
        theme, theme_en = words.EDITION_THEMES[number % len(words.EDITION_THEMES)]
        return Edition(
            **published(day),
            name=words.SERIES[series],
            name_en=words.SERIES_EN[series],
            theme=theme,
            theme_en=theme_en,
            year=day.year,
            month=day.month,
            slug=self.slugs[Edition].of(f"{theme} {day.year}", "edition"),
            source=source,
            source_key="edition",
        )

    def partners(self) -> None:
        roles = (PartnershipRole.ORGANISER, PartnershipRole.PARTNER)
        rows = [
            Partnership(edition=edition, organisation=organisation, role=role, position=place)
            for edition in self.editions
            for place, (organisation, role) in enumerate(
                zip(self.chance.sample(self.organisations, 2), roles, strict=True)
            )
        ]
        bulk.insert(Partnership, rows)


def topic(number: int) -> dict[str, Any]:
    name, english, asked = words.TOPICS[number]
    return {"name": name, "name_en": english, "cues": asked.split("|")[:1], "position": 1000 + number}


def slugs_of(model: type[Any]) -> Slugs:
    return Slugs(model.objects.values_list("slug", flat=True))


def published(day: dt.datetime) -> dict[str, Any]:
    return {"status": Status.PUBLISHED, "first_published_at": day, "updated_at": day}
