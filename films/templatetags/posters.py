"""A film's poster on a page. No query when the film comes with its credits and edition."""

from functools import lru_cache
from typing import Any, NamedTuple

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from films.models.postered import poster_facts
from films.poster import Facts
from films.poster import poster as draw
from films.share_image import HEIGHT, WIDTH, file_name, wide_facts
from films.templatetags.pictures import shared_image
from films.uploads.renditions import CONTENT_TYPES

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


class Shared(NamedTuple):
    """What other sites show for a film: its picture, or its typographic poster."""

    url: str
    type: str = "image/png"
    width: int = WIDTH
    height: int = HEIGHT


@register.simple_tag(takes_context=True)
def share_image(context: dict[str, Any], film: Any) -> Shared:
    """The whole address of the film's image for sharing; it changes with what is in it, so that no cache shows an old one."""
    absolute = context["request"].build_absolute_uri
    if found := shared_image(film):
        address, file = found
        return Shared(absolute(address), CONTENT_TYPES[file.format], file.width, file.height)
    return Shared(absolute(f"{reverse('share_image', args=[film.slug])}?v={file_name(wide_facts(film))[:8]}"))
