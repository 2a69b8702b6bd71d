"""`published()` is the only word for visibility; every model that visitors see is held to it."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.utils import timezone

from films.choices import Status
from films.models import (
    Creator,
    Edition,
    Exchange,
    Film,
    Interview,
    Source,
    Theme,
    Tool,
    Topic,
    Work,
    WorkMention,
)
from tests.factories import (
    make_creator,
    make_edition,
    make_exchange,
    make_film,
    make_interview,
    make_source,
    make_tool,
    make_tool_use,
    make_topic,
    make_work,
)

pytestmark = pytest.mark.django_db

HIDDEN = [{"status": status} for status in ("draft", "review", "archived")] + [
    {"status": "published", "publish_at": timezone.now() + dt.timedelta(days=1)}
]
hidden = pytest.mark.parametrize("state", HIDDEN, ids=["draft", "review", "archived", "scheduled"])


def a_theme(film: Film) -> Theme:
    theme = Theme.objects.create(name="梦")
    film.themes.add(theme)
    return theme


def a_tool(film: Film) -> Tool:
    tool = make_tool()
    make_tool_use(film=film, tool=tool)
    return tool


def a_work(film: Film) -> Work:
    work = make_work()
    WorkMention.objects.create(film=film, work=work)
    return work


def a_topic(film: Film) -> Topic:
    topic = make_topic()
    make_exchange(interview=make_interview(film=film, exchanges=0), topic=topic)
    return topic


def a_source(film: Film) -> Source:
    source = make_source()
    film.source, film.source_key = source, "1"
    film.save()
    return source


# What is public because a film is.
FROM_A_FILM = {
    "creator": lambda film: film.creators.get(),
    "theme": a_theme,
    "tool": a_tool,
    "work": a_work,
    "topic": a_topic,
    "source": a_source,
    "interview": lambda film: make_interview(film=film),
    "exchange": lambda film: make_interview(film=film).exchanges.get(),
    "mention": lambda film: a_work(film).mentions.get(),
}
from_a_film = pytest.mark.parametrize("derive", FROM_A_FILM.values(), ids=FROM_A_FILM)


@pytest.mark.parametrize("make", [make_film, make_edition, make_interview])
@hidden
def test_only_published_and_due_entries_are_public(make, state):
    shown, other = make(), make(**state)
    assert list(type(shown).objects.published()) == [shown]
    assert (shown.is_published, other.is_published) == (True, False)
    assert type(shown).objects.count() == 2


def test_a_save_does_what_else_was_asked_of_it():
    with pytest.raises(IntegrityError):
        Film(pk=make_film().pk).save(force_insert=True)


def test_a_new_entry_is_a_draft():
    assert Film().status == Edition().status == Interview().status == Status.DRAFT


def test_an_entry_becomes_public_at_its_hour():
    now = timezone.now()
    past, present = make_film(publish_at=now - dt.timedelta(seconds=1)), make_film(publish_at=now)
    make_film(publish_at=now + dt.timedelta(minutes=1))
    assert set(Film.objects.published()) == {past, present}


@from_a_film
def test_what_hangs_on_a_public_film_is_public(derive):
    entry = derive(make_film())
    assert list(type(entry).objects.published()) == [entry]


@from_a_film
@hidden
def test_what_hangs_on_a_hidden_film_is_hidden(derive, state):
    entry = derive(make_film(**state))
    assert type(entry).objects.filter(pk=entry.pk).exists()
    assert list(type(entry).objects.published()) == []


@from_a_film
@hidden
def test_one_public_film_among_hidden_ones_is_enough_and_counts_once(derive, state):
    entry = derive(make_film())
    make_film(**state, creator=make_creator())
    make_film()
    assert list(type(entry).objects.published().filter(pk=entry.pk)) == [entry]


def test_a_creator_of_two_public_films_is_listed_once():
    creator = make_creator()
    make_film(creator=creator)
    make_film(creator=creator)
    assert list(Creator.objects.published()) == [creator]


@hidden
def test_a_hidden_talk_hides_its_words_but_not_its_film(state):
    film = make_film()
    interview = make_interview(film=film, **state)
    topic, speaker = make_topic(), make_creator()
    make_exchange(interview=interview, topic=topic, speaker=speaker)
    assert list(Film.objects.published()) == [film]
    assert list(Exchange.objects.published()) == []
    assert list(Topic.objects.published()) == []
    assert speaker not in Creator.objects.published()
    assert not interview.is_published


@hidden
def test_a_talk_about_a_hidden_film_is_hidden(state):
    interview = make_interview(film=make_film(**state))
    assert list(Interview.objects.published()) == []
    assert interview.is_published is False


def test_a_talk_about_no_film_stands_alone():
    speaker, topic = make_creator(), make_topic()
    interview = make_interview(exchanges=0)
    exchange = make_exchange(interview=interview, speaker=speaker, topic=topic)
    assert list(Interview.objects.published()) == [interview]
    assert list(Exchange.objects.published()) == [exchange]
    assert list(Creator.objects.published()) == [speaker]
    assert list(Topic.objects.published()) == [topic]


@hidden
def test_a_work_named_only_in_hidden_words_is_hidden(state):
    film = make_film()
    exchange = make_interview(film=film, **state).exchanges.get()
    mention = WorkMention.objects.create(film=film, work=make_work(), exchange=exchange)
    assert list(Work.objects.published()) == []
    mention.exchange = None  # the synopsis names it as well
    mention.save()
    assert list(Work.objects.published()) == [mention.work]


def test_an_article_is_public_with_any_of_its_entries():
    by_edition, by_interview, hidden_one = make_source(), make_source(), make_source()
    make_edition(source=by_edition, source_key="e")
    make_interview(source=by_interview, source_key="i")
    make_film(source=hidden_one, source_key="f", status="draft")
    assert set(Source.objects.published()) == {by_edition, by_interview}


def test_an_article_is_hidden_when_all_it_gave_is_a_talk_about_a_hidden_film():
    source = make_source()
    film = make_film(status="draft", source=source, source_key="f")
    make_interview(film=film, source=source, source_key="i")
    assert list(Interview.objects.published()) == []
    assert list(Source.objects.published()) == []


def test_first_publication_is_kept_for_good():
    film = make_film(status="draft")
    assert film.first_published_at is None
    film.status = "published"
    film.save()
    first = Film.objects.get().first_published_at
    assert abs(first - timezone.now()) < dt.timedelta(minutes=1)
    for status in ("archived", "published"):
        film.status = status
        film.save()
    assert Film.objects.get().first_published_at == first


def test_a_scheduled_entry_is_dated_by_its_hour():
    hour = timezone.now() + dt.timedelta(days=3)
    assert make_film(publish_at=hour).first_published_at == hour


def test_a_save_of_some_fields_keeps_what_follows_from_them():
    film = make_film(status="draft", title="鹿")
    before = Film.objects.get()
    film.status, film.title = "published", "马"
    film.save(update_fields=["status", "title"])
    after = Film.objects.get()
    assert after.first_published_at is not None
    assert after.updated_at > before.updated_at
    assert (after.title, after.title_sort) == ("马", "ma")


def test_a_save_of_some_fields_writes_no_others():
    film = make_film(synopsis="旧")
    film.synopsis, film.runtime_seconds = "新", 276
    film.save(update_fields=["runtime_seconds"])
    after = Film.objects.get()
    assert (after.runtime_seconds, after.synopsis) == (276, "旧")
