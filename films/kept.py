"""What is counted once and kept in this process until content changes.

Kept values carry the number of `films.generation` and go with it; also at the moment at which an entry appears or
ends by itself. Inside a transaction that has written content nothing is kept, for others do not see it yet.
"""

import datetime as dt
import threading
from array import array
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from django.db import connection
from django.utils import timezone

from films import generation

T = TypeVar("T")

# Each filter of the lists is one value of some kilobytes, and the numbers it leaves are up to some megabytes.
MOST = 500
MOST_BYTES = 32 << 20


class Kept:
    """The values of one generation, the least used ones dropped first."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.generation: Hashable = None
        self.until: dt.datetime | None = None
        self.values: OrderedDict[Hashable, Any] = OrderedDict()
        self.making = threading.local()

    def renew(self) -> None:
        """Forget everything if content has changed since, or an entry has come due (one query when it has)."""
        number, now = generation.current(), timezone.now()
        with self.lock:
            is_over = self.until is not None and now >= self.until
            if number != self.generation or is_over:
                self.values.clear()
                self.generation = number
                self.until = generation.next_due(now)

    def get(self, name: Hashable, make: Callable[[], T]) -> T:
        if is_writing():
            return make()
        self.renew()
        found = self.look(name)
        if found is not None:
            return cast("T", found)
        with self.begun() as number:
            made = make()
        self.put(name, made, number)
        return made

    @contextmanager
    def begun(self) -> Iterator[Hashable]:
        """The generation in which the outermost making began: what is kept within it may have been read as early."""
        outermost = not hasattr(self.making, "number")
        if outermost:
            self.making.number = self.generation
        try:
            yield self.making.number
        finally:
            if outermost:
                del self.making.number

    def look(self, name: Hashable) -> Any:
        """What is kept under a name, if anything is."""
        with self.lock:
            if name in self.values:
                self.values.move_to_end(name)
            return self.values.get(name)

    def put(self, name: Hashable, made: Any, number: Hashable) -> None:
        """Keep what was made of this generation, unless there is another one by now."""
        with self.lock:
            if number == self.generation:
                self.values[name] = made
                while len(self.values) > MOST or sum(map(size_of, self.values.values())) > MOST_BYTES:
                    self.values.popitem(last=False)


def size_of(value: Any) -> int:
    """How many bytes the numbers of rows take, which alone are large."""
    return len(value) * value.itemsize if isinstance(value, array) else 0


KEPT = Kept()


def kept(name: Hashable, make: Callable[[], T]) -> T:
    """The value of this name, made anew only when content has changed."""
    return KEPT.get(name, make)


def is_writing() -> bool:
    """Whether this transaction has changed content that it has not committed."""
    return any(getattr(call[1], "func", None) is generation.content_changed for call in connection.run_on_commit)


def at_hand(name: Hashable) -> bool:
    """Whether `kept` has it now, so that asking for it costs nothing."""
    if is_writing():
        return False
    KEPT.renew()
    return KEPT.look(name) is not None
