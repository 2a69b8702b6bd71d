"""What the desk stores is found at once, and what it removes is gone: the index is never behind."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from films.models import SearchDocument
from films.search import check, rebuild
from tests.admin.forms import deleted, filled
from tests.admin.rows import full_film, make_organisation, make_partnership
from tests.factories import make_edition, make_tool, make_tool_use, make_work


@pytest.fixture
def film(db: None) -> Any:
    film = full_film(inlines=2)
    make_tool_use(film=film, tool=make_tool(name="Runway"), step="edit")
    make_partnership(film.edition, 1)
    rebuild()
    return film


def url_of(row: Any, page: str = "change") -> str:
    return reverse(f"admin:films_{row._meta.model_name}_{page}", args=[row.pk])


def save(desk: Client, row: Any, **values: Any) -> None:
    assert desk.post(url_of(row), filled(desk, url_of(row), **values)).status_code == 302


def test_a_row_stored_without_the_desk_leaves_the_index_behind(film: Any) -> None:
    """The oracle of the tests below can fail."""
    type(film).objects.update(synopsis="别的。")
    assert check() != []


def test_saving_keeps_the_index_in_step(film: Any, desk: Client) -> None:
    interview = film.interviews.get()
    exchange = interview.exchanges.first()
    save(desk, film, synopsis="新的简介。", pull_quote="")
    assert check() == []
    save(desk, interview, **{"exchanges-0-answer": "新的回答。"})
    assert check() == []
    save(desk, exchange, answer="又一个回答。")
    assert check() == []
    for row, values in (
        (exchange.speaker, {"name": "新名字"}),
        (film.themes.get(), {"name": "新主题"}),
        (film.tool_uses.first().tool, {"aliases": "新写法"}),
        (film.adapted_from, {"title": "新作品"}),
        (film.edition, {"theme": "新届"}),
        (film.edition.organisations.get(), {"name": "新机构"}),
    ):
        save(desk, row, **values)
        assert check() == [], row


def test_adding_is_found(film: Any, desk: Client) -> None:
    before = SearchDocument.objects.count()
    for name, values in (
        ("film", {"title": "新片", "credits-0-creator": film.creators.first().pk}),
        ("creator", {"name": "新人"}),
        ("work", {"title": "新书"}),
        ("edition", {"theme": "新届"}),
    ):
        url = reverse(f"admin:films_{name}_add")
        assert desk.post(url, filled(desk, url, **values)).status_code == 302
    assert check() == []
    assert SearchDocument.objects.count() == before + 4


@pytest.mark.parametrize("by_action", [True, False])
def test_deleting_keeps_the_index_in_step(by_action: bool, film: Any, desk: Client) -> None:
    work = make_work()
    film.adapted_from = work
    film.save()
    organisation, edition = make_organisation(), make_edition()
    rebuild()
    for row in (film.themes.get(), work, film.interviews.get().exchanges.first(), organisation, edition, film):
        if by_action:
            data = {"action": "delete_selected", "_selected_action": [row.pk]}
            deleted(desk, reverse(f"admin:films_{row._meta.model_name}_changelist"), **data)
        else:
            deleted(desk, url_of(row, "delete"))
        assert not type(row).objects.filter(pk=row.pk).exists()
        assert check() == [], row
