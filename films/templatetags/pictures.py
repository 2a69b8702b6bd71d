"""Pictures on a page: every size and format there is, for the browser to choose from. No query."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from films.models.picture import DESK, UPRIGHT
from films.uploads.images import CONTENT_TYPES
from films.uploads.renditions import Ladder, Rendition

register = template.Library()


def address(picture: Any, file: Rendition) -> str:
    return str(picture.image.storage.url(file.name))


def srcset(picture: Any, files: Sequence[Rendition]) -> str:
    return ", ".join(f"{address(picture, file)} {file.width}w" for file in files)


def of_format(files: Sequence[Rendition], kind: str) -> list[Rendition]:
    return [file for file in files if file.format == kind]


def picture_element(picture: Any, ladder: Ladder, sizes: str, alt: str, loading: str) -> SafeString:
    """AVIF for those who know it, WebP for the others; its proportions are known before it is there."""
    files = picture.renditions(ladder)
    last = of_format(files, ladder.formats[-1])
    sources = format_html_join(
        "",
        '<source type="{}" srcset="{}" sizes="{}">',
        ((CONTENT_TYPES[kind], srcset(picture, of_format(files, kind)), sizes) for kind in ladder.formats[:-1]),
    )
    image = format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}" loading="{}" decoding="async">',
        *(address(picture, last[-1]), srcset(picture, last), sizes, last[-1].width, last[-1].height, alt, loading),
    )
    return format_html("<picture>{}{}</picture>", sources, image)


@register.simple_tag
def desk_image(picture: Any) -> SafeString:
    """The whole picture, small, as the desk shows it."""
    [file] = picture.renditions(DESK)
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="{}">',
        *(address(picture, file), file.width, file.height, picture.alt),
    )


@register.simple_tag
def poster_image(picture: Any, sizes: str, loading: str = "lazy") -> SafeString:
    """A film's poster in its frame; the words beside it say whose it is."""
    return picture_element(picture, UPRIGHT, sizes, "", loading)
