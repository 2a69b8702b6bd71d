"""Pictures on a page: every size and format there is, for the browser to choose from. No query when they are at hand."""

from collections.abc import Callable, Sequence
from typing import Any

from django import template
from django.core.exceptions import ObjectDoesNotExist
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from films.models.picture import DESK, FACE, SHARED, UPRIGHT, WHOLE
from films.templatetags.formatting import localised
from films.uploads.renditions import CONTENT_TYPES, Ladder, Rendition

register = template.Library()

# How wide a picture is shown, for the browser to choose a file before it knows the page's style.
STAGE = "(min-width: 64rem) min(30vw, 26rem), min(56vw, 20rem)"
CARD = "(min-width: 64rem) 18rem, (min-width: 48rem) 30vw, 45vw"
GALLERY = "(min-width: 64rem) min(45vw, 38rem), 92vw"
THUMBNAIL = "2.5rem"
PORTRAIT = "(min-width: 64rem) 15rem, min(56vw, 15rem)"


def is_shown(picture: Any) -> bool:
    """Whether visitors may see it: not without the words for those who cannot, nor without whose it is."""
    return bool(picture.alt and picture.credit)


def address(picture: Any, file: Rendition) -> str:
    return str(picture.image.storage.url(file.name))


def srcset(picture: Any, files: Sequence[Rendition]) -> str:
    return ", ".join(f"{address(picture, file)} {file.width}w" for file in files)


def of_format(files: Sequence[Rendition], kind: str) -> list[Rendition]:
    return [file for file in files if file.format == kind]


def picture_element(picture: Any, ladder: Ladder, sizes: str, *, is_named: bool, loading: str) -> SafeString:
    """AVIF for those who know it, WebP for the others; its proportions are known before it is there."""
    files, alt = picture.renditions(ladder), localised(picture, "alt")
    last = of_format(files, ladder.formats[-1])
    sources = format_html_join(
        "",
        '<source type="{}" srcset="{}" sizes="{}">',
        ((CONTENT_TYPES[kind], srcset(picture, of_format(files, kind)), sizes) for kind in ladder.formats[:-1]),
    )
    words = format_html('alt="{}" lang="{}"', alt.text, alt.lang) if is_named else SafeString('alt=""')
    image = format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" {} loading="{}" decoding="async">',
        *(address(picture, last[-1]), srcset(picture, last), sizes, last[-1].width, last[-1].height, words, loading),
    )
    return format_html("<picture>{}{}</picture>", sources, image)


@register.filter
def poster_picture(film: Any) -> Any:
    """The picture that hangs in the film's frame, if there is one."""
    return one_shown(film, "poster")


@register.filter
def portrait_of(creator: Any) -> Any:
    return one_shown(creator, "portrait")


def one_shown(row: Any, name: str) -> Any:
    try:
        picture = getattr(row, name) if row.pk else None
    except ObjectDoesNotExist:
        return None
    return picture if picture and is_shown(picture) else None


@register.filter
def shown_stills(film: Any) -> list[Any]:
    return [still for still in film.stills.all() if is_shown(still)]


@register.simple_tag
def poster_image(picture: Any, named: bool = False) -> SafeString:
    """In the frame of a list words beside it say whose it is; on the film's own page it speaks for itself."""
    if named:
        return picture_element(picture, UPRIGHT, STAGE, is_named=True, loading="eager")
    return picture_element(picture, UPRIGHT, CARD, is_named=False, loading="lazy")


@register.simple_tag
def still_image(picture: Any) -> SafeString:
    return picture_element(picture, WHOLE, GALLERY, is_named=True, loading="lazy")


@register.simple_tag
def portrait_image(picture: Any) -> SafeString:
    return picture_element(picture, FACE, PORTRAIT, is_named=True, loading="lazy")


@register.simple_tag
def thumbnail_image(picture: Any) -> SafeString:
    return picture_element(picture, UPRIGHT, THUMBNAIL, is_named=False, loading="lazy")


@register.simple_tag
def desk_image(picture: Any) -> SafeString:
    """The whole picture, small, as the desk shows it."""
    [file] = picture.renditions(DESK)
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="{}">',
        *(address(picture, file), file.width, file.height, picture.alt),
    )


def shared_image(film: Any) -> tuple[str, Rendition] | None:
    """What other sites show for a film that has a picture, its poster or its first still: address and measures."""
    picture = poster_picture(film) or next(iter(shown_stills(film)), None)
    if picture is None:
        return None
    [file] = picture.renditions(SHARED)
    return address(picture, file), file


def portrait_address(creator: Any, absolute: Callable[[str], str]) -> str:
    """The largest portrait, for machines."""
    picture = portrait_of(creator)
    return absolute(address(picture, picture.renditions(FACE)[-1])) if picture else ""
