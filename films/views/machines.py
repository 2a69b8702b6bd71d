"""Short answers for machines."""

import datetime as dt
from email.utils import parseaddr

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from films import readiness

SECURITY_LIFETIME = dt.timedelta(days=210)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """This process is alive and answers; it need not be replaced, whatever else is wrong."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether it can do all of its work, and which part cannot; what exactly is in the log and on the desk."""
    states = readiness.states()
    is_ready = all(state.is_well for state in states)
    parts = {state.part: state.word for state in states}
    return JsonResponse({"ready": is_ready, "parts": parts}, status=200 if is_ready else 503)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read but the desk; a page of results says itself that it is not to be indexed."""
    closed = ["/admin/", "/i18n/", "/preview/", "/en/preview/"]
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), "", f"Sitemap: {sitemap}"]
    return plain(lines)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a weakness (RFC 9116); renewed with every month, so that it is the same for everyone."""
    first = timezone.now().astimezone(dt.UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    expires = first + SECURITY_LIFETIME
    lines = [
        f"Contact: mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: zh, en",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    ]
    return plain(lines)


def plain(lines: list[str]) -> HttpResponse:
    """Lines of plain text."""
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
