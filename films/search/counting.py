"""How many entries hold the words of a search, of which kinds."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from films.kept import kept
from films.models import SearchKind
from films.search.hidden import Marks
from films.search.index import counted
from films.search.query import Word

Hidden = Mapping[str, Marks]
Counts = tuple[dict[str, int], frozenset[str]]

# Of a word that more entries hold, the newest so many are looked at, so that a search costs no more than that.
CAP = 20_000
# So many are counted for a page that does not reach as far; one that does has all of those counted.
COUNTED = 2_000


def counted_for(words: Sequence[Word], kinds: Sequence[SearchKind], last: int, hidden: Hidden) -> Counts:
    """The counts for a page that ends at `last`; only one that reaches the end of what was counted takes them all."""
    counts, capped = count(words, min(COUNTED, CAP), hidden)
    end = 0
    for kind in kinds:
        end += counts[kind]
        if kind in capped:
            return count(words, CAP, hidden) if last >= end else (counts, capped)
    return counts, capped


def count(words: Sequence[Word], most: int, hidden: Hidden) -> Counts:
    """How many public entries of each kind hold every word, and of which kinds there are more than that.

    Of each kind the newest so many are looked at. One query; none for words asked for before.
    """
    return kept(("hits", tuple(words), most), lambda: count_anew(words, most, hidden))


def count_anew(words: Sequence[Word], most: int, hidden: Hidden) -> Counts:
    found = {kind: json.loads(numbers or "[]") for kind, numbers in rows(*counted(SearchKind.values, words, most))}
    counts = {kind: len(numbers) - hidden[kind].count(numbers) for kind, numbers in found.items()}
    return counts, frozenset(kind for kind, numbers in found.items() if len(numbers) >= most)


def numbers(sql: str, params: Sequence[Any]) -> list[int]:
    return [number for (number,) in rows(sql, params)]


def rows(sql: str, params: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
