"""Writing the search documents: after a save, in an import, all of them, and checking that they are right."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice

from django.db import connection, transaction
from django.db.models import Model, Q, QuerySet

from films.models import Creator, Credit, Edition, Exchange, Film, Interview, SearchDocument, Work
from films.search import documents, index
from films.search.documents import Document
from films.search.index import COLUMNS

BATCH = 200
OWNERS = {
    "film": "film",
    "answer": "exchange",
    "creator": "creator",
    "work": "work",
    "edition": "edition",
    "caption": "caption",
}

# Row by row, for SQLite prepares it once; `bulk_create` would make the words of its statement anew each time.
PUT = """
INSERT INTO films_searchdocument
  (id, film_id, exchange_id, creator_id, work_id, edition_id, caption_id, title, people, names, body)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (id) DO UPDATE SET
  title = excluded.title, people = excluded.people, names = excluded.names, body = excluded.body"""

Builder = Callable[[Sequence[int]], Iterator[Document]]

BUILDERS: tuple[tuple[type[Model], Builder], ...] = (
    (Film, documents.film_documents),
    (Interview, documents.answer_documents),
    (Creator, documents.creator_documents),
    (Work, documents.work_documents),
    (Edition, documents.edition_documents),
)


def reindex(
    *,
    films: Iterable[int] = (),
    interviews: Iterable[int] = (),
    creators: Iterable[int] = (),
    works: Iterable[int] = (),
    editions: Iterable[int] = (),
) -> None:
    """Write the documents of these rows anew, in the transaction of the caller's save.

    A film brings its answers and captions with it; a person the films and answers that name them; a work the films
    adapted from it. After a change to a tool or a theme, give the films that use it. Documents of deleted
    rows go with the rows. Queries: constant for each batch of 200.
    """
    people, books = set(creators), set(works)
    touched = set(films)
    talks = set(interviews) | interviews_of(touched)
    touched |= films_naming(people, books)
    talks |= interviews_spoken_in(people)
    with transaction.atomic():
        rewrite(touched, talks, people, books, editions)


def rewrite(
    films: Iterable[int],
    interviews: Iterable[int],
    creators: Iterable[int],
    works: Iterable[int],
    editions: Iterable[int],
) -> None:
    """Write the documents of just these rows anew, for who knows that no other names them."""
    wanted = zip((films, interviews, creators, works, editions), BUILDERS, strict=True)
    write(row for ids, (_, build) in wanted for batch in documents.batches(ids, BATCH) for row in build(batch))


def interviews_of(films: set[int]) -> set[int]:
    found = (
        Interview.objects.filter(film__in=batch).values_list("pk", flat=True)
        for batch in documents.batches(films, 1000)
    )
    return set(chain.from_iterable(found))


def films_naming(creators: set[int], works: set[int]) -> set[int]:
    """Films whose documents hold a person's name or a work's title."""
    credited = (
        Credit.objects.filter(creator__in=b).values_list("film", flat=True) for b in documents.batches(creators, 1000)
    )
    adapted = (
        Film.objects.filter(adapted_from__in=b).values_list("pk", flat=True) for b in documents.batches(works, 1000)
    )
    return set(chain.from_iterable(chain(credited, adapted)))


def interviews_spoken_in(creators: set[int]) -> set[int]:
    spoken = (
        Exchange.objects.filter(speaker__in=batch).order_by().values_list("interview", flat=True)
        for batch in documents.batches(creators, 1000)
    )
    return set(chain.from_iterable(spoken))


def write(rows: Iterable[Document]) -> None:
    """Insert or replace, some rows at a time."""
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        with connection.cursor() as cursor:
            cursor.executemany(PUT, [parameters(row) for row in batch])


def parameters(row: Document) -> list[int | str | None]:
    """What `PUT` wants of a document."""
    owners = [row.owner if kind == row.kind else None for kind in OWNERS]
    return [row.pk, *owners, *contents(row)]


def rebuild(progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Write every document anew, batch by batch, each in its own transaction; returns how many there are."""
    index.repair()
    with transaction.atomic():
        ownerless().delete()
    total = sum(model._default_manager.count() for model, _ in BUILDERS)
    done = 0
    for builder, batch in everything():
        with transaction.atomic():
            write(builder(batch))
        done += len(batch)
        progress(done, total)
    return SearchDocument.objects.count()


def everything() -> Iterator[tuple[Builder, list[int]]]:
    for model, builder in BUILDERS:
        for batch in documents.batches(model._default_manager.order_by().values_list("pk", flat=True), BATCH):
            yield builder, batch


def ownerless() -> QuerySet[SearchDocument]:
    """Documents that belong to no row."""
    return SearchDocument.objects.filter(Q(**{f"{owner}__isnull": True for owner in OWNERS.values()}))


def check() -> list[str]:
    """What differs between index, documents and rows, a line each; nothing when all is sound."""
    found = [fault] if (fault := index.fault()) else []
    known = 0
    for builder, batch in everything():
        wanted = {row.pk: row for row in builder(batch)}
        stored = SearchDocument.objects.in_bulk(wanted)
        known += len(stored)
        found += [f"missing: {name(row)}" for pk, row in wanted.items() if pk not in stored]
        found += [
            f"out of date: {name(wanted[pk])}" for pk, row in stored.items() if contents(row) != contents(wanted[pk])
        ]
    surplus = SearchDocument.objects.count() - known
    return [*found, f"surplus documents: {surplus}"] if surplus else found


def contents(row: Document | SearchDocument) -> list[str]:
    return [getattr(row, column) for column in COLUMNS]


def name(row: Document) -> str:
    """The row that a document belongs to, such as `film 12`."""
    return f"{OWNERS[row.kind]} {row.owner}"
