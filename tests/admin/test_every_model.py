"""What holds for every registered model; a model without a row in ROWS fails."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from films.models import (
    Caption,
    Credit,
    Intake,
    LinkCheck,
    MediaCheck,
    Partnership,
    Portrait,
    Poster,
    Preview,
    SearchDocument,
    Still,
    ToolUse,
    Video,
    WorkMention,
)
from tests.admin.forms import undrawn
from tests.admin.rows import ROWS

MODELS = sorted(ROWS, key=lambda model: model.__name__)
INLINE_ONLY = {Caption, Credit, Partnership, Portrait, Poster, Still, ToolUse, Video, WorkMention}
# Made from the others and never edited, or made by a button of its entry.
DERIVED = {Intake, LinkCheck, MediaCheck, Preview, SearchDocument}


def address(model: type[Any], page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def test_every_registered_model_has_a_row() -> None:
    assert set(ROWS) == set(admin.site._registry)


def test_every_model_of_ours_is_registered_or_an_inline() -> None:
    registered = set(admin.site._registry)
    ours = set(apps.get_app_config("films").get_models())
    assert ours - registered == INLINE_ONLY | DERIVED
    inlines = {inline.model for model_admin in admin.site._registry.values() for inline in model_admin.inlines}
    assert inlines >= INLINE_ONLY


def test_system_checks_pass() -> None:
    call_command("check", fail_level="WARNING")


@pytest.mark.parametrize("model", MODELS)
def test_lists_can_be_searched_and_filtered(model: type[Any]) -> None:
    model_admin = admin.site._registry[model]
    assert model_admin.search_fields
    assert model_admin.search_help_text
    assert model_admin.list_filter
    assert model_admin.list_editable == ()
    assert model_admin.show_full_result_count is False


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS)
def test_search_answers(model: type[Any], desk: Client) -> None:
    ROWS[model]()
    response = desk.get(address(model, "changelist"), {"q": "没有这个词"})
    assert response.context["cl"].result_count == 0


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS)
def test_text_lookups_are_refused(model: type[Any], desk: Client) -> None:
    ROWS[model]()
    field = admin.site._registry[model].search_fields[0]
    for lookup in ("__regex", "__iregex", "__startswith", "__contains"):
        assert desk.get(address(model, "changelist"), {f"{field}{lookup}": "a"}).status_code == 400, lookup


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS)
def test_every_filter_offered_works(model: type[Any], desk: Client) -> None:
    ROWS[model]()
    url = address(model, "changelist")
    page = desk.get(url).context["cl"]
    offered = [choice for spec in page.filter_specs for choice in spec.choices(page)]
    assert all(choice["display"] for choice in offered)
    with undrawn():
        for query in {choice["query_string"] for choice in offered}:
            answer: Any = desk.get(url + query)
            assert answer.status_code == 200, query
            assert len(answer.context_data["cl"].result_list) <= model._default_manager.count(), query


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS)
def test_whoever_may_only_view_reads_everything_and_changes_nothing(model: type[Any], desk_of: Any) -> None:
    row = ROWS[model](1)
    client = desk_of(f"view_{model._meta.model_name}")
    url = address(model, "change", row.pk)
    response = client.get(url)
    assert response.status_code == 200
    assert response.context["has_change_permission"] is False
    assert b'name="_save"' not in response.content
    assert b"loaded_version" not in response.content
    assert client.post(url, {"slug": "forged"}).status_code == 403
    assert client.get(address(model, "changelist")).status_code == 200
    assert client.get(address(model, "add")).status_code == 403
    assert client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("model", MODELS)
def test_pages_have_no_inline_script_or_style(model: type[Any], language: str, desk: Client) -> None:
    row = ROWS[model](1)
    desk.cookies["django_language"] = language
    for url in (address(model, "changelist"), address(model, "change", row.pk)):
        page = desk.get(url)
        assert f'lang="{language}"' in page.text
        assert " style=" not in page.text
        assert "<style" not in page.text
        assert page.text.count("<script") == page.text.count("<script src=") + page.text.count("<script id=")
        assert " onclick=" not in page.text
