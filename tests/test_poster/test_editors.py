"""Posters by the editors' file beside an article."""

import pytest

from films.models import Film
from tests.importer.articles import bring, with_film

pytestmark = pytest.mark.django_db


def told(**values: str) -> str:
    lines = [f'poster_{name} = {{ editor = "{value}" }}' for name, value in values.items()]
    return "\n".join(["[[film]]", 'maker = "阿米"', *lines])


def test_a_poster_is_what_the_editors_say_and_the_rest_is_chosen():
    bring(with_film(title="梅花鹿"), editors=told(pigment="ink", lines="梅花|鹿"))
    film = Film.objects.get()
    assert (film.poster_pigment, film.poster_lines, film.poster_seed) == ("ink", "梅花|鹿", film.slug)
    assert film.poster_figure
    assert film.poster_composition


def test_bringing_it_again_changes_nothing():
    bring(with_film(title="梅花鹿"), editors=told(pigment="ink"))
    before = Film.objects.values().get()
    report = bring(with_film(title="梅花鹿"), editors=told(pigment="ink"))
    assert not report.changes
    assert Film.objects.values().get() == before


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"pigment": "mauve"}, "'mauve' is not a pigment; use one of azurite, malachite,"),
        ({"figure": "cube"}, "'cube' is not a figure; use one of dome, sun,"),
        ({"composition": "spiral"}, "'spiral' is not a composition; use one of full, column,"),
        ({"composition": "void"}, "'void' does not suit the title '梅花鹿'; use one of full, column,"),
        ({"lines": "梅花|马"}, "without its strokes '梅花|马' must be the title '梅花鹿'"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_line(values, words):
    report = bring(with_film(title="梅花鹿"), editors=told(**values))
    assert report.outcome == "refused"
    assert words in report.reason
    assert f"line 3 (poster_{next(iter(values))})" in report.reason
    assert not Film.objects.exists()
