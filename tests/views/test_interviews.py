"""The list of interviews, and talk about no one film."""

import pytest

from tests.factories import make_creator, make_edition, make_exchange, make_film, make_interview, make_topic

pytestmark = pytest.mark.django_db


def test_list_names_film_makers_interviewer_and_number_of_questions(client):
    film = make_film(title="梅花鹿", creator=make_creator(name="阿米"))
    interview = make_interview(film=film, exchanges=2)
    make_exchange(interview=interview, question="")
    body = client.get("/interviews/").content.decode()
    assert f'<a href="{film.get_absolute_url()}">访谈：<cite class="title" lang="zh-Hans">' in body
    assert '<span lang="zh-Hans">阿米</span>' in body
    assert '采访：<span lang="en">NOWNESS</span>' in body
    assert "2 个问题" in body


def test_list_asks_the_same_number_of_queries_however_many(client, same_query_count):
    def make_item():
        make_interview(film=make_film(edition=make_edition()))

    assert same_query_count(make_item, lambda: client.get("/interviews/")) == 4


def test_talk_about_one_film_is_read_on_the_film_s_page(client):
    film = make_film(slug="mei-hua-lu")
    interview = make_interview(film=film, slug="talk")
    for prefix in ("", "/en"):
        answer = client.get(f"{prefix}/interviews/{interview.slug}/")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{prefix}/films/mei-hua-lu/")


def test_talk_about_no_one_film_has_its_own_page(client):
    edition = make_edition(theme="极乐世界", year=2025)
    interview = make_interview(heading="圆桌：以后", edition=edition, exchanges=0)
    make_exchange(interview=interview, question="以后呢？", answer="再看。", speaker_label="友人")
    body = client.get(interview.get_absolute_url()).content.decode()
    assert '<h1 lang="zh-Hans">圆桌：以后</h1>' in body
    assert '<article class="qa" id="a1">' in body
    assert 'href="#a1"' in body
    assert "极乐世界 2025" in body


def test_an_old_address_answers_301(client):
    interview = make_interview(heading="圆桌", slug="alt")
    interview = type(interview).objects.get(pk=interview.pk)
    interview.slug = "neu"
    interview.save()
    answer = client.get("/interviews/alt/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/interviews/neu/")


def test_page_asks_the_same_number_of_queries_however_many_answers(client, same_query_count):
    interview = make_interview(heading="圆桌", exchanges=0)

    def make_item():
        make_exchange(interview=interview, speaker=make_creator(), topic=make_topic())

    assert same_query_count(make_item, lambda: client.get(interview.get_absolute_url())) == 3
