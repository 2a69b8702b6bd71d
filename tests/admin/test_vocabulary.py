"""Lists typed one entry a line, and the words that entries share."""

from typing import Any

from django.test import Client
from django.urls import reverse

from films.models import Creator, SlugRedirect, Tool, Topic, Work
from tests.admin.forms import deleted, errors_of, filled
from tests.factories import make_creator, make_film, make_tool, make_tool_use, make_topic, make_work


def change_url(row: Any) -> str:
    return reverse(f"admin:films_{row._meta.model_name}_change", args=[row.pk])


def test_aliases_are_typed_one_a_line(desk: Client) -> None:
    tool = make_tool(name="即梦", aliases=["即梦AI", "Dreamina"])
    data = filled(desk, change_url(tool))
    assert data["aliases"] == "即梦AI\nDreamina"
    assert desk.post(change_url(tool), data | {"aliases": " 即梦AI \r\n\r\nJimeng\r\n即梦AI"}).status_code == 302
    tool.refresh_from_db()
    assert tool.aliases == ["即梦AI", "Jimeng"]


def test_an_emptied_list_is_an_empty_list(desk: Client) -> None:
    topic = make_topic(cues=["最难的"])
    desk.post(change_url(topic), filled(desk, change_url(topic), cues=""))
    topic.refresh_from_db()
    assert topic.cues == []


def test_an_unchanged_list_is_not_a_change(desk: Client) -> None:
    tool = make_tool(aliases=["a"])
    form = desk.get(change_url(tool)).context["adminform"].form
    bound = type(form)({"name": tool.name, "aliases": "a", "slug": tool.slug}, instance=tool)
    assert bound.changed_data == []


def test_a_link_that_is_no_address_is_named_with_its_line(desk: Client) -> None:
    creator = make_creator(links=["https://example.org/"])
    links = "https://example.org/\njavascript:alert(1)\n不是网址"
    response = desk.post(change_url(creator), filled(desk, change_url(creator), links=links))
    assert errors_of(response) == [
        ["第 2 行“javascript:alert(1)”：输入一个有效的 URL。", "第 3 行“不是网址”：输入一个有效的 URL。"],
    ]
    assert response.context["adminform"].form["links"].value() == links
    creator.refresh_from_db()
    assert creator.links == ["https://example.org/"]


def test_tools_and_topics_are_found_by_their_other_words(desk: Client) -> None:
    make_tool(name="即梦", aliases=["Dreamina"])
    make_tool(name="Runway", aliases=["跑道"])
    make_topic(name="难点", cues=["最难的"])
    make_topic(name="开始", cues=[])
    tools, topics = reverse("admin:films_tool_changelist"), reverse("admin:films_topic_changelist")
    for url, term, name in ((tools, "dreamina", "即梦"), (tools, "跑道", "Runway"), (topics, "最难", "难点")):
        assert [row.name for row in desk.get(url, {"q": term}).context["cl"].result_list] == [name]


def test_a_name_that_compares_equal_is_refused_in_words(desk: Client) -> None:
    make_creator(name="CamRed")
    url = reverse("admin:films_creator_add")
    response = desk.post(url, filled(desk, url, name="ＣａｍＲｅｄ"))
    assert errors_of(response) == [["已有创作者“CamRed”，请直接选用。"]]
    make_work(title="黑镜")
    url = reverse("admin:films_work_add")
    assert errors_of(desk.post(url, filled(desk, url, title="黑镜"))) == [["已有作品《黑镜》，请直接选用。"]]
    assert (Creator.objects.count(), Work.objects.count()) == (1, 1)


def test_a_maker_lists_their_films(desk: Client) -> None:
    creator = make_creator(name="JYT")
    make_film(title="", creator=creator)
    assert "无题（JYT）" in desk.get(change_url(creator)).text


def test_an_old_address_leads_to_its_entry_and_is_not_typed(desk: Client) -> None:
    film = make_film()
    redirect = SlugRedirect.objects.create(model="film", slug="old", target_id=film.pk)
    assert change_url(film) in desk.get(reverse("admin:films_slugredirect_changelist")).text
    assert desk.post(change_url(redirect), {"slug": "new"}).status_code == 403
    assert desk.get(reverse("admin:films_slugredirect_add")).status_code == 403


def test_a_tool_in_use_cannot_be_deleted(desk: Client) -> None:
    tool = make_tool()
    make_tool_use(film=make_film(), tool=tool)
    assert deleted(desk, reverse("admin:films_tool_delete", args=[tool.pk])).status_code == 200
    assert Tool.objects.count() == 1
    assert Topic.objects.count() == 0
