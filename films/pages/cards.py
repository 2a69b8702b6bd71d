"""Rows of lists by their ids, in one statement each: films, interviews and answers as their cards show them."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import F, QuerySet

from films.models import Creator, Credit, Edition, Exchange, Film, Interview, Poster
from films.pages.prepared import Parts, Prepared, Row, made, part

Credits = dict[int, list[Credit]]

POSTER_OF_FILM: Any = Film._meta.get_field("poster")

# How many ids a statement takes; a page has as many, the interface asks for up to four times as many.
TAKEN = 24
NOBODY = 0

POSTER = ("poster_pigment", "poster_figure", "poster_composition", "poster_lines", "poster_seed")
EDITION = tuple(
    f"edition__{name}"
    for name in ("slug", "name", "name_en", "theme", "theme_en", "year", "status", "publish_at", "unpublish_at")
)
PICTURE = ("id", "image", "width", "height", "focus_x", "focus_y", "alt", "alt_en", "credit")
OF_POSTER = tuple(f"poster__{name}" for name in PICTURE)
CARD = (
    *("id", "slug", "title", "title_en", "synopsis", "synopsis_en", "runtime_seconds", "position", "edition_id"),
    *("title_origin", "form", "pull_quote", "pull_quote_exchange_id", "first_published_at", "updated_at"),
    *(*POSTER, *OF_POSTER),
)
CREDIT = ("id", "film_id", "role", "position", "creator_id", "creator__slug", "creator__name", "creator__name_en")
ABOUT_FILM = (
    *("film_id", "film__slug", "film__title", "film__title_en", "film__edition_id", "film__pull_quote"),
    "film__pull_quote_exchange_id",
    *(f"film__{name}" for name in (*POSTER, *OF_POSTER, *EDITION)),
)
TALK = (
    *("id", "slug", "heading", "heading_en", "interviewer", "edition_id", "first_published_at", "updated_at"),
    *ABOUT_FILM,
    *EDITION,
)
ANSWER = (
    *("id", "position", "anchor", "question", "answer", "speaker_label", "interview_id"),
    *("speaker_id", "speaker__slug", "speaker__name", "speaker__name_en"),
    *("interview__slug", "interview__heading", "interview__heading_en"),
    *(f"interview__{name}" for name in ABOUT_FILM),
)


def film_parts(**ids: int) -> list[QuerySet[Any]]:
    films = list(ids.values())
    rows = Film.objects.filter(pk__in=films)
    return [
        part("film", rows, (*CARD, *EDITION), content_language=F("source__language")),
        credit_part(Credit.objects.filter(film__in=films)),
    ]


def talk_parts(**ids: int) -> list[QuerySet[Any]]:
    rows = Interview.objects.filter(pk__in=list(ids.values()))
    return [
        part("talk", rows.with_questions(), TALK, content_language=F("source__language"), questions=F("questions")),
        credit_part(Credit.objects.filter(film__in=rows.filter(film__isnull=False).values("film"))),
    ]


def answer_parts(**ids: int) -> list[QuerySet[Any]]:
    rows = Exchange.objects.filter(pk__in=list(ids.values()))
    more = {"content_language": F("source__language"), "asked": F("asked"), "number": F("number")}
    films = rows.filter(interview__film__isnull=False).values("interview__film")
    return [
        part("answer", rows.with_asked().with_number(), ANSWER, **more),
        credit_part(Credit.objects.filter(film__in=films)),
    ]


def credit_part(credits: QuerySet[Any]) -> QuerySet[Any]:
    return part("credit", credits, CREDIT)


PLACES = [f"id_{place}" for place in range(TAKEN)]
FILMS, TALKS, ANSWERS = (Prepared(make, *PLACES) for make in (film_parts, talk_parts, answer_parts))


def film_cards(ids: Iterable[int]) -> list[Film]:
    """Films in the order of their ids, with edition and credited names (one query for each 24)."""
    return in_order(ids, FILMS, "film", film_of)


def talk_cards(ids: Iterable[int]) -> list[Interview]:
    """Interviews with film, makers, edition and number of questions (one query for each 24)."""
    return in_order(ids, TALKS, "talk", talk_of)


def answer_cards(ids: Iterable[int]) -> list[Exchange]:
    """Answers with film, makers, `asked` and the `number` of their question (one query for each 24)."""
    return in_order(ids, ANSWERS, "answer", answer_of)


def in_order(numbers: Iterable[int], statement: Prepared, name: str, make: Callable[[Row, Credits], Any]) -> list[Any]:
    ids = list(numbers)
    found: dict[int, Any] = {}
    for start in range(0, len(ids), TAKEN):
        some = [*ids[start : start + TAKEN], *[NOBODY] * TAKEN][:TAKEN]
        parts = statement.rows(**dict(zip(PLACES, some, strict=True)))
        credits = credits_in(parts)
        found |= {row["id"]: make(row, credits) for row in parts[name]}
    return [found[pk] for pk in ids if pk in found]


def credits_in(parts: Parts) -> Credits:
    """The credits of each film, in their order."""
    found: Credits = defaultdict(list)
    for row in in_place(parts["credit"]):
        credit = made(Credit, row)
        credit.creator = made(Creator, row, "creator_")
        found[row["film_id"]].append(credit)
    return found


def in_place(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["position"], row["id"]))


def film_of(row: Row, credits: Credits, prefix: str = "") -> Film:
    """A film with its edition and credits at hand."""
    film: Film = made(Film, row, prefix)
    film.edition = made(Edition, row, f"{prefix}edition_") if film.edition_id else None
    keep_related(film, credits=credits.get(film.pk, []))
    keep_poster(film, row, prefix)
    if not prefix:
        tell_language(film, row)
    return film


def keep_poster(film: Any, row: Row, prefix: str = "") -> None:
    """The film's picture, or that it has none, as `select_related` would keep it."""
    has_one = row[f"{prefix}poster_id"] is not None
    POSTER_OF_FILM.set_cached_value(film, made(Poster, row, f"{prefix}poster_") if has_one else None)


def talk_of(row: Row, credits: Credits) -> Interview:
    talk: Interview = made(Interview, row)
    talk.film = film_of(row, credits, "film_") if talk.film_id else None
    talk.edition = made(Edition, row, "edition_") if talk.edition_id else None
    talk.questions = row["questions"]  # type: ignore[attr-defined]  # as with_questions() annotates it
    tell_language(talk, row)
    return talk


def answer_of(row: Row, credits: Credits) -> Exchange:
    exchange: Exchange = made(Exchange, row)
    exchange.interview = made(Interview, row, "interview_")
    film = film_of(row, credits, "interview_film_") if exchange.interview.film_id else None
    exchange.interview.film = film
    exchange.speaker = made(Creator, row, "speaker_") if exchange.speaker_id else None
    exchange.asked, exchange.number = row["asked"], row["number"]  # type: ignore[attr-defined]  # as annotated
    tell_language(exchange, row)
    return exchange


def keep_related(row: Any, **related: list[Any]) -> None:
    """Rows that templates reach through a manager, as `prefetch_related` would keep them."""
    row._prefetched_objects_cache = getattr(row, "_prefetched_objects_cache", {}) | related


def tell_language(row: Any, read: Row) -> None:
    row.content_language = read["content_language"]
