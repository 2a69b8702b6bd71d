"""A film's poster as files: the image for sharing and the wide poster, for everyone the same, in no language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from films.models import Film
from films.models.postered import poster_facts
from films.poster import wide
from films.share_image import share_image as image_of
from films.shortcuts import find

# The address stays and the poster may change: for a day an old one is good enough.
LIFETIME = "public, max-age=86400"


@require_safe
def share_image(request: HttpRequest, slug: str) -> HttpResponse:
    film = find(Film.objects.published().with_card_data(), slug)
    if film.slug != slug:
        return redirect("share_image", film.slug, permanent=True)
    return HttpResponse(image_of(film), content_type="image/png", headers={"Cache-Control": LIFETIME})


@require_safe
def wide_poster(request: HttpRequest, slug: str) -> HttpResponse:
    film = find(Film.objects.published().with_card_data(), slug)
    if film.slug != slug:
        return redirect("wide_poster", film.slug, permanent=True)
    # Opened by itself an SVG is a document; this one may load and run nothing.
    headers = {"Cache-Control": LIFETIME, "Content-Security-Policy": "default-src 'none'"}
    return HttpResponse(wide(poster_facts(film)), content_type="image/svg+xml", headers=headers)
