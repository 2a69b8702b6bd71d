"""What the desk refused, written down: who asked for what. (What was sent with it is nobody's business.)"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from films.choices import SecurityKind
from films.security import events

GetResponse = Callable[[HttpRequest], HttpResponse]


def noting_refusals(get_response: GetResponse) -> GetResponse:
    """Note every 403 of the desk: a missing right, a form from elsewhere."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 403 and request.path.startswith(reverse("admin:index")):
            events.record(SecurityKind.REFUSED, **events.by(request), target=f"{request.method} {request.path}")
        return response

    return middleware
