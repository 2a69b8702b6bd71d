"""The film itself on its page. No query when the film comes with its captions."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import get_language

from films.choices import CaptionKind
from films.models import Caption
from films.models.picture import SHARED
from films.templatetags.pictures import address, poster_picture

register = template.Library()


@register.simple_tag(takes_context=True)
def video_poster(context: dict[str, Any], film: Any) -> str:
    """What stands in the player before the film begins."""
    picture = poster_picture(film)
    shared = picture.renditions(SHARED) if picture else []
    if shared:
        return address(picture, shared[-1])
    if preview := context.get("preview"):
        return reverse("films:preview_poster", args=[preview.token])
    return reverse("wide_poster", args=[film.slug])


@register.simple_tag(takes_context=True)
def track_address(context: dict[str, Any], caption: Caption) -> str:
    """What the player reads: under a preview's link, captions that visitors cannot fetch yet."""
    preview = context.get("preview")
    return reverse("films:preview_captions", args=[preview.token, caption.name]) if preview else caption.address


@register.filter
def track_label(caption: Caption, film: Any) -> str:
    """The language by its own name; the kind too where there are both of a language."""
    both = [other for other in film.captions.all() if other.language == caption.language]
    name = caption.get_language_display()
    return f"{name} [CC]" if len(both) > 1 and caption.kind == CaptionKind.CAPTIONS else name


@register.filter
def is_first_in(caption: Caption, film: Any) -> bool:
    """Whether these are the captions that show at once: the first in the language of the page."""
    page = "en" if get_language() == "en" else "zh"
    mine = [other.pk for other in film.captions.all() if other.language.startswith(page)]
    return mine[:1] == [caption.pk]
