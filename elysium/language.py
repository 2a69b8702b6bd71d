"""The language of a page comes from its address; only the desk asks who is reading."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

# Behind these addresses the reader's own choice counts: the cookie, then the browser.
PERSONAL = ("/admin/", "/i18n/")

GetResponse = Callable[[HttpRequest], HttpResponse]


def address_language(get_response: GetResponse) -> GetResponse:
    """Activate the language of the address.

    Django's own LocaleMiddleware makes every public page vary by Accept-Language, which no
    shared cache can keep, and gives the admin no language of its own beside an unprefixed site.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        personal = request.path_info.startswith(PERSONAL)
        language = translation.get_language_from_request(request) if personal else language_of(request.path_info)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = get_response(request)
        if personal:
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def language_of(path: str) -> str:
    """The language that an address is written in."""
    return translation.get_language_from_path(path) or settings.LANGUAGE_CODE
