"""Every list and form of the desk costs the same number of queries with five rows as with one."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from films import history
from films.models import Exchange, Film, Interview, Tool
from tests.admin.rows import ROWS

MODELS = sorted(ROWS, key=lambda model: model.__name__)
FEW, MANY = 1, 5


def address(model: type[Any], page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def has(model: type[Any], page: str) -> bool:
    try:
        address(model, page)
    except NoReverseMatch:
        return False
    return True


def queries_of(client: Client, url: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
        if hasattr(response, "render"):
            response.render()
    assert response.status_code in ((200, 403) if url.endswith(("/add/", "/delete/")) else (200,)), url
    return [query["sql"] for query in captured.captured_queries]


def lists_of(model: type[Any], client: Client) -> list[str]:
    """The list, a search, and every filter that it offers with the first choices of each."""
    url = address(model, "changelist")
    page = client.get(url).context["cl"]
    filters = [choice["query_string"] for spec in page.filter_specs for choice in list(spec.choices(page))[:4]]
    return [url, f"{url}?q=片", f"{url}?o=1", *(f"{url}{query}" for query in dict.fromkeys(filters) if query != "?")]


def same(client: Client, before: dict[str, list[str]], urls: list[str]) -> None:
    for url in urls:
        found = queries_of(client, url)
        assert len(found) == len(before[url]), "\n".join([url, *found])


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_lists_cost_the_same_for_few_rows_and_many(model: type[Any], desk: Client) -> None:
    ContentType.objects.clear_cache()
    for _ in range(FEW):
        ROWS[model]()
    added = [address(model, "add")] if has(model, "add") else []
    urls = [*lists_of(model, desk), *added]
    # What a process looks up only once, it has looked up for the first list of all, and here.
    for url in added:
        desk.get(url)
    before = {url: queries_of(desk, url) for url in urls}
    for _ in range(MANY - FEW):
        ROWS[model]()
    assert desk.get(urls[0]).context["cl"].result_count >= MANY
    same(desk, before, urls)


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_forms_cost_the_same_for_few_inline_rows_and_many(model: type[Any], desk: Client) -> None:
    few, many = ROWS[model](FEW), ROWS[model](MANY)
    if history.is_kept(model):
        for row, times in ((few, FEW), (many, MANY)):
            for _ in range(times):
                history.record([row], None)
    for page in ("change", "history", "delete"):
        desk.get(address(model, page, few.pk))
        counts = [queries_of(desk, address(model, page, row.pk)) for row in (few, many)]
        assert len(counts[0]) == len(counts[1]), "\n".join([page, *counts[1]])


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Film, Interview, Exchange, Tool], ids=lambda model: model.__name__)
def test_the_recycle_bin_costs_the_same_for_few_rows_and_many(model: type[Any], desk: Client) -> None:
    url = address(model, "recoverlist")

    def lose(count: int) -> None:
        rows = [ROWS[model]() for _ in range(count)]
        history.record(rows, None, deep=True)
        for row in rows:
            row.delete()

    lose(FEW)
    desk.get(url)
    before = queries_of(desk, url)
    lose(MANY - FEW)
    assert len(desk.get(url).context["lines"]) >= MANY
    found = queries_of(desk, url)
    assert len(found) == len(before), "\n".join(found)


def test_every_registered_model_is_measured() -> None:
    assert set(MODELS) == set(admin.site._registry)
