"""The search page."""

import re

import pytest

from films import search
from films.models import WorkMention
from tests.factories import (
    make_creator,
    make_edition,
    make_exchange,
    make_film,
    make_interview,
    make_source,
    make_work,
)
from tests.importer.articles import article, bring

pytestmark = pytest.mark.django_db


@pytest.fixture
def exchange():
    film = make_film(title="梅花鹿", creator=make_creator(name="阿米"), synopsis="森林里。")
    exchange = make_exchange(interview=make_interview(film=film, exchanges=0), answer="那只鹿<b>睁开</b>双眼。")
    WorkMention.objects.create(film=film, work=make_work(title="鹿鼎记"), exchange=exchange)
    search.rebuild()
    return exchange


def titled(words: str) -> str:
    """A Chinese title in its marks."""
    return f'<span class="title"><span class="tm">《</span><span class="t">{words}</span><span class="tm">》</span></span>'


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
    assert titled("梅花<mark>鹿</mark>") in body
    assert titled("<mark>鹿</mark>鼎记") in body


def test_narrows_to_one_kind(client, exchange):
    page = find(client, q="鹿", kind="work")
    assert {str(hit.kind) for hit in page.context["results"].hits} == {"work"}
    assert 'aria-current="page">作品 <span class="count">1</span></a>' in page.content.decode()


def test_pinyin_finds_chinese(client, exchange):
    assert titled("<mark>梅花鹿</mark>") in find(client, q="meihualu").content.decode()


def test_an_untitled_film_is_shown_as_such(client):
    make_film(title="", creator=make_creator(name="CamRed"), synopsis="水晶穹顶。")
    search.rebuild()
    body = find(client, q="穹顶").content.decode()
    assert '<span class="title is-untitled">无题</span>' in body
    assert '<span class="t"></span>' not in body


def test_says_when_nothing_is_found_and_what_was_meant(client, exchange):
    body = find(client, q="梅画鹿").content.decode()
    assert '<p class="why">没有找到“<span lang="zh-Hans">梅画鹿</span>”</p>' in body
    assert 'lang="zh-Hans">梅花鹿</a>' in body
    english = find(client, "/en", q="梅画鹿").content.decode()
    assert '<p class="why">Nothing found for “<span lang="zh-Hans">梅画鹿</span>”</p>' in english


def test_a_kind_without_hits_leads_to_the_others(client, exchange):
    body = find(client, q="睁开", kind="film").content.decode()
    assert "这一类里没有“" in body
    assert '<a class="button is-quiet" href="?q=%E7%9D%81%E5%BC%80">看全部类别</a>' in body


def test_tabs_count_each_kind_and_all(client, exchange):
    body = find(client, q="鹿").content.decode()
    assert re.findall(r'>(\S+) <span class="count">(\d+)</span></a>', body) == [
        ("全部", "3"),
        ("短片", "1"),
        ("作品", "1"),
        ("问答", "1"),
    ]


def test_an_answer_names_its_speaker_and_film(client, exchange):
    body = find(client, q="睁开").content.decode()
    assert titled("梅花鹿").replace('class="title"', 'class="title" lang="zh-Hans"') in body


def test_the_films_that_hold_the_words_can_be_narrowed_further(client, exchange):
    body = find(client, q="梅花鹿", kind="film").content.decode()
    address = re.search(r'<p class="onward"><a href="(.*?)">', body)[1]
    assert [film.title for film in client.get(address).context["page"]] == ["梅花鹿"]


def test_nothing_typed_is_said_kindly(client):
    body = find(client, q="  ").content.decode()
    assert "<b>先写下要找的词。</b>" in body
    assert "先写下" not in find(client).content.decode()
    assert "<b>Type what you are looking for.</b>" in find(client, "/en", q="").content.decode()


@pytest.mark.parametrize("query", ['"', "*", "a-b", "鹿 OR", "'; DROP", "%", "_", "<script>alert(1)</script>", "\\"])
def test_a_hostile_query_is_an_ordinary_page(client, exchange, query):
    page = find(client, q=query)
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("query", ["鹿" * 201, "a\x00b", "x " * 50], ids=["long", "nul", "words"])
def test_what_cannot_be_asked_is_answered_in_words(client, exchange, query):
    page = find(client, q=query)
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    assert 'aria-invalid="true" aria-describedby="search_errors"' in page.content.decode()
    assert f'value="{"".join(filter(str.isprintable, query[:200])).strip()}' in page.content.decode()
    assert page.context["results"] is None


def test_three_thousand_words_are_answered_in_words(client, exchange):
    page = find(client, q="word " * 3_000)
    assert page.status_code == 200
    [error] = page.context["form"].errors["q"]
    assert error == "搜索词太长：最多 200 个字，20 个词。"
    assert error in page.content.decode()


def test_a_kind_that_is_not_there_is_refused_in_words(client, exchange):
    page = find(client, q="鹿", kind="animal")
    assert page.status_code == 200
    assert page.context["results"] is None
    assert "animal 不在可用的选项中" in page.content.decode()


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


def test_asks_search_engines_to_stay_out_of_results_and_not_of_the_search(client):
    assert '<meta name="robots" content="noindex">' in find(client, q="x").content.decode()
    assert "noindex" not in find(client).content.decode()


def test_asks_the_same_number_of_queries_however_many_hits(client, same_query_count):
    def make_item():
        film = make_film(title="鹿")
        make_exchange(interview=make_interview(film=film, exchanges=0), answer="鹿", speaker=make_creator())
        search.rebuild()

    assert same_query_count(make_item, lambda: find(client, q="鹿")) == 12


def test_an_edition_is_found_by_what_opens_its_page(client):
    edition = make_edition(
        theme="极乐世界", year=2025, source=make_source(lead="马特·达蒙的同名电影。"), source_key="e"
    )
    search.rebuild()
    body = find(client, q="达蒙").content.decode()
    assert f'href="{edition.get_absolute_url()}"' in body
    assert "马特·<mark>达蒙</mark>的同名电影。" in body
    assert "未来影像计划 2025" in body
    edition.statement = "我们的缘起。"
    edition.save()
    search.rebuild()
    assert "没有找到" in find(client, q="达蒙").content.decode()
    assert "我们的<mark>缘起</mark>。" in find(client, q="缘起").content.decode()


def test_a_lead_that_an_article_changed_is_found_anew():
    bring(article(lead="马特·达蒙的同名电影。"))
    bring(article(lead="马特·达蒙的老电影。"))
    assert search.check() == []
