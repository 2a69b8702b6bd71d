"""A large site made by rule: believable, the same each time, found by the search, and gone again without a trace."""

from random import Random

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from films.generating import RealContent, generate, remove, words
from films.generating.texts import Texts
from films.models import Creator, Edition, Exchange, Film, ImportRun, Interview, Source, Tool, Topic
from films.search import check, search
from tests.factories import make_creator, make_film, make_tool

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db: None) -> None:
    generate(120, 5)


def rows() -> dict[str, int]:
    models = apps.get_app_config("films").get_models(include_auto_created=True)
    return {model.__name__: model.objects.count() for model in models if model._meta.managed}


def told() -> list[tuple[str, ...]]:
    """Every word that visitors read, whatever the ids."""
    films = Film.objects.order_by("source_key").values_list("slug", "title", "synopsis", "status", "poster_figure")
    answers = Exchange.objects.order_by("interview__slug", "position").values_list(
        "question", "answer", "speaker__slug"
    )
    return [*films, *answers]


def test_the_same_seed_makes_the_same_site_and_another_seed_another():
    generate(40, 1)
    first = told()
    remove()
    generate(40, 1)
    again = told()
    remove()
    generate(40, 2)
    assert again == first
    assert told() != first


def test_it_has_everything_that_a_real_site_has(site):
    assert Film.objects.count() == 120
    assert 100 < Film.objects.published().count() < 120
    assert Film.objects.filter(title="").exists()
    talks = Interview.objects.filter(film__isnull=False)
    assert {talk.exchanges.exclude(question="").count() for talk in talks} == set(range(3, 9))
    assert Interview.objects.filter(film=None).exists()
    for row in (Tool, Topic, Creator, Edition):
        assert row.objects.published().exists()
    film = Film.objects.exclude(poster_seed="").first()
    assert film
    assert all((film.poster_pigment, film.poster_figure, film.poster_composition))


def test_answers_are_as_long_as_answers_are(site):
    lengths = [len(answer) for answer in Exchange.objects.values_list("answer", flat=True)]
    assert min(lengths) >= 60
    assert max(lengths) <= 440
    assert 150 < sum(lengths) / len(lengths) < 300


def test_words_come_at_the_rates_that_searches_are_measured_by():
    texts = Texts(Random(3))
    answers = [texts.answer(is_english=False) for _ in range(20_000)]
    common = sum("画面" in answer for answer in answers) / len(answers)
    planted = sum("天空" in answer for answer in answers) / len(answers)
    assert common > 0.2
    assert planted == pytest.approx(dict(words.PLANTED)["天空"], rel=0.3)


def test_the_search_finds_it_and_pages_show_it(site, client):
    assert check() == []
    film = Film.objects.published().exclude(title="").first()
    assert film
    assert search(film.title).counts["film"] >= 1
    assert film.synopsis.split("\n")[0][:20] in client.get(film.get_absolute_url()).content.decode()
    for path in ("/", "/films/", "/interviews/", "/creators/", "/topics/", "/tools/", "/editions/"):
        assert client.get(path).status_code == 200


def test_refused_where_there_is_real_content():
    make_film(title="真的")
    before = rows()
    with pytest.raises(RealContent):
        generate(10, 1)
    with pytest.raises(CommandError, match=r"1 film\b.*--beside-real-content"):
        call_command("generate_films", "10")
    assert rows() == before


def test_removed_without_a_trace_beside_real_content(capsys):
    own = make_film(title="真的", creator=make_creator(name="真人"))
    make_tool(name="绘影")
    before = rows()
    call_command("generate_films", "60", "--beside-real-content")
    assert Film.objects.count() == 61
    assert "manage.py generate_films --remove" in capsys.readouterr().out
    call_command("generate_films", "--remove")
    assert rows() == before
    assert Film.objects.get() == own
    assert "60 generated films removed." in capsys.readouterr().out
    connection.check_constraints()


def test_a_generated_person_whom_an_editor_uses_stays():
    generate(20, 1)
    person = Creator.objects.first()
    own = make_film(creator=person)
    remove()
    assert list(Creator.objects.all()) == [person]
    assert list(Film.objects.all()) == [own]
    assert not ImportRun.objects.exists()
    assert not Source.objects.exists()


def test_the_same_site_is_not_made_twice():
    generate(5, 1)
    with pytest.raises(CommandError, match="Choose another --seed"):
        call_command("generate_films", "5")


@pytest.mark.parametrize("number", ["0", "-1", "two", "1e9", "1000001"])
def test_a_number_that_is_none_is_refused(number):
    with pytest.raises(CommandError, match="whole number"):
        call_command("generate_films", number)
