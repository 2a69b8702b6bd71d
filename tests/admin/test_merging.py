"""Joining at the desk: chosen in a list, seen side by side, decided once, taken back."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from reversion.models import Revision

from films import merging
from films.models import Creator, Credit, Tool, User
from tests.admin.rows import ROWS
from tests.factories import make_creator, make_exchange, make_film, make_interview, make_tool

pytestmark = pytest.mark.django_db
LIST, PAGE, ALL = "admin:films_creator_changelist", "admin:films_creator_merge", "admin:merges"


@pytest.fixture
def pair() -> tuple[Creator, Creator]:
    kept, gone = make_creator(name="CamRed", bio="旧介绍"), make_creator(name="Cam Red", bio="新介绍", name_en="Cam")
    film = make_film(title="鹿", creator=kept)
    Credit.objects.create(film=film, creator=gone)
    other = make_film(title="猪", creator=gone)
    make_exchange(interview=make_interview(film=other, exchanges=0), speaker=gone, question="为什么？")
    return kept, gone


def url_of(*rows: Any) -> str:
    name = f"admin:films_{rows[0]._meta.model_name}_merge"
    return f"{reverse(name)}?ids={','.join(str(row.pk) for row in rows)}"


def decided(client: Client, *rows: Any, **choices: Any) -> Any:
    """The page as a browser would send it."""
    page = client.get(url_of(*rows)).context
    data = {"ids": page["ids"], "stamp": page["stamp"], "kept": rows[0].pk}
    return client.post(url_of(*rows), data | {f"field-{row.field.name}": "" for row in page["fields"]} | choices)


def test_two_chosen_in_the_list_lead_to_one_page(pair: Any, desk: Client) -> None:
    kept, gone = pair
    chosen = {"action": "merge_selected", "_selected_action": [gone.pk, kept.pk]}
    response = desk.post(reverse(LIST), chosen)
    assert (response.status_code, response["Location"]) == (302, url_of(kept, gone))


@pytest.mark.parametrize("number", [1, 11])
def test_one_alone_or_too_many_are_refused_in_words(number: int, desk: Client) -> None:
    rows = [make_creator() for _ in range(number)]
    chosen = {"action": "merge_selected", "_selected_action": [row.pk for row in rows]}
    assert "请选 2 至 10 条再合并。" in desk.post(reverse(LIST), chosen, follow=True).text


def test_the_page_shows_both_and_what_moves(pair: Any, desk: Client) -> None:
    kept, gone = pair
    response = desk.get(url_of(kept, gone))
    page, context = response.text, response.context
    assert [entry["name"] for entry in context["entries"]] == ["CamRed", "Cam Red"]
    assert [row.field.name for row in context["fields"]] == ["name", "name_en", "sort_key", "bio", "slug"]
    assert f'name="kept" value="{kept.pk}" checked' in page
    assert f'name="field-bio" value="{gone.pk}"' in page
    assert "新介绍" in page
    places = {place["noun"]: [cell["listed"] for cell in place["cells"]] for place in context["places"]}
    assert places == {
        "片尾": [
            ["《鹿》（CamRed、Cam Red） · 创作"],
            ["《鹿》（CamRed、Cam Red） · 创作", "《猪》（Cam Red） · 创作"],
        ],
        "问答": [[], ["《猪》（Cam Red） · 为什么？"]],
    }
    assert context["doubles"] == [{"noun": "片尾", "where": "《鹿》（CamRed、Cam Red）"}]


def test_the_decision_is_carried_out_and_told(pair: Any, desk: Client) -> None:
    kept, gone = pair
    response = decided(desk, kept, gone, **{"field-bio": gone.pk})
    assert response["Location"] == reverse("admin:films_creator_change", args=[kept.pk])
    row = Creator.objects.get()
    assert (row.pk, row.bio, row.name_en, row.aliases) == (kept.pk, "新介绍", "Cam", ["Cam Red"])
    page = desk.get(response["Location"])
    assert "已把“Cam Red”合并到“CamRed”，移动了 3 处。" in page.text
    assert "Cam Red" in page.context["adminform"].form["aliases"].value()
    logged = LogEntry.objects.order_by("pk").values_list("object_id", "object_repr", "action_flag")
    assert list(logged) == [(str(kept.pk), "CamRed", 2), (str(gone.pk), "Cam Red", 3)]
    assert Revision.objects.latest("pk").user == User.objects.get(username="editor")


def test_a_change_meanwhile_is_refused_with_both_as_they_are_now(pair: Any, desk: Client) -> None:
    kept, gone = pair
    page = desk.get(url_of(kept, gone)).context
    Creator.objects.filter(pk=gone.pk).update(bio="别人刚写的")
    data = {"ids": page["ids"], "stamp": page["stamp"], "kept": gone.pk, "field-bio": gone.pk, "field-name": kept.pk}
    response = desk.post(url_of(kept, gone), data)
    assert response.status_code == 200
    assert "别人改过其中一条" in response.text
    assert "别人刚写的" in response.text
    assert f'name="kept" value="{gone.pk}" checked' in response.text
    assert f'name="field-bio" value="{gone.pk}" checked' in response.text
    assert Creator.objects.count() == 2
    again = data | {"stamp": response.context["stamp"]}
    assert desk.post(url_of(kept, gone), again).status_code == 302
    row = Creator.objects.get()
    assert (row.pk, row.name, row.bio) == (gone.pk, "CamRed", "别人刚写的")


def test_forged_decisions_change_nothing(pair: Any, desk: Client) -> None:
    kept, gone = pair
    other = make_creator()
    for ids in ("", "x", str(kept.pk), f"{kept.pk},999999", "9" * 40):
        assert desk.post(reverse(PAGE), {"ids": ids, "kept": kept.pk, "stamp": ""})["Location"] == reverse(ALL)
    assert desk.post(url_of(kept, gone), {"kept": kept.pk}).status_code == 200
    assert desk.post(url_of(kept, gone), {"kept": kept.pk, "stamp": "0" * 20}).status_code == 200
    assert Creator.objects.count() == 3
    decided(desk, kept, gone, **{"kept": other.pk, "field-compared_name": other.pk, "field-pk": "1"})
    assert set(Creator.objects.values_list("pk", flat=True)) == {kept.pk, other.pk}


@pytest.mark.parametrize("rights", [["change_creator"], ["delete_creator"], ["view_creator"], ["change_tool"]])
def test_who_may_not_change_and_delete_may_not_join(rights: list[str], pair: Any, desk_of: Any) -> None:
    kept, gone = pair
    client = desk_of(*rights)
    assert client.get(url_of(kept, gone)).status_code == 403
    assert client.post(url_of(kept, gone), {"kept": kept.pk, "stamp": ""}).status_code == 403
    assert client.get(reverse(ALL)).status_code == 403
    assert client.post(reverse("admin:undo_merge", args=[1])).status_code in (403, 404)
    client.post(reverse(LIST), {"action": "merge_selected", "_selected_action": [gone.pk, kept.pk]})
    assert "merge_selected" not in client.get(reverse(LIST)).text
    assert reverse(ALL) not in client.get(reverse("admin:index")).text
    assert Creator.objects.count() == 2


def test_editors_join_and_undo(pair: Any, client: Client) -> None:
    editor = User.objects.create_user("ed", is_staff=True)
    editor.groups.add(Group.objects.get(name="Editors"))
    client.force_login(editor)
    kept, gone = pair
    decided(client, kept, gone)
    page = client.get(reverse(ALL))
    [merge] = page.context["merges"]
    assert (merge.names, merge.kept_name, merge.is_undone) == (("Cam Red",), "CamRed", False)
    undo = reverse("admin:undo_merge", args=[merge.revision.pk])
    assert client.get(undo).status_code == 405
    assert "合并已撤销：Cam Red 回来了。" in client.post(undo, follow=True).text
    assert Creator.objects.filter(pk=gone.pk, name="Cam Red").exists()
    assert gone.credits.count() == 2
    assert "已撤销" in client.get(reverse(ALL)).text
    assert "这次合并已经撤销" in client.post(undo, follow=True).text
    assert client.post(reverse("admin:undo_merge", args=[999])).status_code == 404


def test_undoing_takes_the_right_to_that_kind(pair: Any, desk: Client, desk_of: Any) -> None:
    decided(desk, *pair)
    [merge] = merging.merges()
    other = desk_of("change_tool", "delete_tool")
    assert other.post(reverse("admin:undo_merge", args=[merge.revision.pk])).status_code == 403
    assert Creator.objects.count() == 1


def test_likely_doubles_are_offered_to_who_may_join_them(pair: Any, desk: Client, desk_of: Any) -> None:
    tools = [make_tool(name="Run way"), make_tool(name="Runway")]
    page = desk.get(reverse(ALL)).text
    assert f'href="{url_of(*pair)}"' in page
    assert f'href="{url_of(*tools)}"' in page
    own = desk_of("change_tool", "delete_tool").get(reverse(ALL)).text
    assert f'href="{url_of(*pair)}"' not in own
    assert f'href="{url_of(*tools)}"' in own


@pytest.mark.parametrize("model", merging.MERGEABLE)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_kind_can_be_joined_in_both_languages(model: Any, language: str, desk: Client) -> None:
    rows = [ROWS[model](), ROWS[model]()]
    desk.cookies["django_language"] = language
    page = desk.get(url_of(*rows))
    assert page.status_code == 200
    assert (">合并<" in page.text or 'value="合并"' in page.text) == (language == "zh-hans")
    assert 'value="Join"' in page.text or language == "zh-hans"
    assert decided(desk, *rows).status_code == 302
    assert model.objects.count() == 1


def test_the_page_costs_the_same_for_one_row_and_three(pair: Any, desk: Client, same_query_count: Any) -> None:
    kept, gone = pair

    def make() -> None:
        make_exchange(interview=make_interview(film=make_film(creator=gone), exchanges=0), speaker=gone)

    assert same_query_count(make, lambda: desk.get(url_of(kept, gone))) <= 14


def test_the_list_of_joinings_costs_the_same_for_one_and_three(desk: Client, same_query_count: Any) -> None:
    def make() -> None:
        kept, gone = make_tool(), make_tool()
        merging.join(merging.Wish(Tool, [kept.pk, gone.pk], kept.pk), None)

    assert same_query_count(make, lambda: desk.get(reverse(ALL))) <= 14
