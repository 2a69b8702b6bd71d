"""Finding: filters, chips, orders, pages, search to the very answer, citation, the other language; with and without script."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from films.models import Edition, Exchange, Film, Source, Topic
from tests.browser.conftest import Visit
from tests.factories import make_film

PHONE = {"width": 390, "height": 844}


@pytest.fixture(params=["script", "no script"])
def reader(request: pytest.FixtureRequest, chromium: Browser, site: str) -> Iterator[Visit]:
    """A visitor with script and one without."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, locale="zh-CN", java_script_enabled=request.param == "script"
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    visit = Visit(page, site)
    page.on("console", visit.note_console)
    page.on("pageerror", lambda error: visit.console.append(str(error)))
    page.on("request", visit.note_request)
    page.on("response", lambda response: visit.failed.append(response.url) if response.status >= 400 else None)
    yield visit
    visit.is_clean()
    context.close()


def titles(visit: Visit) -> list[str]:
    """The titles of the films shown."""
    return [name.inner_text().strip() for name in visit.page.locator(".film_card :is(h2, h3) .title").all()]


def asked(visit: Visit) -> dict[str, list[str]]:
    """What the address asks for."""
    return parse_qs(urlsplit(visit.page.url).query)


def test_filters_are_chosen_applied_and_dropped_one_by_one(reader):
    reader.open("/films/")
    page = reader.page
    assert len(titles(reader)) == 5
    assert page.get_by_text("共5部", exact=True).is_visible()
    page.get_by_role("checkbox", name="伦理").check()
    page.get_by_role("checkbox", name="寓言").check()
    page.get_by_role("button", name="应用筛选").click()
    expect(page.locator(".list_head .count")).to_have_text("共5部，符合条件2部")
    assert titles(reader) == ["《自愿被吃的猪》", "《梅花鹿》"]
    assert asked(reader) == {"theme": ["lun-li", "yu-yan"]}
    assert page.get_by_role("checkbox", name="伦理").is_checked()
    assert page.get_by_role("checkbox", name="3分钟以内").is_disabled()
    page.locator(".chips").get_by_role("link", name="去掉 主题：寓言").click()
    assert titles(reader) == ["《自愿被吃的猪》"]
    page.locator(".chips").get_by_role("link", name="全部清除").click()
    assert len(titles(reader)) == 5
    assert asked(reader) == {}


def test_an_order_is_kept_when_filters_are_applied(reader):
    reader.open("/films/")
    page = reader.page
    page.locator(".sorts").get_by_role("link", name="片名").click()
    assert titles(reader)[:2] == ["《梅花鹿》", "《自愿被吃的猪》"]
    page.get_by_role("checkbox", name="已定名").check()
    page.get_by_role("button", name="应用筛选").click()
    assert asked(reader) == {"title": ["stated"], "sort": ["title"]}
    assert titles(reader) == ["《梅花鹿》", "《自愿被吃的猪》"]
    assert page.locator(".sorts [aria-current]").inner_text() == "片名"


def test_an_empty_list_says_what_to_drop_and_dropping_it_helps(reader):
    reader.open("/films/?theme=lun-li&runtime=0-3")
    page = reader.page
    assert page.locator(".empty .why").inner_text() == "没有符合条件的短片"
    assert "试着去掉“时长：3分钟以内”，还有1部。" in page.locator(".empty").inner_text().replace("\n", "")
    page.get_by_role("link", name="还有1部").click()
    assert titles(reader) == ["《自愿被吃的猪》"]


def test_pages_are_turned_and_keep_what_was_chosen(reader):
    for number in range(30):
        make_film(title=f"翻页{number:02d}", runtime_seconds=200)
    reader.open("/films/?runtime=3-5&sort=title")
    page = reader.page
    assert len(titles(reader)) == 24
    page.locator(".pager").get_by_role("link", name="下一页").click()
    page.wait_for_url("**page=2")
    assert asked(reader) == {"runtime": ["3-5"], "sort": ["title"], "page": ["2"]}
    assert len(titles(reader)) == 7
    page.locator(".chips").get_by_role("link", name="去掉 时长：3–5分钟").click()
    assert "page" not in asked(reader)


def test_search_from_the_header_leads_to_the_very_answer(reader):
    reader.open("/")
    page = reader.page
    page.locator(".site_head").get_by_role("link", name="搜索").click()
    page.get_by_role("searchbox").fill("苍蝇")
    page.get_by_role("searchbox").press("Enter")
    answer = Exchange.objects.get(answer__contains="苍蝇")
    assert page.locator(".hit mark").first.inner_text() == "苍蝇"
    page.locator(".tabs").get_by_role("link", name="问答").click()
    assert asked(reader) == {"q": ["苍蝇"], "kind": ["answer"]}
    page.locator(".hit h2 a").click()
    assert page.url == f"{reader.site}{answer.get_absolute_url()}"
    target = page.locator(f"#a{answer.anchor}")
    assert "苍蝇" in target.inner_text()
    expect(target).to_be_in_viewport()


def test_a_slip_is_met_with_a_suggestion(reader):
    reader.open("/search/?q=梅画鹿")
    reader.page.get_by_role("link", name="梅花鹿", exact=True).click()
    assert reader.page.locator(".hit mark").first.inner_text() == "梅花鹿"


def test_an_answer_is_cited_in_both_languages(reader):
    film = Film.objects.get(title="梅花鹿")
    page = reader.page
    for prefix, opening in (("", "阿米答“"), ("/en", "阿米, answering “")):
        reader.open(prefix + film.get_absolute_url())
        cite = page.locator(".qa .cite").first
        assert not cite.locator("dl").is_visible()
        cite.locator("summary").click()
        words = cite.locator("dd").all_inner_texts()
        assert words[0].startswith(f"{reader.site}{prefix}{film.get_absolute_url()}#a")
        assert words[1].startswith(opening)
        assert words[2].startswith("阿米. ")
        assert "[EB/OL]" in words[2]


def test_source_lines_lead_to_the_passage(reader):
    answer = Exchange.objects.get(answer__contains="苍蝇")
    reader.open(answer.interview.film.get_absolute_url())
    page = reader.page
    cite = page.locator(f"#a{answer.anchor} .cite")
    cite.locator("summary").click()
    cite.get_by_role("link", name=re.compile("原文第")).click()
    first = min(line for span in answer.passages.values() for line in span)
    assert page.url == f"{reader.site}{Source.objects.get().get_absolute_url()}#l{first}"
    assert answer.question in page.locator(f"#l{first}").inner_text()
    expect(page.locator(f"#l{first}")).to_be_in_viewport()


def test_the_other_language_is_the_same_page_with_the_same_choices(reader):
    reader.open("/films/?theme=yu-yan&sort=title")
    page = reader.page
    page.locator(".site_head [hreflang=en]").click()
    assert urlsplit(page.url).path == "/en/films/"
    assert asked(reader) == {"theme": ["yu-yan"], "sort": ["title"]}
    assert page.get_by_role("button", name="Apply filters").is_visible()
    assert len(titles(reader)) == 2
    page.locator(".site_head [hreflang=zh-Hans]").click()
    assert urlsplit(page.url).path == "/films/"


def test_a_question_is_read_across_films_and_back(reader):
    topic = Topic.objects.published().get(name__contains="最难")
    reader.open("/topics/")
    page = reader.page
    page.get_by_role("link", name=re.compile("最难")).click()
    assert reader.heading() == topic.name
    assert page.locator(".answer").count() == 3
    tops = {round(box["y"]) for box in (one.bounding_box() for one in page.locator(".answer .prose").all())}
    assert len(tops) == 1
    page.locator(".answer .to_answer").first.click()
    assert re.search(r"/films/[\w-]+/#a\d+$", page.url)


def test_a_cell_of_the_grid_leads_to_the_answer(reader):
    edition = Edition.objects.get()
    reader.open(edition.get_absolute_url())
    page = reader.page
    grid = page.get_by_role("region", name="同题对照")
    assert grid.locator("tbody tr").count() == 5
    assert grid.locator("td.gap").count() == 20
    cell = grid.get_by_role("link", name=re.compile("阿米：最难的是"))
    answer = Exchange.objects.get(speaker__name="阿米", topic__name__contains="最难")
    cell.click()
    assert page.url == f"{reader.site}{answer.get_absolute_url()}"


def test_tools_are_a_table_with_the_sentence(reader):
    reader.open("/tools/")
    page = reader.page
    row = page.get_by_role("row", name=re.compile("自愿被吃的猪"))
    assert "Midjourney" in row.inner_text()
    assert "同时用Runway生成影像" in row.inner_text()
    row.get_by_role("link", name="见回答").first.click()
    assert re.search(r"#a\d+$", page.url)


def test_on_a_phone_the_filters_are_folded_away_and_say_how_many_are_chosen(reader):
    page = reader.page
    page.set_viewport_size(PHONE)
    reader.open("/films/?theme=lun-li&theme=yu-yan")
    summary = page.locator("summary", has_text="筛选（已选2项）")
    assert summary.is_visible()
    assert not page.get_by_role("button", name="应用筛选").is_visible()
    summary.click()
    page.get_by_role("checkbox", name="伦理").uncheck()
    page.get_by_role("button", name="应用筛选").click()
    assert page.locator("summary", has_text="筛选（已选1项）").is_visible()
    assert titles(reader) == ["《自愿被吃的猪》", "《梅花鹿》"]


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1600])
def test_wide_tables_never_widen_the_page(visit, width):
    visit.page.set_viewport_size({"width": width, "height": 800})
    for address in (
        Edition.objects.get().get_absolute_url(),
        "/tools/",
        "/films/?theme=yu-yan",
        "/search/?q=极乐世界",
    ):
        for prefix in ("", "/en"):
            visit.open(prefix + address)
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= width, prefix + address


def test_interviews_are_narrowed_by_question_and_year(reader):
    reader.open("/interviews/")
    page = reader.page
    page.get_by_role("checkbox", name=re.compile("^最难的是什么")).check()
    page.get_by_role("checkbox", name=re.compile("^2025")).check()
    page.get_by_role("button", name="应用筛选").click()
    expect(page.locator(".list_head .count")).to_have_text("共5篇，符合条件3篇")
    assert page.locator(".interview_row").count() == 3


def test_a_citation_is_copied_by_a_button(chromium, site):
    """Only where there is script and a secure origin; the buttons are not there otherwise."""
    context = chromium.new_context(permissions=["clipboard-write"])
    page = context.new_page()
    page.goto(site + Film.objects.get(title="梅花鹿").get_absolute_url())
    page.locator(".cite summary").first.click()
    page.get_by_role("button", name="复制引文").nth(1).click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    # Our policy lets no page read the clipboard: a person would paste it somewhere.
    page.goto(f"{site}/search/")
    page.get_by_role("searchbox").last.focus()
    page.keyboard.press("Control+V")
    copied = page.get_by_role("searchbox").last.input_value()
    assert re.search(
        r"^阿米\. 《梅花鹿》访谈: .*\[EB/OL\]\. Elysium, .*\[\d{4}-\d\d-\d\d\]\. http://.*#a\d+\.$", copied
    )
    context.close()


def test_without_script_nothing_offers_to_copy(chromium, site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + Film.objects.get(title="梅花鹿").get_absolute_url())
    page.locator(".cite summary").first.click()
    assert page.get_by_role("button", name="复制引文").count() == 0
    assert "[引用日期]" in page.locator(".cite dl").first.inner_text()
    context.close()
