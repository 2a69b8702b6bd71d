"""Links to unpublished entries: signed, short-lived, withdrawn at will."""

import datetime as dt

import pytest
import time_machine
from django.core import signing
from django.utils import timezone

from films import preview
from films.choices import Status
from films.models import Film, Preview, User
from films.publishing import move
from tests.factories import make_edition, make_film, make_interview

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def boss():
    return User.objects.create_superuser("boss")


def opened(link: Preview) -> preview.Opened | None:
    return preview.read(preview.token_of(link))


@pytest.mark.parametrize("make", [make_film, make_interview, make_edition])
def test_a_link_opens_its_entry(make, boss):
    entry = make(status="draft")
    found = opened(preview.make(entry, boss, 7))
    assert (found.entry, found.is_over) == (entry, False)
    assert found.expires_at - timezone.now() <= 7 * DAY


def test_a_link_is_good_for_as_long_as_was_said(boss):
    link = preview.make(make_film(status="draft"), boss, 2)
    with time_machine.travel(link.made_at + 2 * DAY - dt.timedelta(seconds=5), tick=False):
        assert opened(link) is not None
    with time_machine.travel(link.made_at + 2 * DAY, tick=False):
        assert opened(link) is None


@pytest.mark.parametrize("days", [0, 8, -1])
def test_no_link_lives_longer_than_a_week(days, boss):
    with pytest.raises(ValueError, match=str(days)):
        preview.make(make_film(status="draft"), boss, days)


def test_a_new_link_replaces_the_old_one_and_withdrawing_ends_both(boss):
    film = make_film(status="draft")
    old = preview.make(film, boss, 7)
    token = preview.token_of(old)
    new = preview.make(film, boss, 7)
    assert preview.read(token) is None
    assert opened(new) is not None
    assert preview.withdraw(film) is True
    assert opened(new) is None


def test_a_forged_link_opens_nothing(boss):
    film, other = make_film(status="draft"), make_film(status="draft")
    link = preview.make(film, boss, 7)
    token = preview.token_of(link)
    body, signature = token.split(":")
    foreign = signing.Signer(salt="other").sign_object(["film", film.pk, link.key], compress=False)
    swapped = signing.Signer(salt=preview.SALT).sign_object(["film", other.pk, link.key], compress=False)
    for forged in ["", "x", body, f"{body}:", f"{body}x:{signature}", token[:-1], foreign, swapped]:
        assert preview.read(forged) is None
    assert preview.read(token) is not None


def test_a_link_is_over_once_the_entry_was_public(boss):
    film = make_film(status="review")
    link = preview.make(film, boss, 7)
    move(film, Status.PUBLISHED, boss)
    assert opened(link).is_over
    move(film, Status.ARCHIVED, boss)
    assert opened(link) is None


def test_a_scheduled_entry_can_be_previewed_until_its_time(boss):
    now = timezone.now()
    film = make_film(status="published", publish_at=now + DAY, unpublish_at=now + 2 * DAY)
    link = preview.make(film, boss, 7)
    assert opened(link).is_over is False
    with time_machine.travel(now + 1.5 * DAY, tick=False):
        assert opened(link).is_over
    with time_machine.travel(now + 3 * DAY, tick=False):
        assert opened(link).is_over


def test_what_was_public_before_can_be_previewed_again(boss):
    film = make_film()
    move(film, Status.DRAFT, boss)
    link = preview.make(film, boss, 7)
    assert opened(link).is_over is False
    assert preview.current(film) == link


def test_a_link_of_a_deleted_entry_opens_nothing(boss):
    film = make_film(status="draft")
    link = preview.make(film, boss, 7)
    Film.objects.all().delete()
    assert opened(link) is None
