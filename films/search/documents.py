"""Entries → the documents that the index holds: which words of an entry can be found.

Read as plain values, never as models: a run of the importer writes tens of thousands of these.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import QuerySet

from films.models import Creator, Credit, Edition, Exchange, Film, Partnership, ToolUse, Work
from films.models.search import first_id
from films.search.index import BOUNDARY
from films.text import bigrams, pinyin_forms, search_fold

# PostgreSQL refuses more than 1 MiB of words in a row; an answer of this length would be a book.
CHARACTERS = 100_000
# Names and questions come again and again within a run.
SHORT = 100
REMEMBERED = 4096

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
    """One document a film (4 queries)."""
    makers = _by_first(Credit.objects.filter(film__in=ids), "film", "creator__name", "creator__name_en", "creator")
    tools = _by_first(
        ToolUse.objects.filter(film__in=ids), "film", "tool__name", "version", "tool__name_en", "tool__aliases"
    )
    themes = _by_first(
        Film.themes.through.objects.filter(film__in=ids).order_by("theme__name"),
        "film",
        "theme__name",
        "theme__name_en",
    )
    columns = ("title", "title_en", "synopsis", "synopsis_en", "statement", "distinction", "adapted_from__title")
    for pk, [texts] in _by_first(Film.objects.filter(pk__in=ids), "pk", *columns).items():
        yield film_document(pk, texts, makers[pk], [*_tool_words(tools[pk]), *_flat(themes[pk])])


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
    return used + [alias for _name, _version, name_en, aliases in uses for alias in (name_en, *aliases)]


def answer_documents(interviews: Sequence[int]) -> Iterator[Document]:
    """One document a question and answer (1 query). The first also carries the interview's heading."""
    columns = ("pk", "question", "answer", "speaker_label", "speaker__name", "speaker__name_en")
    headings = ("interview__heading", "interview__heading_en")
    in_order = Exchange.objects.filter(interview__in=interviews).order_by("interview", "position", "pk")
    for exchanges in _by_first(in_order, "interview", *columns, *headings).values():
        for number, exchange in enumerate(exchanges):
            yield answer_document(exchange[:6], () if number else exchange[6:])


def answer_document(exchange: tuple[Any, ...], headings: tuple[str, ...]) -> Document:
    pk, question, answer, label, *names = exchange
    people = words(*dict.fromkeys(name for name in (*names, label) if name))
    return Document("answer", pk, title=words(question, *headings), people=people, body=words(answer))


def creator_documents(ids: Sequence[int]) -> Iterator[Document]:
    """One document a person (1 query); the editor's sort key knows surnames better than a dictionary."""
    columns = ("pk", "name", "name_en", "bio", "bio_en", "sort_key")
    for pk, name, name_en, bio, bio_en, key in Creator.objects.filter(pk__in=ids).values_list(*columns):
        names = f"{spellings(name)} {corrected(key)}".strip()
        yield Document("creator", pk, title=words(name, name_en), names=names, body=words(bio, bio_en))


def corrected(sort_key: str) -> str:
    """The sort key as typed in one go, for names whose reading an editor put right."""
    syllables = bigrams(search_fold(sort_key))
    return "".join(syllables) if len(syllables) > 1 else ""


def work_documents(ids: Sequence[int]) -> Iterator[Document]:
    """One document a work (1 query)."""
    for pk, title, title_en, author in Work.objects.filter(pk__in=ids).values_list(
        "pk", "title", "title_en", "author"
    ):
        yield Document("work", pk, title=words(title, title_en), people=words(author), names=spellings(title))


def edition_documents(ids: Sequence[int]) -> Iterator[Document]:
    """One document an edition (2 queries)."""
    partners = _by_first(
        Partnership.objects.filter(edition__in=ids), "edition", "organisation__name", "organisation__name_en"
    )
    columns = ("pk", "theme", "name", "theme_en", "name_en", "year", "source__lead", "statement", "statement_en")
    for pk, theme, name, theme_en, name_en, year, lead, *statements in Edition.objects.filter(pk__in=ids).values_list(
        *columns
    ):
        yield Document(
            "edition",
            pk,
            title=words(theme, name, theme_en, name_en),
            people=words(*_flat(partners[pk])),
            names=spellings(theme, name),
            # Without a statement its page opens with the lead of the article.
            body=words(str(year or ""), *(statements if any(statements) else [lead or ""])),
        )


def _by_first(rows: QuerySet[Any], owner: str, *columns: str) -> Rows:
    """The values of some columns, by the row that they belong to."""
    found: Rows = defaultdict(list)
    for pk, *values in rows.values_list(owner, *columns):
        found[pk].append(tuple(values))
    return found


def _flat(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    return (text for row in rows for text in row)


def batches(ids: Iterable[int], size: int) -> Iterator[list[int]]:
    """Sorted and without doubles, some at a time."""
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]
