"""Searching inside the lists of films and interviews: numbers for a subquery, every word anywhere on the page."""

# ruff: noqa: S608, S611 (only constants, numbers and Django's own SQL are put together; words are parameters)

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.expressions import RawSQL

from films.models import Exchange, Film, Interview, SearchKind
from films.search.index import COLUMNS, Sql, candidates
from films.search.query import Word, parse

EVERY_ONE = 1 << 40
NAMES = ("title", "people", "names")


def matching_film_ids(query: str) -> QuerySet[Film] | RawSQL:
    """Films that hold every word in their own texts or in public answers; raises QueryTooLong.

    For `Film.objects.published().filter(pk__in=matching_film_ids(query))`: no query of its own.
    A blank query matches all films, one of signs alone none.
    """
    return every_word(query, Film.objects.all(), film_places)


def matching_interview_ids(query: str) -> QuerySet[Interview] | RawSQL:
    """Interviews whose answers, or whose film's title and makers, hold every word; else as for films."""
    return every_word(query, Interview.objects.all(), interview_places)


def numbers_of(found: QuerySet[Any] | RawSQL, most: int) -> list[int]:
    """What one of these gives, as numbers (one query)."""
    if isinstance(found, QuerySet):
        return list(found.values_list("pk", flat=True)[:most])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM ({found.sql}) AS numbers LIMIT {most:d}", found.params)
        return [number for (number,) in cursor.fetchall()]


def listed(numbers: Iterable[int]) -> RawSQL:
    """Numbers at hand for a subquery, as one parameter: a statement takes only so many."""
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(numbers))])
    return RawSQL("SELECT unnest(%s::bigint[])", [list(numbers)])


def every_word(query: str, rows: QuerySet[Any], places: Callable[[Word], Sequence[Sql]]) -> QuerySet[Any] | RawSQL:
    """The entries that hold each word in at least one place."""
    parsed = parse(query)
    if not parsed.words:
        return (rows.none() if query.strip() else rows).values("pk")
    found = [either(places(word)) for word in parsed.words]
    sql = " INTERSECT ".join(f"SELECT id FROM ({sql}) AS word" for sql, _ in found)
    return RawSQL(sql, [param for _, params in found for param in params])


def either(found: Sequence[Sql]) -> Sql:
    sql = " UNION ".join(f"SELECT id FROM ({sql}) AS place" for sql, _ in found)
    return sql, [param for _, params in found for param in params]


def film_places(word: Word) -> list[Sql]:
    answers = holding(Exchange.objects.all(), SearchKind.ANSWER, word).order_by().values("interview")
    # From the answers found to their interviews: a join would let the planner begin with every film.
    talks = Interview.objects.published().filter(pk__in=answers, film__isnull=False)
    return [candidates(SearchKind.FILM, [word], EVERY_ONE), numbers(talks, "film_id")]


def interview_places(word: Word) -> list[Sql]:
    answers = holding(Exchange.objects.all(), SearchKind.ANSWER, word)
    films = candidates(SearchKind.FILM, [word], EVERY_ONE, NAMES)
    about = Interview.objects.filter(film__in=RawSQL(f"SELECT id FROM ({films[0]}) AS found", films[1]))
    return [numbers(answers, "interview_id"), numbers(about, "pk")]


def holding(rows: QuerySet[Any], kind: SearchKind, word: Word) -> QuerySet[Any]:
    sql, params = candidates(kind, [word], EVERY_ONE, COLUMNS)
    return rows.filter(pk__in=RawSQL(f"SELECT id FROM ({sql}) AS found", params))


def numbers(rows: QuerySet[Any], column: str) -> Sql:
    """One column of a query set as SQL, named `id`."""
    sql, params = rows.order_by().values(number=F(column)).query.sql_with_params()
    return f"SELECT number AS id FROM ({sql}) AS numbers", list(params)
