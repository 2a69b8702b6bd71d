"""Some films of a generated site with all that belongs to them, and their rows in one go."""

import datetime as dt
from collections.abc import Iterator
from itertools import count
from typing import Any

from films.choices import CreditRole, Form, Status, TitleOrigin, ToolStep
from films.generating import words
from films.generating.shelf import NOT_YET, Shelf, published
from films.generating.texts import endless, zipf
from films.importer import bulk
from films.models import Creator, Credit, Edition, Exchange, Film, Interview, ToolUse, WorkMention
from films.models.postered import choose_posters

INTERVIEWER = "影像计划编辑部"
TALK_WITHOUT_A_FILM = 200
ROLES = (CreditRole.DIRECTOR, CreditRole.WRITER, CreditRole.MUSIC, CreditRole.ANIMATOR)


class Films:
    """Draws films and writes them, batch by batch."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf, self.chance, self.texts = shelf, shelf.chance, shelf.texts
        chance = shelf.chance
        self.makers = endless(chance, shelf.people, zipf(len(shelf.people), 12))
        self.tools = endless(chance, range(len(shelf.tools)), zipf(len(shelf.tools), 1))
        self.themes = endless(chance, shelf.themes, zipf(len(shelf.themes)))
        self.works = endless(chance, shelf.works)
        self.topics = endless(chance, range(len(shelf.topics)), zipf(len(shelf.topics), 6))
        self.position = {edition.pk: count(1) for edition in shelf.editions}
        self.edition = 0
        self.maker: dict[int, Creator] = {}

    def write(self, numbers: range) -> tuple[list[int], list[int]]:
        """Insert the films of these numbers with all that hangs on them; gives the ids of films and interviews."""
        self.maker.clear()
        films = [self.film(number) for number in numbers]
        choose_posters(films)
        bulk.insert(Film, films)
        bulk.insert(Credit, [credit for film in films for credit in self.credits(film)])
        bulk.insert(Film.themes.through, [row for film in films for row in self.filed(film)])
        talks = [self.talk(film) for film in films if self.chance.random() < 0.9]
        talks += [self.round_table(number) for number in numbers if number % TALK_WITHOUT_A_FILM == 0]
        bulk.insert(Interview, talks)
        self.said(talks)
        return [film.pk for film in films], [talk.pk for talk in talks]

    def edition_of(self, number: int) -> Edition:
        while number >= self.shelf.last_films[self.edition]:
            self.edition += 1
        edition: Edition = self.shelf.editions[self.edition]
        return edition

    def film(self, number: int) -> Film:
        edition, chance = self.edition_of(number), self.chance
        has_title = chance.random() < 0.96
        film = Film(
            **self.state(self.shelf.day(number)),
            edition=edition,
            position=next(self.position[edition.pk]),
            source=edition.source,
            source_key=f"film-{number}",
            runtime_seconds=chance.randint(45, 1500) if chance.random() < 0.85 else None,
            form=chance.choice(Form.values),
            **(self.titled(edition) if has_title else {"title_origin": TitleOrigin.NOT_STATED}),
            synopsis=self.synopsis(edition),
            statement=self.texts.passage(80) if chance.random() < 0.1 else "",
            distinction="入选短片" if chance.random() < 0.2 else "",
            adapted_from=next(self.works) if chance.random() < 0.03 else None,
        )
        film.synopsis_en = self.texts.english_passage(120) if chance.random() < 0.4 else ""
        film.slug = self.shelf.slugs[Film].of(film.title or film.title_en, "film")
        film.derive()
        return film

    def state(self, day: dt.datetime) -> dict[str, Any]:
        """Most are public; a few wait, for an editor or for their day; a few came out late."""
        at = self.chance.random()
        if at < 0.03:
            return {"status": Status.DRAFT if at < 0.02 else Status.REVIEW, "updated_at": day}
        if at < 0.035:
            return published(day) | {"status": Status.ARCHIVED}
        if at < 0.04:
            return published(NOT_YET) | {"updated_at": day, "publish_at": NOT_YET}
        return published(day + dt.timedelta(days=self.chance.randint(5, 60)) if at < 0.06 else day)

    def titled(self, edition: Edition) -> dict[str, Any]:
        english = self.texts.english_title() if self.chance.random() < 0.5 else ""
        title = self.texts.english_title() if is_english(edition) else self.texts.title()
        return {"title": title, "title_en": english, "title_origin": TitleOrigin.HEADING}

    def synopsis(self, edition: Edition) -> str:
        return self.texts.english_passage(160) if is_english(edition) else self.texts.synopsis()

    def credits(self, film: Film) -> Iterator[Credit]:
        drawn = {next(self.makers) for _ in range(self.chance.choice((1, 1, 1, 1, 2, 3)))}
        people = sorted(drawn, key=lambda person: person.pk)
        self.maker[film.pk] = people[0]
        for place, person in enumerate(people):
            role = CreditRole.MAKER if not place else ROLES[place % len(ROLES)]
            yield Credit(film=film, creator=person, role=role, position=place)

    def filed(self, film: Film) -> list[Any]:
        themes = {next(self.themes) for _ in range(self.chance.randint(0, 2))}
        link = Film.themes.through
        return [link(film=film, theme=theme) for theme in sorted(themes, key=lambda theme: theme.pk)]

    def talk(self, film: Film) -> Interview:
        day = film.first_published_at or film.updated_at
        state = published(day) if self.chance.random() < 0.97 else {"status": Status.DRAFT, "updated_at": day}
        slug = self.shelf.slugs[Interview].of(film.slug, "interview")
        talk = Interview(**state, film=film, slug=slug, interviewer=INTERVIEWER)
        talk.source, talk.source_key = film.source, f"talk-{film.source_key}"
        return talk

    def round_table(self, number: int) -> Interview:
        """Talk about no one film."""
        edition = self.edition_of(number)
        heading = f"圆桌：{self.texts.title()}"
        slug = self.shelf.slugs[Interview].of(heading, "interview")
        state = published(self.shelf.day(number))
        talk = Interview(**state, edition=edition, slug=slug, heading=heading, interviewer=INTERVIEWER)
        talk.source, talk.source_key = edition.source, f"table-{number}"
        return talk

    def said(self, talks: list[Interview]) -> None:
        """Questions and answers, and what films take from them: the sentence on a tool, a work, a quotation."""
        spoken = [(talk, self.exchanges(talk)) for talk in talks]
        uses = [(talk, rows[-1], use) for talk, rows in spoken if talk.film for use in self.uses(talk.film)]
        for _talk, exchange, use in uses:
            if use.quote:
                exchange.answer += use.quote
        bulk.insert(Exchange, [exchange for _talk, rows in spoken for exchange in rows])
        for _talk, exchange, use in uses:
            use.exchange = exchange if use.quote else None
        bulk.insert(ToolUse, [use for _talk, _exchange, use in uses])
        bulk.insert(WorkMention, [row for talk, rows in spoken if talk.film for row in self.mentions(talk.film, rows)])
        bulk.update(Film, list(self.quoting(spoken)), ["pull_quote", "pull_quote_exchange"])
        bulk.update(Interview, talks, ["last_anchor"])

    def exchanges(self, talk: Interview) -> list[Exchange]:
        asked: set[int | None] = set()
        rows = []
        for place in range(1, self.chance.randint(3, 8) + 1):
            topic = next(self.topics) if self.chance.random() < 0.5 else None
            topic = None if topic in asked else topic
            asked.add(topic)
            rows.append(self.exchange(talk, place, topic))
        if talk.film is None or self.chance.random() < 0.04:
            rows.append(self.exchange(talk, len(rows) + 1, None, is_further=True))
        talk.last_anchor = len(rows)
        return rows

    def exchange(self, talk: Interview, place: int, topic: int | None, *, is_further: bool = False) -> Exchange:
        speaker = next(self.makers) if is_further or talk.film is None else self.maker[talk.film.pk]
        return Exchange(
            interview=talk,
            position=place,
            anchor=place,
            question="" if is_further else self.question(talk, topic),
            answer=self.texts.answer(is_english=is_english(talk)),
            speaker=speaker,
            speaker_label=speaker.name,
            topic=None if topic is None else self.shelf.topics[topic],
            source=talk.source,
            source_key=f"{talk.source_key}-{place}",
        )

    def question(self, talk: Interview, topic: int | None) -> str:
        if topic is None:
            return self.texts.filled(self.chance.choice(words.OTHER_QUESTIONS)) + "？"
        shape = self.chance.choice(words.TOPICS[topic][2].split("|"))
        edition: Any = talk.film.edition if talk.film else talk.edition
        return shape.replace("{theme}", edition.theme) + "？"

    def uses(self, film: Film) -> Iterator[ToolUse]:
        used = {next(self.tools) for _ in range(self.chance.choice((0, 1, 1, 2, 3)))}
        for place, number in enumerate(sorted(used)):
            tool, step = self.shelf.tools[number], words.TOOLS[number][2]
            told = f"{ToolStep(step).label}用的是{tool.name}。" if self.chance.random() < 0.5 else ""
            version = f"{self.chance.randint(1, 5)}.0" if self.chance.random() < 0.2 else ""
            yield ToolUse(film=film, tool=tool, step=step, version=version, quote=told, position=place)

    def mentions(self, film: Film, rows: list[Exchange]) -> Iterator[WorkMention]:
        if self.chance.random() < 0.08:
            exchange = self.chance.choice(rows)
            yield WorkMention(film=film, work=next(self.works), exchange=exchange)

    def quoting(self, spoken: list[tuple[Interview, list[Exchange]]]) -> Iterator[Film]:
        """Films that show a sentence of their interview large."""
        for talk, rows in spoken:
            if talk.film and self.chance.random() < 0.1:
                talk.film.pull_quote = rows[0].answer.partition("。")[0][:40]
                talk.film.pull_quote_exchange = rows[0]
                yield talk.film


def is_english(row: Edition | Interview) -> bool:
    return bool(row.source and row.source.language == "en")
