"""Media files where no store of its own serves them: by name, whole or in parts, as films are sought through."""

from http import HTTPStatus
from io import BufferedReader
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils._os import safe_join
from django.views.decorators.http import require_safe
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import NotARegularFileError, Response, SlicedFile, StaticFile

from films.models.picture import FOLDER as ORIGINALS
from films.share_image import FOLDER as RENDERED
from films.shown_media import is_shown
from films.uploads.storage import content_headers

UNSERVED = {RENDERED, ORIGINALS}
HEADERS = {
    "Accept-Ranges": "bytes",
    # A browser may keep what it has seen; caches in between ask whether the file is still there.
    "Cache-Control": "public, max-age=3600, s-maxage=1, stale-while-revalidate=3",
    # Opened by itself a file may load and run nothing.
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


class MediaFile(StaticFile):  # type: ignore[misc]  # WhiteNoise states no types
    def get_range_response(self, range_header: str, base_headers: Any, file_handle: BufferedReader | None) -> Response:
        """Also a range of one byte, which WhiteNoise takes for an empty one."""
        size = int(dict(base_headers)["Content-Length"])
        start, end = self.get_byte_range(range_header, size)
        if start != end:
            return super().get_range_response(range_header, base_headers, file_handle)
        headers = [(name, value) for name, value in base_headers if name != "Content-Length"]
        headers += [("Content-Range", f"bytes {start}-{end}/{size}"), ("Content-Length", "1")]
        return Response(HTTPStatus.PARTIAL_CONTENT, headers, file_handle and SlicedFile(file_handle, start, end))

    def answering(self, asked: dict[str, Any]) -> dict[str, Any]:
        """What was asked, less the wish for packed bytes, and less a range that was meant for an older file."""
        headers = dict(self.alternatives[0][2])
        passed_over = {"HTTP_ACCEPT_ENCODING"}
        if asked.get("HTTP_IF_RANGE", headers["ETag"]) not in (headers["ETag"], headers["Last-Modified"]):
            passed_over.add("HTTP_RANGE")
        return {name: value for name, value in asked.items() if name not in passed_over}


@require_safe
def media_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file of a public entry; those who work at the desk see all of them."""
    file, is_public = found(name), is_shown(name)
    if not is_public and not getattr(request.user, "is_staff", False):
        raise Http404
    request.META = file.answering(request.META)
    response: HttpResponseBase = WhiteNoiseMiddleware.serve(file, request)
    if not is_public:
        response["Cache-Control"] = "private, no-store"
    return response


def found(name: str) -> MediaFile:
    """The file of this name; nothing outside the folder, nothing hidden or still being written.

    Images for sharing are asked for by their film, which may have been withdrawn since they were rendered. Pictures
    as they are stored are nobody's: pages show what was made of them, and the history keeps those that are gone.
    """
    parts = name.split("/")
    if any(part.startswith(".") for part in parts) or "\0" in name or parts[0] in UNSERVED:
        raise Http404
    try:
        path = Path(safe_join(settings.MEDIA_ROOT, name))
        return MediaFile(str(path), list((HEADERS | content_headers(name)).items()))
    except (SuspiciousFileOperation, NotARegularFileError, OSError) as error:
        raise Http404 from error
