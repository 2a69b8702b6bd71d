"""Every kind of page, by light and dark, on a phone and on a desk, in both languages, as a browser shows it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser

from films.models import Creator, Edition, Film, Source, Tool, Topic, Work
from tests.browser.conftest import Visit
from tests.factories import make_creator, make_edition, make_exchange, make_film, make_interview, make_topic

WIDTHS = [320, 390, 768, 1024, 1280, 1600]
SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((entry) => entry.value)))
  .observe({type: "layout-shift", buffered: true});"""
MISSING = "/films/never-was/"
# What WCAG 2.2 AA asks for, and what axe's authors hold to be good besides.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]


def addresses() -> list[str]:
    """One page of each kind, of the real article and of a talk about no one film."""
    talk = make_interview(heading="圆桌：创作与工具", exchanges=3, edition=Edition.objects.get())
    rows = [
        Film.objects.get(title="梅花鹿"),
        Film.objects.filter(title="").order_by("pk")[0],
        talk,
        Creator.objects.get(name="阿米"),
        Edition.objects.get(),
        *Topic.objects.published().order_by("pk")[:1],
        *Tool.objects.published().order_by("pk")[:1],
        *Work.objects.published().order_by("pk")[:1],
        Source.objects.get(),
    ]
    nouns = ["films", "interviews", "creators", "editions", "topics", "tools", "search"]
    asked = ["/films/?runtime=3-5", "/films/?runtime=3-5&tool=runway", "/search/?q=极乐世界", "/search/?q=龘龘"]
    return ["/", *(f"/{noun}/" for noun in nouns), *asked, *(row.get_absolute_url() for row in rows), MISSING]


@contextmanager
def looking(chromium: Browser, site: str, **options: object) -> Iterator[Visit]:
    context = chromium.new_context(locale="zh-CN", **options)
    context.add_init_script(SHIFTS)
    page = context.new_page()
    visit = Visit(page, site)
    page.on("console", visit.note_console)
    page.on("pageerror", lambda error: visit.console.append(str(error)))
    page.on("request", visit.note_request)
    yield visit
    context.close()


def go(visit: Visit, address: str) -> None:
    """Open a page whatever its status; the one that is missing logs its own 404."""
    response = visit.page.goto(visit.site + address)
    assert response is not None
    assert response.status == (404 if address.endswith(MISSING) else 200), address
    if response.status == 404:
        visit.console = [text for text in visit.console if "404" not in text]


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_is_sound_and_open_to_everyone(chromium, site, width, prefix):
    found = []
    size = {"width": width, "height": 900}
    with looking(chromium, site, viewport=size, color_scheme="light", reduced_motion="reduce") as visit:
        for address in addresses():
            go(visit, prefix + address)
            visit.page.evaluate("document.fonts.ready")
            found += faults(visit, {"runOnly": TAGS})
            assert visit.page.evaluate("window.shifts") == [], address
            # Light and dark are one page in other colours, so only what sees colours is asked again.
            visit.page.emulate_media(color_scheme="dark")
            assert ground(visit) == DARK, address
            found += faults(visit, {"runOnly": {"type": "rule", "values": OF_COLOURS}})
            visit.page.emulate_media(color_scheme="light")
        assert found == []
        visit.is_clean()


def faults(visit: Visit, options: dict[str, object]) -> list[tuple[str, str, str]]:
    """What axe finds on the page: where, by which rule, in which element."""
    page = visit.page
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    # Of what passes, one element a rule is told: nobody looks at it.
    asked = options | {"resultTypes": ["violations"]}
    violations = page.evaluate("(asked) => axe.run(asked).then((found) => found.violations)", asked)
    return [(page.url, rule["id"], rule["nodes"][0]["html"][:200]) for rule in violations]


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_no_page_scrolls_sideways_at_any_width(chromium, site, prefix):
    with looking(chromium, site) as visit:
        for address in addresses():
            go(visit, prefix + address)
            assert too_wide(visit) == [], address


def too_wide(visit: Visit) -> list[int]:
    """The widths at which the page is wider than the window."""
    wide = []
    for width in WIDTHS:
        visit.page.set_viewport_size({"width": width, "height": 800})
        if visit.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(width)
    return wide


def make_awkward_rows() -> list[str]:
    """Titles of one and of thirty characters, a Latin one, a long answer, twelve questions, sixty films."""
    edition = make_edition(theme="一个很长很长的主题要怎样才能放进一行", year=2026)
    titles = ["岸", "我们在水晶穹顶之下抬头看见的第一片真正的天空以及后来发生的一切", "The Pig That Wants to Be Eaten"]
    films = [make_film(title=title, edition=edition, creator=maker()) for title in titles]
    for _ in range(57):
        make_film(edition=edition)
    talk = make_interview(film=films[1], exchanges=0)
    for number in range(12):
        make_exchange(
            interview=talk,
            question=f"第{number}问：" + "长" * 60,
            answer="答" * 1500,
            speaker=maker(),
            topic=make_topic(),
        )
    empty = make_edition(theme="空", year=2027)
    return ["/", "/films/", *(row.get_absolute_url() for row in [*films, edition, empty])]


def maker() -> Creator:
    return make_creator(name=f"Wolfeschlegelsteinhausenbergerdorff{Creator.objects.count()}")


def test_awkward_words_and_numbers_fit_at_every_width(chromium, site):
    with looking(chromium, site) as visit:
        for address in make_awkward_rows():
            go(visit, address)
            assert too_wide(visit) == [], address


def test_a_site_without_anything_stands(chromium, live_server):
    with looking(chromium, live_server.url) as visit:
        for address in ["/", "/films/", "/interviews/", "/creators/", "/editions/", "/topics/", "/tools/", "/search/"]:
            go(visit, address)
            assert too_wide(visit) == [], address
        visit.is_clean()


def ground(visit: Visit) -> str:
    return visit.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")


LIGHT, DARK = "rgb(246, 248, 245)", "rgb(15, 20, 22)"


def test_the_appearance_is_chosen_kept_and_given_back(chromium, site):
    with looking(chromium, site, color_scheme="light") as visit:
        visit.open("/")
        assert visit.page.get_by_label("跟随系统").is_checked()
        assert ground(visit) == LIGHT
        visit.page.get_by_label("深色").check()
        assert ground(visit) == DARK
        visit.open("/films/")
        assert ground(visit) == DARK
        assert visit.page.get_by_label("深色").is_checked()
        visit.page.get_by_label("跟随系统").check()
        assert ground(visit) == LIGHT
        assert visit.page.context.cookies() == []
        visit.is_clean()


@pytest.mark.parametrize(("scheme", "shown"), [("light", LIGHT), ("dark", DARK)])
def test_without_script_the_page_follows_the_system_and_offers_no_choice(chromium, site, scheme, shown):
    with looking(chromium, site, color_scheme=scheme, java_script_enabled=False) as visit:
        visit.page.goto(site)
        assert not visit.page.get_by_label("深色").is_visible()
        shot = visit.page.locator(".quote_band").screenshot()
        assert shot
        assert visit.page.locator(".site_foot").is_visible()
    with looking(chromium, site, color_scheme=scheme) as visit:
        visit.open("/")
        assert ground(visit) == shown


def test_the_keyboard_reaches_everything_and_is_seen_there(chromium, site):
    with looking(chromium, site, viewport={"width": 1280, "height": 900}) as visit:
        visit.open(Film.objects.get(title="梅花鹿").get_absolute_url())
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("document.activeElement.className") == "skip"
        assert visit.page.locator(".skip").bounding_box()["y"] >= 0
        seen = 0
        for _ in range(60):
            visit.page.keyboard.press("Tab")
            style = visit.page.evaluate("""() => {
              const focused = document.activeElement;
              if (focused === document.body) return null;
              const card = focused.closest(".film_card");
              const {outlineStyle, outlineWidth} = getComputedStyle(card ?? focused);
              return [outlineStyle, outlineWidth, focused.outerHTML.slice(0, 80)];
            }""")
            if style is None:
                break
            assert style[:2] == ["solid", "3px"], style
            seen += 1
        assert seen > 30


def test_the_list_of_questions_follows_the_reader(chromium, site):
    with looking(chromium, site, viewport={"width": 1280, "height": 900}) as visit:
        visit.open(Film.objects.get(title="梅花鹿").get_absolute_url())
        visit.page.locator(".qa_nav a").nth(2).click()
        visit.page.wait_for_timeout(300)
        weights = visit.page.evaluate(
            "[...document.querySelectorAll('.qa_nav a')].map((link) => getComputedStyle(link).fontWeight)"
        )
        assert weights == ["400", "400", "600", "400"]
        question = visit.page.locator(".qa h3").nth(2).bounding_box()
        assert 0 <= question["y"] <= 200


def test_targets_are_clear_of_the_sticky_bar_on_a_phone(chromium, site):
    with looking(chromium, site, viewport={"width": 390, "height": 800}) as visit:
        visit.open(Film.objects.get(title="梅花鹿").get_absolute_url())
        visit.page.locator(".qa_nav a").nth(2).click()
        visit.page.wait_for_timeout(300)
        bar = visit.page.locator(".qa_nav").bounding_box()
        assert (round(bar["y"]), round(bar["height"])) == (0, 49)
        assert visit.page.locator(".qa .number").nth(2).bounding_box()["y"] >= bar["height"]


def test_print_shows_the_words_and_nothing_to_press(chromium, site):
    with looking(chromium, site, color_scheme="dark") as visit:
        visit.open(Film.objects.get(title="梅花鹿").get_absolute_url())
        visit.page.emulate_media(media="print")
        for hidden in (".site_head", ".site_foot", ".qa_nav", ".pull", ".others", ".go"):
            assert not visit.page.locator(hidden).first.is_visible(), hidden
        for shown in ("h1", ".stage .frame", ".facts", ".qa >> nth=3", ".credits", ".print_address"):
            assert visit.page.locator(shown).first.is_visible(), shown
        assert visit.page.evaluate("getComputedStyle(document.querySelector('.qa h3')).color") == "rgb(20, 25, 27)"


def test_forced_colours_keep_marks_and_focus(chromium, site):
    with looking(chromium, site, forced_colors="active") as visit:
        visit.open("/search/?q=极乐世界")
        mark = "getComputedStyle(document.querySelector('mark'))"
        assert visit.page.evaluate(f"{mark}.backgroundColor !== {mark}.color")
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
