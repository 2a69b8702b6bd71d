"""A publisher's whole way in English, by keys alone: an entry from nothing, its preview, its time, its page, a way back."""

import datetime as dt
import re

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from films.choices import Role
from films.models import Film
from tests.browser.test_desk import person, public
from tests.browser.test_desk_board import Keys

DIALOGUE = "NOWNESS: How did you begin?\nAmi: With one picture.\nNOWNESS: What was hardest?\nAmi: To stop."
# Whether one sees where the focus is: an outline or a shadow that is not there without it, in view.
SEEN = """() => {
  const held = document.activeElement, box = held.getBoundingClientRect(), style = getComputedStyle(held);
  const place = held.closest(".select2-container")?.querySelector(".select2-selection") ?? held;
  const drawn = [style, getComputedStyle(place)].some((one) =>
    (one.outlineStyle !== "none" && parseFloat(one.outlineWidth) > 0) || one.boxShadow !== "none");
  const inView = box.bottom > 0 && box.top < innerHeight;
  return drawn && inView ? "" : held.outerHTML.slice(0, 120);
}"""


def skip(keys: Keys) -> None:
    """Past the head and the menu, as the page's first link offers; a saved form has kept its place."""
    if keys.page.url.endswith("#content-start"):
        return
    keys.tab_to(keys.page.locator(".skip-to-content-link"), most=2)
    keys.press("Enter")


def typed(keys: Keys, target: Locator, words: str) -> None:
    keys.tab_to(target)
    keys.page.keyboard.insert_text(words)


def pressed(keys: Keys, target: Locator, back: bool = False) -> None:
    """Go to a control, see that one sees it, and press."""
    keys.tab_to(target, "Shift+Tab" if back else "Tab")
    assert keys.page.evaluate(SEEN) == ""
    keys.press("Enter")


def saved(keys: Keys, target: Locator) -> None:
    """Enter in a field saves."""
    pressed(keys, target)
    expect(keys.page.locator(".messagelist .success")).to_be_visible()
    assert not re.search("[一-鿿]", keys.page.locator(".messagelist").inner_text())


def stops(page: Page) -> list[str]:
    """For each stop of the tab key on the page nothing, or the control at which one does not see where the focus is."""
    page.evaluate("document.activeElement.blur()")
    found, first = [], ""
    for _ in range(250):
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if here.startswith("<body") or here == first:
            break
        first = first or here
        found.append(page.evaluate(SEEN))
    return found


def test_an_entry_goes_from_nothing_to_its_page_and_back_by_keys_alone(chromium: Browser, site: str) -> None:
    with person(chromium, site, Role.PUBLISHERS, locale="en-GB") as page:
        keys = Keys(page)
        page.goto(site + reverse("admin:index"))
        pressed(keys, page.locator(".model-film .addlink"))
        page.wait_for_url("**/film/add/")
        typed(keys, page.locator("#id_title"), "White Deer")
        typed(keys, page.locator("#id_credits-0-maker_name"), "Ami")
        typed(keys, page.locator("#id_synopsis"), "A deer walks into Elysium.")
        typed(keys, page.locator("#id_dialogue"), DIALOGUE)
        pressed(keys, page.locator("[name=_divide]"))
        expect(page.locator(".division")).to_contain_text("2")
        places = stops(page)
        assert len(places) > 60
        assert [control for control in places if control] == []
        skip(keys)
        saved(keys, page.locator("#id_title_en"))
        film = Film.objects.get(title="White Deer")
        assert (film.status, film.interviews.get().exchanges.count()) == ("draft", 2)

        form = reverse("admin:films_film_change", args=[film.pk])
        skip(keys)
        pressed(keys, page.locator("#result_list").get_by_role("link", name="White Deer"))
        page.wait_for_url(f"**{form}*")
        pressed(keys, page.get_by_role("button", name="Make a preview link"), back=True)
        expect(page.locator("#preview_address")).to_be_visible()
        link = page.input_value("#preview_address")
        moment = timezone.localtime(timezone.now() + dt.timedelta(days=1)).replace(hour=9, minute=30)
        keys.tab_to(page.locator("#id_status"), "Shift+Tab")
        page.keyboard.type("Pub")
        typed(keys, page.locator("#id_publish_at_0"), f"{moment:%Y-%m-%d}")
        typed(keys, page.locator("#id_publish_at_1"), "09:30")
        saved(keys, page.locator("#id_publish_at_1"))
        expect(page.locator("#result_list tr", has_text="White Deer")).to_contain_text("Scheduled")
        assert public(chromium, site, film) == 404

        skip(keys)
        pressed(keys, page.locator("#result_list").get_by_role("link", name="White Deer"))
        page.wait_for_url(f"**{form}*")
        for name in ("#id_publish_at_1", "#id_publish_at_0"):
            keys.tab_to(page.locator(name), "Shift+Tab")
            keys.press("Control+A")
            keys.press("Delete")
        saved(keys, page.locator("#id_publish_at_0"))
        assert public(chromium, site, film) == 200
        assert page.request.get(link).status == 410

        page.context.add_cookies([{"name": "django_language", "value": "zh-hans", "url": site}])
        page.goto(site + form)
        skip(keys)
        pressed(keys, page.get_by_role("link", name="历史", exact=True))
        skip(keys)
        pressed(keys, page.locator("table.revisions tbody tr").last.get_by_role("link").first)
        skip(keys)
        pressed(keys, page.get_by_role("button", name="恢复为那时的内容"))
        expect(page.locator(".messagelist .success")).to_be_visible()
    film.refresh_from_db()
    assert (film.status, film.synopsis) == ("published", "A deer walks into Elysium.")
