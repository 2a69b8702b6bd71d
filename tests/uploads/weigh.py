"""What checking each specimen takes: `python -m tests.uploads.weigh` prints verdict, megabytes and seconds of each.

Each is checked in a process of its own, forked from one that has everything loaded and nothing decoded, so that the
highest mark of its memory is its own.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

import django
from django.core.exceptions import ValidationError
from django.core.files.base import File

from films.uploads.captions import MOST_BYTES, checked_captions
from films.uploads.images import checked_image
from films.uploads.videos import checked_video
from tests.uploads.corpus import WEIGHED, Specimen

CHECKS: dict[str, Callable[[Any], Any]] = {
    "image": checked_image,
    "video": lambda file: checked_video(File(file)),
    "captions": lambda file: checked_captions(file.read(MOST_BYTES + 1)),
}


def verdict_of(specimen: Specimen, file: Any) -> str:
    try:
        CHECKS[specimen.kind](file)
    except ValidationError as error:
        return str(error.code)
    return ""


def weighed(specimen: Specimen) -> dict[str, Any]:
    """One specimen, written to a file by one process and checked by another."""
    with tempfile.TemporaryFile() as file:
        in_child(lambda: file.write(specimen.make()) and file.flush())
        file.seek(0)
        return in_child(lambda: measured(specimen, file))


def measured(specimen: Specimen, file: Any) -> dict[str, Any]:
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.process_time()
    verdict = verdict_of(specimen, file)
    seconds, after = time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF)
    return {"verdict": verdict, "mb": (after.ru_maxrss - before.ru_maxrss) / 1024, "seconds": seconds}


def in_child(act: Callable[[], Any]) -> Any:
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(writer, json.dumps(act()).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        told = answer.read()
    os.waitpid(child, 0)
    return json.loads(told)


if __name__ == "__main__":
    django.setup()
    asked = sys.argv[1:]
    for one in WEIGHED:
        if not asked or one.title in asked:
            sys.stdout.write(json.dumps({"specimen": str(one), "expected": one.verdict, **weighed(one)}) + "\n")
            sys.stdout.flush()
