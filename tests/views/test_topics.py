"""One question, several answers."""

import re

import pytest

from tests.factories import make_creator, make_edition, make_exchange, make_film, make_interview, make_topic

pytestmark = pytest.mark.django_db


def answer(topic, film=None, **values):
    return make_exchange(interview=make_interview(film=film, exchanges=0), topic=topic, **values)


def test_list_is_in_our_order_with_those_who_answer(client):
    second, first = make_topic(name="丙", position=2), make_topic(name="乙", position=1)
    for topic in (first, second):
        answer(topic, speaker=make_creator(name=f"人{topic.name}"))
    page = client.get("/topics/")
    assert list(page.context["page"]) == [first, second]
    assert "1 个回答" in page.content.decode()
    assert "人乙" in page.content.decode()


def test_list_asks_the_same_number_of_queries_however_many(client, same_query_count):
    assert same_query_count(lambda: answer(make_topic(), speaker=make_creator()), lambda: client.get("/topics/")) == 4


def test_each_answer_stands_beside_the_question_as_it_was_asked(client):
    topic = make_topic(name="最难的是什么？")
    amy, gong = make_creator(name="阿米"), make_creator(name="巩烨")
    one = answer(
        topic, make_film(title="梅花鹿", creator=amy), question="你遇到最大的难点？", answer="品控。", speaker=amy
    )
    film = make_film(title="", creator=gong)
    interview = make_interview(film=film, exchanges=0)
    make_exchange(interview=interview, question="如何克服？", answer="甲答。")
    two = make_exchange(interview=interview, question="", answer="光线。", speaker=gong, topic=topic)
    body = client.get(topic.get_absolute_url()).content.decode()
    assert '<h1 lang="zh-Hans">最难的是什么？</h1>' in body
    for words in ("你遇到最大的难点？", "品控。", "如何克服？", "光线。", "梅花鹿", "阿米", "巩烨"):
        assert words in body
    assert "甲答。" not in body
    assert f'href="{one.get_absolute_url()}"' in body
    assert f'href="{two.get_absolute_url()}"' in body


def test_each_answer_has_its_frame_its_name_and_its_way_back(client):
    topic = make_topic()
    film = make_film(title="梅花鹿")
    spoken = answer(topic, film, speaker=make_creator(name="阿米"))
    make_exchange(interview=make_interview(heading="圆桌", exchanges=0), topic=topic)
    body = client.get(topic.get_absolute_url()).content.decode()
    first, second = re.findall(r'<article class="answer">.*?</article>', body, re.DOTALL)
    assert '<div class="frame"><svg' in first
    assert re.search(r"<h2><a [^>]*>阿米</a></h2>", first)
    assert f'<a class="to_answer" href="{spoken.get_absolute_url()}">回到采访</a>' in first
    assert '<div class="frame">' not in second
    assert '<h2><span lang="zh-Hans">圆桌</span></h2>' in second


def test_page_follows_the_programme(client):
    topic, edition = make_topic(), make_edition()
    late = answer(topic, make_film(edition=edition, position=2))
    early = answer(topic, make_film(edition=edition, position=1))
    assert list(client.get(topic.get_absolute_url()).context["page"]) == [early, late]


def test_page_asks_the_same_number_of_queries_however_many(client, same_query_count):
    topic = make_topic()

    def make_item():
        answer(topic, make_film(), speaker=make_creator())
        answer(make_topic(), speaker=make_creator())

    assert same_query_count(make_item, lambda: client.get(topic.get_absolute_url())) == 8


def test_the_english_name_is_shown_in_english(client):
    topic = make_topic(name="最难的是？", name_en="What was hardest?")
    answer(topic, question="中文问？", answer="中文答。")
    body = client.get("/en" + topic.get_absolute_url()).content.decode()
    assert '<h1 lang="en">What was hardest?</h1>' in body
    assert '<q lang="zh-Hans">中文问？</q>' in body
