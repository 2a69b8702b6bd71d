"""The security log: one line of JSON for each event. Read before any model is there, so it knows none."""

import json
import logging
import os
from logging.handlers import WatchedFileHandler
from typing import Any


class JsonLines(logging.Formatter):
    """Only ASCII, so that nothing typed by a stranger begins a line of its own or moves a terminal's cursor."""

    def format(self, record: logging.LogRecord) -> str:
        event: dict[str, str] = getattr(record, "event", {"event": record.getMessage()})
        return json.dumps({"level": record.levelname.lower(), **event})


class Piped(logging.StreamHandler[Any]):
    """Silent at a terminal: whoever runs a command by hand sees already what it did."""

    def emit(self, record: logging.LogRecord) -> None:
        if not self.stream.isatty():
            super().emit(record)


class PrivateFile(WatchedFileHandler):
    """A file that only the site's own account reads; another program may move it away and pack it."""

    def _open(self) -> Any:
        def opener(path: str, flags: int) -> int:
            return os.open(path, flags, 0o600)

        return open(self.baseFilename, self.mode, encoding="utf-8", opener=opener)
