"""Where gaps in pictures and dead addresses are closed, and what is broken beside the films."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from films.checking.places import Place, dead_places
from films.choices import MediaFault
from films.missing import unworded
from films.models import Creator, Credit, Film, MediaCheck, Portrait, Poster, Still, nouns
from films.publishing import may


class Link(NamedTuple):
    """Where a gap is closed, and what the link says beside its column's name."""

    url: str
    words: Any


def change_url(row_or_model: Any, key: int, fragment: str = "") -> str:
    """The form of a row, at one of its fields."""
    url = reverse(f"admin:films_{row_or_model._meta.model_name}_change", args=[key])
    return f"{url}#{fragment}" if fragment else url


class PictureLinks:
    """Of the films of one page; what is in order is not asked about (at most 5 queries)."""

    keys: list[int]
    user: Any

    def change(self, model: Any, key: int, fragment: str) -> str:
        """The form of a row of another kind, for whoever may open it."""
        return change_url(model, key, fragment) if may(self.user, "view", model) else ""

    def at(self, place: Place) -> str:
        return self.change(place.model, place.pk, f"id_{place.field}")

    @cached_property
    def unworded(self) -> dict[int, list[Link]]:
        """Film → its pictures, and its makers', that lack words in either language."""
        found: dict[int, list[Link]] = defaultdict(list)
        for film in Poster.objects.filter(unworded(), film__in=self.keys).values_list("film", flat=True):
            found[film].append(Link(change_url(Film, film, "id_poster-0-alt"), nouns.POSTER))
        stills: dict[int, int] = Counter()
        for film, alt, alt_en in Still.objects.filter(film__in=self.keys).values_list("film", "alt", "alt_en"):
            if not alt or not alt_en:
                link = change_url(Film, film, f"id_stills-{stills[film]}-alt")
                found[film].append(Link(link, _("剧照 %(number)d") % {"number": stills[film] + 1}))
            stills[film] += 1
        for film, maker, name in self.makers(Portrait.objects.filter(unworded()).values("creator")):
            found[film].append(Link(self.change(Creator, maker, "id_portrait-0-alt"), name))
        return found

    @cached_property
    def dead(self) -> dict[int, list[Link]]:
        """Film → its own and its makers' addresses that lead nowhere."""
        found: dict[int, list[Link]] = defaultdict(list)
        places: dict[tuple[type[Any], int], Place] = {(place.model, place.pk): place for place, _row in dead_places()}
        for film in self.keys:
            if place := places.get((Film, film)):
                found[film].append(Link(self.at(place), nouns.VIDEO))
        for film, maker, name in self.makers([pk for model, pk in places if model is Creator]):
            found[film].append(Link(self.at(places[Creator, maker]), name))
        return found

    def makers(self, creators: Any) -> Iterator[tuple[int, int, str]]:
        """Film, number and name of those of these people who are credited (1 query)."""
        rows = Credit.objects.filter(film__in=self.keys, creator__in=creators).order_by("film", "position", "pk")
        yield from dict.fromkeys(rows.values_list("film", "creator", "creator__name"))

    def alt(self, film: Any) -> list[Link]:
        return self.unworded[film.pk]

    def dead_link(self, film: Any) -> list[Link]:
        return self.dead[film.pk]


def broken(user: Any) -> list[Link]:
    """Dead addresses that belong to no film, each with its field for whoever may open it (at most 4 queries)."""
    places = [(place, row) for place, row in dead_places() if place.model is not Film]
    credited = set(Credit.objects.values_list("creator", flat=True)) if places else set()
    return [
        Link(
            change_url(place.model, place.pk, f"id_{place.field}") if may(user, "view", place.model) else "",
            f"{place.name} · {row.address} · {row.get_reason_display()}",
        )
        for place, row in places
        if place.model is not Creator or place.pk not in credited
    ]


def lost() -> list[tuple[str, int]]:
    """How many files have which fault, as the last look at them found (1 query)."""
    counts = Counter(MediaCheck.objects.values_list("fault", flat=True))
    return [(str(MediaFault(fault).label), number) for fault, number in counts.items()]
