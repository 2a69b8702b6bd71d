"""The headers that protect readers and that neither Django nor django-csp sets."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from elysium.language import PERSONAL

GetResponse = Callable[[HttpRequest], HttpResponse]

# What a page may ask of the browser: to copy a citation, to show a film large or beside other work.
ALLOWED = ("clipboard-write", "fullscreen", "picture-in-picture")
REFUSED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)
# What a film in a frame may do besides: it was asked for by a click.
ALLOWED_IN_FRAME = ("autoplay", "fullscreen", "picture-in-picture")


def permissions(frame_host: str = "") -> str:
    """What a page may ask of the browser, and what the one site that it shows in a frame may."""
    framed = ALLOWED_IN_FRAME if frame_host else ()
    ours = {name: "self" if name in ALLOWED else "" for name in (*ALLOWED, *REFUSED)}
    theirs = {name: f'"{frame_host}"' if name in framed else "" for name in ours}
    return ", ".join(f"{name}=({f'{ours[name]} {theirs[name]}'.strip()})" for name in ours)


PERMISSIONS = permissions()

# A view that sets one of these itself knows better: an image made for other sites says so.
DEFAULTS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
}


def protective_headers(get_response: GetResponse) -> GetResponse:
    """Add what every answer carries, and let nobody keep what was made for one person."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if frame_host := getattr(response, "frame_host", ""):
            response.headers["Permissions-Policy"] = permissions(frame_host)
        for name, value in DEFAULTS.items():
            response.headers.setdefault(name, value)
        if is_personal(request):
            add_never_cache_headers(response)
        return response

    return middleware


def is_personal(request: HttpRequest) -> bool:
    """Made for the one who asked: the desk, and whatever looked at a session."""
    session = getattr(request, "session", None)
    return request.path_info.startswith(PERSONAL) or getattr(session, "accessed", False)
