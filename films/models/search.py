"""What the search reads: one row of folded words for each entry that has a page or an anchor."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.deletion import Collector
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from films.models import nouns
from films.models.creator import Creator
from films.models.festival import Edition
from films.models.film import Film
from films.models.interview import Exchange
from films.models.video import Caption
from films.models.vocabulary import Work


class SearchKind(models.TextChoices):
    """Kinds of hit, in the order in which a page of results shows them."""

    EDITION = "edition", _("届次")
    FILM = "film", _("短片")
    CREATOR = "creator", _("创作者")
    WORK = "work", _("作品")
    ANSWER = "answer", _("问答")
    CAPTION = "caption", pgettext_lazy("kind of hit", "字幕")


# Kept for ever: an entry's document has the number `KIND_NUMBER << KIND_SHIFT | entry number`.
KIND_NUMBER = {"film": 1, "answer": 2, "creator": 3, "work": 4, "edition": 5, "caption": 6}
KIND_SHIFT = 48


def first_id(kind: str) -> int:
    """The number below the first document of a kind; add an entry's own number."""
    return KIND_NUMBER[kind] << KIND_SHIFT


def vanish(collector: Collector, field: Any, rows: Any, using: str) -> None:
    """Delete with the entry in one statement, as CASCADE does, and unmentioned in the admin's question."""
    collector.fast_deletes.append(rows)


vanish.lazy_sub_objs = True  # type: ignore[attr-defined]


class SearchDocument(models.Model):
    """The folded words of one entry, made by `films.search.reindex`, never edited.

    Whether an entry is public is not kept here: it is asked when somebody searches.
    """

    id = models.BigIntegerField(primary_key=True)
    film = models.ForeignKey(Film, vanish, null=True, db_index=False, related_name="+")
    exchange = models.ForeignKey(Exchange, vanish, null=True, db_index=False, related_name="+")
    creator = models.ForeignKey(Creator, vanish, null=True, db_index=False, related_name="+")
    work = models.ForeignKey(Work, vanish, null=True, db_index=False, related_name="+")
    edition = models.ForeignKey(Edition, vanish, null=True, db_index=False, related_name="+")
    caption = models.ForeignKey(Caption, vanish, null=True, db_index=False, related_name="+")
    title = models.TextField(blank=True)
    people = models.TextField(blank=True)
    names = models.TextField(blank=True)
    body = models.TextField(blank=True)

    class Meta:
        verbose_name = nouns.INDEX_ENTRY
        verbose_name_plural = nouns.INDEX_ENTRIES
        constraints = [
            # Serves the deletion of an entry; partial, because each row belongs to one entry only.
            models.UniqueConstraint(fields=["film"], condition=Q(film__isnull=False), name="search_film"),
            models.UniqueConstraint(fields=["exchange"], condition=Q(exchange__isnull=False), name="search_exchange"),
            models.UniqueConstraint(fields=["creator"], condition=Q(creator__isnull=False), name="search_creator"),
            models.UniqueConstraint(fields=["work"], condition=Q(work__isnull=False), name="search_work"),
            models.UniqueConstraint(fields=["edition"], condition=Q(edition__isnull=False), name="search_edition"),
            models.UniqueConstraint(fields=["caption"], condition=Q(caption__isnull=False), name="search_caption"),
        ]

    def __str__(self) -> str:
        return self.title or str(self.pk)
