"""The first steps of a visitor, in both languages."""

from urllib.parse import urlsplit

from films.models import Film


def untitled() -> Film:
    """A film whose title the article does not state."""
    return Film.objects.published().filter(title="").order_by("pk")[0]


def test_home_names_the_edition_and_leads_to_every_film(visit):
    assert visit.open("/") != ""
    assert visit.page.locator("html").get_attribute("lang") == "zh-Hans"
    body = visit.page.locator("body").inner_text()
    assert "极乐世界" in body
    shown = {urlsplit(link.get_attribute("href")).path for link in visit.page.locator("a[href]").all()}
    films = {film.get_absolute_url() for film in Film.objects.published()}
    assert len(films) == 5
    assert films <= shown


def test_a_film_page_shows_its_title_and_its_whole_talk(visit):
    film = Film.objects.get(title="梅花鹿")
    assert "梅花鹿" in visit.open(film.get_absolute_url())
    body = visit.page.locator("body").inner_text()
    exchanges = film.interviews.get().exchanges.all()
    assert len(exchanges) > 1
    for exchange in exchanges:
        for paragraph in exchange.answer.split("\n\n"):
            assert paragraph.strip() in body
        assert visit.page.locator(f"#a{exchange.anchor}").count() == 1


def test_an_untitled_film_says_so_in_both_languages(visit):
    film = untitled()
    maker = film.credits.first().creator.name
    heading = visit.open(film.get_absolute_url())
    assert "无题" in heading
    assert maker in visit.page.locator("main").inner_text()
    assert "Untitled" in visit.open(f"/en{film.get_absolute_url()}")
    assert maker in visit.page.locator("main").inner_text()


def test_a_link_on_the_home_page_opens_a_film(visit):
    visit.open("/")
    address = Film.objects.get(title="梅花鹿").get_absolute_url()
    visit.page.locator(f'a[href="{address}"]').first.click()
    visit.page.wait_for_url(f"**{address}")
    assert "梅花鹿" in visit.heading()


def test_english_pages_are_in_english(visit):
    chinese = visit.open("/films/")
    english = visit.open("/en/films/")
    assert visit.page.locator("html").get_attribute("lang") == "en"
    assert english.isascii()
    assert english != chinese
    assert visit.open("/en/") != ""
    links = [link.get_attribute("href") for link in visit.page.locator("nav a[href^='/']").all()]
    assert len(links) > 2
    assert [href for href in links if href.startswith("/en/")] != []


def test_the_search_form_finds_a_word_of_an_answer(visit):
    visit.open("/search/")
    visit.page.locator("main input[type=search], main input[name=q]").first.fill("梅花鹿")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/search/?*q=*")
    assert visit.page.locator(f'main a[href^="{Film.objects.get(title="梅花鹿").get_absolute_url()}"]').count() > 0
