"""The address of this page: in the other language, and in full."""

from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest

register = template.Library()


def in_language(path: str, language: str) -> str:
    """The same page in another language; the default language has no prefix."""
    bare = path
    for code, _name in settings.LANGUAGES:
        if path.startswith(f"/{code}/"):
            bare = path.removeprefix(f"/{code}")
    return bare if language == settings.LANGUAGE_CODE else f"/{language}{bare}"


@register.simple_tag(takes_context=True)
def page_in(context: dict[str, Any], language: str) -> str:
    """This page, with its query, in another language."""
    return in_language(context["request"].get_full_path(), language)


@register.simple_tag(takes_context=True)
def full_page_in(context: dict[str, Any], language: str) -> str:
    """This page in a language, with its host, for machines: of the query only the page's number."""
    request: HttpRequest = context["request"]
    number = request.GET.get("page", "")
    query = f"?page={int(number)}" if number.isdecimal() and int(number) != 1 else ""
    return request.build_absolute_uri(in_language(request.path, language) + query)


@register.simple_tag(takes_context=True)
def current(context: dict[str, Any], noun: str) -> str:
    """For aria-current: `page` on the noun's own page, `true` on a page below it, otherwise nothing."""
    match = context["request"].resolver_match
    name = match.url_name or "" if match else ""
    if name in (noun, f"{noun}_list"):
        return "page"
    return "true" if name.startswith(f"{noun}_") else ""
