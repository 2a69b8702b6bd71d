"""Atom feeds with the full words, one of each kind a language."""

import datetime as dt
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.utils.xmlutils import SimplerXMLGenerator

from films.models import Film, Interview
from films.templatetags.formatting import makers, title_text
from films.text import visible

NEWEST = 30


class FullAtom(Atom1Feed):
    """Atom as Django writes it, with the whole text as the entry's content."""

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

    def items(self) -> QuerySet[Film]:
        films = Film.objects.published().with_card_data()
        return films.with_public_interviews().order_by("-first_published_at", "-pk")[:NEWEST]

    def item_title(self, item: Film) -> str:
        return visible(title_text(item))

    def item_author_name(self, item: Film) -> str:
        return visible(makers(item))

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

    def items(self) -> QuerySet[Interview]:
        talks = Interview.objects.published().with_card_data().with_exchanges()
        return talks.order_by("-first_published_at", "-pk")[:NEWEST]

    def item_title(self, item: Interview) -> str:
        return visible(title_text(item))

    def item_author_name(self, item: Interview) -> str:
        return visible(item.interviewer)

    def item_updateddate(self, item: Interview) -> dt.datetime:
        return item.updated_at
