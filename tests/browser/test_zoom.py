"""Four times as large, letters twice as large, on paper: nothing is cut off, nothing scrolls sideways, everything can be reached."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from films.models import Film, Topic
from tests.browser.conftest import Visit
from tests.browser.test_look import addresses, go, looking, make_awkward_rows

# A window of 1280 × 1024 zoomed to 400 % has this many CSS pixels, each four of the screen's (WCAG 1.4.10).
FOUR_TIMES = {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}
# What a reader gets who sets the browser's letters to 32 px instead of 16 (WCAG 1.4.4).
LARGE_LETTERS = {"standard": 32, "fixed": 26}

# Words that end outside the window or inside a box that hides them, and controls that nobody could get at.
LOST = """() => {
  const width = document.documentElement.clientWidth;
  const shown = (element) => element.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true});
  const scrolls = (element) => {
    for (let box = element; box; box = box.parentElement)
      if (/auto|scroll/.test(getComputedStyle(box).overflowX) && box !== document.documentElement) return true;
    return false;
  };
  const hides = (element) => {
    for (let box = element; box; box = box.parentElement) {
      const style = getComputedStyle(box);
      // A card's few lines of synopsis are an opening; the film's page has the whole.
      if (style.webkitLineClamp !== "none") return null;
      if (/hidden|clip/.test(style.overflowX) && box !== document.body) return box;
    }
    return null;
  };
  const lost = [];
  const report = (what, element) => lost.push(what + ": " + element.outerHTML.slice(0, 120));
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const element = words.currentNode.parentElement;
    if (!words.currentNode.data.trim() || !shown(element) || element.closest("svg, script, .skip")) continue;
    // For ears alone: a box of one pixel.
    if (hides(element)?.clientWidth <= 1) continue;
    // An opening mark hangs in the margin; its left half is empty.
    if (element.matches(".tm:first-child")) continue;
    const range = document.createRange();
    range.selectNodeContents(words.currentNode);
    for (const box of range.getClientRects()) {
      if ((box.left < -1 || box.right > width + 1) && !scrolls(element)) report("outside", element);
      const frame = hides(element)?.getBoundingClientRect();
      if (frame && (box.bottom > frame.bottom + 2 || box.right > frame.right + 2)) report("cut off", element);
    }
  }
  for (const control of document.querySelectorAll("a[href], button, input, summary")) {
    if (!shown(control) || control.closest(".skip")) continue;
    const box = control.getBoundingClientRect();
    if ((box.left < -1 || box.right > width + 1) && !scrolls(control)) report("out of reach", control);
  }
  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth) lost.push("scrolls sideways: " + page.scrollWidth);
  return [...new Set(lost)];
}"""


@contextmanager
def zoomed(chromium, site) -> Iterator[Visit]:
    with looking(chromium, site, **FOUR_TIMES, reduced_motion="reduce") as visit:
        yield visit


@contextmanager
def with_large_letters(chromium, site, width: int) -> Iterator[Visit]:
    with looking(chromium, site, viewport={"width": width, "height": 900}, reduced_motion="reduce") as visit:
        visit.open("/")
        visit.page.context.new_cdp_session(visit.page).send("Page.setFontSizes", {"fontSizes": LARGE_LETTERS})
        yield visit


def lost(visit: Visit, paths: list[str]) -> str:
    found = []
    for address in paths:
        go(visit, address)
        for summary in visit.page.locator("main summary:visible").all()[:1]:
            summary.click()
        visit.page.wait_for_load_state()
        found += [f"{address} {what}" for what in visit.page.evaluate(LOST)]
    return "\n".join(found)


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_nothing_is_lost_at_four_times_the_size(chromium, site, prefix):
    with zoomed(chromium, site) as visit:
        assert lost(visit, [prefix + address for address in addresses()]) == ""
        assert visit.page.evaluate("devicePixelRatio * innerWidth") == 1280


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_lost_with_letters_twice_as_large(chromium, site, width, prefix):
    with with_large_letters(chromium, site, width) as visit:
        assert lost(visit, [prefix + address for address in addresses()]) == ""
        assert visit.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 32


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_nothing_is_lost_on_paper(chromium, site, prefix):
    """The words on a sheet of A4 between margins of 18 mm; what else there is to read stays behind."""
    with looking(chromium, site, viewport={"width": 658, "height": 986}) as visit:
        visit.page.emulate_media(media="print")
        assert lost(visit, [prefix + address for address in addresses()]) == ""
        visit.open(Topic.objects.published().order_by("pk")[0].get_absolute_url())
        assert visit.page.locator(".answer").first.is_visible()
        assert not visit.page.locator(".q_list").is_visible()


def test_awkward_words_are_not_lost_either(chromium, site):
    awkward = make_awkward_rows()
    chosen = [*awkward[:5], *awkward[-2:]]
    with zoomed(chromium, site) as visit:
        assert lost(visit, chosen) == ""
    with with_large_letters(chromium, site, 390) as visit:
        assert lost(visit, chosen) == ""


def test_the_keyboard_brings_everything_into_the_small_window(chromium, site):
    with zoomed(chromium, site) as visit:
        visit.open(Film.objects.get(title="梅花鹿").get_absolute_url())
        seen = 0
        for _ in range(80):
            visit.page.keyboard.press("Tab")
            box = visit.page.evaluate("""() => {
              const focused = document.activeElement;
              if (focused === document.body) return null;
              const {top, bottom} = focused.getBoundingClientRect();
              const bar = document.querySelector(".qa_nav");
              const covered = bar.contains(focused) ? 0 : Math.max(0, bar.getBoundingClientRect().bottom);
              return [top, bottom, bar.getBoundingClientRect().top <= 0 ? covered : 0, focused.outerHTML.slice(0, 90)];
            }""")
            if box is None:
                break
            top, bottom, covered, element = box
            assert bottom > covered, element
            assert top < 256, element
            seen += 1
        assert seen > 30
