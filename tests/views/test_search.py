"""The search page."""

import pytest

from films import search
from films.models import WorkMention
from tests.factories import make_creator, make_exchange, make_film, make_interview, make_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def exchange():
    film = make_film(title="梅花鹿", creator=make_creator(name="阿米"), synopsis="森林里。")
    exchange = make_exchange(interview=make_interview(film=film, exchanges=0), answer="那只鹿<b>睁开</b>双眼。")
    WorkMention.objects.create(film=film, work=make_work(title="鹿鼎记"), exchange=exchange)
    search.rebuild()
    return exchange


def find(client, prefix: str = "", **query):
    return client.get(f"{prefix}/search/", query)


def test_asks_for_words_before_it_searches(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = find(client)
    assert page.status_code == 200
    assert page.context["results"] is None


def test_shows_hits_by_kind_and_leads_to_the_very_answer(client, exchange):
    body = find(client, q="鹿").content.decode()
    assert f'href="{exchange.get_absolute_url()}"' in body
    assert "那只<mark>鹿</mark>&lt;b&gt;睁开&lt;/b&gt;双眼。" in body
    assert "《梅花<mark>鹿</mark>》" in body
    assert "《<mark>鹿</mark>鼎记》" in body


def test_narrows_to_one_kind(client, exchange):
    page = find(client, q="鹿", kind="work")
    assert {str(hit.kind) for hit in page.context["results"].hits} == {"work"}
    assert 'aria-current="page">作品 <span class="count">1</span></a>' in page.content.decode()


def test_pinyin_finds_chinese(client, exchange):
    assert "《<mark>梅花鹿</mark>》" in find(client, q="meihualu").content.decode()


def test_an_untitled_film_is_shown_as_such(client):
    make_film(title="", creator=make_creator(name="CamRed"), synopsis="水晶穹顶。")
    search.rebuild()
    body = find(client, q="穹顶").content.decode()
    assert '<span class="title is-untitled">无题</span>' in body
    assert "《》" not in body


def test_says_when_nothing_is_found_and_what_was_meant(client, exchange):
    body = find(client, q="梅画鹿").content.decode()
    assert "没有找到“梅画鹿”。" in body


@pytest.mark.parametrize("query", ['"', "*", "a-b", "鹿 OR", "'; DROP", "%", "_", "<script>alert(1)</script>", "\\"])
def test_a_hostile_query_is_an_ordinary_page(client, exchange, query):
    page = find(client, q=query)
    assert page.status_code == 200
    assert "<script" not in page.content.decode()


@pytest.mark.parametrize("query", ["鹿" * 201, "a\x00b", "x " * 50], ids=["long", "nul", "words"])
def test_what_cannot_be_asked_is_answered_in_words(client, exchange, query):
    page = find(client, q=query)
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    assert page.context["results"] is None


@pytest.mark.parametrize("number", ["2", "1000"])
def test_a_page_beyond_the_hits_is_missing(client, exchange, number):
    assert find(client, q="鹿", page=number).status_code == 404


def test_turns_pages_and_keeps_the_query(client):
    for number in range(21):
        make_film(title=f"鹿{number}")
    search.rebuild()
    body = find(client, q="鹿").content.decode()
    assert 'rel="next" href="?q=%E9%B9%BF&amp;page=2"' in body
    assert len(find(client, q="鹿", page=2).context["results"].hits) == 1


def test_asks_search_engines_to_stay_out(client):
    assert '<meta name="robots" content="noindex">' in find(client, q="x").content.decode()


def test_asks_the_same_number_of_queries_however_many_hits(client, same_query_count):
    def make_item():
        film = make_film(title="鹿")
        make_exchange(interview=make_interview(film=film, exchanges=0), answer="鹿", speaker=make_creator())
        search.rebuild()

    assert same_query_count(make_item, lambda: find(client, q="鹿")) == 9
