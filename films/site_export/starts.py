"""Every public address by name, so that nothing depends on being linked."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from films.models import Caption, Creator, Edition, Film, Interview, SlugRedirect, Source, Tool, Topic, Work

ALONE = (
    "films:home",
    "films:film_list",
    "films:interview_list",
    "films:creator_list",
    "films:edition_list",
    "films:topic_list",
    "films:tool_list",
    "films:search",
    "films:film_feed",
    "films:interview_feed",
    "api:index",
    "api:description",
    "api:film_list",
    "api:interview_list",
    "api:creator_list",
    "api:edition_list",
    "api:topic_list",
    "robots",
    "security",
    "sitemap",
)
OF_ENTRIES: dict[type[Any], tuple[str, ...]] = {
    Film: ("films:film_detail", "api:film_detail", "share_image", "wide_poster"),
    Interview: ("films:interview_detail", "api:interview_detail"),
    Creator: ("films:creator_detail", "api:creator_detail"),
    Edition: ("films:edition_detail", "films:edition_feed", "api:edition_detail"),
    Topic: ("films:topic_detail", "api:topic_detail"),
    Tool: ("films:tool_detail",),
    Work: ("films:work_detail",),
    Source: ("films:source_detail",),
}
# Asked for on purpose, so that the site says in both languages that there is nothing.
MISSING = ("/404.html", "/en/404.html")


def addresses() -> Iterator[str]:
    """What there is at this moment (one query a model)."""
    slugs = {
        model: list(model.objects.published().order_by("pk").values_list("slug", flat=True)) for model in OF_ENTRIES
    }
    yield from in_languages([(name, []) for name in ALONE])
    for model, found in slugs.items():
        yield from in_languages([(name, [slug]) for slug in found for name in OF_ENTRIES[model]])
    # A film that is watched elsewhere shows its captions as words alone.
    yield from (caption.address for caption in Caption.objects.published().with_film().order_by("pk"))


def former_addresses() -> Iterator[str]:
    """Where entries were before; those that are hidden now are missing there too."""
    names = {model._meta.model_name: found for model, found in OF_ENTRIES.items()}
    old = SlugRedirect.objects.order_by("model", "slug").values_list("model", "slug")
    yield from in_languages([(name, [slug]) for model, slug in old for name in names.get(model, ())])


def in_languages(asked: list[tuple[str, list[str]]]) -> Iterator[str]:
    """Each address once, in each language that it has."""
    found: dict[str, None] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= dict.fromkeys(reverse(name, args=arguments) for name, arguments in asked)
    yield from found
