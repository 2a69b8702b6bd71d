"""Where addresses of the net stand in entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from films.models import Creator, Film, LinkCheck, Organisation, Video


class Place(NamedTuple):
    """A field of an entry that holds an address."""

    model: type[Any]
    pk: int
    field: str
    name: str

    def __str__(self) -> str:
        return f"{self.model._meta.model_name} {self.pk} “{self.name}”"


Standing = tuple[str, Place]


def of_makers() -> Iterator[Standing]:
    for pk, name, links in Creator.objects.exclude(links=[]).order_by("pk").values_list("pk", "name", "links"):
        for link in links if isinstance(links, list) else ():
            if isinstance(link, str) and link:
                yield link, Place(Creator, pk, "links", name)


def of_organisations() -> Iterator[Standing]:
    for pk, name, link in Organisation.objects.exclude(link="").order_by("pk").values_list("pk", "name", "link"):
        yield link, Place(Organisation, pk, "link", name)


def of_videos() -> Iterator[Standing]:
    """Films that are watched elsewhere: the page there."""
    for video in Video.objects.exclude(site="").select_related("film").order_by("pk"):
        yield video.page_url, Place(Film, video.film_id, "video-0-address", str(video.film))


# Model and field → what stands there; a column of addresses without a line here fails a test.
SOURCES: dict[tuple[type[Any], str], Callable[[], Iterator[Standing]]] = {
    (Creator, "links"): of_makers,
    (Organisation, "link"): of_organisations,
    (Video, "site_id"): of_videos,
}


def by_address() -> dict[str, list[Place]]:
    """Every address that editors stored, with all places where it stands (one query a source)."""
    found: dict[str, list[Place]] = defaultdict(list)
    for source in SOURCES.values():
        for address, place in source():
            found[address].append(place)
    return found


def dead_places() -> list[tuple[Place, LinkCheck]]:
    """The fields that hold a dead address now (one query while none is dead)."""
    dead = {row.address: row for row in LinkCheck.objects.dead()}
    if not dead:
        return []
    return [(place, dead[address]) for address, places in by_address().items() if address in dead for place in places]
