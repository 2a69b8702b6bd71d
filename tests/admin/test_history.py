"""Every door of the desk writes a revision; what was can be read, compared, restored and recovered."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from reversion.models import Revision, Version

from films import history
from films.choices import Role
from films.history.recorded import versions
from films.history.trees import ENTRIES
from films.models import Creator, Credit, Edition, Exchange, Film, ImportRun, Interview, Source, Tool, User
from films.search import search
from tests.admin.forms import deleted, filled
from tests.admin.people import sign_in
from tests.admin.rows import ROWS, full_edition, full_film, full_interview
from tests.factories import make_creator, make_exchange, make_film, make_interview, make_source, make_tool


def address(row: Any, page: str, *args: Any) -> str:
    model = row if isinstance(row, type) else type(row)
    keys = args if isinstance(row, type) else (row.pk, *args)
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=keys)


def save(client: Client, row: Any, **changes: Any) -> Any:
    response = client.post(address(row, "change"), filled(client, address(row, "change"), **changes))
    assert response.status_code == 302, response.context["errors"]
    return response


def first_version(row: Any) -> Version:
    return versions(type(row), [row.pk]).order_by("pk").first()


def last_version(row: Any) -> Version:
    return versions(type(row), [row.pk]).order_by("pk").last()


def restore(client: Client, row: Any, version: Version, **data: Any) -> Any:
    url = address(row, "revision", version.pk)
    page = client.get(url)
    return client.post(url, {page.context["stamp_name"]: page.context["stamp"]} | data, follow=True)


def delete(client: Client, row: Any) -> None:
    assert deleted(client, address(row, "delete")).status_code == 302


def recover(client: Client, row: Any) -> Any:
    return client.post(address(type(row), "recover", last_version(row).pk), follow=True)


def messages_of(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def words_of(response: Any) -> list[tuple[str, str, list[tuple[str, list[tuple[str, str]]]]]]:
    return [
        (row.kind, row.title, [(f.label, [(p.kind, p.text) for p in f.pieces]) for f in row.fields])
        for row in response.context["rows"]
    ]


# Every door writes


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.__name__)
def test_a_saved_form_is_a_revision_with_what_was_before(model: Any, desk: Client, editor: User) -> None:
    row = ROWS[model]()
    save(desk, row)
    before, after = Revision.objects.order_by("pk")
    assert (json.loads(before.comment), after.user) == ([{"baseline": {}}], editor)
    save(desk, row)
    assert Revision.objects.count() == 3


def test_an_entry_that_is_added_has_a_revision(desk: Client, editor: User) -> None:
    url = reverse("admin:films_tool_add")
    desk.post(url, {"name": "新工具", "name_en": "", "maker": "", "aliases": "", "slug": ""})
    version = last_version(Tool.objects.get())
    assert (version.revision.user, version.object_repr) == (editor, "新工具")


@pytest.mark.parametrize("make", [make_tool, make_creator])
def test_a_deleted_entry_is_kept_as_it_was(make: Any, desk: Client) -> None:
    row = make()
    delete(desk, row)
    assert json.loads(last_version(row).revision.comment) == [{"removed": {}}]


def test_a_list_of_deletions_keeps_each(desk: Client) -> None:
    rows = [make_tool() for _ in range(3)]
    data = {"action": "delete_selected", "_selected_action": [row.pk for row in rows]}
    deleted(desk, reverse("admin:films_tool_changelist"), **data)
    assert Tool.objects.count() == 0
    assert {last_version(row).object_id for row in rows} == {str(row.pk) for row in rows}


def test_a_deleted_answer_is_a_change_of_its_talk(desk: Client) -> None:
    talk = make_interview(heading="圆桌", exchanges=2)
    first, second = talk.exchanges.all()
    delete(desk, first)
    texts = [json.loads(v.serialized_data)[0]["pk"] for v in versions(Exchange, [first.pk])]
    assert texts == [first.pk]
    page = desk.get(address(talk, "history"))
    assert page.context["revisions"][0].fields == ["问答"]
    assert len(page.context["revisions"]) == 2
    assert versions(Exchange, [second.pk]).count() == 2


def test_a_state_given_from_the_list_is_a_revision(desk: Client) -> None:
    films = [make_film(status="draft") for _ in range(2)]
    data = {"action": "archive", "_selected_action": [film.pk for film in films]}
    desk.post(reverse("admin:films_film_changelist"), data, follow=True)
    assert Film.objects.filter(status="archived").count() == 2
    for film in films:
        states = [
            json.loads(v.serialized_data)[0]["fields"]["status"] for v in versions(Film, [film.pk]).order_by("pk")
        ]
        assert states == ["draft", "archived"]


def test_a_refused_form_writes_nothing(desk: Client) -> None:
    film = make_film()
    data = filled(desk, address(film, "change"), runtime_seconds="-1")
    assert desk.post(address(film, "change"), data).status_code == 200
    assert not Revision.objects.exists()


# Reading


def test_the_history_says_who_when_what_and_which_fields(desk: Client) -> None:
    film = make_film(synopsis="旧。")
    save(desk, film, synopsis="新。", runtime_seconds="60")
    page = desk.get(address(film, "history"))
    new, old = page.context["revisions"]
    assert (new.who, new.fields) == ("editor", ["剧情简介", "片长（秒）"])
    assert (old.who, old.what, old.fields) == ("", "此前的内容，记录从这里开始", [])
    assert "剧情简介" in new.what or "synopsis" in new.what.lower()


def test_an_import_is_named_and_its_report_linked(desk: Client, editor: User) -> None:
    film, run = make_film(), ImportRun.objects.create()
    said = [{"imported": {"run": run.pk, "file": "a.txt", "sha256": "ab" * 32}}]
    history.record([film], None, said)
    page = desk.get(address(film, "history"))
    [line] = page.context["revisions"]
    assert line.who == "导入程序"
    assert line.what == f"导入 a.txt（第 {run.pk} 次导入，SHA-256 abababababab）"
    assert line.run_url in page.text
    assert desk.get(line.run_url).status_code == 200
    run.delete()
    assert desk.get(address(film, "history")).context["revisions"][0].run_url == ""


def test_two_revisions_are_compared_word_by_word_and_rows_by_name(desk: Client) -> None:
    maker, other = make_creator(name="阿米"), make_creator(name="阿里")
    film = make_film(synopsis="森林里住着一只梅花鹿，某天三个黑衣人闯入。", creator=maker)
    save(
        desk,
        film,
        synopsis="森林里住着一只小鹿，某天三个黑衣人闯入。",
        **{"credits-0-person": other.pk, "credits-0-creator": other.pk},
    )
    new, old = desk.get(address(film, "history")).context["revisions"]
    page = desk.get(address(film, "history"), {"from": old.number, "to": new.number})
    entry = words_of(page)[0]
    assert entry[2] == [
        (
            "剧情简介",
            [
                ("same", "森林里住着一只"),
                ("deleted", "梅花"),
                ("inserted", "小"),
                ("same", "鹿，某天三个黑衣人闯入。"),
            ],
        )
    ]
    assert "<del>" in page.text
    assert "删去：" in page.text
    assert (
        desk.get(address(film, "history"), {"from": new.number, "to": old.number}).context["rows"]
        == page.context["rows"]
    )


def test_a_revision_of_another_entry_is_not_compared(desk: Client) -> None:
    one, other = make_film(), make_film(synopsis="别人的秘密")
    save(desk, one)
    save(desk, other)
    asked = {"from": first_version(one).pk, "to": last_version(other).pk}
    page = desk.get(address(one, "history"), asked)
    assert "rows" not in page.context
    assert "别人的秘密" not in page.text
    assert desk.get(address(one, "revision", last_version(other).pk)).status_code == 404


def test_an_answers_own_history_lists_its_changes_only(desk: Client) -> None:
    talk = make_interview(heading="圆桌", exchanges=0)
    first = make_exchange(interview=talk, position=1, answer="甲")
    make_exchange(interview=talk, position=2, answer="乙")
    save(desk, talk, **{"exchanges-1-answer": "乙改"})
    save(desk, talk, **{"exchanges-0-answer": "甲改"})
    assert len(desk.get(address(first, "history")).context["revisions"]) == 2
    assert len(desk.get(address(talk, "history")).context["revisions"]) == 3


def test_a_deleted_maker_keeps_its_name_in_the_history(desk: Client) -> None:
    maker = make_creator(name="阿米")
    film = make_film(creator=maker)
    Credit.objects.create(film=film, creator=make_creator(name="阿里"), position=2)
    save(desk, film)
    Credit.objects.filter(creator=maker).delete()
    delete(desk, maker)
    save(desk, film)
    versions_of = list(versions(Film, [film.pk]).order_by("pk").values_list("pk", flat=True))
    page = desk.get(address(film, "history"), {"from": versions_of[0], "to": versions_of[-1]})
    assert "阿米（已删除）" in page.text


# Restoring


@pytest.mark.parametrize("make", [full_film, full_interview, full_edition])
def test_restoring_brings_words_and_rows_back_and_raises_the_version(make: Any, desk: Client) -> None:
    row = make(2)
    inline = {Film: "mentions", Interview: "exchanges", Edition: "partnerships"}[type(row)]
    before = {child.pk: str(child) for child in getattr(row, inline).all()}
    save(desk, row)
    version = last_version(row)
    save(desk, row, **{f"{inline}-0-DELETE": "on"})
    assert getattr(row, inline).count() == len(before) - 1
    counted = type(row).objects.get(pk=row.pk).version
    response = restore(desk, row, version)
    assert response.redirect_chain
    assert {child.pk: str(child) for child in getattr(row, inline).all()} == before
    assert type(row).objects.get(pk=row.pk).version == counted + 1
    assert "恢复为" in desk.get(address(row, "history")).context["revisions"][0].what


def test_restoring_goes_through_save(desk: Client) -> None:
    film = make_film(title="梅花鹿", slug="mei-hua-lu", synopsis="森林里的梅花鹿。")
    save(desk, film, title="老虎", synopsis="山里的老虎。", slug="lao-hu")
    restore(desk, film, first_version(film))
    film.refresh_from_db()
    assert (film.title, film.slug, film.title_sort[:3]) == ("梅花鹿", "mei-hua-lu", "mei")
    assert film in found("森林里的梅花鹿")
    assert film not in found("山里的老虎")
    assert Client().get("/films/lao-hu/").status_code == 301


def found(words: str) -> list[Any]:
    return [hit.entry for hit in search(words).hits]


def test_the_state_is_not_restored(desk: Client) -> None:
    film = make_film(status="published")
    save(desk, film, synopsis="新。")
    Film.objects.update(status="archived")
    told = words_of(desk.get(address(film, "revision", first_version(film).pk)))
    assert [label for _kind, _title, fields in told for label, _pieces in fields] == ["剧情简介"]
    restore(desk, film, first_version(film))
    film.refresh_from_db()
    assert (film.status, film.synopsis) == ("archived", "一个简介。")


def test_a_restore_from_a_page_that_is_out_of_date_is_refused(desk: Client) -> None:
    film = make_film(synopsis="一。")
    save(desk, film, synopsis="二。")
    url = address(film, "revision", first_version(film).pk)
    seen = desk.get(url).context["stamp"]
    save(desk, film, synopsis="三。")
    response = desk.post(url, {"seen_stamp": seen})
    assert response.context["errors"]
    film.refresh_from_db()
    assert film.synopsis == "三。"
    assert restore(desk, film, first_version(film)).redirect_chain


def test_an_address_that_another_has_now_stays(desk: Client) -> None:
    film = make_film(slug="lu")
    save(desk, film, slug="lu-er")
    other = make_film(slug="lu")
    response = restore(desk, film, first_version(film))
    film.refresh_from_db()
    assert (film.slug, other.slug) == ("lu-er", "lu")
    assert "地址“lu”现在属于另一条，所以地址没有变。" in messages_of(response)


def test_a_name_that_another_has_now_is_refused_in_a_sentence(desk: Client) -> None:
    maker = make_creator(name="阿米")
    save(desk, maker, name="阿里")
    make_creator(name="阿米")
    response = restore(desk, maker, first_version(maker))
    assert response.context["errors"]
    maker.refresh_from_db()
    assert maker.name == "阿里"


def test_a_row_whose_maker_is_gone_is_named(desk: Client) -> None:
    maker = make_creator(name="阿米")
    film = make_film(creator=maker)
    Credit.objects.create(film=film, creator=make_creator(), position=2)
    save(desk, film)
    version = last_version(film)
    film.credits.filter(creator=maker).delete()
    maker.delete()
    response = restore(desk, film, version)
    assert any("没有恢复" in message for message in messages_of(response))
    assert film.credits.count() == 1


def test_two_rows_that_changed_places_change_back(desk: Client) -> None:
    film, one, two = make_film(), make_creator(), make_creator()
    first = Credit.objects.create(film=film, creator=one, role="music", position=2)
    second = Credit.objects.create(film=film, creator=two, role="music", position=3)
    save(desk, film)
    version = last_version(film)
    Credit.objects.filter(pk=first.pk).update(creator=make_creator())
    Credit.objects.filter(pk=second.pk).update(creator=one)
    Credit.objects.filter(pk=first.pk).update(creator=two)
    restore(desk, film, version)
    assert set(film.credits.filter(role="music").values_list("pk", "creator")) == {
        (first.pk, one.pk),
        (second.pk, two.pk),
    }


def test_what_publication_asks_for_is_asked_of_what_comes_back(desk: Client) -> None:
    film = make_film(status="draft", synopsis="")
    save(desk, film, synopsis="有了。")
    Film.objects.update(status="published")
    response = restore(desk, film, first_version(film))
    assert response.context["errors"]
    film.refresh_from_db()
    assert film.synopsis == "有了。"


def test_a_revision_from_before_a_column_keeps_what_the_column_holds(desk: Client) -> None:
    film = make_film(synopsis="旧。")
    save(desk, film, synopsis="新。", distinction="获奖短片")
    version = first_version(film)
    entry = json.loads(version.serialized_data)
    del entry[0]["fields"]["distinction"]
    entry[0]["fields"]["gone_column"] = "x"
    Version.objects.filter(pk=version.pk).update(serialized_data=json.dumps(entry))
    restore(desk, film, version)
    film.refresh_from_db()
    assert (film.synopsis, film.distinction) == ("旧。", "获奖短片")


# Recovering


def test_a_film_comes_back_whole_with_its_talk_as_a_draft(desk: Client) -> None:
    film = full_film(2, title="梅花鹿")
    quoted, pulled = film.pull_quote_exchange_id, film.pull_quote
    rows = {
        name: sorted(getattr(film, name).values_list("pk", flat=True))
        for name in ("credits", "tool_uses", "mentions", "themes", "interviews")
    }
    answers = set(Exchange.objects.filter(interview__film=film).values_list("pk", "anchor", "answer"))
    uses = dict(film.tool_uses.values_list("pk", "exchange"))
    counted = film.version
    delete(desk, film)
    assert not Exchange.objects.filter(pk=quoted).exists()
    page = desk.get(address(Film, "recoverlist"))
    assert [label for _line, label in page.context["lines"]] == [
        f"《梅花鹿》（{'、'.join(Creator.objects.filter(pk__in=creators_of(film)).order_by('pk').values_list('name', flat=True))}）"
    ]
    response = recover(desk, film)
    assert "已从回收站恢复。" in messages_of(response)
    back = Film.objects.get(pk=film.pk)
    assert {name: sorted(getattr(back, name).values_list("pk", flat=True)) for name in rows} == rows
    assert set(Exchange.objects.filter(interview__film=film).values_list("pk", "anchor", "answer")) == answers
    assert dict(back.tool_uses.values_list("pk", "exchange")) == uses
    assert (back.pull_quote, back.pull_quote_exchange_id) == (pulled, quoted)
    assert (back.status, back.interviews.get().status, back.version > counted) == ("draft", "draft", True)
    assert (back.source_id, back.source_key, back.passages) == (film.source_id, film.source_key, film.passages)
    assert desk.get(address(Film, "recoverlist")).context["lines"] == []


def creators_of(film: Any) -> list[int]:
    found = [json.loads(v.serialized_data)[0]["fields"] for v in versions(Credit)]
    return [fields["creator"] for fields in found if fields["film"] == film.pk]


@pytest.mark.parametrize(
    "model", [model for model in ENTRIES if model is not Source], ids=lambda model: model.__name__
)
def test_every_kind_of_entry_comes_back(model: Any, desk: Client) -> None:
    row = ROWS[model]()
    for relation in ("credits", "films", "partnerships"):
        if model in (Creator, Edition) and hasattr(row, relation):
            getattr(row, relation).all().delete()
    delete(desk, row)
    assert recover(desk, row).redirect_chain
    assert str(model.objects.get(pk=row.pk)) == str(row)


def test_an_answer_comes_back_into_its_talk(desk: Client) -> None:
    talk = make_interview(heading="圆桌", exchanges=0)
    answer = make_exchange(interview=talk, answer="甲答")
    make_exchange(interview=talk)
    delete(desk, answer)
    counted = Interview.objects.get().version
    recover(desk, answer)
    back = Exchange.objects.get(pk=answer.pk)
    assert (back.answer, back.anchor) == ("甲答", answer.anchor)
    assert Interview.objects.get().version == counted + 1


def test_what_hangs_on_something_deleted_is_refused_in_a_sentence(desk: Client) -> None:
    talk = make_interview(heading="圆桌", exchanges=2)
    answer = talk.exchanges.first()
    delete(desk, answer)
    delete(desk, talk)
    response = recover(desk, answer)
    assert response.status_code == 200
    assert "请先恢复那一条" in response.context["errors"][0]


def test_a_deleted_address_that_was_taken_is_given_anew(desk: Client) -> None:
    film = make_film(title="鹿", slug="lu")
    delete(desk, film)
    make_film(title="鹿", slug="lu")
    response = recover(desk, film)
    assert Film.objects.get(pk=film.pk).slug == "lu-2"
    assert any("地址“lu”现在属于另一条" in message for message in messages_of(response))


def test_recovering_twice_is_refused_in_a_sentence(desk: Client) -> None:
    tool = make_tool()
    delete(desk, tool)
    recover(desk, tool)
    assert recover(desk, tool).context["errors"] == ["这一条已经在了，不必再恢复。"]


def test_a_name_taken_meanwhile_is_refused_in_a_sentence(desk: Client) -> None:
    tool = make_tool(name="即梦")
    delete(desk, tool)
    make_tool(name="即梦")
    assert recover(desk, tool).context["errors"]
    assert Tool.objects.count() == 1


def test_a_place_in_an_article_that_was_taken_makes_the_row_an_editors_own(desk: Client) -> None:
    source = make_source()
    film = make_film(source=source, source_key="a")
    delete(desk, film)
    make_film(source=source, source_key="a")
    recover(desk, film)
    back = Film.objects.get(pk=film.pk)
    assert (back.source_id, back.source_key) == (None, "")


# Who may


def test_who_may_only_see_may_read_but_not_restore(desk: Client, desk_of: Any) -> None:
    film = make_film(synopsis="旧。")
    save(desk, film, synopsis="新。")
    reader = desk_of("view_film")
    url = address(film, "revision", first_version(film).pk)
    page = reader.get(url)
    assert (page.status_code, page.context["may_change"]) == (200, False)
    assert "seen_stamp" not in page.text
    assert reader.post(url, {"seen_stamp": page.context["stamp"]}).status_code == 403
    film.refresh_from_db()
    assert film.synopsis == "新。"


def test_who_may_not_see_reads_no_history(desk: Client, desk_of: Any) -> None:
    film = make_film(synopsis="秘密")
    save(desk, film)
    version = last_version(film)
    delete(desk, film)
    other = make_film()
    save(desk, other)
    stranger = desk_of("view_tool", "add_tool")
    assert stranger.get(address(other, "history")).status_code in (403, 404)
    assert stranger.get(address(other, "revision", last_version(other).pk)).status_code in (403, 404)
    assert stranger.get(address(Film, "recoverlist")).status_code == 403
    assert stranger.get(address(Film, "recover", version.pk)).status_code == 403
    assert stranger.post(address(Film, "recover", version.pk)).status_code == 403
    assert not Film.objects.filter(pk=film.pk).exists()
    # A tool's door does not open a film's version.
    assert desk.get(address(Tool, "recover", version.pk)).status_code == 404


def test_contributors_have_only_their_own(desk: Client) -> None:
    users = [User.objects.create_user(name, is_staff=True) for name in ("mine", "theirs")]
    for user in users:
        user.user_permissions.set(Permission.objects.filter(codename="add_film"))
    films = [make_film(created_by=user, status="draft", title=user.username) for user in users]
    for film in films:
        save(desk, film, synopsis="改。")
    client = Client()
    client.force_login(users[0])
    assert client.get(address(films[0], "history")).status_code == 200
    assert client.get(address(films[1], "history")).status_code in (302, 403, 404)
    assert client.get(address(films[1], "revision", first_version(films[1]).pk)).status_code in (403, 404)
    for film in films:
        delete(desk, film)
    lines = client.get(address(Film, "recoverlist")).context["lines"]
    assert [label.partition("（")[0] for _line, label in lines] == ["《mine》"]
    assert client.post(address(Film, "recover", last_version(films[1]).pk)).status_code == 403


def test_a_contributor_restores_a_draft_of_their_own_and_no_other(db: None) -> None:
    user, mine = sign_in(Role.CONTRIBUTORS)
    film, other = (make_film(created_by=by, status="draft", synopsis="旧。") for by in (user, None))
    save(mine, film, synopsis="新。")
    restore(mine, film, first_version(film))
    film.refresh_from_db()
    assert (film.synopsis, film.status, film.created_by) == ("旧。", "draft", user)
    assert last_version(film).revision.user == user
    chief = sign_in(Role.ADMINISTRATORS)[1]
    save(chief, other, synopsis="新。")
    url = address(other, "revision", first_version(other).pk)
    stamp = chief.get(url).context["stamp"]
    assert mine.post(url, {"seen_stamp": stamp}).status_code in (403, 404)
    # What was handed over is the editors' from then on.
    Film.objects.filter(pk=film.pk).update(status="review")
    url = address(film, "revision", first_version(film).pk)
    assert mine.post(url, {"seen_stamp": chief.get(url).context["stamp"]}).status_code in (403, 404)
    assert set(Film.objects.values_list("synopsis", flat=True)) == {"旧。", "新。"}


def test_rows_that_a_person_may_not_touch_are_not_touched_by_restoring(desk: Client, desk_of: Any) -> None:
    edition = full_edition(1)
    save(desk, edition)
    version = last_version(edition)
    edition.partnerships.all().delete()
    client = desk_of("view_edition", "change_edition", "view_partnership")
    page = client.get(address(edition, "revision", version.pk))
    response = client.post(address(edition, "revision", version.pk), {"seen_stamp": page.context["stamp"]})
    if edition.partnerships.exists():
        # Whoever may write on an edition may write on its rows.
        assert response.status_code == 302
    else:
        assert "您不能改动它们" in response.context["errors"][0]


# What it costs


def test_the_history_costs_the_same_for_few_revisions_and_many(desk: Client) -> None:
    few, many = full_film(1), full_film(3)
    for film, times in ((few, 2), (many, 12)):
        for number in range(times):
            Film.objects.filter(pk=film.pk).update(synopsis=f"第{number}次。")
            history.record([film], None)
    counts = []
    for film in (few, many):
        url = address(film, "history")
        desk.get(url)
        with CaptureQueriesContext(connection) as captured:
            desk.get(url, {"from": first_version(film).pk, "to": last_version(film).pk})
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_desk_reads_what_reversion_itself_wrote_and_its_own_command_thins_it_out(desk: Client) -> None:
    film = make_film(synopsis="旧。")
    call_command("createinitialrevisions", "films", verbosity=0)
    save(desk, film, synopsis="新。")
    assert versions(Film, [film.pk]).count() == 2
    restore(desk, film, first_version(film))
    film.refresh_from_db()
    assert film.synopsis == "旧。"
    call_command("deleterevisions", "films", keep=1, verbosity=0)
    assert versions(Film, [film.pk]).count() == 1
    assert desk.get(address(film, "history")).status_code == 200


def test_a_films_form_records_the_talk_that_it_changed(desk: Client) -> None:
    film = full_film(1)
    talk = film.interviews.get()
    data = filled(desk, address(film, "change"))
    name = next(name for name in data if name.endswith("-0-question"))
    assert desk.post(address(film, "change"), data | {name: "从短片表单改的。"}).status_code == 302
    asked = talk.exchanges.get(question="从短片表单改的。")
    assert last_version(talk).revision_id == last_version(film).revision_id
    assert history.unrecorded([film, talk]) == []
    # The history of the film tells it, and brings it back with the film.
    page = desk.get(address(film, "history"), {"from": first_version(film).pk, "to": last_version(film).pk})
    assert "问答 · 问" in page.context["revisions"][0].fields
    assert [label for _kind, _title, fields in words_of(page) for label, _pieces in fields] == ["问"]
    url = address(film, "revision", first_version(film).pk)
    seen = desk.get(url).context["stamp"]
    Exchange.objects.filter(pk=asked.pk).update(answer="同时改的。")
    assert desk.post(url, {"seen_stamp": seen}).context["errors"]
    assert restore(desk, film, first_version(film)).redirect_chain
    asked.refresh_from_db()
    assert (asked.question, asked.answer) == (data[name], data[name.replace("question", "answer")])
    assert Interview.objects.get(pk=talk.pk).version > talk.version


def test_a_film_is_restored_without_a_talk_that_is_not_its_readers(desk: Client, desk_of: Any) -> None:
    film = full_film(1)
    data = filled(desk, address(film, "change"))
    name = next(name for name in data if name.endswith("-0-question"))
    desk.post(address(film, "change"), data | {name: "改过的。", "synopsis": "改过的简介。"})
    client = desk_of("view_film", "change_film")
    url = address(film, "revision", first_version(film).pk)
    assert client.post(url, {"seen_stamp": client.get(url).context["stamp"]}).status_code == 302
    film.refresh_from_db()
    assert film.synopsis == data["synopsis"]
    assert Exchange.objects.filter(question="改过的。").exists()
