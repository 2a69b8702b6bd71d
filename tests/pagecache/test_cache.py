import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from elysium.pagecache.page import LIFETIME, PRIVATE
from tests.pagecache.asking import SETTINGS, Clock, Generation, Site, ask, cached, environ


def times_asked(site: Site, *requests: dict, **values) -> int:
    """How often the site itself was asked when these requests came one after another."""
    cache = cached(site, **values)
    for request in requests:
        ask(cache, **request)
    return site.asked


def test_a_page_is_made_once_for_everyone():
    assert times_asked(Site(), {}, {}, {"Accept_Encoding": "br"}, {"Cookie": "theme=dark"}, {"method": "HEAD"}) == 1


@pytest.mark.parametrize(
    "request_",
    [
        {"Cookie": "sessionid=abc"},
        {"Cookie": "theme=dark; sessionid=abc"},
        {"Authorization": "Basic YTpi"},
        {"Range": "bytes=0-5"},
        {"method": "POST"},
        {"method": "OPTIONS"},
        {"method": "BREW"},
        {"address": "/admin/"},
        {"address": "/static/site.css"},
        {"address": "/films/?unknown=1"},
        {"address": "/films/?tool=a&unknown"},
        {"address": "/nowhere/?a=1"},
        {"address": "/" + "x" * 2000},
        {"address": "/films/?tool=" + "x" * 2000},
    ],
)
def test_who_or_what_is_particular_is_always_asked_for(request_):
    assert times_asked(Site(), {}, request_, request_) == 3


def test_a_signed_in_person_leaves_nothing_behind():
    site = Site()
    cache = cached(site)
    assert "HTTP_COOKIE" in ask(cache, Cookie="sessionid=abc").text
    assert "HTTP_COOKIE" not in ask(cache).text
    assert site.asked == 2


def test_the_one_who_renders_for_all_leaves_nothing_personal_in_the_page():
    page = ask(cached(Site()), Cookie="theme=dark", Accept_Language="fr", Referer="http://a/", User_Agent="me", X="y")
    assert "['HTTP_HOST']" in page.text


@pytest.mark.parametrize(
    "changes",
    [
        {"headers": {"Set-Cookie": "a=b"}},
        {"headers": {"Cache-Control": "private"}},
        {"headers": {"Cache-Control": "max-age=0, No-Store"}},
        {"headers": {"Cache-Control": "no-cache"}},
        {"headers": {"Vary": "Accept-Encoding, Cookie"}},
        {"headers": {"Vary": "*"}},
        {"headers": {"Content-Encoding": "zstd"}},
        {"status": "302 Found"},
        {"status": "400 Bad Request"},
        {"status": "403 Forbidden"},
        {"status": "500 Internal Server Error"},
        {"status": "503 Service Unavailable"},
        {"words": "x" * 3_000_000},
    ],
)
def test_what_is_not_for_everyone_is_passed_on_and_not_kept(changes):
    site = Site(**changes)
    assert times_asked(site, {}, {}) == 2
    reply = ask(cached(site))
    assert reply.status == int(site.status[:3])
    assert {name: reply[name] for name in site.headers} == site.headers


def test_the_final_headers_are_kept():
    site = Site()
    site.headers |= {
        "Content-Security-Policy": "default-src 'none'",
        "Last-Modified": "x",
        "Date": "x",
        "Vary": "accept-encoding",
    }
    cache = cached(site)
    for _time in range(2):
        page = ask(cache, Accept_Encoding="gzip")
        assert page["Content-Security-Policy"] == "default-src 'none'"
        assert page["Cache-Control"] == LIFETIME
        assert page["Vary"] == "Accept-Encoding"
        assert page["Content-Length"] == str(len(page.body))
        assert not page["Last-Modified"]
        assert not page["Date"]


def test_a_shared_cache_in_front_is_within_five_seconds():
    words = dict(part.strip().partition("=")[::2] for part in LIFETIME.split(","))
    assert int(words["s-maxage"]) + int(words["stale-while-revalidate"]) + 1 <= 5
    assert words["max-age"] == "0"


@pytest.mark.parametrize(
    ("request_", "lifetime"),
    [
        ({}, LIFETIME),
        ({"address": "/films/?unknown=1"}, LIFETIME),
        ({"address": "/admin/"}, PRIVATE),
        ({"address": "/films/?unknown=1", "Cookie": "sessionid=abc"}, PRIVATE),
        ({"Cookie": "sessionid=abc"}, PRIVATE),
        ({"Authorization": "Basic YTpi"}, PRIVATE),
        ({"method": "POST"}, PRIVATE),
    ],
)
def test_every_answer_says_who_may_keep_it(request_, lifetime):
    assert ask(cached(Site()), **request_)["Cache-Control"] == lifetime
    assert ask(cached(Site(status="500 Internal Server Error")))["Cache-Control"] == PRIVATE


def test_a_lifetime_that_the_application_states_stays():
    site = Site()
    site.headers["Cache-Control"] = "public, max-age=86400"
    assert ask(cached(site))["Cache-Control"] == "public, max-age=86400"


def test_each_encoding_has_its_own_strong_etag():
    cache = cached(Site())
    replies = {accepted: ask(cache, Accept_Encoding=accepted) for accepted in ("br", "gzip", "identity")}
    assert len({reply["ETag"] for reply in replies.values()}) == 3
    assert len({reply.text for reply in replies.values()}) == 1
    assert {accepted: reply["Content-Encoding"] for accepted, reply in replies.items()} == {
        "br": "br",
        "gzip": "gzip",
        "identity": "",
    }
    assert all(reply["ETag"].startswith('"') for reply in replies.values())


def test_workers_agree_on_the_etag():
    one, other = Site(), Site()
    one.headers["Content-Security-Policy"] = "img-src 'self'; default-src 'none'"
    other.headers["Content-Security-Policy"] = "default-src 'none'; img-src 'self'"
    assert ask(cached(one))["ETag"] == ask(cached(other))["ETag"]
    other.headers["Content-Security-Policy"] = "default-src 'self'"
    assert ask(cached(one))["ETag"] != ask(cached(other))["ETag"]


@pytest.mark.parametrize("accepted", ["br", "gzip", "identity"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_has_the_page_gets_304(accepted, method):
    cache = cached(Site())
    page = ask(cache, Accept_Encoding=accepted)
    again = ask(cache, method=method, Accept_Encoding=accepted, If_None_Match=f'"x", W/{page["ETag"]}')
    assert (again.status, again.body) == (304, b"")
    assert {name: again[name] for name in ("ETag", "Vary", "Cache-Control")} == {
        name: page[name] for name in ("ETag", "Vary", "Cache-Control")
    }
    assert not again["Content-Length"]
    assert ask(cache, Accept_Encoding=accepted, If_None_Match='"other"').status == 200


def test_an_etag_of_another_encoding_is_not_the_same():
    cache = cached(Site())
    etag = ask(cache, Accept_Encoding="br")["ETag"]
    assert ask(cache, Accept_Encoding="gzip", If_None_Match=etag).status == 200


def test_a_missing_page_is_never_304():
    cache = cached(Site(status="404 Not Found"))
    etag = ask(cache)["ETag"]
    assert ask(cache, If_None_Match=etag).status == ask(cache, If_None_Match="*").status == 404


def test_head_is_get_without_the_body():
    cache = cached(Site())
    for _time in range(2):
        head = ask(cache, method="HEAD", Accept_Encoding="br")
        assert (head.status, head.body) == (200, b"")
    assert head.headers == ask(cache, Accept_Encoding="br").headers


def test_head_of_what_is_not_kept():
    reply = ask(cached(Site(status="500 Internal Server Error")), method="HEAD")
    assert (reply.status, reply.body) == (500, b"")


def test_what_is_short_or_packed_already_is_not_compressed():
    picture = Site()
    picture.headers["Content-Type"] = "image/png"
    for site in (picture, Site(words="")):
        reply = ask(cached(site), Accept_Encoding="br, gzip, identity;q=0")
        assert (reply["Content-Encoding"], reply["Vary"]) == ("", "")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("/films/?tool=a&page=2", "/films/?page=2&tool=a", True),
        ("/films/?tool=a&tool=b", "/films/?tool=b&tool=a", False),
        ("/films/?tool=a&utm_source=x&fbclid=y", "/films/?tool=a", True),
        ("/films/?%74ool=a", "/films/?tool=a", False),
        ("/films/?tool=a", "/films/?tool=a&", True),
        ("/films/?tool=a", "/films/?tool=A", False),
        ("/films/?tool=", "/films/", False),
        ("/films/", "/films", False),
        ("/films/", "/en/films/", False),
    ],
)
def test_a_query_is_known_by_its_keys_in_any_order(one, other, same):
    assert (times_asked(Site(), {"address": one}, {"address": other}) == 1) is same


def test_the_page_never_shows_what_is_not_in_its_key():
    page = ask(cached(Site()), "/films/?page=2&utm_source=letter&tool=a")
    assert "/films/?tool=a&page=2 " in page.text


def test_hosts_and_schemes_have_pages_of_their_own():
    assert times_asked(Site(), {}, {"Host": "other"}, {"Host": "testserver:80"}, {"scheme": "https"}) == 4


PROXIED = type(SETTINGS)(
    **{
        **vars(SETTINGS),
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
        "USE_X_FORWARDED_HOST": True,
        "USE_X_FORWARDED_PORT": True,
    }
)


@pytest.mark.parametrize(
    ("headers", "counts"),
    [({"X_Forwarded_Proto": "https"}, 2), ({"X_Forwarded_Host": "other"}, 2), ({"X_Forwarded_Port": "444"}, 2)],
)
def test_forwarded_headers_count_where_django_trusts_them(headers, counts):
    assert times_asked(Site(), {}, headers, headers, settings=PROXIED) == counts
    assert times_asked(Site(), {}, headers, headers) == 1


def test_a_new_generation_is_seen_at_the_next_look():
    site, clock, generation = Site(), Clock(), Generation()
    cache = cached(site, clock=clock, generation=generation)
    ask(cache)
    site.words, generation.number = "new words", 2
    assert "new words" not in ask(cache).text
    clock.now += 0.01
    assert "new words" in ask(cache).text


def test_a_page_lasts_a_minute_and_a_missing_one_five_seconds():
    for status, seconds in (("200 OK", 60), ("404 Not Found", 5), ("301 Moved Permanently", 5)):
        site, clock = Site(status=status), Clock()
        cache = cached(site, clock=clock)
        ask(cache)
        clock.now += seconds - 0.1
        ask(cache)
        assert site.asked == 1
        clock.now += 0.1
        ask(cache)
        assert site.asked == 2


def test_a_page_ends_where_the_next_entry_falls_due():
    site, clock = Site(), Clock()
    due = iter([7.0, float("inf")])
    cache = cached(site, clock=clock, seconds_until_due=lambda: next(due))
    ask(cache)
    clock.now += 6.9
    ask(cache)
    assert site.asked == 1
    clock.now += 0.1
    ask(cache)
    ask(cache)
    assert site.asked == 2


def test_a_page_that_was_begun_before_a_change_is_not_kept_after_it():
    clock, generation = Clock(), Generation()
    site = Site()

    def changes_meanwhile(environ, start_response):
        answer = site(environ, start_response)
        if site.asked == 1:
            generation.number += 1
            clock.now += 1
            ask(cache, "/other/")
        return answer

    cache = cached(changes_meanwhile, clock=clock, generation=generation)
    ask(cache)
    ask(cache)
    assert site.asked == 3


def test_without_the_generation_pages_last_a_minute_and_the_site_goes_on():
    site, clock, generation = Site(), Clock(), Generation()
    cache = cached(site, clock=clock, generation=generation)
    ask(cache)
    generation.is_gone = True
    clock.now += 30
    assert ask(cache).status == 200
    assert site.asked == 1
    clock.now += 30
    assert ask(cache).status == 200
    assert site.asked == 2


def test_a_lost_database_is_told_once_each_time(caplog):
    clock, generation = Clock(), Generation()
    cache = cached(Site(), clock=clock, generation=generation)
    for is_gone in (True, True, False, True, True):
        generation.is_gone = is_gone
        clock.now += 1
        ask(cache)
    assert len(caplog.records) == 2


def together(cache, number: int = 100) -> list[str]:
    with ThreadPoolExecutor(number) as threads:
        return [reply.text for reply in threads.map(lambda _n: ask(cache), range(number))]


def test_a_hundred_visitors_to_a_cold_page_render_it_once():
    site = Site()

    def slow(environ, start_response):
        time.sleep(0.2)
        return site(environ, start_response)

    assert len(set(together(cached(slow, clock=time.monotonic)))) == 1
    assert site.asked == 1


def test_who_waits_for_a_rendering_that_breaks_renders_alone():
    site, began = Site(), threading.Event()

    def breaks_once(environ, start_response):
        if not began.is_set():
            began.set()
            time.sleep(0.1)
            raise RuntimeError("broken")
        return site(environ, start_response)

    cache = cached(breaks_once, clock=time.monotonic)
    with ThreadPoolExecutor(11) as threads:
        first = threads.submit(ask, cache)
        assert began.wait(5)
        others = [threads.submit(ask, cache) for _ in range(10)]
        assert isinstance(first.exception(5), RuntimeError)
        assert {other.result(5).status for other in others} == {200}
    assert not cache.epoch.flights


def test_who_waits_too_long_renders_alone(monkeypatch):
    monkeypatch.setattr("elysium.pagecache.cache.FLIGHT_SECONDS", 0.05)
    site, hold, began = Site(), threading.Event(), threading.Event()

    def first_hangs(environ, start_response):
        if not began.is_set():
            began.set()
            hold.wait(5)
        return site(environ, start_response)

    cache = cached(first_hangs, clock=time.monotonic)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(ask, cache)
        assert began.wait(5)
        assert ask(cache).status == 200
        hold.set()
        assert first.result(5).status == 200


def test_who_waited_while_content_changed_gets_the_new_page():
    site, generation, began = Site(), Generation(), threading.Event()

    def changes_meanwhile(environ, start_response):
        answer = site(environ, start_response)
        if not began.is_set():
            began.set()
            time.sleep(0.2)
        return answer

    cache = cached(changes_meanwhile, generation=generation, clock=time.monotonic)
    with ThreadPoolExecutor(2) as threads:
        threads.submit(ask, cache)
        assert began.wait(5)
        second = threads.submit(ask, cache)
        time.sleep(0.05)
        site.words, generation.number = "new words", 2
        assert "new words" in second.result(5).text


def test_a_server_may_add_headers_to_what_it_got():
    cache = cached(Site())
    for _time in range(3):
        cache(environ("/", Accept_Encoding="br"), lambda status, headers: headers.append(("Date", "now")))
    assert "date" not in ask(cache, Accept_Encoding="br").headers


class Watched(dict):
    """A request that notes what is read of it."""

    def __init__(self, *values, **more):
        super().__init__(*values, **more)
        self.read = set()

    def __getitem__(self, name):
        self.read.add(name)
        return super().__getitem__(name)

    def __contains__(self, name):
        self.read.add(name)
        return super().__contains__(name)

    def get(self, name, other=None):
        self.read.add(name)
        return super().get(name, other)


@pytest.mark.parametrize("settings", [SETTINGS, PROXIED])
@pytest.mark.parametrize("sent", [{}, {"Cookie": "theme=dark", "If_None_Match": '"x"', "X_Forwarded_Host": "a"}])
def test_nothing_but_the_question_decides(settings, sent):
    """What is answered again to the letter must have been asked again to the letter."""
    cache = cached(Site(), settings=settings)
    ask(cache, **sent)
    asked = Watched(environ("/", **sent))
    cache.answer((), asked, lambda *words: None, cache.clock())
    assert asked.read - set(cache.addresses.deciding) == set()
    assert asked.read >= {"PATH_INFO", "HTTP_COOKIE", "HTTP_IF_NONE_MATCH"}


def test_what_is_asked_again_to_the_letter_gets_the_same_answer():
    clock, site = Clock(), Site()
    cache = cached(site, clock=clock)
    questions = [{}, {"Accept_Encoding": "br"}, {"method": "HEAD"}, {"Accept_Encoding": "gzip", "If_None_Match": "*"}]
    first = [ask(cache, **question) for question in questions]
    again = [ask(cache, **question) for question in questions]
    assert again == [ask(cache, **question) for question in questions] == first
    # The plain one is unpacked each time, so as not to be kept beside the compressed one.
    assert len(cache.epoch.pages.replies) == 2
    assert site.asked == 1
    clock.now += 60
    cache.look_at = clock.now + 1
    site.words = "other"
    assert "other" in ask(cache, Accept_Encoding="br").text
