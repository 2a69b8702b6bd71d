"""The article as received, line by line."""

import re

import pytest

from films.models import source as source_models
from films.views import sources
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


def test_a_long_article_is_turned_in_pages_and_its_lines_are_found_there(client, film, monkeypatch):
    monkeypatch.setattr(sources, "LINES_A_PAGE", 4)
    monkeypatch.setattr(source_models, "LINES_A_PAGE", 4)
    address = film.source.get_absolute_url()
    numbers = [re.findall(r'<li id="l(\d+)"', client.get(f"{address}?page={n}").content.decode()) for n in (1, 2)]
    assert numbers == [["1", "3", "4"], ["5", "6", "7"]]
    page = client.get(film.get_absolute_url()).content.decode()
    assert f'<a class="nb" href="{address}#l4">原文第 4–5 行</a>' in page
    assert film.source.address_of_line(5) == f"{address}?page=2#l5"
    assert client.get(f"{address}?page=3").status_code == 404


def test_what_is_hidden_is_withheld_on_every_page(client, film, monkeypatch):
    monkeypatch.setattr(sources, "LINES_A_PAGE", 4)
    film.source.records = {"exchange:gone": [5, 6]}
    film.source.save()
    body = client.get(f"{film.source.get_absolute_url()}?page=2").content.decode()
    assert '<li id="l5" class="line is-withheld"><a class="number" href="#l5">5–6</a>' in body
    assert "甲:答" not in body


def test_a_source_without_a_public_entry_is_missing(client, film):
    type(film).objects.update(status="draft")
    assert client.get(film.source.get_absolute_url()).status_code == 404


def test_page_asks_the_same_number_of_queries_however_many_entries(client, film, same_query_count):
    interview = film.interviews.get()

    def make_item():
        number = interview.exchanges.count()
        make_exchange(interview=interview, source=film.source, source_key=f"x{number}", passages={"answer": [5, 5]})
        make_film(source=film.source, source_key=f"f{number}", passages={"synopsis": [3, 3]})

    assert same_query_count(make_item, lambda: client.get(film.source.get_absolute_url())) == 11
