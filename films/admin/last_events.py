"""What happened at the doors lately, for the desk's front page."""

from typing import Any

from django.http import HttpRequest

from films.models import SecurityEvent

SHOWN = 10


def last_events(request: HttpRequest) -> Any:
    """The last of them, for those who may read them (one query when shown)."""
    if not request.user.has_perm("films.view_securityevent"):
        return None
    return SecurityEvent.objects.all()[:SHOWN]
