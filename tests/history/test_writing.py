"""What is written of an entry: all of it with its rows, once, as Django itself would write it."""

import json
from typing import Any

import pytest
from django.core import serializers
from django.db import connection
from django.test.utils import CaptureQueriesContext
from reversion.models import Revision, Version
from reversion.revisions import _get_options

from films import history
from films.history.recorded import last_moments, versions
from films.history.serialising import fields_of, parsed
from films.history.stored import trees_of
from films.history.trees import ENTRIES, KEPT
from films.models import Credit, Exchange, Film, Interview, User
from tests.admin.rows import ROWS, full_edition, full_film, full_interview
from tests.factories import make_creator, make_film, make_portrait, make_tool

pytestmark = pytest.mark.django_db


def told(row: Any) -> dict[tuple[str, int], dict[str, Any]]:
    moment = last_moments(type(row), [row.pk])[row.pk]
    return {(model._meta.model_name, pk): kept.fields for (model, pk), kept in moment.everything.items()}


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_a_version_is_what_django_writes(model: Any) -> None:
    make_portrait(creator=full_film().creators.first())
    full_edition()
    row = model.objects.first() or ROWS[model]()
    [tree] = trees_of(model, [row.pk])
    fields = _get_options(model).fields
    [theirs] = json.loads(serializers.serialize("json", [tree.entry], fields=fields))
    ours = json.loads(json.dumps(fields_of(tree.entry, tree.rows[0].many), default=lambda value: value.isoformat()))
    dates = {field.name for field in model._meta.fields if field.get_internal_type() == "DateTimeField"}
    assert {k: v for k, v in ours.items() if k not in dates} == {
        k: v for k, v in theirs["fields"].items() if k not in dates
    }


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.__name__)
def test_reversion_reads_what_we_write(model: Any, editor: User) -> None:
    row = ROWS[model]()
    history.record([row], editor, "看一看")
    version = Version.objects.get_for_object(row).get()
    assert version.revision.user == editor
    assert version.revision.comment == "看一看"
    assert version.field_dict["id" if "id" in version.field_dict else "slug"]
    restored = version._object_version.object
    assert (type(restored), restored.pk) == (model, row.pk)


def test_a_revision_holds_the_entry_with_its_rows(editor: User) -> None:
    film = full_film(2)
    history.record([film], editor)
    assert Revision.objects.count() == 1
    kinds = [version.content_type.model for version in Version.objects.order_by("pk")]
    rows = (
        ["credit"] * 3
        + ["tooluse"] * 2
        + ["workmention"] * 2
        + ["video"]
        + ["caption"] * 2
        + ["poster"]
        + ["still"] * 2
    )
    assert kinds == ["film", *rows]
    assert told(film)["film", film.pk]["themes"] == [film.themes.get().pk]


def test_a_deletion_takes_the_entries_below_along(editor: User) -> None:
    film = full_film(2)
    history.record([film], editor, deep=True)
    assert versions(Interview).count() == 1
    assert versions(Exchange).count() == 3


def test_a_row_stands_for_its_entry(editor: User) -> None:
    interview = full_interview(2)
    history.record(interview.exchanges.all(), editor)
    assert Revision.objects.count() == 1
    assert {key[0] for key in told(interview)} == {"interview", "exchange"}


def test_what_came_before_the_history_is_written_once(editor: User) -> None:
    film = make_film(synopsis="旧。")
    history.remember([film])
    history.remember([film])
    revision = Revision.objects.get()
    assert (revision.user, json.loads(revision.comment)) == (None, [{"baseline": {}}])
    assert told(film)["film", film.pk]["synopsis"] == "旧。"


@pytest.mark.parametrize("change", ["column", "row", "new row", "gone row", "theme"])
def test_what_came_past_the_history_is_written_before_the_next_change(change: str, editor: User) -> None:
    film = full_film()
    history.record([film], editor)
    if change == "column":
        Film.objects.update(synopsis="从命令行改的。")
    elif change == "row":
        Credit.objects.filter(film=film).update(role="voice")
    elif change == "new row":
        Credit.objects.create(film=film, creator=make_creator(), role="voice")
    elif change == "gone row":
        Credit.objects.filter(film=film).first().delete()
    else:
        film.themes.clear()
    history.remember([film])
    assert Revision.objects.count() == 2


def test_versions_and_times_alone_are_no_change(editor: User) -> None:
    film = full_film()
    history.record([film], editor)
    Film.objects.update(version=9)
    film.refresh_from_db()
    film.save()
    history.remember([film])
    assert Revision.objects.count() == 1


def test_a_column_younger_than_the_version_is_no_change(editor: User) -> None:
    film = make_film()
    history.record([film], editor)
    version = versions(Film, [film.pk]).get()
    entry = json.loads(version.serialized_data)
    del entry[0]["fields"]["unpublish_at"]
    Version.objects.filter(pk=version.pk).update(serialized_data=json.dumps(entry))
    history.remember([film])
    assert Revision.objects.count() == 1


def test_changing_remembers_and_records(editor: User) -> None:
    tool = make_tool(name="甲")
    with history.changing([tool], editor, [{"merged": {}}]):
        tool.name = "乙"
        tool.save()
    names = [parsed(version.serialized_data)["name"] for version in versions(type(tool)).order_by("pk")]
    assert names == ["甲", "乙"]


def test_nothing_is_written_of_a_change_that_failed(editor: User) -> None:
    tool = make_tool()
    with pytest.raises(ZeroDivisionError), history.changing([tool], editor, ""):
        raise ZeroDivisionError
    assert not Revision.objects.exists()


def test_recording_costs_the_same_for_one_row_and_thirty(editor: User) -> None:
    few, many = full_film(1), full_film(30)
    counts = []
    for film in (few, many):
        history.remember([film])
        with CaptureQueriesContext(connection) as captured:
            history.remember([film])
            history.record([film], editor)
        counts.append(len([query for query in captured.captured_queries if "INSERT" not in query["sql"]]))
    assert counts[0] == counts[1]
