"""Atom feeds with the full words, one of each kind and edition a language."""

import datetime as dt
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.utils.xmlutils import SimplerXMLGenerator

from films.models import Edition, Film, Interview
from films.shortcuts import find
from films.templatetags.formatting import edition_title, makers, opening, title_text
from films.text import visible

NEWEST = 30


def newest(entries: QuerySet[Any]) -> list[int]:
    """Their numbers alone, which an index gives without reading a row (one query)."""
    return list(entries.order_by("-first_published_at", "-pk").values_list("pk", flat=True)[:NEWEST])


def in_order(rows: QuerySet[Any], ids: list[int]) -> list[Any]:
    found = rows.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


class FullAtom(Atom1Feed):
    """Atom as Django writes it, with the whole text as the entry's content."""

    def latest_post_date(self) -> dt.datetime:
        """Without an entry nothing was ever said; Django's own would make it another feed each time it is asked for."""
        return super().latest_post_date() if self.items else dt.datetime.fromtimestamp(0, dt.UTC)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


class FullFeed(Feed):  # type: ignore[type-arg]  # not generic at run time
    feed_type = FullAtom
    author_name = "Elysium"
    template = ""

    def item_description(self, item: Any) -> None:  # type: ignore[override]
        """No summary beside the full content."""

    def item_guid(self, item: Any) -> str:
        """The same for ever, whatever becomes of the address; the two languages are two entries."""
        return f"tag:elysium,2025:{item._meta.model_name}:{item.pk}:{get_language()}"

    def item_extra_kwargs(self, item: Any) -> dict[str, Any]:
        return {"content": visible(render_to_string(self.template, {"item": item}))}

    def item_pubdate(self, item: Any) -> dt.datetime:
        published: dt.datetime = item.first_published_at or item.updated_at
        return published


class FilmFeed(FullFeed):
    title = _("Elysium：短片")
    subtitle = _("新收入的短片，连同访谈全文。")
    template = "feeds/film.html"

    def link(self) -> str:
        return reverse("films:film_list")

    def items(self, **chosen: Any) -> list[Film]:
        films = Film.objects.with_card_data().with_public_interviews()
        return in_order(films, newest(Film.objects.published().filter(**chosen)))

    def item_title(self, item: Film) -> str:
        return visible(title_text(item))

    def item_author_name(self, item: Film) -> str | None:
        return visible(makers(item)) or None

    def item_updateddate(self, item: Any) -> dt.datetime:
        """A film's entry changes with the film and with its interviews."""
        latest: dt.datetime = max([item.updated_at, *(talk.updated_at for talk in item.public_interviews)])
        return latest


class InterviewFeed(FullFeed):
    title = _("Elysium：访谈")
    subtitle = _("新发布的访谈全文。")
    template = "feeds/interview.html"

    def link(self) -> str:
        return reverse("films:interview_list")

    def items(self, **chosen: Any) -> list[Interview]:
        talks = Interview.objects.with_card_data().with_exchanges()
        # Those of one edition are few: SQLite would look for them among all public ones, newest first.
        public = Interview.objects.shown() if chosen else Interview.objects.published()
        return in_order(talks, newest(public.filter(**chosen)))

    def item_title(self, item: Interview) -> str:
        return visible(title_text(item))

    def item_author_name(self, item: Interview) -> str | None:
        return visible(item.interviewer) or None

    def item_updateddate(self, item: Interview) -> dt.datetime:
        return item.updated_at


class EditionFeed(FullFeed):
    """The films of one edition, and the talks in it that are about no one film."""

    kinds: dict[type, Any] = {Film: FilmFeed(), Interview: InterviewFeed()}

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        edition = find(Edition.objects.published().with_partners(), kwargs["slug"])
        if edition.slug != kwargs["slug"]:
            return HttpResponsePermanentRedirect(reverse("films:edition_feed", args=[edition.slug]))
        return super().__call__(request, edition=edition)

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Edition:
        edition: Edition = kwargs["edition"]
        return edition

    def title(self, edition: Edition) -> str:
        return visible(_("Elysium：%(edition)s") % {"edition": edition_title(edition)})

    def subtitle(self, edition: Edition) -> str:
        return visible(opening(edition).text)

    def link(self, edition: Edition) -> str:
        return edition.get_absolute_url()

    def items(self, edition: Edition) -> list[Any]:
        films = self.kinds[Film].items(edition=edition)
        talks = self.kinds[Interview].items(edition=edition, film=None)
        return sorted([*films, *talks], key=self.item_pubdate, reverse=True)[:NEWEST]

    def item_title(self, item: Any) -> str:
        return str(self.kinds[type(item)].item_title(item))

    def item_author_name(self, item: Any) -> Any:
        return self.kinds[type(item)].item_author_name(item)

    def item_updateddate(self, item: Any) -> Any:
        return self.kinds[type(item)].item_updateddate(item)

    def item_extra_kwargs(self, item: Any) -> dict[str, Any]:
        content: dict[str, Any] = self.kinds[type(item)].item_extra_kwargs(item)
        return content
