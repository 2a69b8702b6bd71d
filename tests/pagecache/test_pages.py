from elysium.pagecache.page import Answer, Page, Reply
from elysium.pagecache.pages import LONGEST_QUESTION, MOST_REPLIES, Pages


def page(words: str = "", status: str = "200 OK", expires: float = 100) -> Page:
    return Page(Answer(status, [("Content-Type", "image/png")], words.encode()), expires)


def test_the_least_recently_used_page_goes_first():
    pages = Pages(1_000_000, 3)
    for key in "abc":
        pages.put(key, page())
    assert pages.get("a", 0)
    pages.put("d", page())
    assert [key for key in "abcd" if pages.get(key, 0)] == ["a", "c", "d"]


def test_bytes_are_bounded_and_counted():
    pages = Pages(20_000, 1000)
    for number in range(100):
        pages.put(number % 30, page("x" * (100 * number)))
        kept = pages.found.pages.values()
        assert pages.found.bytes == sum(one.size for one in kept) <= 20_000
    assert pages.get(99 % 30, 0)


def test_a_page_larger_than_everything_is_not_kept_and_nor_is_its_forerunner():
    pages = Pages(20_000, 10)
    pages.put("a", page("short"))
    pages.put("a", page("x" * 30_000))
    assert pages.get("a", 0) is None
    assert pages.found.bytes == 0


def test_a_page_is_good_until_it_expires():
    pages = Pages(20_000, 10)
    pages.put("a", page(expires=100))
    assert pages.get("a", 99.9)
    assert pages.get("a", 100) is None


def test_missing_pages_push_out_one_another_only():
    pages = Pages(1_000_000, 10, most_missing=5)
    pages.put("page", page())
    for number in range(100):
        pages.put(number, page(status="404 Not Found"))
    assert pages.get("page", 0)
    assert [number for number in range(100) if pages.get(number, 0)] == [95, 96, 97, 98, 99]


def test_an_address_is_found_or_missing_but_not_both():
    pages = Pages(1_000_000, 10)
    pages.put("a", page())
    pages.put("a", page(status="404 Not Found"))
    assert pages.get("a", 0).status == "404 Not Found"
    pages.put("a", page())
    assert pages.get("a", 0).status == "200 OK"
    assert not pages.missing.pages
    assert pages.missing.bytes == 0


def reply(expires: float = 100.0) -> Reply:
    return Reply(expires, "200 OK", [], b"body")


def test_replies_go_with_the_page_that_has_to():
    pages = Pages(1_000_000, 2)
    for key in "ab":
        pages.put(key, page())
        pages.remember((key,), reply())
    assert list(pages.replies) == [("b",)]
    pages.put("c", page())
    assert not pages.replies


def test_replies_are_bounded():
    pages = Pages(1_000_000, 2)
    for number in range(MOST_REPLIES):
        pages.remember((str(number), None), reply())
    assert len(pages.replies) == MOST_REPLIES
    pages.remember(("one more",), reply())
    assert list(pages.replies) == [("one more",)]
    pages.remember(("x" * LONGEST_QUESTION, "y"), reply())
    pages.remember(("of a moment",), reply(expires=0.0))
    assert list(pages.replies) == [("one more",)]
