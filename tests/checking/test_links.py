"""Addresses from where editors stored them, through the net, to the rows that the board reads."""

import datetime as dt
import io
import threading

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import URLField

from films.checking.places import SOURCES, dead_places
from films.models import Creator, LinkCheck, Organisation
from tests.factories import make_creator, make_film

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
MONDAY = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)


def run(**options) -> tuple[int, str]:
    out = io.StringIO()
    settings = {"allow_private": True, "timeout": 0.4, "pause": 0} | options
    try:
        call_command("check_links", stdout=out, **settings)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_every_column_of_addresses_is_asked_about():
    columns = {
        (model, field.name)
        for model in apps.get_app_config("films").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, URLField) or field.name == "links"
    }
    assert columns - {(LinkCheck, "address")} <= set(SOURCES)


def test_a_dead_address_is_told_with_the_entry_that_names_it(net):
    maker = make_creator(name="阿米", links=[net("200/"), net("410/")])
    shared = Organisation.objects.create(name="社", link=net("410/"))
    with time_machine.travel(MONDAY, tick=False):
        code, words = run()
    assert code == 1
    assert f"{net('410/')}: dead since 2026-03-02, 410 page not found" in words
    assert f"in creator {maker.pk} “阿米”: /admin/films/creator/{maker.pk}/change/#id_links" in words
    assert f"in organisation {shared.pk} “社”: /admin/films/organisation/{shared.pk}/change/#id_link" in words
    assert "2 addresses asked: 1 dead, 0 failing, 0 moved." in words
    assert {(place.model, place.pk) for place, _row in dead_places()} == {
        (Creator, maker.pk),
        (Organisation, shared.pk),
    }


def test_a_failure_is_taken_for_death_once_it_lasts(net):
    Organisation.objects.create(name="社", link=net("404/"))
    told = []
    # Three times on one day are one bad day.
    for moment in (MONDAY, MONDAY, MONDAY, MONDAY + DAY, MONDAY + 2 * DAY):
        with time_machine.travel(moment, tick=False):
            told.append(run()[0])
    assert told == [0, 0, 0, 0, 1]
    row = LinkCheck.objects.get()
    assert (row.failures, row.dead_since, row.checked_at) == (5, MONDAY, MONDAY + 2 * DAY)


def test_an_answer_ends_it(net):
    Organisation.objects.create(name="社", link=net("200/"))
    net.down = True
    for number in range(3):
        with time_machine.travel(MONDAY + number * DAY, tick=False):
            run()
    assert LinkCheck.objects.dead().count() == 1
    net.down = False
    assert run()[0] == 0
    row = LinkCheck.objects.get()
    assert (row.reason, row.failures, row.failing_since, row.dead_since) == ("fine", 0, None, None)


def test_what_stands_nowhere_any_more_is_forgotten_and_what_was_mended_is_not_dead(net):
    maker = make_creator(links=[net("410/")])
    run()
    assert len(dead_places()) == 1
    maker.links = [net("200/")]
    maker.save()
    assert dead_places() == []
    run()
    assert [row.address for row in LinkCheck.objects.all()] == [net("200/")]


def test_servers_that_do_not_talk_to_programs_are_left_in_peace(net):
    make_creator(links=[net("403/"), net("429/")])
    for number in range(4):
        with time_machine.travel(MONDAY + number * DAY, tick=False):
            assert run()[0] == 0
    assert set(LinkCheck.objects.values_list("reason", "failures")) == {("unwilling", 0)}


def test_private_machines_are_refused_and_count_as_failing(net):
    Organisation.objects.create(name="社", link=net("200/"))
    assert run(allow_private=False)[1].startswith(
        f"{net('200/')}: failed 1×, not yet taken for dead, leads into a private"
    )
    assert net.asked == []


def test_a_machine_without_a_net_notes_nothing():
    make_creator(links=[f"http://name-{number}.invalid/" for number in range(3)])
    with pytest.raises(CommandError, match="Nothing was noted") as raised:
        run()
    assert raised.value.returncode == 2
    assert LinkCheck.objects.count() == 0


def test_an_address_longer_than_can_be_kept_is_told(net):
    make_creator(links=[net("200/" + "鹿" * 700)])
    code, words = run()
    assert code == 1
    assert "too long to be asked" in words
    assert LinkCheck.objects.count() == 0


def test_visitors_never_wait_for_the_net(client, net):
    """A public page with dead and living addresses is answered without a question to any of them."""
    maker = make_creator(slug="one", links=[net("slow/")])
    make_film(creator=maker)
    before = threading.active_count()
    assert net("slow/") in client.get("/creators/one/").text
    assert (net.asked, threading.active_count()) == ([], before)
