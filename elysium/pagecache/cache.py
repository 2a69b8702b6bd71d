"""A cache of whole pages around Django: who is not signed in gets ready bytes, and Django is not asked.

A page is kept as long as the content's generation lasts (films/generation.py), a minute at most, and never past
the moment at which an entry appears or disappears by itself. Each worker has its own; nothing is shared but the
generation.
"""

import logging
import time
from collections.abc import Callable, Hashable, Iterable
from threading import Event, Lock
from typing import Any

from elysium.pagecache.address import Addresses, Key
from elysium.pagecache.page import (
    KEPT,
    LIFETIME,
    PRIVATE,
    Answer,
    Application,
    Environ,
    Headers,
    Page,
    StartResponse,
    answer_of,
    stating,
)
from elysium.pagecache.pages import Pages, Question

logger = logging.getLogger(__name__)

FLIGHT_SECONDS = 10.0
MOST_ENTRIES = 4096


class Epoch:
    """What was rendered since the generation became another one. A rendering belongs to the epoch it began in."""

    def __init__(self, generation: Hashable, pages: Pages) -> None:
        self.generation, self.pages = generation, pages
        self.flights: dict[Key, Event] = {}
        self.due = 0.0
        self.lock = Lock()

    def lead(self, key: Key) -> Event | None:
        """None for the one who renders, for others what to wait for."""
        with self.lock:
            if flight := self.flights.get(key):
                return flight
            self.flights[key] = Event()
            return None

    def land(self, key: Key) -> None:
        with self.lock:
            self.flights.pop(key).set()


class PageCache:
    def __init__(
        self,
        application: Application,
        addresses: Addresses,
        *,
        generation: Callable[[], Hashable],
        seconds_until_due: Callable[[], float],
        interval: float,
        most_bytes: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.application, self.addresses = application, addresses
        self.generation, self.seconds_until_due = generation, seconds_until_due
        self.interval, self.most_bytes, self.clock = interval, most_bytes, clock
        self.lock = Lock()
        self.look_at = 0.0
        self.is_lost = False
        self.epoch = Epoch(None, self.room())

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as a moment ago what is asked again to the letter: reading the question takes longer than the answer."""
        question = tuple(map(environ.get, self.addresses.deciding))
        now = self.clock()
        reply = self.epoch.pages.replies.get(question) if now < self.look_at else None
        if reply is not None:
            expires, status, headers, body = reply
            if now < expires:
                start_response(status, headers.copy())
                return [body] if body else []
        return self.answer(question, environ, start_response, now)

    def answer(
        self, question: Question, environ: Environ, start_response: StartResponse, now: float
    ) -> Iterable[bytes]:
        addresses = self.addresses
        if not addresses.is_shared(environ):
            return self.pass_on(environ, start_response, is_personal=True)
        key = addresses.key(environ)
        if key is None:
            return self.pass_on(environ, start_response)
        epoch = self.epoch if now < self.look_at else self.look(now)
        page = epoch.pages.get(key, now)
        if page is not None:
            reply = page.reply(environ)
            epoch.pages.remember(question, reply)
            return reply.send(start_response)
        if addresses.keys_of(key.path) is None:
            return self.pass_on(environ, start_response)
        return self.render(key, environ, start_response, epoch)

    def pass_on(
        self, environ: Environ, start_response: StartResponse, *, is_personal: bool = False
    ) -> Iterable[bytes]:
        """Let Django answer a person, or what is asked for each time anew."""
        is_open = not is_personal and self.addresses.keys_of(environ["PATH_INFO"]) is not None
        lifetime = LIFETIME if is_open else PRIVATE

        def start(status: str, headers: Headers, *problem: Any) -> Any:
            return start_response(status, stating(headers, lifetime), *problem)

        return self.application(environ, start)

    def room(self) -> Pages:
        return Pages(self.most_bytes, MOST_ENTRIES)

    def look(self, now: float) -> Epoch:
        """Ask for the generation, at most once an interval; while one thread asks, others go on for a moment."""
        if not self.lock.acquire(blocking=now >= self.look_at + self.interval):
            return self.epoch
        try:
            if now >= self.look_at:
                self.renew(now)
        finally:
            self.lock.release()
        return self.epoch

    def renew(self, now: float) -> None:
        """Begin a new epoch if content changed. Without its database the site goes on with what it has."""
        try:
            generation = self.generation()
        except Exception:
            if not self.is_lost:
                logger.exception("Could not ask whether content changed; pages are a minute old at most")
            self.is_lost = True
        else:
            self.is_lost = False
            if generation != self.epoch.generation:
                self.epoch = Epoch(generation, self.room())
        self.look_at = now + self.interval

    def render(self, key: Key, environ: Environ, start_response: StartResponse, epoch: Epoch) -> Iterable[bytes]:
        """Render a page once for all who ask for it meanwhile."""
        if flight := epoch.lead(key):
            flight.wait(FLIGHT_SECONDS)
            now = self.clock()
            page = self.look(now).pages.get(key, now)
            return page.send(environ, start_response) if page else self.pass_on(environ, start_response)
        try:
            answer, page = self.made(key, environ, epoch)
        finally:
            epoch.land(key)
        return page.send(environ, start_response) if page else answer.send(environ, start_response)

    def made(self, key: Key, environ: Environ, epoch: Epoch) -> tuple[Answer, Page | None]:
        """Ask Django, and keep what is for everyone."""
        began = self.clock()
        due = self.due(epoch, began)
        answer = answer_of(self.application, self.addresses.without_person(environ, key))
        if not answer.is_for_everyone():
            return answer, None
        page = Page(answer, min(began + KEPT[answer.code], due))
        epoch.pages.put(key, page)
        return answer, page

    def due(self, epoch: Epoch, now: float) -> float:
        """When content changes by itself next; asked before a page is rendered, so that it cannot be missed."""
        if now >= epoch.due:
            epoch.due = now + self.seconds_until_due()
        return epoch.due
