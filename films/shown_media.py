"""Which files of the media visitors may see: those of public entries, and of entries that somebody was sent a link to.

A name cannot be guessed, but it can be passed on, or remembered from before an entry was withdrawn.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from films.kept import kept
from films.models import Creator, Edition, Film, Interview, Portrait, Poster, Preview, Still, Video
from films.models.picture import Picture
from films.models.publishable import is_public

Owner = tuple[type[Picture], int]
PICTURES: tuple[type[Picture], ...] = (Poster, Still, Portrait)
COLUMNS = ("image", "width", "height", "focus_x", "focus_y")


def is_shown(name: str) -> bool:
    """Whether a visitor may see a file (one query; three more after content changed)."""
    model, key = owners().get(name, (None, 0))
    if model is None:
        return Video.objects.filter(of_shown_film(), file=name).exists()
    if model is Portrait:
        return Creator.objects.published().filter(portrait=key).exists()
    return model._base_manager.filter(of_shown_film(), pk=key).exists()


def of_shown_film() -> Q:
    """Rows of films that are public, or that can be read under a link."""
    return is_public(prefix="film__") | Q(film__in=films_under_links())


def films_under_links() -> QuerySet[Film, dict[str, Any]]:
    """The films that the pages under open links show: each its own, an edition's all but the archived."""
    links = Preview.objects.filter(expires_at__gt=timezone.now())
    of_films, of_talks, of_editions = (
        links.filter(model=model._meta.model_name).values("target_id") for model in (Film, Interview, Edition)
    )
    editions = Edition.objects.filter(pk__in=of_editions).exclude(is_public())
    shown = Q(pk__in=of_films) | Q(interviews__in=of_talks)
    return Film.objects.filter(shown | Q(pk__in=Film.objects.to_come().filter(edition__in=editions))).values("pk")


def owners() -> dict[str, Owner]:
    """Whose each file is that was made of a picture (3 queries; none while content stays as it is)."""
    return kept("owners of media", read_owners)


def read_owners() -> dict[str, Owner]:
    """What a picture's files are called is reckoned once for each."""
    return {
        name: (model, key)
        for model in PICTURES
        for key, *values in model._base_manager.values_list("pk", *COLUMNS).iterator()
        for name in names_of(model, *values)
    }


@lru_cache(maxsize=100_000)
def names_of(model: type[Picture], image: str, width: int, height: int, focus_x: int, focus_y: int) -> tuple[str, ...]:
    row = model(image=image, width=width, height=height, focus_x=focus_x, focus_y=focus_y)
    return tuple(file.name for file in row.renditions())
