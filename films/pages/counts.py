"""How many answers to a question visitors can read, counted once for all pages until content changes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from films.kept import at_hand, kept
from films.models import Exchange, Interview, Topic
from films.pages.prepared import part

NAME = "answers by topic"


def answers_by_topic() -> Mapping[int, int]:
    """Public answers to each question (one query when content has changed)."""
    return kept(NAME, lambda: dict(counted().values_list("pk", "total")))


def counted() -> QuerySet[Any]:
    """All answers, which an index counts, less those in hidden interviews, which are few."""
    answers = Exchange.objects.filter(topic=OuterRef("pk"))
    hidden = answers.filter(interview__in=Interview.objects.hidden().order_by().values("pk"))
    topics: QuerySet[Any] = Topic.objects.order_by().annotate(total=number_of(answers) - number_of(hidden))
    return topics


def number_of(answers: QuerySet[Any]) -> Coalesce:
    counted = answers.order_by().values("topic").annotate(total=Count("pk")).values("total")
    return Coalesce(Subquery(counted), 0)


def count_part() -> QuerySet[Any]:
    """The same for a statement that reads a page, so that counting is no query of its own."""
    return part("count", counted(), ("id",), total=F("total"))


def is_counted() -> bool:
    return at_hand(NAME)


def keep_counts(rows: Iterable[Mapping[str, Any]]) -> Mapping[int, int]:
    """The counts that `count_part` read, kept for other pages."""
    return kept(NAME, lambda: {row["id"]: row["total"] for row in rows})


def with_counts(exchanges: Iterable[Any]) -> None:
    """Tell each answer how many answer the same question: `same_topic`."""
    totals = answers_by_topic()
    for exchange in exchanges:
        exchange.same_topic = totals.get(exchange.topic_id, 0)
