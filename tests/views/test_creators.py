"""The people who made the films."""

import pytest

from films.models import Credit
from tests.factories import make_creator, make_exchange, make_film, make_interview

pytestmark = pytest.mark.django_db


def test_list_is_in_the_order_of_the_pinyin_with_films_once_each(client):
    film = make_film(title="合作", creator=make_creator(name="朱齐云"))
    amy = make_creator(name="阿米")
    Credit.objects.create(film=film, creator=amy)
    Credit.objects.create(film=film, creator=amy, role="editor")
    page = client.get("/creators/")
    assert [creator.name for creator in page.context["page"]] == ["阿米", "朱齐云"]
    assert page.content.decode().count("合作") == 2


def test_list_asks_the_same_number_of_queries_however_many(client, same_query_count):
    assert same_query_count(make_film, lambda: client.get("/creators/")) == 3


def test_page_shows_films_and_answers_with_their_questions(client):
    amy = make_creator(name="阿米", bio="小传一\n\n小传二", links=["https://example.org/a", "javascript:alert(1)", 7])
    film = make_film(title="梅花鹿", creator=amy)
    interview = make_interview(film=film, exchanges=0)
    make_exchange(interview=interview, question="灵感是什么？", answer="别人先答。")
    exchange = make_exchange(interview=interview, question="", answer="一段回答。", speaker=amy)
    body = client.get(amy.get_absolute_url()).content.decode()
    assert '<h1 lang="zh-Hans">阿米</h1>' in body
    assert "<p>小传一</p><p>小传二</p>" in body
    assert '<a href="https://example.org/a" rel="external">' in body
    assert "javascript:" not in body
    assert '《</span><span class="t">梅花鹿' in body
    assert f'<a href="{exchange.get_absolute_url()}"><b lang="zh-Hans">灵感是什么？</b>' in body
    assert "问一，5字" in body
    assert "一段回答。" not in body


def test_page_asks_the_same_number_of_queries_however_much_there_is(client, same_query_count):
    creator = make_creator()

    def make_item():
        make_exchange(interview=make_interview(film=make_film(creator=creator), exchanges=0), speaker=creator)

    assert same_query_count(make_item, lambda: client.get(creator.get_absolute_url())) == 5


def test_an_old_address_answers_301(client):
    creator = make_creator(slug="alt")
    make_film(creator=creator)
    creator = type(creator).objects.get(pk=creator.pk)
    creator.slug = "neu"
    creator.save()
    assert client.get("/creators/alt/").headers["Location"] == "/creators/neu/"
    assert client.get("/creators/alt/").status_code == 301


def test_an_english_name_is_shown_in_english(client):
    creator = make_creator(name="阿米", name_en="Amy")
    make_film(creator=creator)
    assert '<h1 lang="en">Amy</h1>' in client.get("/en" + creator.get_absolute_url()).content.decode()
    assert '<h1 lang="zh-Hans">阿米</h1>' in client.get(creator.get_absolute_url()).content.decode()
