"""The pages that are kept: at most so many bytes, the least recently used go first."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from elysium.pagecache.page import Page, Reply

MISSING_AT_MOST = 512
# A question of usual length takes half a kilobyte, its reply nothing: headers and body are the page's own.
MOST_REPLIES, LONGEST_QUESTION = 1024, 1000

Question = tuple[str | None, ...]


class Pages:
    """Pages by key. Addresses that lead nowhere are endless, so they have a small room of their own."""

    def __init__(self, most_bytes: int, most_entries: int, most_missing: int = MISSING_AT_MOST) -> None:
        self.found, self.missing = Room(most_bytes, most_entries), Room(most_bytes // 8, most_missing)
        self.replies: dict[Question, Reply] = {}

    def get(self, key: Hashable, now: float) -> Page | None:
        return self.found.get(key, now) or self.missing.get(key, now)

    def put(self, key: Hashable, page: Page) -> None:
        room, other = (self.found, self.missing) if page.is_found else (self.missing, self.found)
        room.put(key, page)
        other.drop(key)
        # They would hold on to the pages that had to go, and pages asked for through them alone would seem unused.
        self.replies.clear()

    def remember(self, question: Question, reply: Reply) -> None:
        """Have the reply at hand for whoever asks the same, to the letter."""
        if reply.expires and sum(len(part) for part in question if part) <= LONGEST_QUESTION:
            if len(self.replies) >= MOST_REPLIES:
                self.replies.clear()
            self.replies[question] = reply


class Room:
    def __init__(self, most_bytes: int, most_entries: int) -> None:
        self.most_bytes, self.most_entries = most_bytes, most_entries
        self.bytes = 0
        self.pages: OrderedDict[Hashable, Page] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Hashable, now: float) -> Page | None:
        page = self.pages.get(key)
        if page is None or now >= page.expires:
            return None
        try:  # noqa: SIM105 - suppress() would take longer than all the rest
            self.pages.move_to_end(key)
        except KeyError:
            pass  # Another thread has just let it go; the page at hand is good nevertheless.
        return page

    def put(self, key: Hashable, page: Page) -> None:
        with self.lock:
            self._drop(key)
            if page.size > self.most_bytes:
                return
            self.pages[key] = page
            self.bytes += page.size
            while self.bytes > self.most_bytes or len(self.pages) > self.most_entries:
                _key, oldest = self.pages.popitem(last=False)
                self.bytes -= oldest.size

    def drop(self, key: Hashable) -> None:
        if key in self.pages:
            with self.lock:
                self._drop(key)

    def _drop(self, key: Hashable) -> None:
        if gone := self.pages.pop(key, None):
            self.bytes -= gone.size
