"""Books, films and stories that answers name."""

import pytest

from films.models import WorkMention
from tests.factories import make_creator, make_exchange, make_film, make_interview, make_work

pytestmark = pytest.mark.django_db


def mention(work, **values):
    film = make_film(creator=make_creator())
    exchange = make_exchange(interview=make_interview(film=film, exchanges=0), **values)
    return WorkMention.objects.create(film=film, work=work, exchange=exchange, quote="像《黑镜》那样。")


def test_page_says_who_named_it_and_in_which_words(client):
    work = make_work(title="黑镜", author="查理", kind="series")
    found = mention(work, speaker=make_creator(name="JYT"))
    body = client.get(work.get_absolute_url()).content.decode()
    assert '<h1><cite class="title" lang="zh-Hans"><span class="tm">《</span><span class="t">黑镜</span>' in body
    assert '<b lang="en">JYT</b>' in body
    assert '<q class="quote" lang="zh-Hans">像《黑镜》那样。</q>' in body
    assert f'href="{found.exchange.get_absolute_url()}"' in body
    assert "查理" in body
    assert "剧集" in body


def test_page_names_the_films_adapted_from_it(client):
    work = make_work(title="自愿被吃的猪")
    film = make_film(title="猪", adapted_from=work)
    page = client.get(work.get_absolute_url())
    assert list(page.context["adaptations"]) == [film]


def test_what_is_not_on_the_first_page_stands_on_the_second(client):
    work = make_work(title="自愿被吃的猪")
    films = [make_film(title=f"第{number}片", adapted_from=work) for number in range(25)]
    first, second = (client.get(f"{work.get_absolute_url()}?page={page}") for page in (1, 2))
    assert {*first.context["adaptations"], *second.context["adaptations"]} == {*films}
    assert 'href="?page=2"' in first.content.decode()
    assert client.get(f"{work.get_absolute_url()}?page=3").status_code == 404


def test_a_work_that_nothing_public_names_has_no_page(client):
    assert client.get(make_work().get_absolute_url()).status_code == 404


def test_english_shows_the_english_title_without_marks(client):
    work = make_work(title="黑镜", title_en="Black Mirror")
    mention(work)
    body = client.get("/en" + work.get_absolute_url()).content.decode()
    assert '<h1><cite lang="en">Black Mirror</cite></h1>' in body
    assert "<title>Black Mirror — Elysium</title>" in body


def test_page_asks_the_same_number_of_queries_however_many(client, same_query_count):
    work = make_work()

    def make_item():
        mention(work, speaker=make_creator())
        make_film(adapted_from=work)

    assert same_query_count(make_item, lambda: client.get(work.get_absolute_url())) == 7
