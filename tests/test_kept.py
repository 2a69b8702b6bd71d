"""What is counted once and kept until content changes."""

import datetime as dt
from array import array

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from films.kept import kept
from films.models import Film
from tests.factories import make_film


def count() -> int:
    return kept("films", Film.objects.published().count)


def queries() -> int:
    with CaptureQueriesContext(connection) as captured:
        count()
    return sum("COUNT" in query["sql"] for query in captured.captured_queries)


@pytest.mark.django_db(transaction=True)
def test_counted_once_and_anew_when_content_changes():
    make_film()
    count()
    assert count() == 1
    make_film()
    assert count() == 2
    Film.objects.all().update(status="draft")
    assert count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_comes_due_by_itself_is_counted():
    now = timezone.now()
    make_film(publish_at=now + dt.timedelta(hours=1))
    make_film(unpublish_at=now + dt.timedelta(hours=2))
    assert count() == 1
    with time_machine.travel(now + dt.timedelta(minutes=61)):
        assert count() == 2
    with time_machine.travel(now + dt.timedelta(minutes=121)):
        assert count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_a_transaction_has_not_committed_is_kept_by_nobody():
    count()
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012 (the whole transaction is undone)
        make_film()
        assert count() == 1
        raise ZeroDivisionError
    assert count() == 0


@pytest.mark.django_db
def test_inside_a_transaction_that_wrote_each_question_is_asked():
    make_film()
    assert queries() == queries() == 1


@pytest.mark.django_db(transaction=True)
def test_the_numbers_of_rows_are_kept_up_to_a_bound_the_least_used_dropped_first(monkeypatch):
    monkeypatch.setattr("films.kept.MOST_BYTES", 3000)
    made = []

    def numbers(name: str) -> array:
        return kept(("numbers", name), lambda: made.append(name) or array("I", range(250)))

    for name in "abcabda":
        assert list(numbers(name)) == list(range(250))
    assert made == ["a", "b", "c", "d"]
    numbers("c")
    assert made == ["a", "b", "c", "d", "c"]


@pytest.mark.django_db(transaction=True)
def test_what_was_read_before_a_change_is_not_kept_after_it():
    def films() -> int:
        return Film.objects.published().count()

    def both() -> int:
        found = films()
        make_film()
        return kept("within", lambda: found)

    assert kept("around", both) == 0
    assert (kept("within", films), kept("around", films)) == (1, 1)
