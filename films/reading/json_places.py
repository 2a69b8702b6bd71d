"""JSON with the line of every string: the standard library's pure decoder, told to remember places."""

from __future__ import annotations

import json
from bisect import bisect_right
from json import decoder, scanner
from typing import Any


class Placed(str):
    """A string that knows the lines it stands on."""

    first: int
    last: int


class PlacedDict(dict[str, Any]):
    """An object that knows the lines it stands on."""

    first: int
    last: int
    key_lines: dict[str, int]


class _Decoder(json.JSONDecoder):
    def __init__(self, text: str) -> None:
        super().__init__()
        self._ends = [i for i, character in enumerate(text) if character == "\n"]
        self._keys: list[list[int]] = []
        self.parse_string = self._string
        self.parse_object = self._object
        self.scan_once = scanner.py_make_scanner(self)  # type: ignore[attr-defined]  # the documented-by-source pure scanner

    def _line(self, offset: int) -> int:
        return bisect_right(self._ends, offset - 1) + 1

    def _string(self, text: str, start: int, strict: bool) -> tuple[Placed, int]:
        value, end = decoder.scanstring(text, start, strict)  # type: ignore[attr-defined]
        placed = Placed(value)
        placed.first, placed.last = self._line(start - 1), self._line(end - 1)
        return placed, end

    def _object(self, at: tuple[str, int], strict: bool, *rest: Any) -> tuple[PlacedDict, int]:
        text, start = at
        self._keys.append([])
        value, end = decoder.JSONObject(at, strict, self._keyed(text), *rest[1:])  # type: ignore[attr-defined]
        placed = PlacedDict(value)
        placed.first, placed.last = self._line(start - 1), self._line(end - 1)
        placed.key_lines = dict(zip(value, self._keys.pop(), strict=False))
        return placed, end

    def _keyed(self, text: str) -> Any:
        """The scanner for one object's values; a value stands right behind its key, so it tells the key's line."""
        scan, places = self.scan_once, self._keys[-1]

        def scan_value(string: str, index: int) -> Any:
            places.append(self._line(index))
            return scan(string, index)

        return scan_value


def load_placed(text: str) -> Any:
    """Decode JSON; strings and objects carry `first` and `last`. Raises json.JSONDecodeError or RecursionError."""
    return _Decoder(text).decode(text)
