"""Entries → the documents that the index holds: which words of an entry can be found.

Read as plain values, never as models: a run of the importer writes tens of thousands of these.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from films.models import Caption, Creator, Credit, Edition, Exchange, Film, Partnership, ToolUse, Work
from films.models.search import first_id
from films.search.index import BOUNDARY
from films.text import bigrams, pinyin_forms, search_fold

# PostgreSQL refuses more than 1 MiB of words in a row; an answer of this length would be a book.
CHARACTERS = 100_000
# Names and questions come again and again within a run.
SHORT = 100
REMEMBERED = 4096

Values = QuerySet[Any, tuple[Any, ...]]
Rows = dict[int, list[tuple[Any, ...]]]


class Document(NamedTuple):
    """The words of one entry; `kind` and `owner` say of which."""

    kind: str
    owner: int
    title: str = ""
    people: str = ""
    names: str = ""
    body: str = ""

    @property
    def pk(self) -> int:
        return first_id(self.kind) + self.owner


def words(*texts: str) -> str:
    """The tokens of some texts; no hit may run from one text into the next."""
    tokens = (_short_tokens(text) if len(text) <= SHORT else _tokens(text) for text in texts if text)
    return f" {BOUNDARY} ".join(tokens)[: 5 * CHARACTERS]


def _tokens(text: str) -> str:
    return " ".join(bigrams(search_fold(text[:CHARACTERS])))


_short_tokens = lru_cache(REMEMBERED)(_tokens)


def spellings(*names: str) -> str:
    return " ".join(form for name in dict.fromkeys(names) for form in _spellings(name[:200]))


@lru_cache(REMEMBERED)
def _spellings(name: str) -> tuple[str, ...]:
    return tuple(pinyin_forms(name))


def film_documents(ids: Sequence[int]) -> Iterator[Document]:
    """One document a film, and one for each of its captions (5 queries)."""
    makers, tools, themes = (grouped(rows, ids) for rows in (films_makers, films_tools, films_themes))
    for pk, [texts] in grouped(films_texts, ids).items():
        yield film_document(pk, texts, makers[pk], [*_tool_words(tools[pk]), *_flat(themes[pk])])
    yield from caption_documents(ids)


def films_texts(ids: Sequence[int]) -> Values:
    said = ("synopsis", "synopsis_en", "statement", "distinction", "adapted_from__title")
    return Film.objects.filter(pk__in=ids).values_list("pk", "title", "title_en", *said)


def films_makers(ids: Sequence[int]) -> Values:
    return Credit.objects.filter(film__in=ids).values_list("film", "creator__name", "creator__name_en", "creator")


def films_tools(ids: Sequence[int]) -> Values:
    names = ("tool__name", "version", "tool__name_en", "tool__aliases")
    return ToolUse.objects.filter(film__in=ids).values_list("film", *names)


def films_themes(ids: Sequence[int]) -> Values:
    filed = Film.themes.through.objects.filter(film__in=ids).order_by("theme__name")
    return filed.values_list("film", "theme__name", "theme__name_en")


def film_document(pk: int, texts: tuple[Any, ...], makers: list[tuple[Any, ...]], filed: Iterable[str]) -> Document:
    """Title, makers, what its page says of it. Sentences of the interview belong to the answers."""
    title, title_en, *said, work = texts
    makers = list(dict.fromkeys(makers))
    return Document(
        "film",
        pk,
        title=words(title, title_en),
        people=words(*(name for maker in makers for name in maker[:2])),
        names=spellings(title, *(maker[0] for maker in makers)),
        body=words(*said, work or "", *dict.fromkeys(filed)),
    )


def _tool_words(uses: list[tuple[Any, ...]]) -> list[str]:
    used = [f"{name} {version}" for name, version, _name_en, _aliases in uses]
    # JSON comes as it is stored, for no field converts it.
    return used + [alias for _, _, name_en, aliases in uses for alias in (name_en, *json.loads(aliases))]


def answer_documents(interviews: Sequence[int]) -> Iterator[Document]:
    """One document a question and answer (1 query). The first also carries the interview's heading."""
    for exchanges in grouped(interviews_answers, interviews).values():
        for number, exchange in enumerate(exchanges):
            yield answer_document(exchange[:6], () if number else exchange[6:])


def interviews_answers(ids: Sequence[int]) -> Values:
    said = ("pk", "question", "answer", "speaker_label", "speaker__name", "speaker__name_en")
    in_order = Exchange.objects.filter(interview__in=ids).order_by("interview", "position", "pk")
    return in_order.values_list("interview", *said, "interview__heading", "interview__heading_en")


def answer_document(exchange: tuple[Any, ...], headings: tuple[str, ...]) -> Document:
    pk, question, answer, label, *names = exchange
    people = words(*dict.fromkeys(name for name in (*names, label) if name))
    return Document("answer", pk, title=words(question, *headings), people=people, body=words(answer))


def caption_documents(films: Sequence[int]) -> Iterator[Document]:
    """One document for the captions of a film in each language (1 query): what is said in it."""
    for captions in grouped(films_captions, films).values():
        for pk, transcript, *titles in captions:
            yield Document("caption", pk, title=words(*titles), body=words(transcript))


def films_captions(ids: Sequence[int]) -> Values:
    said = Caption.objects.filter(film__in=ids).order_by("pk")
    return said.values_list("film", "pk", "transcript", "film__title", "film__title_en")


def creator_documents(ids: Sequence[int]) -> Iterator[Document]:
    """One document a person (1 query); the editor's sort key knows surnames better than a dictionary."""
    for pk, [(name, name_en, bio, bio_en, key, aliases)] in grouped(creators_texts, ids).items():
        names = f"{spellings(name)} {corrected(key)}".strip()
        body = words(bio, bio_en, *json.loads(aliases))
        yield Document("creator", pk, title=words(name, name_en), names=names, body=body)


def creators_texts(ids: Sequence[int]) -> Values:
    return Creator.objects.filter(pk__in=ids).values_list(
        "pk", "name", "name_en", "bio", "bio_en", "sort_key", "aliases"
    )


def corrected(sort_key: str) -> str:
    """The sort key as typed in one go, for names whose reading an editor put right."""
    syllables = bigrams(search_fold(sort_key))
    return "".join(syllables) if len(syllables) > 1 else ""


def work_documents(ids: Sequence[int]) -> Iterator[Document]:
    """One document a work (1 query)."""
    for pk, [(title, title_en, author, aliases)] in grouped(works_texts, ids).items():
        body = words(*json.loads(aliases))
        yield Document("work", pk, words(title, title_en), words(author), spellings(title), body)


def works_texts(ids: Sequence[int]) -> Values:
    return Work.objects.filter(pk__in=ids).values_list("pk", "title", "title_en", "author", "aliases")


def edition_documents(ids: Sequence[int]) -> Iterator[Document]:
    """One document an edition (2 queries)."""
    partners = grouped(editions_partners, ids)
    for pk, [(theme, name, *english, year, lead, statement, statement_en)] in grouped(editions_texts, ids).items():
        # Without a statement its page opens with the lead of the article.
        opening = (statement, statement_en) if statement or statement_en else (lead or "",)
        yield Document(
            "edition",
            pk,
            title=words(theme, name, *english),
            people=words(*_flat(partners[pk])),
            names=spellings(theme, name),
            body=words(str(year or ""), *opening),
        )


def editions_texts(ids: Sequence[int]) -> Values:
    names = ("theme", "name", "theme_en", "name_en")
    return Edition.objects.filter(pk__in=ids).values_list(
        "pk", *names, "year", "source__lead", "statement", "statement_en"
    )


def editions_partners(ids: Sequence[int]) -> Values:
    partners = Partnership.objects.filter(edition__in=ids)
    return partners.values_list("edition", "organisation__name", "organisation__name_en")


def grouped(rows: Callable[[Sequence[int]], Values], ids: Sequence[int]) -> Rows:
    """The values that a query gives for some ids, by the first of them (one query)."""
    found: Rows = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_statement(rows, len(ids)), ids)
        for pk, *values in cursor.fetchall():
            found[pk].append(tuple(values))
    return found


@lru_cache(1000)
def _statement(rows: Callable[[Sequence[int]], Values], count: int) -> str:
    """The SQL of a query whose only parameters are so many ids: to make it anew costs more than to run it."""
    return rows(range(count)).query.sql_with_params()[0]


def _flat(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    return (text for row in rows for text in row)


def batches(ids: Iterable[int], size: int) -> Iterator[list[int]]:
    """Sorted and without doubles, some at a time."""
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]
