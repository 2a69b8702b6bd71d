"""What articles, editors and files bring is words: several hundred payloads in every field of text, on every page."""

import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer
from reversion.models import Version

from films import generation, history, preview, search
from films.models import (
    Creator,
    Film,
    Intake,
    Interview,
    LinkCheck,
    MediaCheck,
    Preview,
    SearchDocument,
    SlugRedirect,
    Source,
    Tool,
    User,
    Work,
)
from films.site_export.starts import ALONE, OF_ENTRIES, in_languages
from tests.admin.rows import ROWS, full_film, make_partnership, report_of
from tests.browser.conftest import Visit
from tests.browser.test_look import looking
from tests.factories import make_caption, make_edition, make_interview, make_portrait, make_poster, make_video
from tests.hostile.markup import ADDRESSES, PAYLOADS, PLACES, SECOND, WATCH
from tests.importer.texts import article_text

# What is no text of anybody's: written by machines, looked up by, or of a form that holds no payload.
SHAPED = {"identity", "sha256", "source_key", "password", "made_from", "made_to", "object_id"}
SHAPED |= {"records", "imported", "options", "told"}
KEPT_WORDS = {"outcome", "status", "kind", "code", "sha256", "record"}
ALL = " ".join(PAYLOADS)
# Without what a browser holds to be space.
SQUEEZED = re.sub(r"[\s\ufeff]", "", ALL)
WEB = "https://example.org/?"
# So many rows of each model have every payload in every field.
WHOLE = 2
# What no visitor reads as it stands: made for looking up, for the desk and for drawing, shown by lines or as addresses.
UNREAD = {"aliases", "compared_name", "compared_title", "cues", "sort_key", "title_sort"}
UNREAD |= {"poster_lines", "poster_seed"}
UNREAD |= {"passages", "report", "encoding", "fingerprint", "lead", "headline_printed", "publisher_printed"}
UNREAD |= {"published_on_printed", "view_count_printed", "text", "links", "link", "site_id"}


def fields_of(model: type[models.Model]) -> Iterator[Any]:
    """Every field of a model that holds text somebody wrote."""
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, (models.CharField, models.TextField, models.JSONField))
        is_own = field.name in SHAPED or isinstance(field, (models.SlugField, models.FileField))
        if is_text and not is_own and not field.choices:
            yield field


def name_of(field: Any) -> str:
    return f"{field.model._meta.model_name}.{field.name}"


def in_json(value: Any, tag: str) -> Any:
    """The same data with payloads for words; an empty list gets some."""
    if isinstance(value, dict):
        return {key: each if key in KEPT_WORDS else in_json(each, f"{tag}.{key}") for key, each in value.items()}
    if isinstance(value, list):
        return [in_json(each, tag) for each in value]
    return f"{tag} {ALL}" if isinstance(value, str) else value


def in_field(field: Any, row: Any, payloads: list[str]) -> Any:
    """These payloads as the field can hold them, behind the field's own name."""
    tag, old = name_of(field), field.value_from_object(row)
    if field.name == "links":
        return [*ADDRESSES, *(f"{WEB}{payload}" for payload in payloads)]
    if isinstance(field, models.JSONField):
        return [tag, *payloads] if field.default is list else in_json(old, tag)
    if isinstance(field, models.URLField):
        choices = [*ADDRESSES, WEB + " ".join(payloads)]
        return choices[row.pk % len(choices)]
    if old.startswith("WEBVTT"):
        return "\n\n".join(["WEBVTT", *(f"00:00.000 --> 10:00.000\n{text}" for text in payloads)])
    return " ".join([tag, str(row.pk), *payloads])


def plant(model: type[models.Model], turn: Iterator[str]) -> None:
    """Past every validator: all payloads into each field of the first rows, as many as fit into the others'."""
    for number, row in enumerate(model._base_manager.order_by("pk")):
        values = {}
        for field in fields_of(model):
            few = [next(turn) for _ in range((field.max_length or 400) // 60)]
            values[field.name] = in_field(field, row, few if number >= WHOLE else list(PAYLOADS))
        if getattr(row, "file", None):
            del values["site_id"]
        if values:
            model._base_manager.filter(pk=row.pk).update(**values)


def planted_models() -> list[type[models.Model]]:
    """Every model whose words people write or files bring: a new one is among them by itself."""
    found = (*apps.get_app_config("films").get_models(), Group, LogEntry)
    return [model for model in found if model not in (SearchDocument, Preview, SlugRedirect, Intake)]


def plant_everywhere(editor: User) -> None:
    turn = cycle(PAYLOADS)
    for model in planted_models():
        plant(model, turn)
    history.record([Film.objects.earliest("pk")], editor, ALL)
    search.rebuild()


@pytest.fixture
def editor(live_server: LiveServer, settings: Any, tmp_path: Path) -> User:
    settings.MEDIA_ROOT, settings.DATA_DIR = tmp_path / "media", tmp_path
    return User.objects.create_superuser("editor", password="editor-password-1")


@pytest.fixture
def world(editor: User) -> dict[str, Any]:
    """One row of everything, then what is not public yet; each of them full of payloads."""
    film = full_film()
    make_portrait(creator=film.creators.earliest("pk"))
    record = f"film:{film.source_key}"
    Source.objects.filter(pk=film.source_id).update(
        records={record: [1, 999], f"film:{PAYLOADS[3]}": [4, 5]}, report=report_of(record)
    )
    talk = make_interview(heading="圆桌", exchanges=2, edition=film.edition)
    pictured = make_poster().film
    watched = make_video(file="small.webm").film
    make_caption(film=watched)
    for position in range(len(ADDRESSES) + 1):
        make_partnership(film.edition, position)
    coming = [
        full_film(status="draft"),
        make_edition(status="draft"),
        make_interview(heading="未来", status="draft"),
    ]
    for model, make in ROWS.items():
        if not model._base_manager.count() > 1:
            make()
    history.record([film], editor, "之前")
    LogEntry.objects.create(user=editor, object_repr="鹿", action_flag=1, change_message="加")
    LinkCheck.objects.create(address="https://example.org/", reason="gone", location="https://example.com/")
    MediaCheck.objects.create(name="videos/a.webm", fault="missing")
    plant_everywhere(editor)
    links = [preview.make(entry, editor, 1) for entry in coming]
    return {"film": film, "talk": talk, "pictured": pictured, "watched": watched, "previews": links}


@pytest.fixture
def watched(chromium: Browser, live_server: LiveServer) -> Iterator[Visit]:
    """A browser that notes what runs, what is refused and what is asked for elsewhere."""
    with looking(chromium, live_server.url, viewport={"width": 1280, "height": 900}) as visit:
        visit.page.context.add_init_script(WATCH)
        visit.page.set_default_timeout(20_000)
        visit.page.on("dialog", lambda dialog: (visit.console.append(f"dialog {dialog.message}"), dialog.dismiss()))
        yield visit
        visit.is_clean()


def test_each_payload_would_be_noticed_where_nothing_escapes_it(watched: Visit) -> None:
    """Read into every kind of place as it is, nearly all of them make something that should not be there."""
    watched.page.goto("about:blank")
    biting = watched.page.evaluate(
        """([payloads, places]) => payloads.filter((payload) => places.some((place) =>
             injected(new DOMParser().parseFromString(place.replace("HERE", () => payload), "text/html")).length))""",
        [PAYLOADS, PLACES],
    )
    assert len(set(biting)) >= 300
    assert set(PAYLOADS) - set(biting) <= set(PAYLOADS[-len(SECOND) :])


def is_words_alone(visit: Visit, address: str) -> str:
    """Open an address; nothing but words came of what is stored. Gives the words."""
    response = visit.page.goto(visit.site + address)
    assert response is not None
    assert response.status == 200, address
    nothing_came_of_it(visit)
    if address.endswith(".atom"):
        entries = visit.page.evaluate("injectedIntoFeed()")
        assert entries, address
        assert not any(entries), address
    return str(visit.page.evaluate("words()"))


def nothing_came_of_it(visit: Visit) -> None:
    assert visit.page.evaluate("[calls, violations, injected(document)]") == [[], [], []], visit.page.url
    visit.is_clean()


def public_addresses(world: dict[str, Any]) -> list[str]:
    """Each kind of address of an entry full of payloads, and those that stand alone, in both languages."""
    rows = [model.objects.published().earliest("pk") for model in OF_ENTRIES if model is not Interview]
    rows += [world["talk"], world["pictured"], world["film"].mentions.get().work]
    of_rows = [(name, [row.slug]) for row in rows for name in OF_ENTRIES[type(row)]]
    of_previews = [("films:preview", [preview.token_of(row)]) for row in world["previews"]]
    asked = [*((name, []) for name in ALONE), *of_rows, *of_previews]
    # Of what is JSON one page is enough: a browser shows it as words.
    found = [path for path in in_languages(asked) if not path.endswith(".png") and not path.startswith("/api/")]
    return [*found, reverse("api:film_detail", args=[world["film"].slug]), world["watched"].captions.get().address]


def test_no_public_page_runs_what_is_stored(watched: Visit, world: dict[str, Any]) -> None:
    addresses = [*public_addresses(world), f"/search/?{urlencode({'q': PAYLOADS[40]})}"]
    words = "\n".join(is_words_alone(watched, address) for address in addresses)
    assert len(addresses) > 50
    unread = {name for name in planted_names() if not is_shown(name, words)}
    assert {name for name in unread if name.partition(".")[2] not in UNREAD} == {"source.name"}
    assert "source.text" in words
    plays_its_captions(watched, world)


def planted_names() -> set[str]:
    """The fields of all models but those that visitors never see anything of."""
    found = [model for model in planted_models() if model._meta.db_table not in generation.PRIVATE]
    return {name_of(field) for model in found if model._meta.app_label == "films" for field in fields_of(model)}


def is_shown(name: str, words: str) -> bool:
    """Whether all that was planted in one field stands on a page, sign by sign."""
    return any(words.startswith(SQUEEZED, match.end()) for match in re.finditer(rf"{name}\d+", words))


def plays_its_captions(visit: Visit, world: dict[str, Any]) -> None:
    """The captions of a film of our own, drawn over it by the browser."""
    is_words_alone(visit, world["watched"].get_absolute_url())
    film = visit.page.locator("video").element_handle()
    film.evaluate("(film) => { film.textTracks[0].mode = 'showing'; film.currentTime = 1; }")
    visit.page.wait_for_function("(film) => film.textTracks[0].activeCues?.length > 300", arg=film)
    nothing_came_of_it(visit)


def desk_addresses(world: dict[str, Any]) -> Iterator[str]:
    """Each kind of admin page of each model with a row full of payloads, and the pages beside them."""
    for model in admin.site._registry:
        names = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        key = model._base_manager.earliest("pk").pk
        yield reverse(f"{names}_changelist")
        yield reverse(f"{names}_change", args=[key])
        if model in (Creator, Film, Source):
            yield from (reverse(f"{names}_{page}", args=[key]) for page in ("history", "delete"))
    yield from (reverse(f"admin:{name}") for name in ("index", "board", "suggestions", "merges"))
    film = world["film"]
    yield reverse("admin:films_film_change", args=[world["watched"].pk])
    versions = Version.objects.get_for_object(film).values_list("pk", flat=True)
    yield from (reverse("admin:films_film_revision", args=[film.pk, key]) for key in versions)
    yield reverse("admin:films_film_recoverlist")
    for model in (Creator, Tool, Work):
        keys = ",".join(str(row.pk) for row in model.objects.order_by("pk")[:2])
        yield f"{reverse(f'admin:films_{model._meta.model_name}_merge')}?ids={keys}"


def test_no_page_of_the_desk_runs_what_is_stored(watched: Visit, world: dict[str, Any], editor: User) -> None:
    client = Client()
    client.force_login(User.objects.get(pk=editor.pk))
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    watched.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": watched.site}])
    for address in [*desk_addresses(world), *given(client)]:
        is_words_alone(watched, address)


def given(client: Client) -> Iterator[str]:
    """An article full of payloads, as it is shown before it is taken and after."""
    text = article_text(headline=f"走进{PAYLOADS[3]}的“极乐世界”", maker="阿米", answers=PAYLOADS[5:8])
    file = SimpleUploadedFile("<img src=x onerror=ran(1)>.txt", "\n\n".join([text, *PAYLOADS]).encode())
    url = client.post(reverse("admin:films_source_import"), {"file": file, "text": ""}).url
    yield url
    agreed = client.get(url).context["agreed"]
    yield client.post(f"{url}confirm/", {"agreed": agreed}).url
    yield reverse("admin:films_source_change", args=[Source.objects.latest("pk").pk])
