"""What the head of every page says to machines: words said once, cards for sharing, data about the entry."""

import json
from collections.abc import Callable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from films import structured_data as data
from films.structured_video import video_object
from films.templatetags.formatting import edition_title, localised, name_of, title_text
from films.templatetags.pictures import portrait_address
from films.templatetags.posters import share_image

register = template.Library()

# In data no text can close the script element, begin a comment or end a line.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
# og:type of an entry's own page; every other page is simply part of the site.
KINDS = {"film": "video.movie", "interview": "article", "creator": "profile"}
LISTS = {
    "film": _("短片"),
    "interview": _("访谈"),
    "creator": _("创作者"),
    "edition": _("届次"),
    "topic": _("同题"),
    "tool": _("工具"),
}
IN_API = ("film", "interview", "creator", "edition", "topic")
NAMES: dict[str, Callable[[Any], str]] = {
    "film": title_text,
    "interview": title_text,
    "creator": name_of,
    "edition": edition_title,
    "topic": name_of,
    "tool": name_of,
    "work": lambda work: localised(work, "title").text,
    "source": str,
}


@register.simple_block_tag
def keep(content: str) -> str:
    """What stands between the tags, on one line, to be said more than once: `{% keep as page_title %}`.

    The template engine has escaped it already.
    """
    return SafeString(" ".join(content.split()))


def place(context: dict[str, Any]) -> tuple[str, Any]:
    """The noun of the page and, on an entry's own page, the entry."""
    match = context["request"].resolver_match
    noun, _line, kind = ((match and match.url_name) or "").partition("_")
    if kind == "detail":
        return noun, context.get(noun)
    return (noun if kind == "list" and "page" in context else ""), None


@register.simple_tag(takes_context=True)
def og_type(context: dict[str, Any]) -> str:
    noun, entry = place(context)
    return KINDS.get(noun, "website") if entry else "website"


@register.simple_tag(takes_context=True)
def edition_shown(context: dict[str, Any]) -> Any:
    """The edition whose own page this is, for its feed."""
    noun, entry = place(context)
    return entry if noun == "edition" else None


@register.simple_tag(takes_context=True)
def in_api(context: dict[str, Any]) -> str:
    """The address of the same entry or list in the JSON interface."""
    noun, entry = place(context)
    if noun not in IN_API:
        return ""
    return reverse(f"api:{noun}_detail", args=[entry.slug]) if entry else reverse(f"api:{noun}_list")


@register.simple_tag(takes_context=True)
def structured_data(context: dict[str, Any]) -> str:
    """JSON-LD about the page (no query: what it tells of, the page shows as well)."""
    nodes = page_nodes(context)
    if not nodes:
        return ""
    text = json.dumps({"@context": "https://schema.org", "@graph": nodes}, ensure_ascii=False, separators=(",", ":"))
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text.translate(ESCAPES)))


def page_nodes(context: dict[str, Any]) -> list[data.Node]:
    request = context["request"]
    absolute = request.build_absolute_uri
    if request.resolver_match and request.resolver_match.url_name == "home":
        return [data.site(absolute), data.website(absolute)]
    noun, entry = place(context)
    if not entry and noun not in LISTS:
        return []
    told = ENTRIES[noun](entry, context, absolute) if entry and noun in ENTRIES else []
    return [*told, data.breadcrumbs(way_to(noun, entry), absolute)]


def way_to(noun: str, entry: Any) -> list[tuple[str, str]]:
    """The list that the page belongs to, if there is one, and the page."""
    steps = [(str(LISTS[noun]), reverse(f"films:{noun}_list"))] if noun in LISTS else []
    return [*steps, (NAMES[noun](entry), entry.get_absolute_url())] if entry else steps


def film_nodes(film: Any, context: dict[str, Any], absolute: data.Absolute) -> list[data.Node]:
    edition, source = film.public_edition, film.source
    talks = [
        data.article(talk, absolute, film=film, edition=edition, source=source) for talk in film.public_interviews
    ]
    image = share_image(context, film).url
    movie, video = data.movie(film, absolute, image=image), video_object(film, absolute, image)
    return [movie | {"video": video} if video else movie, *talks, data.site(absolute)]


def interview_nodes(talk: Any, context: dict[str, Any], absolute: data.Absolute) -> list[data.Node]:
    return [data.article(talk, absolute, source=talk.source), data.site(absolute)]


def creator_nodes(creator: Any, context: dict[str, Any], absolute: data.Absolute) -> list[data.Node]:
    films = [data.brief_movie(film, absolute) for film in context["films"]]
    return [data.person(creator, absolute, image=portrait_address(creator, absolute)), *films]


def edition_nodes(edition: Any, context: dict[str, Any], absolute: data.Absolute) -> list[data.Node]:
    return [data.edition(edition, context["films"], absolute)]


ENTRIES: dict[str, Callable[[Any, dict[str, Any], data.Absolute], list[data.Node]]] = {
    "film": film_nodes,
    "interview": interview_nodes,
    "creator": creator_nodes,
    "edition": edition_nodes,
}
