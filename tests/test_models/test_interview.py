import pytest

from films.models import Exchange, Interview
from tests.factories import make_exchange, make_film, make_interview

pytestmark = pytest.mark.django_db


def anchors(interview: Interview) -> list[int]:
    return list(Exchange.objects.filter(interview=interview).order_by("pk").values_list("anchor", flat=True))


def test_answers_are_numbered_as_they_come():
    assert anchors(make_interview(exchanges=3)) == [1, 2, 3]


def test_an_anchor_stays_when_answers_move():
    interview = make_interview(exchanges=3)
    first = interview.exchanges.order_by("pk")[0]
    first.position = 99
    first.save()
    assert anchors(interview) == [1, 2, 3]


def test_the_anchor_of_a_deleted_answer_is_never_given_again():
    interview = make_interview(exchanges=3)
    interview.exchanges.get(anchor=3).delete()
    assert make_exchange(interview=Interview.objects.get()).anchor == 4


def test_anchors_are_never_given_again_after_all_answers_went():
    interview = make_interview(exchanges=2)
    interview.exchanges.all().delete()
    assert make_exchange(interview=Interview.objects.get()).anchor == 3


def test_two_talks_on_one_films_page_share_no_anchor():
    film = make_film()
    one, two = make_interview(film=film, exchanges=2), make_interview(film=film, exchanges=2)
    make_exchange(interview=one)
    assert anchors(one) == [1, 2, 5]
    assert anchors(two) == [3, 4]


def test_talks_on_pages_of_their_own_each_begin_at_one():
    assert anchors(make_interview(exchanges=1)) == anchors(make_interview(exchanges=1)) == [1]


def test_an_instance_loaded_before_gives_no_anchor_twice():
    one = make_interview(exchanges=0)
    same = Interview.objects.get()
    assert [make_exchange(interview=talk).anchor for talk in (one, same, one)] == [1, 2, 3]


def test_saving_the_talk_again_does_not_wind_the_anchors_back():
    stale = make_interview(exchanges=0)
    make_exchange(interview=Interview.objects.get())
    stale.heading = "圆桌"
    stale.save()
    Exchange.objects.all().delete()
    assert make_exchange(interview=Interview.objects.get()).anchor == 2


def test_an_anchor_is_given_even_when_some_fields_are_saved():
    interview = make_interview(exchanges=0)
    exchange = make_exchange(interview=interview)
    Exchange.objects.update(anchor=0)
    exchange.refresh_from_db()
    exchange.answer = "改过"
    exchange.save(update_fields=["answer"])
    after = Exchange.objects.get()
    assert (after.anchor, after.answer) == (2, "改过")


def test_an_answer_is_read_in_the_order_of_the_talk():
    interview = make_interview(exchanges=0)
    second, first = make_exchange(interview=interview, position=2), make_exchange(interview=interview, position=1)
    assert list(interview.exchanges.all()) == [first, second]


def test_an_answer_about_a_film_is_addressed_on_the_films_page():
    film = make_film(slug="lu")
    exchange = make_interview(film=film).exchanges.get()
    assert exchange.get_absolute_url() == f"{film.get_absolute_url()}#a1"
    assert film.get_absolute_url() == "/films/lu/"


def test_an_answer_about_no_film_is_addressed_on_the_talks_page():
    exchange = make_interview(heading="圆桌").exchanges.get()
    assert exchange.get_absolute_url() == "/interviews/yuan-zhuo/#a1"
