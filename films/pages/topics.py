"""Questions that are asked again and again, with who answers them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from films.models import Creator, Exchange, Topic
from films.pages.cards import TAKEN
from films.pages.counts import answers_by_topic
from films.pages.ids import kept_ids
from films.pages.prepared import Prepared, made, part

# Of more answers than these the first are those of the oldest interviews: to put all in programme order takes longer.
QUICKLY_ORDERED = 500
# So many answers are looked at for names; so many names are shown.
HEARD = 40
VOICE = (
    *("id", "position", "interview_id", "speaker_label", "speaker_id", "topic_id"),
    *("speaker__slug", "speaker__name", "speaker__name_en", "interview__film__position"),
)


def topic_ids() -> Sequence[int]:
    return kept_ids("topics", Topic.objects.published)


def answer_ids(topic: Topic) -> Sequence[int]:
    """The public answers to a question, in the order of the programme, or of the interviews where they are very many."""
    answers = Exchange.objects.published().filter(topic=topic)
    is_quick = answers_by_topic().get(topic.pk, 0) <= QUICKLY_ORDERED
    ordered = answers.in_place() if is_quick else answers.order_by("interview_id", "position", "pk")
    return kept_ids(("answers to", topic.pk), lambda: ordered)


def topic_cards(ids: Sequence[int]) -> list[Topic]:
    """Questions in the order of their ids, each with `public_answers`, the first of them, and `answer_total` (2 queries)."""
    found = Topic.objects.in_bulk(ids)
    heard = voices([pk for pk in ids if pk in found])
    totals = answers_by_topic()
    for topic in found.values():
        topic.public_answers = heard[topic.pk]  # type: ignore[attr-defined]
        topic.answer_total = totals.get(topic.pk, 0)  # type: ignore[attr-defined]
    return [found[pk] for pk in ids if pk in found]


def voice_parts(**topics: int) -> list[QuerySet[Any]]:
    """The first answers to each of several questions; each reads its own stretch of an index."""
    answers = Exchange.objects.published()
    firsts = (answers.filter(topic=pk).order_by("interview_id", "position", "pk")[:HEARD] for pk in topics.values())
    return [part("voice", Exchange.objects.filter(pk__in=first.values("pk")), VOICE) for first in firsts]


PLACES = [f"topic_{place}" for place in range(TAKEN)]
VOICES = Prepared(voice_parts, *PLACES)


def voices(topics: Sequence[int]) -> dict[int, list[Exchange]]:
    """Who answers first, in the order of the programme (one query for each 24)."""
    heard: dict[int, list[Exchange]] = {pk: [] for pk in topics}
    for start in range(0, len(topics), TAKEN):
        some = [*topics[start : start + TAKEN], *[0] * TAKEN][:TAKEN]
        rows = VOICES.rows(**dict(zip(PLACES, some, strict=True)))["voice"]
        for row in sorted(rows, key=in_programme):
            heard[row["topic_id"]].append(voice(row))
    return heard


def in_programme(row: dict[str, Any]) -> tuple[Any, ...]:
    position = row["interview_film_position"]
    return position is not None, position or 0, row["interview_id"], row["position"], row["id"]


def voice(row: dict[str, Any]) -> Exchange:
    exchange: Exchange = made(Exchange, row)
    exchange.speaker = made(Creator, row, "speaker_") if exchange.speaker_id else None
    return exchange
