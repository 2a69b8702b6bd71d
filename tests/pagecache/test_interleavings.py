"""Edits and reads in any order, on two workers: nobody sees what is over a second old, nor another's page.

The site is a dictionary, so that ten thousand steps take seconds. A rendering takes time: while it runs, edits are
committed, the clock goes on and others read.
"""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from elysium.pagecache import cache
from tests.pagecache.asking import Clock, Generation, Reply, ask, cached

PATHS = ("/", "/films/", "/gone/")
QUERIES = ("", "?tool=a", "?tool=b&page=2", "?page=2&tool=b", "?utm_source=x", "?unknown=1")
PEOPLE = ("", "Ann", "Bo")
SOON, MINUTE = 1.0, 60.0
FLIGHT_SECONDS = cache.FLIGHT_SECONDS

paths, hosts = st.sampled_from(PATHS), st.sampled_from(("testserver", "other"))
readings = st.tuples(
    st.integers(0, 1), paths, st.sampled_from(QUERIES), st.sampled_from(PEOPLE), hosts,
    st.sampled_from(("", "gzip", "br", "br;q=0.1, gzip")), st.sampled_from(("GET", "HEAD")), st.booleans(),
)  # fmt: skip
edits = st.tuples(paths, st.sampled_from(("edit", "delete", "schedule")))
seconds = st.sampled_from((0.0, 0.005, 0.02, 0.5, 0.98, 1.0, 3.0, 20.0, 61.0))
meanwhile = st.lists(st.one_of(edits, seconds, readings), max_size=3)


class Interleavings(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.clock, self.generation = Clock(), Generation()
        # What each address shows: (from when on, version); version 0 is a missing page.
        self.history: dict[str, list[tuple[float, int]]] = {path: [(0.0, 1)] for path in PATHS}
        self.versions = 1
        self.unreachable_until = 0.0
        self.meanwhile: list[Any] = []
        self.etags: dict[str, tuple[str, str]] = {}

    @initialize(interval=st.sampled_from((0.01, 0.4)), most_bytes=st.sampled_from((5_000, 1_000_000)))
    def start(self, interval: float, most_bytes: int) -> None:
        # A read within a rendering of the same page waits for itself otherwise.
        cache.FLIGHT_SECONDS = 0.0
        values = {"clock": self.clock, "generation": self.generation, "seconds_until_due": self.until_due}
        self.workers = [cached(self.site, interval=interval, most_bytes=most_bytes, **values) for _ in range(2)]

    def until_due(self) -> float:
        due = [moment for steps in self.history.values() for moment, _version in steps if moment > self.clock.now]
        return min(due, default=float("inf")) - self.clock.now

    def version(self, path: str, at: float) -> int:
        return [version for moment, version in self.history[path] if moment <= at][-1]

    def site(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        """Read the version, let the world go on, answer."""
        path, version = environ["PATH_INFO"], self.version(environ["PATH_INFO"], self.clock.now)
        person = environ.get("HTTP_COOKIE", "").rpartition("sessionid=")[2]
        interludes, self.meanwhile = self.meanwhile, []
        for interlude in interludes:
            self.live(interlude)
        words = f"{version}|{path}?{environ['QUERY_STRING']}|{environ['HTTP_HOST']}|{person}|" + "x" * 300
        start_response("200 OK" if version else "404 Not Found", [("Content-Type", "text/html")])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [words.encode()]

    def live(self, interlude: Any) -> None:
        if isinstance(interlude, float):
            self.clock.now += interlude
        elif len(interlude) == 2:
            self.change(*interlude)
        else:
            self.look(*interlude)

    @rule(path=paths, how=st.sampled_from(("edit", "delete", "schedule")))
    def change(self, path: str, how: str) -> None:
        """Commit, then count: in that order, as on_commit does."""
        self.versions += 1
        steps, moment = self.history[path], self.clock.now + (0.7 if how == "schedule" else 0)
        steps[:] = [step for step in steps if step[0] <= self.clock.now]
        steps.append((moment, 0 if how == "delete" else self.versions))
        self.generation.number += 1

    @rule(passed=seconds)
    def wait(self, passed: float) -> None:
        self.clock.now += passed

    @rule()
    def lose_the_database(self) -> None:
        self.generation.is_gone = True

    @rule()
    def find_it_again(self) -> None:
        if self.generation.is_gone:
            self.generation.is_gone = False
            self.unreachable_until = self.clock.now

    @rule(reading=readings, during=meanwhile)
    def read(self, reading: tuple[Any, ...], during: list[Any]) -> None:
        self.meanwhile = during
        self.look(*reading)
        self.meanwhile = []

    def look(
        self, worker: int, path: str, query: str, person: str, host: str, accepted: str, method: str, again: bool
    ) -> None:
        asked_at, key = self.clock.now, f"{worker} {path} {query} {host} {accepted}"
        headers = {"Host": host} | ({"Accept_Encoding": accepted} if accepted else {})
        headers |= {"Cookie": f"theme=dark; sessionid={person}"} if person else {}
        etag, known = self.etags.get(key, ("", "")) if again and not person else ("", "")
        headers |= {"If_None_Match": etag} if etag else {}
        reply = ask(self.workers[worker], path + query, method, **headers)
        if method == "HEAD":
            assert not reply.body
        elif reply.status == 304:
            self.is_right(known, asked_at, path, query, person, host)
        else:
            self.is_right(reply.text, asked_at, path, query, person, host)
            self.keep(key, reply, person)

    def keep(self, key: str, reply: Reply, person: str) -> None:
        if reply["ETag"] and not person:
            self.etags[key] = (reply["ETag"], reply.text)

    def is_right(self, words: str, asked_at: float, path: str, query: str, person: str, host: str) -> None:
        version, address, shown_host, shown_person, _filling = words.split("|")
        assert (address.partition("?")[0], shown_host, shown_person) == (path, host, person)
        shown = sorted(address.partition("?")[2].split("&"))
        # A tracking word may be gone where nobody is signed in.
        assert shown == sorted(query[1:].split("&")) or (query == "?utm_source=x" and shown == [""])
        assert int(version) in self.allowed(path, asked_at), (version, self.history[path], asked_at)

    def allowed(self, path: str, asked_at: float) -> set[int]:
        """What stood there at some time since a second before the question."""
        lost = self.generation.is_gone or self.unreachable_until > asked_at - SOON
        since = asked_at - (MINUTE if lost else SOON)
        seen = {version for moment, version in self.history[path] if moment > since}
        return seen | {self.version(path, max(since, 0.0))}

    def teardown(self) -> None:
        cache.FLIGHT_SECONDS = FLIGHT_SECONDS

    @invariant()
    def nothing_is_left_in_the_air(self) -> None:
        assert not any(worker.epoch.flights for worker in getattr(self, "workers", []))


TestInterleavings = Interleavings.TestCase
TestInterleavings.settings = settings(max_examples=150, stateful_step_count=70, deadline=None)
