"""The front page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_creator, make_edition, make_exchange, make_film, make_interview, make_topic

pytestmark = pytest.mark.django_db


def test_shows_the_current_edition_with_its_films_in_the_order_of_the_programme(client):
    make_film(title="去年的片", edition=make_edition(theme="旧题", year=2024))
    edition = make_edition(theme="极乐世界", year=2025, month=3, statement="缘起一\n\n缘起二")
    make_film(title="第二片", edition=edition, position=2)
    make_film(title="第一片", edition=edition, position=1)
    page = client.get("/")
    assert page.context["edition"] == edition
    assert [film.title for film in page.context["films"]] == ["第一片", "第二片"]
    body = page.content.decode()
    assert '<h1 class="display" lang="zh-Hans">极乐世界</h1>' in body
    assert "<p>缘起一</p>" in body
    assert "<p>缘起二</p>" not in body
    assert "2025年3月" in body
    assert "去年的片" not in body


def test_shows_the_newest_films_as_long_as_there_is_no_edition(client):
    make_film(title="孤片")
    assert [film.title for film in client.get("/").context["films"]] == ["孤片"]


def test_says_that_there_is_nothing_yet(client):
    assert "还没有公开的短片。" in client.get("/").content.decode()


def test_shows_questions_with_those_who_answer(client):
    topic = make_topic(name="最难的是什么？")
    for name in ("阿米", "巩烨"):
        exchange = make_exchange(interview=make_interview(exchanges=0), topic=topic, speaker=make_creator(name=name))
    body = client.get("/").content.decode()
    assert f'<a href="{topic.get_absolute_url()}"><b lang="zh-Hans">最难的是什么？</b>' in body
    assert '<span lang="zh-Hans">阿米</span>、<span lang="zh-Hans">巩烨</span>' in body
    assert exchange.answer not in body


def test_asks_the_same_number_of_queries_however_much_there_is(client, same_query_count):
    edition = make_edition()

    def make_item():
        film = make_film(edition=edition)
        make_exchange(interview=make_interview(film=film, exchanges=0), topic=make_topic(), speaker=make_creator())

    assert same_query_count(make_item, lambda: client.get("/")) == 11


def test_the_first_page_of_a_thread_asks_for_no_right_to_write(client):
    make_film(title="孤片")
    vars(connection.features).pop("supports_json_field", None)
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert len(asked) > 3
    assert [q["sql"] for q in asked if not q["sql"].lstrip("(").startswith("SELECT")] == []
