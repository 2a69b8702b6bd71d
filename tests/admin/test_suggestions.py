"""The page of suggested topics: nothing is filed but what a person chose from what it offers."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from reversion.models import Revision

from films.admin.suggestions import PER_PAGE
from films.models import Exchange, Interview, Topic
from tests.factories import make_exchange, make_film, make_interview, make_topic

PAGE = "admin:suggestions"
LIKE = "制作中最大的困难是什么？"


@pytest.fixture
def hardest(db: None) -> Topic:
    topic = make_topic(name="最大的困难是什么?", name_en="What was hardest?")
    make_topic(name="声音与音乐", name_en="Sound and music")
    return topic


def asked(question: str = LIKE, **values: Any) -> Exchange:
    return make_exchange(interview=make_interview(film=make_film(), exchanges=0), question=question, **values)


def sent(client: Client, **choices: Any) -> Any:
    """The page as a browser would send it, with some topics chosen."""
    questions = client.get(reverse(PAGE)).context["questions"]
    data = {f"topic-{question.exchange.pk}": "" for question in questions}
    data |= {f"version-{q.exchange.interview_id}": q.exchange.interview.version for q in questions}
    return client.post(reverse(PAGE), data | choices)


def test_like_questions_are_offered_and_nothing_is_chosen_beforehand(hardest: Topic, desk: Client) -> None:
    like, unlike, filed = asked(), asked("您吃了没有？"), asked(topic=hardest)
    response = desk.get(reverse(PAGE))
    [question] = response.context["questions"]
    assert question.exchange == like
    assert [offer.name for offer in question.offers] == [hardest.name]
    assert response.context["others"] == 1
    assert f'name="topic-{like.pk}" value="" checked' in response.text
    assert response.text.count(" checked") == 1
    sent(desk)
    assert list(Exchange.objects.filter(topic=None)) == [like, unlike]
    assert Revision.objects.count() == 0
    assert filed.topic == hardest


def test_what_is_chosen_is_filed_at_once_and_leaves_a_trace(hardest: Topic, desk: Client) -> None:
    one, two, left = asked(), asked(LIKE + "请讲讲"), asked(LIKE + "请")
    response = sent(desk, **{f"topic-{one.pk}": hardest.pk, f"topic-{two.pk}": hardest.pk})
    assert response.status_code == 302
    assert set(hardest.exchanges.all()) == {one, two}
    assert [q.exchange for q in desk.get(reverse(PAGE)).context["questions"]] == [left]
    assert LogEntry.objects.filter(object_id__in=[one.pk, two.pk]).count() == 2
    last = Revision.objects.latest("pk")
    assert last.user is not None
    assert last.user.username == "editor"
    kept = {version.object_id for version in last.version_set.all() if version._model is Interview}
    assert kept == {str(one.interview_id), str(two.interview_id)}


def test_only_what_the_page_offers_is_accepted(hardest: Topic, desk: Client) -> None:
    like, unlike, filed = asked(), asked("您吃了没有？"), asked(topic=hardest)
    music = Topic.objects.exclude(pk=hardest.pk).get()
    forged = {
        f"topic-{like.pk}": music.pk,
        f"topic-{unlike.pk}": hardest.pk,
        f"topic-{filed.pk}": music.pk,
        "topic-999": hardest.pk,
        "topic-x": "1",
        f"version-{unlike.interview_id}": 1,
        f"version-{filed.interview_id}": 1,
    }
    sent(desk, **forged)
    sent(desk, **{f"topic-{like.pk}": "9" * 40})
    sent(desk, **{f"topic-{like.pk}": "1 OR 1"})
    assert list(Exchange.objects.order_by("pk").values_list("topic", flat=True)) == [None, None, hardest.pk]


def test_a_stale_choice_is_refused_and_kept_in_the_form(hardest: Topic, desk: Client) -> None:
    like = asked()
    talk = like.interview
    old = {f"topic-{like.pk}": hardest.pk, f"version-{talk.pk}": talk.version}
    Interview.objects.filter(pk=talk.pk).update(version=5)
    response = desk.post(reverse(PAGE), old)
    assert response.status_code == 200
    assert "有 1 问没有归题" in response.text
    [question] = response.context["questions"]
    assert (question.is_stale, question.offers[0].is_chosen) == (True, True)
    assert f'name="version-{talk.pk}" value="5"' in response.text
    assert not hardest.exchanges.exists()
    assert desk.post(reverse(PAGE), old | {f"version-{talk.pk}": 5}).status_code == 302
    assert list(hardest.exchanges.all()) == [like]


def test_english_readers_read_english_names(hardest: Topic, desk: Client) -> None:
    asked()
    page = desk.get(reverse(PAGE), headers={"accept-language": "en"}).text
    assert "What was hardest?" in page
    assert "Leave it for now" in page


def test_long_lists_come_in_pages(hardest: Topic, desk: Client) -> None:
    talk = make_interview(exchanges=0)
    for _ in range(PER_PAGE + 1):
        make_exchange(interview=talk, question=LIKE)
    assert len(desk.get(reverse(PAGE)).context["questions"]) == PER_PAGE
    assert len(desk.get(reverse(PAGE), {"page": 2}).context["questions"]) == 1


def test_only_who_may_change_answers_files_them(hardest: Topic, desk_of: Any, client: Client) -> None:
    like = asked()
    choice = {f"topic-{like.pk}": hardest.pk, f"version-{like.interview_id}": 1}
    assert client.post(reverse(PAGE), choice).status_code == 302
    for rights in (["view_exchange", "view_topic"], ["view_film"], ["change_exchange"]):
        reader = desk_of(*rights)
        assert reader.get(reverse(PAGE)).status_code == 403
        assert reader.post(reverse(PAGE), choice).status_code == 403
        assert reverse(PAGE) not in reader.get(reverse("admin:index")).text
    assert not hardest.exchanges.exists()
    writer = desk_of("change_exchange", "view_topic")
    assert reverse(PAGE) in writer.get(reverse("admin:index")).text
    writer.post(reverse(PAGE), choice)
    assert list(hardest.exchanges.all()) == [like]


def test_the_page_costs_the_same_for_one_question_and_three(
    hardest: Topic, desk: Client, same_query_count: Any
) -> None:
    assert same_query_count(asked, lambda: desk.get(reverse(PAGE))) <= 8
