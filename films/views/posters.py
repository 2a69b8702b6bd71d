"""A film's poster as files: the image for sharing and the wide poster, for everyone the same, in no language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from films.models import Film
from films.models.postered import poster_facts
from films.poster import wide
from films.share_image import share_image as image_of
from films.shortcuts import find

HEADERS = {
    # The address stays and the poster may change: for a day an old one is good enough.
    "Cache-Control": "public, max-age=86400",
    # Made to be shown where a film is spoken of.
    "Cross-Origin-Resource-Policy": "cross-origin",
}
# Opened by itself an SVG is a document; this one may load and run nothing. Its colours are attributes.
DOCUMENT = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}


@require_safe
def share_image(request: HttpRequest, slug: str) -> HttpResponse:
    film = find(Film.objects.published().with_card_data(), slug)
    if film.slug != slug:
        return redirect("share_image", film.slug, permanent=True)
    return HttpResponse(image_of(film), content_type="image/png", headers=HEADERS)


@require_safe
def wide_poster(request: HttpRequest, slug: str) -> HttpResponse:
    film = find(Film.objects.published().with_card_data(), slug)
    if film.slug != slug:
        return redirect("wide_poster", film.slug, permanent=True)
    return as_svg(film)


def as_svg(film: Film) -> HttpResponse:
    """The wide poster of a film with its card's data."""
    return HttpResponse(wide(poster_facts(film)), content_type="image/svg+xml", headers=HEADERS | DOCUMENT)
