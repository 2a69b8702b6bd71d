"""People as their list shows them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Window
from django.db.models.functions import RowNumber

from films.models import Creator, Credit, Film
from films.models.publishable import is_public

FILMS_SHOWN = 12
# A person may have several credits on one film.
ROLES_ON_ONE = 3


def creator_cards(ids: Sequence[int]) -> list[Creator]:
    """People in the order of their ids, each with `public_films`, the newest of them, and `has_more_films` (2 queries)."""
    found = Creator.objects.select_related("portrait").in_bulk(ids)
    return with_newest_films([found[pk] for pk in ids if pk in found])


def with_newest_films(creators: list[Creator]) -> list[Creator]:
    """People, each with `public_films` and `has_more_films` (one query)."""
    films = newest_films([creator.pk for creator in creators])
    for creator in creators:
        creator.public_films = films[creator.pk][:FILMS_SHOWN]  # type: ignore[attr-defined]
        creator.has_more_films = len(films[creator.pk]) > FILMS_SHOWN  # type: ignore[attr-defined]
    return creators


def newest_films(creators: Sequence[int]) -> dict[int, list[Film]]:
    """The newest public films of each person, one more than is shown if there are more (one query)."""
    newest = Window(RowNumber(), partition_by="creator", order_by=["-film__first_published_at", "-film_id"])
    rows = Credit.objects.filter(is_public(prefix="film__"), creator__in=creators).annotate(place=newest)
    columns = ("creator", "film_id", "film__slug", "film__title", "film__title_en")
    shown = rows.filter(place__lte=ROLES_ON_ONE * (FILMS_SHOWN + 1)).order_by("place").values_list(*columns)
    films: dict[int, dict[int, Film]] = defaultdict(dict)
    for creator, pk, slug, title, title_en in shown:
        films[creator].setdefault(pk, film(pk, slug, title, title_en))
    return defaultdict(list, {creator: list(some.values()) for creator, some in films.items()})


def film(pk: int, slug: str, title: str, title_en: str) -> Any:
    return Film.from_db(None, ["id", "slug", "title", "title_en"], in_column_order(pk, slug, title, title_en))


def in_column_order(*values: Any) -> list[Any]:
    given = dict(zip(("id", "slug", "title", "title_en"), values, strict=True))
    return [given[field.attname] for field in Film._meta.concrete_fields if field.attname in given]
