"""How the interface answers: JSON with an ETag, problems in JSON too (RFC 9457).

Everything in it is public, the same for everyone and free of cookies, so scripts on any other site may read it;
`*` never lets a browser send along who is reading.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils import translation
from django.utils.cache import get_conditional_response, set_response_etag

View = Callable[..., HttpResponseBase]
PROBLEM = "application/problem+json"
READABLE = {"ensure_ascii": False}


class BadParameters(Exception):
    """The address asks for what is not there; names each parameter with what is wrong with it."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        self.errors = errors


def json_interface(view: View) -> View:
    """A view that gives data, as an address of the interface."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            response: HttpResponseBase = problem(HTTPStatus.METHOD_NOT_ALLOWED, "Only GET and HEAD are answered here.")
            response.headers["Allow"] = "GET, HEAD"
        else:
            response = conditional(request, attempt(view, request, *args, **kwargs))
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Content-Language"] = "zh-Hans, en"
        return response

    return answer


def attempt(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    try:
        return view(request, *args, **kwargs)
    except Http404:
        return problem(HTTPStatus.NOT_FOUND, "There is nothing at this address.")
    except BadParameters as error:
        return problem(HTTPStatus.BAD_REQUEST, "The address asks for what is not there.", error.errors)


def conditional(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """With an ETag; 304 for those who have it already. (Django's middleware passes over HEAD.)"""
    if response.status_code != HTTPStatus.OK or not isinstance(response, JsonResponse):
        return response
    set_response_etag(response)
    return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response


def problem(status: HTTPStatus, detail: str, errors: Mapping[str, list[str]] | None = None) -> JsonResponse:
    data: dict[str, Any] = {"type": "about:blank", "title": status.phrase, "status": int(status), "detail": detail}
    if errors:
        data["errors"] = [
            {"parameter": name, "message": message} for name, found in errors.items() for message in found
        ]
    return JsonResponse(data, status=status, content_type=PROBLEM, json_dumps_params=READABLE)


def document(data: Mapping[str, Any]) -> JsonResponse:
    return JsonResponse(data, json_dumps_params=READABLE)


def refuse(errors: Mapping[str, Any]) -> None:
    """Stop if a form found fault with its parameters."""
    if errors:
        with translation.override("en"):
            raise BadParameters({name: [str(message) for message in found] for name, found in errors.items()})
