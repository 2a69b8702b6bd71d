"""Interviews: questions in order, speakers by default, and one version for the whole talk."""

from typing import Any

from django.test import Client
from django.urls import reverse

from films.models import Credit, Exchange, Interview
from tests.admin.forms import deleted, errors_of, filled
from tests.factories import make_creator, make_exchange, make_film, make_interview


def change_url(row: Any) -> str:
    return reverse(f"admin:films_{row._meta.model_name}_change", args=[row.pk])


def with_new_exchange(desk: Client, interview: Interview, **values: Any) -> dict[str, Any]:
    url = change_url(interview)
    number = interview.exchanges.count()
    row = {"position": "0", "question": "问", "answer": "答", "speaker": "", "topic": "", "speaker_label": ""} | values
    added = {f"exchanges-{number}-{name}": value for name, value in row.items()}
    return filled(desk, url) | added | {"exchanges-TOTAL_FORMS": str(number + 1)}


def test_a_new_answer_is_the_sole_makers_and_goes_to_the_end(desk: Client) -> None:
    film = make_film(creator=make_creator(name="JYT"))
    interview = make_interview(film=film, exchanges=0)
    make_exchange(interview=interview, position=5)
    assert desk.post(change_url(interview), with_new_exchange(desk, interview)).status_code == 302
    last = interview.exchanges.last()
    assert (last.position, last.speaker.name, last.anchor) == (6, "JYT", 2)


def test_a_speaker_is_not_guessed_between_two_makers(desk: Client) -> None:
    film = make_film()
    Credit.objects.create(film=film, creator=make_creator())
    interview = make_interview(film=film, exchanges=0)
    desk.post(change_url(interview), with_new_exchange(desk, interview))
    assert interview.exchanges.get().speaker is None


def test_a_speaker_who_was_chosen_is_kept_and_old_rows_are_left_alone(desk: Client) -> None:
    interview = make_interview(film=make_film(), exchanges=1)
    guest = make_creator(name="客人")
    desk.post(change_url(interview), with_new_exchange(desk, interview, speaker=guest.pk))
    assert [exchange.speaker for exchange in interview.exchanges.all()] == [None, guest]


def test_a_question_without_an_answer_is_refused_and_kept(desk: Client) -> None:
    interview = make_interview(film=make_film(), exchanges=0)
    response = desk.post(change_url(interview), with_new_exchange(desk, interview, answer=" "))
    assert errors_of(response) == [["这个字段是必填项。"]]
    assert response.context["inline_admin_formsets"][0].formset.forms[0]["question"].value() == "问"
    assert not interview.exchanges.exists()


def test_questions_change_places_by_their_numbers(desk: Client) -> None:
    interview = make_interview(exchanges=0, heading="圆桌")
    for position, question in enumerate(("甲", "乙", "丙"), 1):
        make_exchange(interview=interview, position=position, question=question)
    url = change_url(interview)
    desk.post(url, filled(desk, url, **{"exchanges-2-position": "0", "exchanges-0-DELETE": "on"}))
    assert list(interview.exchanges.values_list("question", flat=True)) == ["丙", "乙"]


def test_an_exchange_cannot_be_moved_to_another_interview(desk: Client) -> None:
    exchange = make_exchange(interview=make_interview(heading="甲", exchanges=0))
    other = make_interview(heading="乙")
    url = change_url(exchange)
    assert desk.post(url, filled(desk, url, interview=other.pk, answer="新的。")).status_code == 302
    exchange.refresh_from_db()
    assert (exchange.interview.heading, exchange.answer) == ("甲", "新的。")


def test_an_exchange_added_alone_goes_to_the_end_of_its_interview(desk: Client) -> None:
    interview = make_interview(film=make_film(creator=make_creator(name="阿米")), exchanges=0)
    make_exchange(interview=interview, position=3)
    url = reverse("admin:films_exchange_add")
    desk.post(url, filled(desk, url, interview=interview.pk, question="还有吗？", answer="没有了。"))
    added = Exchange.objects.latest("pk")
    assert (added.position, added.speaker.name) == (4, "阿米")
    interview.refresh_from_db()
    assert interview.version == 2


def test_deleting_an_exchange_changes_its_interview(desk: Client) -> None:
    interview = make_interview(exchanges=3)
    first, second, third = interview.exchanges.all()
    deleted(desk, reverse("admin:films_exchange_delete", args=[first.pk]))
    chosen = {"action": "delete_selected", "_selected_action": [second.pk, third.pk]}
    deleted(desk, reverse("admin:films_exchange_changelist"), **chosen)
    interview.refresh_from_db()
    assert (interview.exchanges.count(), interview.version) == (0, 3)


def test_a_maker_who_speaks_cannot_be_deleted_and_the_desk_says_why(desk: Client) -> None:
    speaker = make_creator(name="CamRed")
    make_exchange(interview=make_interview(heading="圆桌", exchanges=0), speaker=speaker, question="怎么看？")
    response = deleted(desk, reverse("admin:films_creator_delete", args=[speaker.pk]))
    assert response.status_code == 200
    assert "怎么看？" in response.text
    speaker.refresh_from_db()


def posted_again(response: Any) -> dict[str, Any]:
    form = response.context["adminform"].form
    rows = [inline.formset.data for inline in response.context["inline_admin_formsets"]]
    data = {key: value for one in (form.data, *rows) for key, value in one.items()}
    return {key: value for key, value in data.items() if not key.startswith("_")}


def test_a_dialogue_is_pasted_into_an_interview_and_divided_before_anything_is_stored(desk: Client) -> None:
    film = make_film(creator=make_creator(name="阿米"))
    talk = make_interview(film=film, exchanges=1)
    url, pasted = change_url(talk), "NOWNESS：乙？\r\n阿米：乙乙。\r\nNOWNESS：丙？"
    response = desk.post(url, filled(desk, url, dialogue=pasted, _divide="1"))
    assert (response.status_code, errors_of(response), talk.exchanges.count()) == (200, [], 1)
    data = posted_again(response)
    assert (data["dialogue"], data["exchanges-1-question"], data["exchanges-1-answer"]) == (
        "NOWNESS：丙？",
        "乙？",
        "乙乙。",
    )
    assert errors_of(desk.post(url, data)) == [["框里还有文字没有分进问答，保存会丢失它。请先分成问答，或清空此框。"]]
    assert desk.post(url, data | {"dialogue": ""}).status_code == 302
    added = talk.exchanges.last()
    assert (talk.exchanges.count(), added.answer, added.speaker.name) == (2, "乙乙。", "阿米")


def test_who_may_only_read_an_interview_sees_no_box_to_paste_into(desk_of: Any) -> None:
    url = change_url(make_interview(heading="圆桌"))
    page = desk_of("view_interview").get(url)
    assert (page.status_code, "id_dialogue" in page.text) == (200, False)
    assert 'id="id_dialogue"' in desk_of("view_interview", "change_interview").get(url).text
