"""The editions and their programmes."""

import re

import pytest

from films.models import Organisation, Partnership, Theme
from tests.factories import (
    make_creator,
    make_edition,
    make_exchange,
    make_film,
    make_interview,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.django_db


def partner(edition, name: str, **values):
    return Partnership.objects.create(edition=edition, organisation=Organisation.objects.create(name=name), **values)


def test_list_is_newest_first_with_partners_and_number_of_films(client):
    old, new = make_edition(theme="旧题", year=2024), make_edition(theme="新题", year=2025, month=3)
    partner(new, "NOWNESS")
    make_film(edition=new)
    page = client.get("/editions/")
    assert list(page.context["page"]) == [new, old]
    body = page.content.decode()
    assert "新题 2025" in body
    assert "2025年3月" in body
    assert '<span lang="en">NOWNESS</span>' in body
    assert "1 部短片" in body
    assert "March 2025" in client.get("/en/editions/").content.decode()


def test_list_asks_the_same_number_of_queries_however_many(client, same_query_count):
    def make_item():
        edition = make_edition()
        partner(edition, edition.theme)
        make_film(edition=edition)

    assert same_query_count(make_item, lambda: client.get("/editions/")) == 5


def test_page_has_the_programme_in_its_order_with_partners_in_the_words_of_the_source(client):
    edition = make_edition(theme="极乐世界", name="未来影像计划", year=2025, statement="缘起。")
    partner(edition, "即梦AI", note="字节跳动旗下的AI创作和内容平台", position=1)
    partner(edition, "报纸", role="media", position=2)
    second = make_film(title="第二片", edition=edition, position=2, runtime_seconds=276)
    second.themes.add(Theme.objects.create(name="寓言"))
    make_film(title="", edition=edition, position=1)
    body = client.get(edition.get_absolute_url()).content.decode()
    assert '<h1 class="display" lang="zh-Hans">极乐世界</h1>' in body
    assert re.findall(r'class="number">(.*?)</p>', body) == ["第一部", "第二部"]
    main = body[body.index("<main") :]
    assert main.index("is-untitled") < main.index("第二片")
    assert "字节跳动旗下的AI创作和内容平台" in body
    assert re.findall(r"<dt>(.*?)</dt>", body) == ["征集", "发起", "媒体", "入选"]
    assert "4′36″" in body
    assert "寓言" in body


def test_page_lists_talk_about_no_one_film_and_its_source(client):
    source = make_source(headline="文章")
    edition = make_edition(source=source, source_key="e", passages={"theme": [11, 11]})
    talk = make_interview(heading="圆桌", edition=edition)
    make_interview(film=make_film(edition=edition), edition=edition)
    page = client.get(edition.get_absolute_url())
    assert list(page.context["interviews"]) == [talk]
    assert f'href="{source.get_absolute_url()}#l11"' in page.content.decode()


def test_an_edition_without_films_or_date_says_nothing_about_them(client):
    body = client.get(make_edition(theme="空").get_absolute_url()).content.decode()
    assert "节目单" not in body
    assert "<dt>" not in body


def test_page_asks_the_same_number_of_queries_however_much_there_is(client, same_query_count):
    edition = make_edition()

    def make_item():
        film = make_film(edition=edition)
        film.themes.add(Theme.objects.create(name=f"词{Theme.objects.count()}"))
        make_interview(heading="圆桌", edition=edition)
        make_exchange(interview=make_interview(film=film, exchanges=0), topic=make_topic())
        partner(edition, f"机构{Organisation.objects.count()}")

    assert same_query_count(make_item, lambda: client.get(edition.get_absolute_url())) == 9


def test_an_old_address_answers_301(client):
    edition = make_edition(slug="alt")
    edition = type(edition).objects.get(pk=edition.pk)
    edition.slug = "neu"
    edition.save()
    answer = client.get("/en/editions/alt/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/en/editions/neu/")


def test_without_a_statement_the_lead_of_its_article_opens_it(client):
    edition = make_edition(source=make_source(lead="导语一。\n\n导语二。"), source_key="e")
    assert "<p>导语一。</p><p>导语二。</p>" in client.get(edition.get_absolute_url()).content.decode()
    edition.statement = "我们的缘起。"
    edition.save()
    body = client.get(edition.get_absolute_url()).content.decode()
    assert "我们的缘起。" in body
    assert "导语" not in body


def grid_of(body: str) -> str:
    return body[body.index('<table class="crossing"') : body.index("</table>")]


def test_page_crosses_films_and_questions_with_the_gaps_visible(client):
    edition = make_edition()
    hardest, start = make_topic(name="最难的是？", position=2), make_topic(name="怎么开始？", position=1)
    amy = make_creator(name="阿米")
    one = make_film(title="第一片", edition=edition, position=1, creator=amy)
    two = make_film(title="", edition=edition, position=2)
    make_film(title="没有访谈", edition=edition, position=3)
    talk = make_interview(film=one, exchanges=0)
    make_exchange(interview=talk, question="问？")
    make_exchange(interview=talk, question="", answer="又一人。")
    answer = make_exchange(interview=talk, question="难在哪里？", topic=hardest)
    make_exchange(interview=make_interview(film=two, exchanges=0), topic=start)
    make_exchange(interview=make_interview(film=two, exchanges=0, status="draft"), topic=make_topic(name="藏题"))
    body = client.get(edition.get_absolute_url()).content.decode()
    table = grid_of(body)
    assert re.findall(r'<th scope="col"><a [^>]*>(.*?)</a>', table) == ["怎么开始？", "最难的是？"]
    rows = re.findall(r'<tr><th scope="row">.*?</tr>', table, re.DOTALL)
    assert [re.findall(r'<td( class="gap")?>', row) for row in rows] == [
        [' class="gap"', ""],
        ["", ' class="gap"'],
        [' class="gap"', ' class="gap"'],
    ]
    assert f'<a href="{answer.get_absolute_url()}">问二<span class="vh"> ' in rows[0]
    assert '<span lang="zh-Hans">阿米</span>：<span lang="zh-Hans">最难的是？</span></span></a>' in rows[0]
    assert "藏题" not in body
    assert "无题" in rows[1]


def test_an_edition_whose_answers_share_no_question_has_no_grid(client):
    edition = make_edition()
    make_interview(film=make_film(edition=edition))
    assert "<table" not in client.get(edition.get_absolute_url()).content.decode()


def test_the_grid_speaks_english(client):
    edition = make_edition()
    talk = make_interview(film=make_film(edition=edition), exchanges=0)
    make_exchange(interview=talk, topic=make_topic(name="最难的是？", name_en="What was hardest?"))
    make_exchange(interview=make_interview(film=make_film(edition=edition), exchanges=0), topic=make_topic())
    table = grid_of(client.get("/en" + edition.get_absolute_url()).content.decode())
    assert ">Q1<" in table
    assert "What was hardest?" in table
    assert '<span class="vh">Not asked</span>' in table
