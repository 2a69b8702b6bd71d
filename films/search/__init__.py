"""Search: one function whatever the database, and the writing of what it reads."""

from films.search.matching import listed, matching_film_ids, matching_interview_ids, numbers_of
from films.search.query import QueryTooLong
from films.search.results import Hit, Results, search
from films.search.writing import check, rebuild, reindex, rewrite

__all__ = [
    "Hit",
    "QueryTooLong",
    "Results",
    "check",
    "listed",
    "matching_film_ids",
    "matching_interview_ids",
    "numbers_of",
    "rebuild",
    "reindex",
    "rewrite",
    "search",
]
