"""The tools that makers say they used."""

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

    assert same_query_count(make_item, lambda: client.get("/tools/")) == 5


def test_page_asks_the_same_number_of_queries_however_many(client, same_query_count):
    tool = make_tool()
    assert (
        same_query_count(
            lambda: make_tool_use(film=make_film(), tool=tool, quote="话"), lambda: client.get(tool.get_absolute_url())
        )
        == 5
    )
