"""The article as received, line by line."""

import re

import pytest

from tests.factories import make_exchange, make_film, make_interview, make_source

pytestmark = pytest.mark.django_db

TEXT = "标题\n\n剧情简介:森林\nN:问?\n甲:答\n尾注\n广告"


@pytest.fixture
def film():
    source = make_source(
        headline="标题", text=TEXT, passages={"headline": [1, 1]}, records={"film:f": [3, 6], "exchange:x": [4, 5]}
    )
    source.report = {"coverage": {"unused_lines": [[6, "尾注"]], "chrome_lines": [[7, "广告"]]}}
    source.save()
    film = make_film(title="梅花鹿", source=source, source_key="f", passages={"synopsis": [3, 3]})
    interview = make_interview(film=film, exchanges=0)
    make_exchange(interview=interview, source=source, source_key="x", passages={"question": [4, 4], "answer": [5, 5]})
    return film


def test_each_line_leads_to_what_it_became(client, film):
    body = client.get(film.source.get_absolute_url()).content.decode()
    assert re.findall(r'<li id="l(\d+)"', body) == ["1", "3", "4", "5", "6", "7"]
    assert f'<a href="{film.get_absolute_url()}">剧情简介：<span lang="zh-Hans">《梅花鹿》</span></a>' in body
    assert f'<a href="{film.get_absolute_url()}#a1">答：<span' in body
    assert "网页框架，未收录" in body
    assert "剧情简介:森林" in body


def test_lines_of_an_entry_that_is_not_public_are_withheld(client, film):
    film.interviews.update(status="draft")
    body = client.get(film.source.get_absolute_url()).content.decode()
    assert "N:问?" not in body
    assert "甲:答" not in body
    assert '<li id="l4" class="line is-withheld"><a class="number" href="#l4">4–5</a>' in body
    assert "这里的文字属于尚未公开的条目，暂不显示。" in body
    assert "剧情简介:森林" in body


def test_a_source_without_a_public_entry_is_missing(client, film):
    type(film).objects.update(status="draft")
    assert client.get(film.source.get_absolute_url()).status_code == 404


def test_page_asks_the_same_number_of_queries_however_many_entries(client, film, same_query_count):
    interview = film.interviews.get()

    def make_item():
        number = interview.exchanges.count()
        make_exchange(interview=interview, source=film.source, source_key=f"x{number}", passages={"answer": [5, 5]})
        make_film(source=film.source, source_key=f"f{number}", passages={"synopsis": [3, 3]})

    assert same_query_count(make_item, lambda: client.get(film.source.get_absolute_url())) == 7
