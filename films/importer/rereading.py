"""A stored article as it was received, to be read once more."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from typing import Any

from films.importer.files import Given
from films.importer.remembered import remembered
from films.models import Source


def stored_article(source: Source) -> tuple[Given, dict[str, Any]]:
    """The article's very bytes where they can be had, else its text; and what was said beside it."""
    beside = remembered(pk=source.pk)
    options = {"asker": beside.asker, "answerers": list(beside.answerers), "encoding": beside.encoding}
    for data in _possible_bytes(source):
        if hashlib.sha256(data).hexdigest() == source.sha256:
            return Given(source.name, data), options
    return Given(source.name, source.text.encode("utf-8", "surrogatepass")), options | {"encoding": None}


def _possible_bytes(source: Source) -> Iterator[bytes]:
    """The text in its encoding, without and with a mark at its beginning."""
    try:
        data = source.text.encode(source.encoding)
    except (LookupError, UnicodeError):
        return
    yield data
    yield codecs.BOM_UTF8 + data
    yield codecs.BOM_UTF16_BE + source.text.encode("utf-16-be")
