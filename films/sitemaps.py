"""Every public page in both languages, with the day it last changed."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse

from films.kept import kept
from films.models import Creator, Edition, Film, Interview, Source, Tool, Topic, Work
from films.models.publishable import is_public
from films.pages.ids import kept_ids

# Addresses in one file; a site that has more of one kind gives a map of maps.
PAGE = 1000


def latest_of(rows: QuerySet[Any], column: str) -> dt.datetime | None:
    """The latest moment in a column (one query)."""
    latest: dt.datetime | None = rows.order_by().aggregate(latest=Max(column))["latest"]
    return latest


class Pairs:
    """Entries and languages by their place in the map."""

    def __init__(self, ids: Sequence[int], entries: Callable[[], QuerySet[Any]], languages: Sequence[str]) -> None:
        self.ids, self.entries, self.languages = ids, entries, languages

    def __len__(self) -> int:
        return len(self.ids) * len(self.languages)

    def __getitem__(self, places: slice) -> list[tuple[Any, str]]:
        chosen = range(len(self))[places]
        each = len(self.languages)
        found = self.entries().in_bulk({self.ids[place // each] for place in chosen})
        pairs = ((self.ids[place // each], self.languages[place % each]) for place in chosen)
        return [(found[pk], language) for pk, language in pairs if pk in found]


class BilingualSitemap(Sitemap):  # type: ignore[type-arg]  # not generic at run time
    i18n = True
    alternates = True
    x_default = True
    changed = ""
    limit = PAGE

    def _items(self) -> Any:
        """Each entry in each language; only those of the page are loaded."""
        ids = kept_ids(("sitemap", type(self).__name__), lambda: self.entries().order_by("pk"))
        return Pairs(ids, self.rows, [code for code, _name in settings.LANGUAGES])

    def entries(self) -> QuerySet[Any]:
        raise NotImplementedError

    def rows(self) -> QuerySet[Any]:
        """The same as they are read by their ids."""
        return self.entries()

    def items(self) -> QuerySet[Any]:
        return self.entries().order_by("pk")

    def lastmod(self, item: Model) -> dt.datetime | None:
        return getattr(item, self.changed) if self.changed else None

    def get_latest_lastmod(self) -> dt.datetime | None:
        """One aggregate; Django's own would load every entry again."""
        if not self.changed:
            return None
        return kept(("latest in sitemap", type(self).__name__), self.latest)

    def latest(self) -> dt.datetime | None:
        return latest_of(self.entries(), self.changed)


class PageSitemap(Sitemap):  # type: ignore[type-arg]
    """The pages that are not an entry's own."""

    i18n = True
    alternates = True
    x_default = True

    def items(self) -> list[str]:
        names = ["home", "film_list", "interview_list", "creator_list", "edition_list", "topic_list", "tool_list"]
        return [f"films:{name}" for name in names]

    def location(self, item: str) -> str:
        return reverse(item)


class FilmSitemap(BilingualSitemap):
    changed = "changed_at"

    def entries(self) -> QuerySet[Any]:
        return Film.objects.published()

    def rows(self) -> QuerySet[Any]:
        """A film's page changes with the film and with its interviews."""
        talks = Interview.objects.filter(is_public(at_hand=True), film=OuterRef("pk")).order_by().values("film")
        talked = Subquery(talks.annotate(latest=Max("updated_at")).values("latest"))
        changed = Greatest("updated_at", Coalesce(talked, "updated_at"))
        films: QuerySet[Any] = Film.objects.shown().only("slug", "updated_at").annotate(changed_at=changed)
        return films

    def latest(self) -> dt.datetime | None:
        talks = Interview.objects.published().filter(film__isnull=False)
        found = [latest_of(rows, "updated_at") for rows in (self.entries(), talks)]
        return max((moment for moment in found if moment), default=None)


class InterviewSitemap(BilingualSitemap):
    changed = "updated_at"

    def entries(self) -> QuerySet[Any]:
        return Interview.objects.published().filter(film=None).only("slug", "film", "updated_at")


class CreatorSitemap(BilingualSitemap):
    changed = "updated_at"

    def entries(self) -> QuerySet[Any]:
        return Creator.objects.published().only("slug", "updated_at")


class EditionSitemap(BilingualSitemap):
    changed = "updated_at"

    def entries(self) -> QuerySet[Any]:
        return Edition.objects.published().only("slug", "updated_at")


class TopicSitemap(BilingualSitemap):
    def entries(self) -> QuerySet[Any]:
        return Topic.objects.published().only("slug")


class ToolSitemap(BilingualSitemap):
    def entries(self) -> QuerySet[Any]:
        return Tool.objects.published().only("slug")


class WorkSitemap(BilingualSitemap):
    def entries(self) -> QuerySet[Any]:
        return Work.objects.published().only("slug")


class SourceSitemap(BilingualSitemap):
    changed = "imported_at"

    def entries(self) -> QuerySet[Any]:
        return Source.objects.published().only("slug", "imported_at")


SITEMAPS: dict[str, Any] = {
    "pages": PageSitemap,
    "films": FilmSitemap,
    "interviews": InterviewSitemap,
    "creators": CreatorSitemap,
    "editions": EditionSitemap,
    "topics": TopicSitemap,
    "tools": ToolSitemap,
    "works": WorkSitemap,
    "sources": SourceSitemap,
}


def is_one_file() -> bool:
    """Whether every page of the site fits into one file."""
    return sum(len(kind()._items()) for kind in SITEMAPS.values()) <= PAGE
