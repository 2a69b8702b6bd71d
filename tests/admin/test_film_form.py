"""One form for a whole entry: the film, its makers by name, and its interview question by question."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from reversion.models import Version

from films.admin.versioned import STALE
from films.choices import Status
from films.models import Creator, Credit, Exchange, Film, Interview, ToolUse
from tests.admin.forms import deleted, errors_of, filled
from tests.admin.rows import full_film
from tests.factories import make_creator, make_edition, make_exchange, make_film, make_interview, make_source

ADD = "/admin/films/film/add/"


def change_url(film: Film) -> str:
    return reverse("admin:films_film_change", args=[film.pk])


def row(number: int, **values: Any) -> dict[str, Any]:
    """The controls of one new question."""
    defaults = {
        "id": "",
        "position": "0",
        "question": "问",
        "answer": "答",
        "speaker": "",
        "speaker_label": "",
        "topic": "",
    }
    return {f"exchanges-{number}-{name}": value for name, value in (defaults | values).items()}


def rows(*several: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"exchanges-TOTAL_FORMS": str(len(several))}
    for number, values in enumerate(several):
        made |= row(number, **values)
    return made


def talk_with(*answers: str, **values: Any) -> Interview:
    interview = make_interview(exchanges=0, **values)
    for position, answer in enumerate(answers, 1):
        make_exchange(interview=interview, position=position, question=f"问{position}", answer=answer)
    return interview


def answers_of(film: Film) -> list[str]:
    return list(film.interviews.get().exchanges.values_list("answer", flat=True))


def redisplayed(response: Any) -> dict[str, Any]:
    """What a browser would send of a form that came back."""
    form = response.context["adminform"].form
    data = dict(form.data.items())
    for inline in response.context["inline_admin_formsets"]:
        data |= {key: value for key, value in inline.formset.data.items() if key.startswith(inline.formset.prefix)}
    return {key: value for key, value in data.items() if not key.startswith("_")}


def test_one_form_makes_film_maker_interview_and_answers(desk: Client) -> None:
    values = {"title": "梅花鹿", "synopsis": "一只鹿。", "status": "published", "interviewer": "NOWNESS"}
    questions = rows(
        {"question": "怎么开始的？", "answer": "从一张图。\r\n\r\n后来就多了。"},
        {"question": "最难？", "answer": "停下来。"},
    )
    data = filled(desk, ADD, **values, **{"credits-0-maker_name": " 阿米 "}, **questions, pull_quote="停下来。")
    assert desk.post(ADD, data).status_code == 302

    film, maker, interview = Film.objects.get(), Creator.objects.get(), Interview.objects.get()
    assert (film.slug, film.title_origin, maker.name) == ("mei-hua-lu", "editor", "阿米")
    assert (interview.film, interview.interviewer, interview.status) == (film, "NOWNESS", "published")
    assert interview.created_by is not None
    found = interview.exchanges.values_list("position", "anchor", "speaker__name", "answer")
    assert list(found) == [(1, 1, "阿米", "从一张图。\n\n后来就多了。"), (2, 2, "阿米", "停下来。")]
    assert film.pull_quote_exchange == interview.exchanges.last()

    page = Client().get(film.get_absolute_url()).text
    for words in ("梅花鹿", "阿米", "怎么开始的？", "后来就多了。", "停下来。"):
        assert words in page


def test_what_the_form_stored_is_found_at_once(desk: Client) -> None:
    words = {"question": "你怎么看水晶穹顶？", "answer": "它不存在。"}
    desk.post(ADD, filled(desk, ADD, status="published", **{"credits-0-maker_name": "阿米"}, **rows(words)))
    for word in ("水晶穹顶", "阿米"):
        assert "阿米" in Client().get("/search/", {"q": word}).text.split("<main")[1], word
    film = Film.objects.get()
    desk.post(change_url(film), filled(desk, change_url(film), **{"exchanges-0-question": "你怎么看琉璃瓦？"}))
    assert "琉璃" in Client().get("/search/", {"q": "琉璃瓦"}).text.split("<main")[1].split("<ol")[1]


def test_everything_that_one_save_made_has_a_history(desk: Client) -> None:
    desk.post(ADD, filled(desk, ADD, title="鹿", **{"credits-0-maker_name": "阿米"}, **rows({})))
    film = Film.objects.get()
    for row_made in (film, film.interviews.get(), Creator.objects.get(), Exchange.objects.get()):
        assert Version.objects.get_for_object(row_made).count() == 1, row_made
    desk.post(change_url(film), filled(desk, change_url(film), **{"exchanges-0-answer": "改了"}))
    assert Version.objects.get_for_object(Exchange.objects.get()).count() == 2


def test_a_film_without_questions_has_no_interview(desk: Client) -> None:
    desk.post(ADD, filled(desk, ADD, title="鹿", **{"credits-0-maker_name": "阿米"}))
    assert Film.objects.count() == 1
    assert not Interview.objects.exists()


def test_a_name_finds_the_person_who_is_there(desk: Client) -> None:
    maker = make_creator(name="CamRed")
    desk.post(ADD, filled(desk, ADD, **{"credits-0-maker_name": "ＣＡＭＲＥＤ"}))
    assert Credit.objects.get().creator == maker
    assert Creator.objects.count() == 1


def test_one_new_person_in_two_roles_is_one_person(desk: Client) -> None:
    two = {
        "credits-TOTAL_FORMS": "2",
        "credits-0-maker_name": "阿米",
        "credits-1-maker_name": "阿 米".replace(" ", ""),
        "credits-1-role": "music",
        "credits-1-position": "0",
        "credits-1-creator": "",
        "credits-1-id": "",
    }
    assert desk.post(ADD, filled(desk, ADD, **two)).status_code == 302
    assert sorted(Credit.objects.values_list("creator__name", "role")) == [("阿米", "maker"), ("阿米", "music")]
    again = {**two, "credits-0-maker_name": "小鹿", "credits-1-maker_name": "小鹿", "credits-1-role": "maker"}
    assert errors_of(desk.post(ADD, filled(desk, ADD, **again))) == ["“小鹿”以同一职责写了两次。请去掉一行。"]


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"creator": "chosen", "maker_name": "小鹿"}, "选了“阿米”，又写了“小鹿”。请只留一个。"),
        ({"role": "music"}, "请选一位创作者，或写出名字。"),
        ({"maker_name": "x" * 101}, "确保该变量包含不超过 100 字符 (目前字符数 101)。"),
    ],
)
def test_a_row_without_one_person_is_refused(values: dict[str, Any], error: str, desk: Client) -> None:
    maker = make_creator(name="阿米")
    named = {f"credits-0-{name}": maker.pk if value == "chosen" else value for name, value in values.items()}
    response = desk.post(ADD, filled(desk, ADD, **named))
    assert error in [message for messages in errors_of(response) for message in messages]
    assert (Film.objects.count(), Creator.objects.count()) == (0, 1)


def test_nobody_is_made_by_a_form_that_is_refused(desk: Client) -> None:
    response = desk.post(ADD, filled(desk, ADD, made_from="去年", **{"credits-0-maker_name": "阿米"}, **rows({})))
    assert response.status_code == 200
    assert not Creator.objects.exists()
    assert "阿米" in response.text


def test_who_may_not_add_people_may_name_those_who_are_there(desk_of: Any) -> None:
    client = desk_of("view_film", "add_film", "add_credit", "view_credit", "view_creator")
    response = client.post(ADD, filled(client, ADD, **{"credits-0-maker_name": "阿米"}))
    assert errors_of(response) == [["没有叫“阿米”的创作者，您的账号不能新建。请管理员添加。"]]
    make_creator(name="阿米")
    assert client.post(ADD, filled(client, ADD, **{"credits-0-maker_name": "阿米"})).status_code == 302
    assert Credit.objects.get().creator.name == "阿米"


def test_answers_are_edited_reordered_and_removed(desk: Client) -> None:
    film = make_film()
    talk_with("甲", "乙", "丙", "丁", film=film)
    url = change_url(film)
    changes = {"exchanges-0-answer": "甲甲", "exchanges-1-DELETE": "on", "exchanges-3-position": "1"}
    assert desk.post(url, filled(desk, url, **changes)).status_code == 302
    found = film.interviews.get().exchanges.values_list("position", "answer")
    assert list(found) == [(1, "丁"), (2, "甲甲"), (3, "丙")]


def test_a_tool_outlives_the_answer_that_named_it(desk: Client) -> None:
    film = full_film(1)
    url, use = change_url(film), film.tool_uses.get()
    ToolUse.objects.update(exchange=film.interviews.get().exchanges.all()[0])
    changes = {"tool_uses-0-quote": "改过的原句。", "exchanges-0-DELETE": "on", "pull_quote": ""}
    assert desk.post(url, filled(desk, url, **changes)).status_code == 302
    use.refresh_from_db()
    assert (use.quote, use.exchange) == ("改过的原句。", None)


@pytest.mark.parametrize(
    ("row_number", "number", "order"),
    [(3, "1", "丁甲乙丙"), (0, "4", "乙丙丁甲"), (0, "3", "乙丙甲丁"), (2, "2", "甲丙乙丁"), (1, "9", "甲丙丁乙")],
)
def test_a_row_takes_the_place_that_its_number_names(row_number: int, number: str, order: str, desk: Client) -> None:
    film = make_film()
    talk_with("甲", "乙", "丙", "丁", film=film)
    url = change_url(film)
    desk.post(url, filled(desk, url, **{f"exchanges-{row_number}-position": number}))
    assert "".join(answers_of(film)) == order


def test_rows_may_come_in_any_order(desk: Client) -> None:
    """A script moves rows; when one of them goes, the others are numbered as they are shown."""
    film = make_film()
    interview = talk_with("甲", "乙", film=film)
    first, second = interview.exchanges.values_list("pk", flat=True)
    moved = rows(
        {"answer": "新", "position": "1"},
        {"id": second, "answer": "乙", "position": "2"},
        {"id": first, "answer": "甲", "position": "3"},
    )
    assert desk.post(change_url(film), filled(desk, change_url(film), **moved)).status_code == 302
    assert answers_of(film) == ["新", "乙", "甲"]
    assert set(interview.exchanges.values_list("pk", flat=True)) >= {first, second}


def test_only_what_was_typed_counts_as_a_change(desk: Client) -> None:
    """Browsers send CRLF: an imported answer of two paragraphs must not seem edited."""
    film = make_film(
        source=make_source(), source_key="a", synopsis="一。\n\n二。", imported={"synopsis": "一。\n\n二。"}
    )
    interview = talk_with("甲。\n\n乙。", film=film)
    data = filled(desk, change_url(film))
    data = {key: value.replace("\n", "\r\n") if isinstance(value, str) else value for key, value in data.items()}
    desk.post(change_url(film), data)
    film.refresh_from_db()
    interview.refresh_from_db()
    assert (film.synopsis, interview.exchanges.get().answer) == ("一。\n\n二。", "甲。\n\n乙。")
    assert (film.version, interview.version) == (2, 1)
    assert "编辑已改" not in desk.get(change_url(film)).text


def test_the_first_of_several_interviews_is_in_the_form_and_the_others_are_linked(desk: Client) -> None:
    film = make_film()
    first, second = talk_with("甲", film=film), talk_with("乙", film=film, heading="再谈")
    page = desk.get(change_url(film))
    assert [form.instance.answer for form in page.context["inline_admin_formsets"][1].formset.forms] == ["甲"]
    assert reverse("admin:films_interview_change", args=[second.pk]) in page.text
    desk.post(change_url(film), filled(desk, change_url(film), **{"exchanges-0-answer": "甲甲"}))
    assert [first.exchanges.get().answer, second.exchanges.get().answer] == ["甲甲", "乙"]
    assert list(Interview.objects.order_by("pk").values_list("version", flat=True)) == [2, 1]


def test_an_interview_follows_its_film_while_they_stand_alike(desk: Client) -> None:
    film = make_film(status="draft")
    interview = talk_with("甲", film=film, status="draft")
    desk.post(change_url(film), filled(desk, change_url(film), status="published"))
    interview.refresh_from_db()
    assert interview.status == "published"
    Interview.objects.update(status="review")
    desk.post(change_url(film), filled(desk, change_url(film), status="archived"))
    interview.refresh_from_db()
    assert interview.status == "review"


def test_a_save_is_stale_when_the_interview_changed(desk: Client) -> None:
    film = make_film(title="鹿")
    interview = talk_with("旧", film=film, interviewer="NOWNESS")
    mine = filled(desk, change_url(film), interviewer="我", **{"exchanges-0-answer": "我的"})
    talk = reverse("admin:films_interview_change", args=[interview.pk])
    desk.post(talk, filled(desk, talk, **{"exchanges-0-answer": "别人的"}))
    response = desk.post(change_url(film), mine)
    assert errors_of(response) == [[str(STALE)]]
    found = [(one.label, one.typed, one.stored) for one in response.context["differences"]]
    assert found == [("采访者", "我", "NOWNESS"), ("问答 1 · 答", "我的", "别人的")]
    assert answers_of(film) == ["别人的"]
    assert desk.post(change_url(film), redisplayed(response)).status_code == 302
    assert answers_of(film) == ["我的"]


def test_answers_that_someone_removed_keep_what_was_typed_in_them(desk: Client) -> None:
    film = make_film()
    interview = talk_with("甲", "乙", film=film)
    mine = filled(desk, change_url(film), **{"exchanges-0-answer": "我的甲", "exchanges-1-answer": "我的乙"})
    first = interview.exchanges.first()
    assert first is not None
    deleted(desk, reverse("admin:films_exchange_delete", args=[first.pk]))
    response = desk.post(change_url(film), mine)
    assert errors_of(response) == [[str(STALE)]]
    assert desk.post(change_url(film), redisplayed(response)).status_code == 302
    assert sorted(answers_of(film)) == ["我的乙", "我的甲"]


def test_an_interview_begun_by_someone_else_is_not_doubled(desk: Client) -> None:
    film = make_film()
    mine = filled(desk, change_url(film), **rows({"answer": "我的"}))
    talk_with("别人的", film=film)
    response = desk.post(change_url(film), mine)
    assert errors_of(response) == [[str(STALE)]]
    assert desk.post(change_url(film), redisplayed(response)).status_code == 302
    assert sorted(answers_of(film)) == ["别人的", "我的"]


def test_rows_of_another_film_cannot_be_reached(desk: Client) -> None:
    film, other = make_film(), make_film()
    talk_with("甲", film=film)
    foreign = talk_with("别人的", film=other).exchanges.get()
    url = change_url(film)
    forged = {
        "exchanges-0-id": foreign.pk,
        "exchanges-0-answer": "改了",
        "exchanges-0-interview": foreign.interview_id,
    }
    response = desk.post(url, filled(desk, url, **forged))
    assert response.status_code == 200
    desk.post(url, filled(desk, url, **forged, **{"exchanges-0-DELETE": "on"}))
    assert (answers_of(film), answers_of(other)) == (["甲"], ["别人的"])


def test_who_may_not_edit_interviews_reads_them_here(desk_of: Any) -> None:
    film = make_film()
    interview = talk_with("甲", film=film)
    client = desk_of("view_film", "change_film", "view_interview", "view_exchange")
    page = client.get(change_url(film))
    assert "甲" in page.text
    assert 'name="exchanges-0-answer"' not in page.text
    assert 'name="interviewer"' not in page.text
    forged = filled(client, change_url(film)) | row(0, id=interview.exchanges.get().pk, answer="改了") | row(1)
    forged |= {"exchanges-TOTAL_FORMS": "2", "exchanges-INITIAL_FORMS": "1"}
    forged |= {"talk_version": "1", "interviewer": "改了", "dialogue": "问：乙？", "title": "好"}
    assert client.post(change_url(film), forged).status_code == 302
    interview.refresh_from_db()
    assert (answers_of(film), interview.interviewer, interview.version) == (["甲"], "NOWNESS", 1)
    assert Film.objects.get().title == "好"


def test_who_may_edit_interviews_edits_them_here(desk_of: Any) -> None:
    film = make_film()
    talk_with("甲", film=film)
    client = desk_of("view_film", "change_film", "view_interview", "change_interview")
    client.post(change_url(film), filled(client, change_url(film), **{"exchanges-0-answer": "甲甲"}))
    assert answers_of(film) == ["甲甲"]


def test_between_several_makers_the_question_remains(desk: Client) -> None:
    film = make_film(creator=make_creator(name="阿米"))
    Credit.objects.create(film=film, creator=make_creator(name="小鹿"))
    three = rows({}, {"speaker_label": "小鹿"}, {"speaker_label": "制片人老王"})
    response = desk.post(change_url(film), filled(desk, change_url(film), **three), follow=True)
    found = film.interviews.get().exchanges.values_list("speaker__name", "speaker_label")
    assert list(found) == [(None, ""), ("小鹿", "小鹿"), (None, "制片人老王")]
    assert [str(message) for message in response.context["messages"]][-1:] != []
    assert "第 1 段问答还没有答者" in response.text


def test_another_voice_is_not_taken_for_the_sole_maker(desk: Client) -> None:
    film = make_film(creator=make_creator(name="阿米"))
    three = rows({"speaker_label": "答"}, {"speaker_label": "导演阿米"}, {"speaker_label": "制片人老王"})
    desk.post(change_url(film), filled(desk, change_url(film), **three))
    found = film.interviews.get().exchanges.values_list("speaker__name", flat=True)
    assert list(found) == ["阿米", "阿米", None]


def test_a_quote_must_stand_in_an_answer_as_it_is_now(desk: Client) -> None:
    film = make_film()
    interview = talk_with("我想停下来。", film=film)
    film.pull_quote, film.pull_quote_exchange = "我想停下来。", interview.exchanges.get()
    film.save()
    url = change_url(film)
    response = desk.post(url, filled(desk, url, **{"exchanges-0-answer": "我要走。"}))
    assert errors_of(response) == [["所选的回答里没有这句话。引文要逐字摘自本片的一段回答。"]]
    assert (
        desk.post(url, filled(desk, url, pull_quote="我要走。", **{"exchanges-0-answer": "我要走。"})).status_code
        == 302
    )


DIALOGUE = """开场的一句话。

NOWNESS：你是怎么开始的?

阿米：从一张图，⻛格很旧。

后来就多了。

（图片来源：网络）

NOWNESS：最难的是什么？
小王：停下来。

NOWNESS：还有呢？"""


def shown_rows(response: Any) -> list[tuple[str, ...]]:
    formset = next(f.formset for f in response.context["inline_admin_formsets"] if f.formset.prefix == "exchanges")
    names = ("position", "question", "answer", "speaker_label")
    return [tuple(str(form[name].value() or "") for name in names) for form in formset.forms]


def test_a_dialogue_is_divided_before_anything_is_stored(desk: Client) -> None:
    maker = make_creator(name="阿米")
    typed = {"title": "鹿", "made_from": "去年", "dialogue": DIALOGUE.replace("\n", "\r\n"), "_divide": "1"}
    response = desk.post(ADD, filled(desk, ADD, **typed, **{"credits-0-creator": maker.pk}))
    assert response.status_code == 200
    assert errors_of(response) == []
    assert shown_rows(response) == [
        ("1", "你是怎么开始的？", "从一张图，风格很旧。\n\n后来就多了。", "阿米"),
        ("2", "最难的是什么？", "停下来。", "小王"),
    ]
    form = response.context["adminform"].form
    assert (form["title"].value(), form["interviewer"].value()) == ("鹿", "NOWNESS")
    assert form["dialogue"].value() == "开场的一句话。\n（图片来源：网络）\nNOWNESS：还有呢？"
    remarks = [(remark.line, remark.text) for remark in response.context["divided"].remarks]
    assert remarks == [(1, "开场的一句话。"), (9, "（图片来源：网络）"), (14, "NOWNESS：还有呢？")]
    assert "提问“还有呢？”没有回答" in response.text
    assert not Film.objects.exists()

    data = redisplayed(response) | {"made_from": "2024"}
    assert errors_of(desk.post(ADD, data)) == [["框里还有文字没有分进问答，保存会丢失它。请先分成问答，或清空此框。"]]
    assert desk.post(ADD, data | {"dialogue": " "}).status_code == 302
    found = Exchange.objects.values_list("speaker__name", "speaker_label", "answer")
    assert list(found) == [("阿米", "阿米", "从一张图，风格很旧。\n\n后来就多了。"), (None, "小王", "停下来。")]


def test_a_dialogue_goes_behind_the_rows_that_are_there(desk: Client) -> None:
    film = make_film(creator=make_creator(name="阿米"))
    talk_with("甲", film=film)
    typed = {"dialogue": "问：乙？\n答：乙乙。", "exchanges-0-answer": "甲甲", "_divide": "1"}
    response = desk.post(change_url(film), filled(desk, change_url(film), **typed))
    assert [answer for _n, _q, answer, _l in shown_rows(response)] == ["甲甲", "乙乙。"]
    assert desk.post(change_url(film), redisplayed(response)).status_code == 302
    assert answers_of(film) == ["甲甲", "乙乙。"]
    assert film.interviews.get().exchanges.last().speaker.name == "阿米"


def test_labels_are_named_where_none_was_found(desk: Client) -> None:
    talk = "张三：你看。\n李四：我觉得不错。"
    response = desk.post(ADD, filled(desk, ADD, dialogue=talk, _divide="1"))
    assert "没有认出对话" in response.text
    assert response.context["adminform"].form["dialogue"].value() == talk
    again = redisplayed(response) | {"dialogue_asker": "张三", "dialogue_answerers": "李四，王五", "_divide": "1"}
    assert shown_rows(desk.post(ADD, again)) == [("1", "你看。", "我觉得不错。", "李四")]


def test_what_has_no_room_stays_in_the_box(desk: Client) -> None:
    talk = "\n".join(f"问：{n}？\n答：{n}。" for n in range(210))
    response = desk.post(ADD, filled(desk, ADD, dialogue=talk, _divide="1"))
    assert len(shown_rows(response)) == 200
    assert response.context["adminform"].form["dialogue"].value().startswith("问：200？\n答：200。")
    assert "一张表单最多 200 段问答" in response.text
    assert desk.post(ADD, redisplayed(response) | {"dialogue": ""}).status_code == 302
    assert Exchange.objects.count() == 200


def test_a_talk_that_is_far_too_long_is_refused_in_a_sentence(desk: Client) -> None:
    response = desk.post(ADD, filled(desk, ADD, dialogue="问\n" * 20_001, _divide="1"))
    assert "20001 行带文字" in response.text
    assert len(response.context["adminform"].form["dialogue"].value()) == 40_002


def test_a_divided_form_that_is_stale_is_still_refused(desk: Client) -> None:
    film = make_film()
    mine = filled(desk, change_url(film), dialogue="问：乙？\n答：乙乙。", _divide="1")
    desk.post(change_url(film), filled(desk, change_url(film), synopsis="别人的。"))
    shown = desk.post(change_url(film), mine)
    assert errors_of(desk.post(change_url(film), redisplayed(shown))) == [[str(STALE)]]


POSTER = "/admin/films/film/poster/"


def test_the_poster_is_drawn_from_what_is_typed(desk: Client) -> None:
    edition = make_edition(theme="极乐世界", year=2025)
    facts = {"title": "梅花<鹿", "poster_pigment": "cinnabar", "poster_figure": "sun", "edition": edition.pk}
    credited = {"credits-TOTAL_FORMS": "1", "credits-0-maker_name": "阿米&"}
    response = desk.post(POSTER, facts | credited)
    assert (response["Content-Type"], response["Cache-Control"].split(",")[0]) == ("image/svg+xml", "no-store")
    for words in ('data-pigment="cinnabar"', "阿米&amp;", "&lt;", "极乐世界 2025"):
        assert words in response.text
    assert "<鹿" not in response.text
    assert not Film.objects.exists()


def test_the_live_poster_is_the_one_that_saving_gives(desk: Client) -> None:
    data = filled(
        desk, ADD, title="梅花鹿", status="published", synopsis="一句话。", **{"credits-0-maker_name": "阿米"}
    )
    live = desk.post(POSTER, data).text
    desk.post(ADD, data)
    film = Film.objects.get()
    assert live in desk.get(change_url(film)).text
    assert live in Client().get(film.get_absolute_url()).text


@pytest.mark.parametrize(
    "forged",
    [
        {"edition": "9" * 40},
        {"edition": "x", "credits-TOTAL_FORMS": "x"},
        {"credits-TOTAL_FORMS": "1", "credits-0-creator": "9" * 40, "credits-0-position": "x"},
        {"poster_pigment": "plaid", "poster_figure": "<svg>", "poster_composition": "none"},
        {"title": "长" * 9000},
    ],
)
def test_no_facts_break_the_poster(forged: dict[str, str], desk: Client) -> None:
    response = desk.post(POSTER, forged)
    assert response.text.startswith("<svg")
    assert "<svg>" not in response.text[4:]


def test_without_a_script_a_button_redraws_the_poster(desk: Client) -> None:
    film = make_film(title="旧", status="draft")
    response = desk.post(
        change_url(film), filled(desk, change_url(film), title="新的", poster_pigment="lapis", _poster="1")
    )
    assert 'data-pigment="lapis"' in response.text.split('id="live-poster"')[1].split("</svg>")[0]
    film.refresh_from_db()
    assert film.title == "旧"
    assert response.context["adminform"].form["title"].value() == "新的"


def test_only_editors_of_films_get_a_poster_drawn(desk_of: Any, client: Client) -> None:
    assert desk_of("view_film").post(POSTER, {"title": "鹿"}).status_code == 403
    assert desk_of("view_film", "change_film").post(POSTER, {"title": "鹿"}).status_code == 200
    assert client.post(POSTER, {"title": "鹿"}).status_code == 302
    assert desk_of("add_film").get(POSTER).status_code == 405


def test_nobody_learns_from_the_poster_who_is_not_public(desk_of: Any) -> None:
    """Whoever may only add films chooses from public people; a key that was guessed gives no name away."""
    make_film(creator=make_creator(name="已公开"))
    hidden = make_creator(name="未公开")
    shown = Creator.objects.get(name="已公开")
    client = desk_of("add_film")
    for maker, found in ((shown, True), (hidden, False)):
        facts = {"title": "鹿", "credits-TOTAL_FORMS": "1", "credits-0-creator": maker.pk}
        assert (maker.name in client.post(POSTER, facts).text) is found


def test_who_adds_films_of_their_own_writes_the_talk_too(desk_of: Any) -> None:
    client = desk_of("add_film", "add_interview", "add_creator")
    values = {"title": "鹿", "credits-0-maker_name": "阿米", "dialogue": "问：乙？\n阿米：乙乙。", "_divide": "1"}
    response = client.post(ADD, filled(client, ADD, **values))
    assert client.post(ADD, redisplayed(response)).status_code == 302
    film = Film.objects.get()
    assert (film.status, film.interviews.get().status) == (Status.DRAFT, Status.DRAFT)
    assert list(Exchange.objects.values_list("speaker__name", "answer")) == [("阿米", "乙乙。")]
    client.post(change_url(film), filled(client, change_url(film), **{"exchanges-0-answer": "丙。"}))
    assert answers_of(film) == ["丙。"]


def test_the_list_shows_each_poster(desk: Client) -> None:
    make_film(poster_pigment="lapis")
    page = desk.get(reverse("admin:films_film_changelist")).text
    assert 'class="thumbnail"><svg class="poster" data-pigment="lapis"' in page


def test_long_texts_say_how_long_they_are(desk: Client) -> None:
    film = make_film(synopsis="一" * 800)
    talk_with("我用 AI 做的。", film=film)
    page = desk.get(change_url(film)).text
    assert "800 字 · 约 2 分钟" in page
    assert "5 字 · 约 1 秒" in page
