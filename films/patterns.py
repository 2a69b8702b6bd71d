"""Regular expressions that are compiled when they are first asked, not when their module loads."""

from __future__ import annotations

import re
from typing import Any, cast


class Late:
    """Stands for a compiled pattern. Each of its methods is looked up once and is then the pattern's own."""

    def __init__(self, text: str, flags: int) -> None:
        self.text, self.bits = text, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self.text, self.bits), name)
        setattr(self, name, found)
        return found


def late(text: str, flags: int = 0) -> re.Pattern[str]:
    """Like `re.compile`, for a pattern that most processes never ask; many ranges of characters take milliseconds."""
    return cast("re.Pattern[str]", Late(text, flags))
