"""Finding an entry by its address."""

import pytest
from django.http import Http404

from films.models import Film, SlugRedirect
from films.shortcuts import find
from tests.factories import make_film

pytestmark = pytest.mark.django_db


def test_the_present_address_costs_one_query(django_assert_num_queries):
    film = make_film(slug="da")
    with django_assert_num_queries(1):
        assert find(Film.objects.published(), "da") == film


def test_a_former_address_leads_to_the_same_entry():
    film = make_film()
    SlugRedirect.objects.create(model="film", slug="frueher", target_id=film.pk)
    assert find(Film.objects.published(), "frueher") == film


def test_a_former_address_of_another_noun_is_none_of_ours():
    film = make_film()
    SlugRedirect.objects.create(model="creator", slug="frueher", target_id=film.pk)
    with pytest.raises(Http404):
        find(Film.objects.published(), "frueher")


def test_the_present_owner_of_an_address_wins():
    old, new = make_film(), make_film(slug="da")
    SlugRedirect.objects.create(model="film", slug="da", target_id=old.pk)
    assert find(Film.objects.published(), "da") == new
