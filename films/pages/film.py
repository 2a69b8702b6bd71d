"""One film with all that its page shows, in two statements: the film's own rows, and others of its edition."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import F, Q, QuerySet

from films.models import (
    Caption,
    Creator,
    Credit,
    Edition,
    Exchange,
    Film,
    Interview,
    Organisation,
    Partnership,
    Source,
    Still,
    Theme,
    Tool,
    ToolUse,
    Topic,
    Video,
    Work,
    WorkMention,
)
from films.models.festival import PROGRAMME
from films.models.film import in_public_words
from films.models.publishable import is_public
from films.pages.cards import (
    CARD,
    PICTURE,
    credit_part,
    credits_in,
    film_of,
    in_place,
    keep_poster,
    keep_related,
    tell_language,
)
from films.pages.counts import answers_by_topic, count_part, is_counted, keep_counts
from films.pages.prepared import Parts, Prepared, Row, made, part

OTHERS_SHOWN = 6

FILM = (
    *CARD,
    *("statement", "adapted_from_id", "made_from", "made_to", "distinction", "source_id", "passages"),
)
EDITION = (
    "id",
    "slug",
    "name",
    "name_en",
    "theme",
    "theme_en",
    "year",
    "month",
    "status",
    "publish_at",
    "unpublish_at",
)
SOURCE = ("id", "slug", "name", "headline", "publisher", "published_on", "language")
INTERVIEW = ("id", "slug", "heading", "heading_en", "interviewer", "source_id", "first_published_at", "updated_at")
EXCHANGE = (
    *("id", "interview_id", "position", "anchor", "question", "answer", "speaker_label", "source_id", "passages"),
    *("speaker_id", "speaker__slug", "speaker__name", "speaker__name_en"),
    *("topic_id", "topic__slug", "topic__name", "topic__name_en", "source__language"),
)
USE = (
    *("id", "position", "step", "version", "quote", "exchange_id", "tool_id"),
    *("tool__slug", "tool__name", "tool__name_en", "tool__maker"),
    *("exchange__anchor", "exchange__interview_id", "exchange__interview__slug", "exchange__interview__film_id"),
    *("exchange__interview__film__slug",),
)
WORK = ("id", "slug", "title", "title_en", "author", "kind")
MENTION = ("id", "position", "quote", "exchange_id", "work_id", *(f"work__{name}" for name in WORK[1:]))
VIDEO = ("id", "film_id", "file", "site", "site_id", "width", "height", "seconds", "size", "added_at")
CAPTION = ("id", "film_id", "language", "kind", "transcript")
PARTNER = (
    *("id", "position", "role", "note"),
    *("organisation_id", "organisation__name", "organisation__name_en", "organisation__link"),
)


def own_parts(slug: Any) -> list[QuerySet[Any]]:
    """Everything that hangs on the film; each part finds the film by its address.

    What says that the film is public stands once, in `film`: repeated in a part, the database would begin with all
    public films, or all public interviews.
    """
    film = Film.objects.published().filter(slug=slug)
    of_film = {"film__in": film.values("pk")}
    talks = Interview.objects.filter(is_public(), **of_film)
    return [
        part("film", film, FILM, content_language=F("source__language")),
        part("edition", Edition.objects.filter(pk__in=film.values("edition")), EDITION),
        part("source", Source.objects.filter(pk__in=film.values("source")), SOURCE),
        part("adapted_from", Work.objects.filter(pk__in=film.values("adapted_from")), WORK),
        credit_part(Credit.objects.filter(**of_film)),
        part("theme", Theme.objects.filter(films__in=film.values("pk")), ("id", "slug", "name", "name_en")),
        part("use", ToolUse.objects.filter(**of_film).with_quotable(), USE, quotable=F("quotable")),
        part("mention", WorkMention.objects.filter(in_public_words(), **of_film), MENTION),
        part("video", Video.objects.filter(**of_film), VIDEO),
        part("caption", Caption.objects.filter(**of_film), CAPTION),
        part("partner", Partnership.objects.filter(edition__in=film.values("edition")), PARTNER),
        part("still", Still.objects.filter(**of_film), (*PICTURE, "position")),
        part("talk", talks, INTERVIEW, content_language=F("source__language")),
        part("exchange", Exchange.objects.filter(interview__in=talks.values("pk")), EXCHANGE),
    ]


OWN = Prepared(own_parts, "slug")
WITH_COUNTS = Prepared(lambda slug: [*own_parts(slug), count_part()], "slug")


def film_page(slug: str) -> Film | None:
    """The public film at this address, with `public_interviews` (one query)."""
    counts_at_hand = is_counted()
    parts = (OWN if counts_at_hand else WITH_COUNTS).rows(slug=slug)
    if not parts["film"]:
        return None
    [row] = parts["film"]
    film: Any = made(Film, row)
    tell_language(film, row)
    keep_poster(film, row)
    film.edition = edition_of(parts)
    film.source = only(Source, parts["source"])
    film.adapted_from = only(Work, parts["adapted_from"])
    film._state.fields_cache["video"] = only(Video, parts["video"])
    totals = answers_by_topic() if counts_at_hand else keep_counts(parts["count"])
    film.public_interviews = talks_of(film, parts, totals)
    keep_related(
        film,
        credits=credits_in(parts)[film.pk],
        themes=[made(Theme, row) for row in sorted(parts["theme"], key=lambda row: row["name"])],
        tool_uses=[use_of(row) for row in in_place(parts["use"])],
        mentions=[mention_of(row) for row in in_place(parts["mention"])],
        stills=[made(Still, row) for row in in_place(parts["still"])],
        captions=[caption_of(row, film) for row in sorted(parts["caption"], key=lambda row: int(row["id"]))],
    )
    found: Film = film
    return found


def caption_of(row: Row, film: Film) -> Caption:
    caption: Caption = made(Caption, row)
    caption.film = film
    return caption


def only(model: type[Any], rows: list[Row]) -> Any:
    return made(model, rows[0]) if rows else None


def edition_of(parts: Parts) -> Edition | None:
    edition: Edition | None = only(Edition, parts["edition"])
    if edition:
        keep_related(edition, partnerships=[partner_of(row) for row in in_place(parts["partner"])])
    return edition


def partner_of(row: Row) -> Partnership:
    partnership: Partnership = made(Partnership, row)
    partnership.organisation = made(Organisation, row, "organisation_")
    return partnership


def talks_of(film: Film, parts: Parts, totals: Mapping[int, int]) -> list[Interview]:
    """The film's interviews in the order they were made, each with its questions and answers."""
    spoken = defaultdict(list)
    for row in in_place(parts["exchange"]):
        spoken[row["interview_id"]].append(row)
    talks = []
    for row in sorted(parts["talk"], key=lambda row: int(row["id"])):
        talk: Interview = made(Interview, row)
        tell_language(talk, row)
        talk.film = film
        keep_related(talk, exchanges=[exchange_of(said, talk, totals) for said in spoken[talk.pk]])
        talks.append(talk)
    return talks


def exchange_of(row: Row, talk: Interview, totals: Mapping[int, int]) -> Exchange:
    exchange: Exchange = made(Exchange, row)
    exchange.interview = talk
    exchange.speaker = made(Creator, row, "speaker_") if exchange.speaker_id else None
    exchange.topic = made(Topic, row, "topic_") if exchange.topic_id else None
    exchange.same_topic = totals.get(row["topic_id"], 0)  # type: ignore[attr-defined]
    exchange.content_language = row["source_language"]  # type: ignore[attr-defined]
    return exchange


def use_of(row: Row) -> ToolUse:
    use: ToolUse = made(ToolUse, row)
    use.tool = made(Tool, row, "tool_")
    use.quotable = bool(row["quotable"])  # type: ignore[attr-defined]  # as with_quotable() annotates it
    if use.exchange_id:
        use.exchange = placed(row)
    return use


def placed(row: Row) -> Exchange:
    """An answer as far as its address needs it: in a film's interview, or in a talk about no one film."""
    exchange: Exchange = made(Exchange, row, "exchange_")
    exchange.interview = made(Interview, row, "exchange_interview_")
    if row["exchange_interview_film_slug"]:
        exchange.interview.film = made(Film, row, "exchange_interview_film_")
    return exchange


def mention_of(row: Row) -> WorkMention:
    mention: WorkMention = made(WorkMention, row)
    mention.work = made(Work, row, "work_")
    return mention


def others_parts(edition: int, position: int, film: int) -> list[QuerySet[Any]]:
    """The next films of the programme and its first ones; one more than is shown tells that there are more."""
    in_programme = Film.objects.published().filter(edition=edition).order_by(*PROGRAMME).exclude(pk=film)
    # The first condition says nothing more, but lets the index begin there.
    following = in_programme.filter(
        Q(position__gt=position) | Q(position=position, pk__gt=film), position__gte=position
    )
    near = [rows.values("pk")[: OTHERS_SHOWN + 1] for rows in (following, in_programme)]
    shown = Film.objects.filter(Q(pk__in=near[0]) | Q(pk__in=near[1]))
    return [
        part("film", shown, CARD, content_language=F("source__language")),
        credit_part(Credit.objects.filter(film__in=shown.values("pk"))),
    ]


OTHERS = Prepared(others_parts, "edition", "position", "film")


def others_of(film: Film) -> tuple[list[Film], bool]:
    """Public films of the same edition, all of them or the next in the programme, and whether there are more (one query)."""
    edition = film.public_edition
    if edition is None:
        return [], False
    parts = OTHERS.rows(edition=edition.pk, position=film.position, film=film.pk)
    credits = credits_in(parts)
    others = sorted((film_of(row, credits) for row in parts["film"]), key=place)
    for other in others:
        other.edition = edition
    if len(others) > OTHERS_SHOWN:
        others.sort(key=lambda other: place(other) < place(film))
    return others[:OTHERS_SHOWN], len(others) > OTHERS_SHOWN


def place(film: Film) -> tuple[bool, int, int]:
    """Where a film stands in its programme."""
    return film.position is None, film.position or 0, film.pk
