"""A film's poster on a page. No query when the film comes with its credits and edition."""

from functools import lru_cache
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from films.models.postered import poster_facts
from films.poster import Facts
from films.poster import poster as draw
from films.share_image import file_name, wide_facts

register = template.Library()


@lru_cache(maxsize=1024)
def _drawing(facts: Facts) -> SafeString:
    # Every word in it was escaped by the poster's own writer; nothing stored is trusted.
    return SafeString(draw(facts))


@register.simple_tag
def poster(film: Any) -> SafeString:
    """The typographic poster as inline SVG."""
    return _drawing(poster_facts(film))


@register.simple_tag
def drawn(facts: Facts) -> SafeString:
    """A poster of facts that no film has yet."""
    return _drawing(facts)


@register.simple_tag(takes_context=True)
def share_image(context: dict[str, Any], film: Any) -> str:
    """The whole address of the film's image for sharing; it changes with the poster, so that no cache shows an old one."""
    address = reverse("share_image", args=[film.slug])
    return str(context["request"].build_absolute_uri(f"{address}?v={file_name(wide_facts(film))[:8]}"))
