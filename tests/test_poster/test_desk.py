"""Posters at the desk, and films that were public before there were posters."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from films.models import Film
from films.models.postered import CHOSEN
from tests.admin.forms import filled
from tests.factories import make_edition, make_film

pytestmark = pytest.mark.django_db


def change_url(film: Film) -> str:
    return reverse("admin:films_film_change", args=[film.pk])


def test_the_form_shows_the_poster_and_takes_another_pigment(admin_client):
    film = make_film(title="梅花鹿", poster_pigment="ink")
    page = admin_client.get(change_url(film)).text
    assert 'class="poster" data-pigment="ink"' in page
    assert "films/css/poster.css" in page
    admin_client.post(change_url(film), filled(admin_client, change_url(film), poster_pigment="rouge"))
    assert 'data-pigment="rouge"' in admin_client.get(change_url(film)).text


def test_a_composition_that_does_not_suit_is_refused_and_nothing_is_saved(admin_client):
    film = make_film(title="梅花鹿", poster_composition="full")
    data = filled(admin_client, change_url(film), poster_composition="void")
    assert "这个片名不能用这种构图" in admin_client.post(change_url(film), data).text
    film.refresh_from_db()
    assert film.poster_composition == "full"


def test_saving_a_public_film_renders_its_image(admin_client, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    film = make_film(title="梅花鹿")
    data = filled(admin_client, change_url(film), synopsis="新的简介。")
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(change_url(film), data)
    assert len(list((tmp_path / "share").iterdir())) == 1


def test_the_migration_gives_public_films_what_saving_would_have():
    edition = make_edition()
    films = [make_film(edition=edition, position=number, slug=f"film-{number}") for number in range(4)]
    draft = make_film(edition=edition, status="draft")
    fields = (*CHOSEN, "poster_seed")
    before = list(Film.objects.order_by("pk").values(*fields))
    Film.objects.update(**dict.fromkeys(fields, ""))
    import_module("films.migrations.0003_poster").choose_for_published(apps, SimpleNamespace(connection=connection))
    assert list(Film.objects.order_by("pk").values(*fields)) == before
    assert (len(films), before[-1]["poster_pigment"], draft.pk) == (4, "", Film.objects.latest("pk").pk)
