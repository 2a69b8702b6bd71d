"""An entry as it will look, for whoever has the link."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe

from films import preview
from films.choices import Status
from films.models import (
    Caption,
    Creator,
    Edition,
    Exchange,
    Film,
    Interview,
    Source,
    Tool,
    ToolUse,
    Topic,
    Work,
    WorkMention,
)
from films.pages.cards import film_cards
from films.pages.counts import with_counts
from films.pages.edition import edition_page
from films.pages.film import others_of
from films.patterns import late
from films.shortcuts import framed, page_in
from films.views.captions import as_webvtt
from films.views.posters import as_svg

# Not kept, not found, not told to the next site by whoever follows a link, and not shown in one.
HEADERS = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PAGES: dict[str, type[Any]] = {
    "film_detail": Film,
    "interview_detail": Interview,
    "creator_detail": Creator,
    "edition_detail": Edition,
    "edition_feed": Edition,
    "topic_detail": Topic,
    "tool_detail": Tool,
    "work_detail": Work,
    "source_detail": Source,
}
LINK = late(r'(<a\b[^>]*?)\shref="([^"#]+)[^"]*"')

View = Callable[..., HttpResponse]


def unseen(view: View) -> View:
    """Keep what the view answers out of caches, indexes and referrers."""

    @wraps(view)
    def answer(request: HttpRequest, token: str, **kwargs: str) -> HttpResponse:
        response = view(request, token, **kwargs)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return answer


@require_safe
@unseen
def entry_preview(request: HttpRequest, token: str) -> HttpResponse:
    """The entry's page with what is not public yet; over once it is."""
    found = preview.read(token)
    if found is None:
        raise Http404
    if found.is_over:
        return render(request, "films/preview_over.html", {"entry": found.entry}, status=410)
    response = page_of(request, found)
    response.content = without_dead_links(response.content.decode()).encode()
    return response


@require_safe
@unseen
def preview_poster(request: HttpRequest, token: str) -> HttpResponse:
    """What stands in the player of a preview before the film begins."""
    return as_svg(get_object_or_404(Film.objects.with_card_data(), pk=film_under(token).pk))


@require_safe
@unseen
def preview_captions(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """The captions that the player of a preview reads."""
    return as_webvtt(get_object_or_404(Caption.objects.called(name), film=film_under(token)))


def film_under(token: str) -> Film:
    """The film that a link shows, for what its page loads; gone with the link."""
    found = preview.read(token)
    film = film_of(found.entry) if found and not found.is_over else None
    if film is None:
        raise Http404
    return film


def film_of(entry: Any) -> Film | None:
    """An interview about one film is read on the film's page."""
    return entry if isinstance(entry, Film) else getattr(entry, "film", None)


def page_of(request: HttpRequest, found: preview.Opened) -> HttpResponse:
    entry = found.entry
    context: dict[str, Any] = {"preview": found}
    if isinstance(entry, Edition):
        return render(request, "films/edition_detail.html", context | edition_as_it_will_be(request, entry))
    if film := film_of(entry):
        shown = film_as_it_will_be(film, entry)
        others, has_more = others_of(shown)
        context |= {"film": shown, "others": others, "has_more_others": has_more}
        return framed(render(request, "films/film_detail.html", context), getattr(shown, "video", None))
    talk = Interview.objects.with_page_data().get(pk=entry.pk)
    with_counts(talk.exchanges.all())
    return render(request, "films/interview_detail.html", context | {"interview": talk})


def film_as_it_will_be(film: Film, entry: Any) -> Film:
    """The film with its public interviews and those that the preview shows."""
    talks = talks_shown(film, entry).with_exchanges().order_by("pk")
    rows = Film.objects.with_page_data().prefetch_related(Prefetch("interviews", talks, to_attr="public_interviews"))
    shown: Any = rows.get(pk=film.pk)
    for talk in shown.public_interviews:
        with_counts(talk.exchanges.all())
    told = Q(exchange=None) | Q(exchange__interview__in=[talk.pk for talk in shown.public_interviews])
    uses = ToolUse.objects.with_quotable()
    quotable = set(uses.filter(told, film=film).values_list("pk", flat=True))
    for use in shown.tool_uses.all():
        use.quotable = use.pk in quotable
    mentions = WorkMention.objects.filter(told, film=film).select_related("work")
    shown._prefetched_objects_cache["mentions"] = mentions
    return shown  # type: ignore[no-any-return]


def edition_as_it_will_be(request: HttpRequest, entry: Edition) -> dict[str, Any]:
    """The edition's page with all films and talk but the archived."""
    films = list(Film.objects.to_come().of_edition(entry).values_list("pk", flat=True))
    to_come = Interview.objects.to_come()
    talks = list(to_come.filter(edition=entry, film=None).values_list("pk", flat=True))
    shown: Any = Edition.objects.with_partners().get(pk=entry.pk)
    shown.film_count = len(films)
    answers = Exchange.objects.filter(interview__in=to_come.values("pk"))
    context = edition_page(shown, page_in(request, films, film_cards), talks, answers)
    # What names it only once it is public, such as a poster, is to do so here; nothing of this is saved.
    shown.status, shown.publish_at, shown.unpublish_at = Status.PUBLISHED, None, None
    for row in [*context["films"], *context["interviews"]]:
        row.edition = shown
    return context


def talks_shown(film: Film, entry: Any) -> Any:
    """A hidden film is shown with all its talk but the archived; a public one only with the talk asked for."""
    asked = Interview.objects.published() if film.is_published else Interview.objects.to_come()
    own = entry.pk if isinstance(entry, Interview) else None
    return Interview.objects.filter(Q(pk__in=asked.values("pk")) | Q(pk=own), film=film)


def without_dead_links(html: str) -> str:
    """Links to pages that visitors cannot open yet stay as words: followed, they would only be missing."""
    addresses = {match[2] for match in LINK.finditer(html)}
    dead = {address for address in addresses if is_hidden(address)}
    return LINK.sub(lambda match: f'{match[1]} aria-disabled="true"' if match[2] in dead else match[0], html)


def is_hidden(address: str) -> bool:
    """Whether an address of ours leads to an entry that is not public (one query for an entry)."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return False
    model = PAGES.get(match.url_name or "") if match.namespace == "films" else None
    return bool(model and not model.objects.published().filter(slug=match.kwargs["slug"]).exists())
