"""How many answers to a question visitors can read, counted once for all pages until content changes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from films.kept import at_hand, kept
from films.models import Exchange, Topic
from films.pages.prepared import part

NAME = "answers by topic"


def answers_by_topic() -> Mapping[int, int]:
    """Public answers to each question (one query when content has changed)."""
    return kept(NAME, lambda: dict(counted().values_list("pk", "total")))


def counted() -> QuerySet[Any]:
    answers = Exchange.objects.published().filter(topic=OuterRef("pk")).order_by().values("topic")
    total = Coalesce(Subquery(answers.annotate(total=Count("pk")).values("total")), 0)
    topics: QuerySet[Any] = Topic.objects.order_by().annotate(total=total)
    return topics


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
