"""One form from nothing to a saved film in Chromium: by mouse, by keyboard, and a typo mended in few steps."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from films.models import Exchange, Film, User
from films.text import count_words, reading_seconds
from tests.browser.conftest import Visit

DIALOGUE = """NOWNESS：你是从什么时候开始的？

阿米：从一张图开始。

后来就多了。

NOWNESS：最难的是什么?

阿米：停下来。

NOWNESS：主题呢？

阿米：一只鹿。

NOWNESS：还有呢？"""
# A fragment outlives the way back to the list.
LIST = re.compile("/admin/films/film/(#.*)?$")
ROWS = ".inline-group:has(.talk) .inline-related:not(.empty-form)"


@pytest.fixture
def desk(visit: Visit) -> Iterator[Visit]:
    """Signed in, as someone who may do everything."""
    client = Client()
    client.force_login(User.objects.create_superuser("editor"))
    name = settings.SESSION_COOKIE_NAME
    visit.page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": visit.site}])
    yield visit
    # A poster may still be on its way.
    visit.page.wait_for_load_state("networkidle")


def questions(page: Page) -> list[str]:
    return [area.input_value() for area in page.locator(f"{ROWS} textarea[name$='-question']").all()]


def numbers(page: Page) -> list[str]:
    return [control.input_value() for control in page.locator(f"{ROWS} input[name$='-position']").all()]


def save(page: Page) -> None:
    page.click("[name=_save]")
    page.wait_for_url(LIST)


def test_a_film_with_its_interview_is_entered_from_nothing(desk: Visit) -> None:
    page = desk.page
    desk.open(reverse("admin:films_film_add"))
    poster = page.locator("#live-poster")
    page.fill("#id_title", "白鹿")
    page.fill("#id_credits-0-maker_name", "阿米")
    expect(poster).to_contain_text("白鹿")
    expect(poster).to_contain_text("阿米")
    page.select_option("#id_poster_pigment", "lapis")
    expect(poster.locator("svg")).to_have_attribute("data-pigment", "lapis")

    page.fill("#id_synopsis", "一只鹿走进 Elysium。")
    expect(page.locator(".field-synopsis .text-size")).to_have_text("6 字 · 约 2 秒")

    page.fill("#id_dialogue", DIALOGUE)
    page.click("[name=_divide]")
    expect(page.locator(".division")).to_contain_text("分出 3 段问答")
    expect(page.locator(".division")).to_contain_text("“还有呢？”没有回答")
    expect(page.locator("#id_dialogue")).to_have_value("NOWNESS：还有呢？")
    assert page.input_value("#id_title") == "白鹿"
    assert page.input_value("#id_interviewer") == "NOWNESS"
    assert questions(page) == ["你是从什么时候开始的？", "最难的是什么？", "主题呢？"]
    expect(page.locator(".question-list a")).to_have_count(3)

    drag(page, 2, 0)
    assert questions(page) == ["主题呢？", "你是从什么时候开始的？", "最难的是什么？"]
    assert numbers(page) == ["1", "2", "3"]

    page.fill("#id_dialogue", "")
    save(page)
    film = Film.objects.get(title="白鹿")
    [talk] = film.interviews.all()
    found = talk.exchanges.values_list("question", "answer", "speaker__name")
    assert list(found) == [
        ("主题呢？", "一只鹿。", "阿米"),
        ("你是从什么时候开始的？", "从一张图开始。\n\n后来就多了。", "阿米"),
        ("最难的是什么？", "停下来。", "阿米"),
    ]
    assert (film.poster_pigment, talk.interviewer) == ("lapis", "NOWNESS")


def drag(page: Page, row: int, onto: int) -> None:
    """Take a row by its grip and let it go on another: while it is held the rows are folded."""
    grip = page.locator(f"{ROWS} .grip").nth(row)
    grip.scroll_into_view_if_needed()
    held = grip.bounding_box()
    assert held is not None
    page.mouse.move(held["x"] + 10, held["y"] + 10)
    page.mouse.down()
    page.mouse.move(held["x"] + 10, held["y"] + 20)
    expect(page.locator(".is-dragged")).to_have_count(1)
    target = page.locator(f"{ROWS} h3").nth(onto).bounding_box()
    assert target is not None
    page.mouse.move(held["x"] + 10, target["y"] + 2, steps=8)
    page.wait_for_timeout(100)
    page.mouse.up()
    expect(page.locator(".is-sorting")).to_have_count(0)


def press(page: Page, selector: str, key: str = "Enter") -> None:
    """Reach a control with the Tab key alone, and press a key there."""
    for _ in range(400):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            page.keyboard.press(key)
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {selector} by keyboard")


def test_questions_change_places_by_keyboard_and_by_number(desk: Visit) -> None:
    page = desk.page
    film = Film.objects.get(credits__creator__name="CamRed")
    desk.open(reverse("admin:films_film_change", args=[film.pk]))
    before = questions(page)
    assert len(before) == 3

    press(page, "#exchanges-0 .down")
    assert questions(page) == [before[1], before[0], before[2]]
    assert page.evaluate("document.activeElement.matches('#exchanges-0 .down')")
    expect(page.locator("[aria-live=polite]")).to_have_text("移到第 2 段，共 3 段。")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert questions(page) == [before[1], before[2], before[0]]
    assert page.get_attribute("#exchanges-0 .down", "aria-disabled") == "true"

    page.fill("#id_exchanges-2-position", "1")
    page.keyboard.press("Tab")
    assert questions(page) == [before[2], before[1], before[0]]
    assert numbers(page) == ["1", "2", "3"]

    press(page, "[name=_save]")
    page.wait_for_url(LIST)
    stored = film.interviews.get().exchanges
    assert list(stored.values_list("question", flat=True)) == [before[2], before[1], before[0]]


def test_a_dragged_row_goes_back_when_one_thinks_better_of_it(desk: Visit) -> None:
    page = desk.page
    film = Film.objects.get(credits__creator__name="CamRed")
    desk.open(reverse("admin:films_film_change", args=[film.pk]))
    before = questions(page)
    grip = page.locator(f"{ROWS} .grip").first
    grip.scroll_into_view_if_needed()
    held = grip.bounding_box()
    assert held is not None
    page.mouse.move(held["x"] + 10, held["y"] + 10)
    page.mouse.down()
    page.mouse.move(held["x"] + 10, held["y"] + 150, steps=6)
    page.wait_for_timeout(100)
    assert questions(page) != before
    page.keyboard.press("Escape")
    page.mouse.up()
    assert questions(page) == before


def test_rows_are_dragged_with_a_finger(desk: Visit) -> None:
    page = desk.page
    page.set_viewport_size({"width": 390, "height": 844})
    film = Film.objects.get(credits__creator__name="CamRed")
    desk.open(reverse("admin:films_film_change", args=[film.pk]))
    before = questions(page)
    finger = page.context.new_cdp_session(page)
    finger.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    grip = page.locator(f"{ROWS} .grip").first
    grip.evaluate("grip => grip.scrollIntoView({block: 'center'})")
    held = grip.bounding_box()
    assert held is not None
    x, y = held["x"] + 10, held["y"] + 10
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 17):
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y + step * 15}]})
    page.wait_for_timeout(100)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator(".is-sorting")).to_have_count(0)
    assert questions(page)[0] == before[1]
    assert numbers(page) == ["1", "2", "3"]


def test_without_a_script_the_same_buttons_do_it(desk: Visit, chromium: Browser) -> None:
    """Divide, redraw, number: the form is sent and comes back with everything that was typed."""
    context = chromium.new_context(java_script_enabled=False, storage_state=desk.page.context.storage_state())
    page = context.new_page()
    page.goto(desk.site + reverse("admin:films_film_add"))
    page.fill("#id_title", "白鹿")
    page.fill("#id_credits-0-maker_name", "阿米")
    page.fill("#id_dialogue", DIALOGUE)
    page.click("[name=_divide]")
    expect(page.locator(".division")).to_be_in_viewport()
    page.select_option("#id_poster_pigment", "lapis")
    page.click("[name=_poster]")
    expect(page.locator("#live-poster svg")).to_have_attribute("data-pigment", "lapis")
    page.fill("#id_exchanges-2-position", "1")
    page.fill("#id_dialogue", "")
    save(page)
    found = Film.objects.get(title="白鹿").interviews.get().exchanges.values_list("question", flat=True)
    assert list(found) == ["主题呢？", "你是从什么时候开始的？", "最难的是什么？"]
    context.close()


def test_a_new_row_is_added_moved_and_taken_away(desk: Visit) -> None:
    page = desk.page
    film = Film.objects.get(credits__creator__name="CamRed")
    desk.open(reverse("admin:films_film_change", args=[film.pk]))
    add = page.locator(".inline-group:has(.talk) .add-row a")
    add.click()
    add.click()
    page.fill("#id_exchanges-3-question", "新的一问？")
    page.fill("#id_exchanges-3-answer", "新的一答。")
    for _ in range(3):
        page.click("#exchanges-3 .up")
    assert questions(page)[0] == "新的一问？"
    page.click("#exchanges-4 .inline-deletelink")
    expect(page.locator(ROWS)).to_have_count(4)
    save(page)
    found = film.interviews.get().exchanges.values_list("position", "question", "answer")
    assert found[0] == (1, "新的一问？", "新的一答。")
    assert len(found) == 4


def test_a_typo_in_answer_seven_takes_three_clicks_and_two_keys(desk: Visit) -> None:
    """From the list of films: the film, the question, save; and to the end of the answer, and one character less."""
    page = desk.page
    seventh = Exchange.objects.order_by("interview", "position")[6]
    assert seventh.interview.film is not None
    Exchange.objects.filter(pk=seventh.pk).update(answer=seventh.answer + "呀")
    desk.open(reverse("admin:films_film_changelist"))
    clicks = Counter(page)
    row = page.locator("#result_list tbody tr").filter(has_text=seventh.interview.film.credits.get().creator.name)
    clicks.click(row.locator(".field-film a"))
    clicks.click(page.locator(".question-list a").filter(has_text=seventh.question[:8]))
    expect(page.locator(":focus")).to_have_value(seventh.answer + "呀")
    clicks.press("Control+End")
    clicks.press("Backspace")
    clicks.click(page.locator("[name=_save]"))
    page.wait_for_url(LIST)
    assert Exchange.objects.get(pk=seventh.pk).answer == seventh.answer
    assert (clicks.clicks, clicks.keys) == (3, 2)


class Counter:
    """A person's hand: how often it clicks and how many keys it presses."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.keys = page, 0, 0

    def click(self, place: Any) -> None:
        place.click()
        self.clicks += 1

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1


TEXTS = [
    "",
    "   \n",
    "我用AI做了3个月。",
    "It's a fox. The end!",
    "かな、カナ、한글 과 𠮷野家",
    "4分36秒 2025-03-17 1,000.5",
    "naïve café — e\u0301tude",
    "〇〇一二三々、！？“”",
    "Ⅳ ² ½ x_y __ -- 😀",
    "字" * 399,
    "字" * 401,
    "word " * 219,
    "\ufeff\u200b零宽",
    "ｆｕｌｌ　ｗｉｄｔｈ　１２３",
]


def test_the_script_counts_as_the_server_does(desk: Visit) -> None:
    desk.open(reverse("admin:films_film_add"))
    address = next(script.get_attribute("src") for script in desk.page.locator("script[src*=desk_counts]").all())
    measured = desk.page.evaluate(
        "async ([address, texts]) => { const { measure } = await import(address); return texts.map(measure); }",
        [address, TEXTS],
    )
    assert [(one["count"], one["seconds"]) for one in measured] == [
        (count_words(text), reading_seconds(text)) for text in TEXTS
    ]


def test_the_form_fits_a_phone_and_speaks_english(desk: Visit) -> None:
    page = desk.page
    film = Film.objects.get(credits__creator__name="CamRed")
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": desk.site}])
    page.set_viewport_size({"width": 390, "height": 844})
    for address in (reverse("admin:films_film_add"), reverse("admin:films_film_change", args=[film.pk])):
        desk.open(address)
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert not re.search("[一-鿿]", page.locator("[name=_divide]").inner_text())
