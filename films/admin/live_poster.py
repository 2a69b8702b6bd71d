"""The poster of a film while its form is being filled in."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from films.admin.makers import is_key, posted_people
from films.models import Edition, Film
from films.models.postered import CHOSEN, poster_facts
from films.poster import Facts, poster
from films.text import slug_of

SHOWN = ("title", "slug", "poster_lines", "poster_seed", *CHOSEN)
# What the script sends; names that end so are all the controls of a formset.
SENT = (*SHOWN, "edition", "credits-")


def posted_facts(data: Any, user: Any) -> Facts:
    """The poster that a form would give; three queries at most, nothing stored."""
    fields: dict[str, Any] = {name: Film._meta.get_field(name) for name in SHOWN}
    film = Film(**{name: data.get(name, "").strip()[: field.max_length] for name, field in fields.items()})
    key = data.get("edition", "")
    film.edition = Edition.objects.filter(pk=key).first() if is_key(key) else None
    names = [person.name for person in posted_people(data, user)]
    # The address that saving would make: it decides what nobody chose.
    film.slug = film.slug or slug_of(film.title or (names[0] if names else "")) or "film"
    return poster_facts(film)._replace(creator="、".join(names))


def poster_response(facts: Facts) -> HttpResponse:
    """The drawing alone, for the script. Opened by itself it loads and runs nothing."""
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'"}
    return HttpResponse(poster(facts), content_type="image/svg+xml", headers=headers)
