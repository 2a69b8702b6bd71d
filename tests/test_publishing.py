"""Who may bring an entry into which state, and what publication asks for."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from films import preview, publishing
from films.choices import Role, Status
from films.models import Credit, Exchange, Film, User
from tests.factories import make_edition, make_exchange, make_film, make_interview, make_poster, make_still

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = dt.timedelta(days=1)


def person(role: Role | None) -> User:
    user = User.objects.create_user(role.name if role else "nobody", is_staff=True)
    user.groups.set(Group.objects.filter(name=role.value) if role else [])
    return user


def reachable(user: User, **values: Any) -> dict[str, set[str]]:
    """State → the states into which this person may bring an entry that is in it."""
    return {status: set(publishing.moves(user, make_film(status=status, **values))) for status in Status.values}


EVERYTHING = {state.value: {to.value for to in others} for state, others in publishing.MOVES.items()}
NOTHING: dict[str, set[str]] = {state: set() for state in Status.values}


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (None, NOTHING),
        (Role.CONTRIBUTORS, NOTHING),
        (Role.EDITORS, NOTHING | {"draft": {"review"}, "review": {"draft"}}),
        (Role.PUBLISHERS, EVERYTHING),
        (Role.ADMINISTRATORS, EVERYTHING),
    ],
)
def test_each_role_moves_entries_of_others(role, expected):
    assert reachable(person(role)) == expected


def test_a_contributor_sends_own_drafts_to_review_and_nothing_else():
    user = person(Role.CONTRIBUTORS)
    assert reachable(user, created_by=user) == NOTHING | {"draft": {"review"}}


def test_a_superuser_moves_everything():
    assert reachable(User.objects.create_superuser("root")) == EVERYTHING


def test_a_move_is_refused_to_whoever_may_not_make_it():
    film = make_film(status="review")
    with pytest.raises(PermissionDenied):
        publishing.move(film, Status.PUBLISHED, person(Role.EDITORS))
    film.refresh_from_db()
    assert film.status == "review"


def test_publishing_sets_the_date_and_ends_the_preview():
    user, film = person(Role.PUBLISHERS), make_film(status="review")
    link = preview.make(film, user, 3)
    publishing.move(film, Status.PUBLISHED, user)
    film.refresh_from_db()
    link.refresh_from_db()
    assert (film.status, film.first_published_at is None, link.expires_at <= timezone.now()) == (
        "published",
        False,
        True,
    )


def test_what_leaves_the_site_has_no_link():
    user, film = person(Role.PUBLISHERS), make_film()
    preview.make(film, user, 3)
    publishing.move(film, Status.DRAFT, user)
    assert preview.current(film) is None
    assert preview.withdraw(film) is False


def bare_film(**values: Any) -> Film:
    film = make_film(status="review", **values)
    Credit.objects.all().delete()
    return film


def lacks(entry: Any) -> set[str]:
    return {field for field, _sentence in publishing.requirements(entry)}


def test_a_missing_title_is_legal_where_the_maker_is_known():
    assert lacks(make_film(title="")) == set()
    assert lacks(bare_film(title="")) == {"title"}
    assert lacks(bare_film()) == set()


def test_a_film_needs_something_to_read():
    film = make_film(synopsis="")
    assert lacks(film) == {"synopsis"}
    make_interview(film=film, status="draft")
    assert lacks(film) == set()
    assert lacks(make_film(synopsis="", statement="我")) == set()


def test_an_interview_needs_answers_and_what_it_is_about():
    assert lacks(make_interview(exchanges=0)) == {"heading", "exchanges"}
    assert lacks(make_interview(film=make_film(), exchanges=0)) == {"exchanges"}
    talk = make_interview(heading="圆桌")
    assert lacks(talk) == set()
    make_exchange(interview=talk, answer=" ")
    assert publishing.requirements(talk) == [publishing.LACKS["unanswered"]]


def test_each_picture_of_a_film_needs_its_words_and_its_maker():
    shown, wordless, nameless = make_film(), make_film(), make_film()
    make_poster(film=shown)
    make_poster(film=wordless, alt="")
    make_still(film=nameless, credit="")
    assert (lacks(shown), lacks(wordless), lacks(nameless)) == (set(), {"poster"}, {"stills"})


def test_an_edition_needs_a_name_or_a_theme():
    assert lacks(make_edition(name="", theme="")) == {"theme"}
    assert lacks(make_edition(name="", theme="极乐世界")) == set()


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [
        (None, NOW - DAY, {"unpublish_at"}),
        (None, NOW + DAY, set()),
        (NOW + DAY, NOW + 2 * DAY, set()),
        (NOW - 3 * DAY, NOW - DAY, {"unpublish_at"}),
        (NOW + DAY, None, set()),
    ],
)
def test_an_end_lies_ahead(begins, ends, expected):
    assert lacks(make_film(publish_at=begins, unpublish_at=ends)) == expected


def test_the_database_refuses_an_end_before_the_beginning():
    film = Film(publish_at=NOW, unpublish_at=NOW)
    assert lacks_unsaved(film) == {"unpublish_at"}
    with pytest.raises(ValidationError) as refused:
        film.validate_constraints()
    assert refused.value.messages == ["结束时间要晚于发布时间，否则这个条目永远不会公开。"]


def lacks_unsaved(entry: Any) -> set[str]:
    return {field for field, _why in publishing.span_lacks(entry.publish_at, entry.unpublish_at)}


def test_publishing_says_field_by_field_what_is_missing():
    film = bare_film(title="", synopsis="")
    with pytest.raises(ValidationError) as refused:
        publishing.move(film, Status.PUBLISHED, User.objects.create_superuser("root"))
    assert set(refused.value.message_dict) == {"title", "synopsis"}
    film.refresh_from_db()
    assert film.status == "review"
    assert not Exchange.objects.exists()
