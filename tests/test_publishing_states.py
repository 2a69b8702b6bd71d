"""An entry's whole life against a plain model of it: what visitors see always follows."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from films import preview, publishing
from films.choices import Status
from films.models import Film, User
from tests.factories import make_film, make_interview

START = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


class Life(RuleBasedStateMachine):
    """`status`, `begins`, `ends`, `link` are the plain model; hours count from the start."""

    def __init__(self) -> None:
        super().__init__()
        self.hour, self.status, self.begins, self.ends = 0, "draft", None, None
        # When the link was made and until when it opens; and since when the entry was last seen public.
        self.link: tuple[int, int] | None = None
        self.exists = True
        self.clock = time_machine.travel(START, tick=False)
        self.traveller = self.clock.start()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)
        self.clock.stop()

    @initialize()
    def begin(self) -> None:
        self.boss = User.objects.create_superuser("boss")
        self.key = make_film(status="draft").pk
        self.talk = make_interview(film_id=self.key).pk

    @property
    def film(self) -> Film:
        return Film.objects.get(pk=self.key)

    def moment(self, hour: int | None) -> dt.datetime | None:
        return None if hour is None else START + dt.timedelta(hours=hour)

    def is_public(self) -> bool:
        begun = self.begins is None or self.begins <= self.hour
        return self.exists and self.status == "published" and begun and (self.ends is None or self.hour < self.ends)

    @precondition(lambda self: self.exists)
    @rule(data=st.data())
    def move_on(self, data: st.DataObject) -> None:
        self.move(data.draw(st.sampled_from(publishing.MOVES[Status(self.status)])))

    @precondition(lambda self: self.exists)
    @rule(to=st.sampled_from(Status))
    def move(self, to: Status) -> None:
        film, was_public = self.film, self.is_public()
        legal = to in publishing.MOVES[Status(self.status)]
        ready = (
            to != "published"
            or self.ends is None
            or self.ends > max(self.hour, self.ends - 1 if self.begins is None else self.begins)
        )
        try:
            publishing.move(film, to, self.boss)
        except Exception:
            assert not (legal and ready)
            return
        assert legal
        assert ready
        self.status = str(to.value)
        if was_public and to != "published":
            self.link = None
        if to == "published" and self.link:
            begins = self.hour if self.begins is None else self.begins
            self.link = self.link[0], min(self.link[1], begins)

    @precondition(lambda self: self.exists and self.status != "published")
    @rule(soon=st.none() | st.integers(-4, 12), lasts=st.none() | st.integers(1, 12))
    def schedule(self, soon: int | None, lasts: int | None) -> None:
        self.begins = None if soon is None else self.hour + soon
        self.ends = None if lasts is None else (self.hour if self.begins is None else self.begins) + lasts
        film = self.film
        film.publish_at, film.unpublish_at = self.moment(self.begins), self.moment(self.ends)
        film.save()

    @rule(hours=st.integers(1, 12))
    def wait(self, hours: int) -> None:
        self.hour += hours
        self.traveller.move_to(START + dt.timedelta(hours=self.hour))

    @precondition(lambda self: self.exists)
    @rule(days=st.integers(1, 2))
    def make_link(self, days: int) -> None:
        self.row = preview.make(self.film, self.boss, days)
        self.link = self.hour, self.hour + 24 * days

    @precondition(lambda self: self.exists)
    @rule()
    def withdraw(self) -> None:
        preview.withdraw(self.film)
        self.link = None

    @precondition(lambda self: self.exists and self.hour > 48)
    @rule()
    def delete(self) -> None:
        self.film.delete()
        self.exists = False

    @invariant()
    def visitors_see_what_the_model_says(self) -> None:
        if not hasattr(self, "key"):
            return
        rows = Film.objects.filter(pk=self.key)
        expected = [self.key] if self.is_public() else []
        assert list(rows.published().values_list("pk", flat=True)) == expected
        assert [film.is_published for film in rows] == ([bool(expected)] if self.exists else [])
        assert publishing_of_talk(self.talk) == bool(expected)

    @invariant()
    def a_link_opens_only_what_is_hidden(self) -> None:
        found: Any = preview.read(preview.token_of(self.row)) if hasattr(self, "row") else None
        opens = found is not None and not found.is_over
        may_open = self.exists and self.link is not None and self.hour < self.link[1] and not self.is_public()
        assert may_open or not opens


def publishing_of_talk(key: int) -> bool:
    """The interview is published itself, and hangs on its film."""
    return Film._meta.get_field("interviews").related_model.objects.published().filter(pk=key).exists()


@pytest.mark.django_db
def test_visibility_follows_every_life() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=20, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
