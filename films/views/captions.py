"""The captions of a film as the browser's player reads them; for everyone the same, in no language of the site."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from films.models import Caption, Film
from films.shortcuts import find

# Opened by itself it is a text: it may load and run nothing.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}


@require_safe
def film_captions(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """`name` is the language and the kind: `zh-Hans-subtitles` (one query; more when the film has moved)."""
    caption = Caption.objects.called(name).published().filter(film__slug=slug).first()
    if caption is None:
        film = find(Film.objects.published(), slug)
        if film.slug == slug:
            raise Http404
        return redirect("captions", film.slug, name, permanent=True)
    return as_webvtt(caption)


def as_webvtt(caption: Caption) -> HttpResponse:
    return HttpResponse(caption.text, content_type="text/vtt; charset=utf-8", headers=HEADERS)
