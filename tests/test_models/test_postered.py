"""A film's poster is chosen at its first publication and stays."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from films.models import Credit, Film
from films.models.postered import CHOSEN, choose_posters, poster_facts
from films.poster import FIGURES, PIGMENTS, poster
from tests.factories import make_creator, make_edition, make_film

pytestmark = pytest.mark.django_db


def chosen(film: Film) -> tuple[str, ...]:
    film.refresh_from_db()
    return tuple(getattr(film, name) for name in (*CHOSEN, "poster_seed"))


def test_a_draft_has_no_poster_yet_and_gets_one_when_published():
    film = make_film(status="draft", title="梅花鹿")
    assert chosen(film) == ("", "", "", "")
    film.status = "published"
    film.save(update_fields=["status"])
    pigment, figure, composition, seed = chosen(film)
    assert (pigment in PIGMENTS, figure in FIGURES, bool(composition), seed) == (True, True, True, "mei-hua-lu")


def test_nothing_later_repaints_it():
    edition = make_edition()
    film = make_film(title="梅花鹿", edition=edition)
    before, drawn = chosen(film), poster(poster_facts(film))
    for _ in range(9):
        make_film(edition=edition)
    film.slug = "another-address"
    film.save()
    assert (chosen(film), poster(poster_facts(film))) == (before, drawn)


def test_an_edition_steps_to_what_is_free_in_programme_order():
    edition = make_edition()
    for number in range(8):
        make_film(edition=edition, slug=f"film-{number}", position=number)
    rows = Film.objects.filter(edition=edition)
    assert len({row.poster_pigment for row in rows}) == len({row.poster_figure for row in rows}) == 8


def test_several_at_once_are_chosen_with_one_query_as_if_one_by_one():
    one, other = make_edition(), make_edition()
    singly = [make_film(edition=one, slug=f"same-{n}", title=f"片{n}", position=n) for n in range(5)]
    # The second edition's films have the same seeds, whatever their addresses.
    together = [
        Film(edition=other, slug=f"other-{n}", poster_seed=f"same-{n}", title=f"片{n}", position=n, status="published")
        for n in range(5)
    ]
    with CaptureQueriesContext(connection) as queries:
        changed = choose_posters(reversed(together))
    assert len(queries) == 1
    assert changed == {*CHOSEN, "poster_seed"}
    names = [tuple(getattr(film, name) for name in CHOSEN) for film in singly]
    assert [tuple(getattr(film, name) for name in CHOSEN) for film in together] == names
    assert choose_posters(together) == set()


def test_what_editors_chose_is_kept_and_free_for_nobody_else():
    edition = make_edition()
    given = make_film(edition=edition, poster_pigment="ink", poster_figure="fan")
    assert chosen(given)[:2] == ("ink", "fan")
    others = [make_film(edition=edition) for _ in range(7)]
    assert "ink" not in {film.poster_pigment for film in others}
    assert "fan" not in {film.poster_figure for film in others}


def test_a_cleared_choice_is_made_again_at_the_next_save():
    film = make_film(title="梅花鹿")
    film.poster_figure = ""
    film.save()
    assert chosen(film)[1] in FIGURES


@pytest.mark.parametrize(
    ("title", "values", "field"),
    [
        ("梅花鹿", {"poster_lines": "梅花|马"}, "poster_lines"),
        ("梅花鹿", {"poster_composition": "gate"}, "poster_composition"),
        ("", {"poster_composition": "full"}, "poster_composition"),
        ("Elysium", {"poster_composition": "column"}, "poster_composition"),
        ("梅花鹿", {"poster_pigment": "mauve"}, "poster_pigment"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(title, values, field):
    film = make_film(title=title, status="draft")
    for name, value in values.items():
        setattr(film, name, value)
    with pytest.raises(ValidationError) as refusal:
        film.full_clean()
    assert set(refusal.value.message_dict) == {field}


def test_a_composition_that_a_new_title_outgrew_need_not_be_changed():
    film = make_film(title="梅花鹿", poster_composition="full")
    film.title = "The Deer"
    film.full_clean()
    assert 'class="poster"' in poster(poster_facts(film))


def test_facts_name_each_maker_once_and_only_a_public_edition():
    hidden = make_edition(theme="隐藏", status="draft", year=2025)
    film = make_film(title="梅花鹿", creator=make_creator(name="阿米"), edition=hidden)
    Credit.objects.create(film=film, creator=make_creator(name="乙"), position=1)
    Credit.objects.create(film=film, creator=film.credits.first().creator, role="writer", position=2)
    facts = poster_facts(film)
    assert (facts.creator, facts.edition) == ("阿米、乙", "")
    hidden.status = "published"
    hidden.save()
    assert poster_facts(Film.objects.get()).edition == "隐藏 2025"


def test_facts_ask_nothing_of_the_database_with_card_data():
    make_film(edition=make_edition())
    (film,) = Film.objects.with_card_data()
    with CaptureQueriesContext(connection) as queries:
        poster_facts(film)
    assert len(queries) == 0
