"""The tools that makers say they used."""

import re

import pytest

from tests.factories import make_creator, make_exchange, make_film, make_interview, make_tool, make_tool_use

pytestmark = pytest.mark.django_db


@pytest.fixture
def use():
    film = make_film(title="梅花鹿", creator=make_creator(name="阿米"))
    exchange = make_exchange(interview=make_interview(film=film, exchanges=0))
    tool = make_tool(name="即梦", maker="字节跳动", aliases=["Dreamina"])
    return make_tool_use(film=film, tool=tool, step="image", version="P2.0", quote="唯独即梦P2.0。", exchange=exchange)


@pytest.mark.parametrize("where", ["list", "page"])
def test_shows_film_step_version_and_the_sentence(client, use, where):
    body = client.get("/tools/" if where == "list" else use.tool.get_absolute_url()).content.decode()
    for words in ("梅花鹿", "阿米", "图像", "P2.0", "唯独即梦P2.0。"):
        assert words in body
    assert f'href="{use.exchange.get_absolute_url()}"' in body


def test_list_is_a_table_of_films_and_steps_with_its_gaps(client, use):
    film = make_film(title="无步骤")
    make_tool_use(film=film, tool=make_tool(name="Runway"), step="video")
    make_tool_use(film=film, tool=make_tool(name="Sora"))
    make_film(title="没说工具")
    body = client.get("/tools/").content.decode()
    table = body[body.index("<table") : body.index("</table>")]
    assert re.findall(r'<th scope="col">(.*?)</th>', table) == ["短片", "图像", "影像", "没有说用在哪一步"]
    first, second = re.findall(r'<tr><th scope="row">.*?</tr>', table, re.DOTALL)
    assert "无步骤" in second
    assert re.findall(r'<td( class="gap")?>', first) == ["", ' class="gap"', ' class="gap"']
    assert re.findall(r'<td( class="gap")?>', second) == [' class="gap"', "", ""]
    assert second.count('<span class="vh">没有说到</span>') == 1
    assert "没说工具" not in table
    assert "Not stated for any step" in client.get("/en/tools/").content.decode()


def test_list_keeps_a_sentence_of_a_hidden_talk_to_itself(client, use):
    use.exchange.interview.status = "draft"
    use.exchange.interview.save()
    body = client.get("/tools/").content.decode()
    assert "即梦" in body
    assert "唯独" not in body


def test_page_names_maker_and_other_spellings_and_leads_to_the_films(client, use):
    body = client.get(use.tool.get_absolute_url()).content.decode()
    assert '<dd lang="zh-Hans">字节跳动</dd>' in body
    assert '<span lang="en">Dreamina</span>' in body
    assert f'href="/films/?tool={use.tool.slug}"' in body


def test_a_tool_that_no_public_film_used_has_no_page(client):
    assert client.get(make_tool().get_absolute_url()).status_code == 404


def test_list_asks_the_same_number_of_queries_however_many(client, same_query_count):
    def make_item():
        film = make_film()
        exchange = make_exchange(interview=make_interview(film=film, exchanges=0))
        make_tool_use(film=film, tool=make_tool(), exchange=exchange, quote="话")

    assert same_query_count(make_item, lambda: client.get("/tools/")) == 3


def test_page_asks_the_same_number_of_queries_however_many(client, same_query_count):
    tool = make_tool()
    assert (
        same_query_count(
            lambda: make_tool_use(film=make_film(), tool=tool, quote="话"), lambda: client.get(tool.get_absolute_url())
        )
        == 5
    )
