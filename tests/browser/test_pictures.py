"""Pictures at the desk in Chromium: chosen, aimed, put in order, replaced, deleted; nothing of them is left behind."""

import gc
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, expect
from reversion.models import Version

from films.backup.media import names
from films.models import Film, Poster, Still, User
from films.models.picture import FOLDER, UPRIGHT
from films.uploads.images import ANIMATED
from tests.browser.conftest import Visit
from tests.factories import picture_file


@pytest.fixture
def desk(visit: Visit, settings: Any, tmp_path: Path) -> Iterator[Visit]:
    """Signed in, as someone who may do everything, with an empty folder for media."""
    settings.MEDIA_ROOT = tmp_path / "media"
    client = Client()
    client.force_login(User.objects.create_superuser("editor"))
    name = settings.SESSION_COOKIE_NAME
    visit.page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": visit.site}])
    yield visit
    visit.page.wait_for_load_state("networkidle")


def file(name: str, *size: int, format: str = "JPEG", **options: Any) -> Any:
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture_file(*size, format=format, **options).read()}


def save(page: Page) -> None:
    page.click("[name=_continue]")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".messagelist .success")).to_be_visible()


def aim(page: Page, row: str, across: float, down: float) -> None:
    whole = page.locator(f"{row} .picture-whole :is(img, canvas)")
    whole.scroll_into_view_if_needed()
    box = whole.bounding_box()
    whole.click(position={"x": box["width"] * across, "y": box["height"] * down})


def words(page: Page, prefix: str, alt: str) -> None:
    page.fill(f"[name={prefix}-alt]", alt)
    page.fill(f"[name={prefix}-credit]", "阿米 提供")


def stored() -> set[str]:
    gc.collect()
    return set(names())


def shown() -> set[str]:
    rows = [*Poster.objects.all(), *Still.objects.all()]
    return {file.name for row in rows for file in row.renditions()}


def kept_by_history() -> set[str]:
    texts = list(Version.objects.values_list("serialized_data", flat=True))
    return {name for name in stored() if name.startswith(FOLDER) and any(name in text for text in texts)}


def test_pictures_from_choosing_to_deleting(desk: Visit) -> None:
    film = Film.objects.get(title="梅花鹿")
    address, page = reverse("admin:films_film_change", args=[film.pk]), desk.page
    desk.open(address)

    # A new picture is aimed at before it is sent; two stills are added.
    page.set_input_files("[name=poster-0-image]", file("海报.jpg", 900, 600))
    aim(page, "#poster-0", 0.1, 0.25)
    assert [page.input_value(f"[name=poster-0-focus_{axis}]") for axis in "xy"] == ["10", "25"]
    words(page, "poster-0", "鹿在左边")
    for number, name in enumerate(("first.png", "second.webp")):
        page.click("#stills-group .add-row a")
        page.set_input_files(f"[name=stills-{number}-image]", file(name, 320, 180, format=name.split(".")[1].upper()))
        words(page, f"stills-{number}", name)
    save(page)
    poster = Poster.objects.get()
    assert (poster.focus, poster.renditions(UPRIGHT)[-1].box) == ((10, 25), (0, 0, 400, 600))
    assert list(film.stills.values_list("position", "alt")) == [(1, "first.png"), (2, "second.webp")]
    assert stored() == shown() | kept_by_history()
    desk.open(film.get_absolute_url())
    expect(page.locator(".stage .frame img")).to_have_js_property("complete", True)
    assert page.locator(".stage .frame img").evaluate("(image) => image.naturalWidth") > 0
    assert page.locator(".gallery img").evaluate_all("(all) => all.map((image) => image.alt)") == [
        "first.png", "second.webp",
    ]  # fmt: skip

    # The stored picture is aimed at anew, the gallery has another order, a still is replaced.
    desk.open(address)
    aim(page, "#poster-0", 0.9, 0.5)
    page.click("#stills-1 .order-buttons .up")
    assert [page.input_value(f"[name=stills-{number}-position]") for number in (0, 1)] == ["2", "1"]
    page.set_input_files("[name=stills-0-image]", file("third.jpg", 240, 240))
    page.fill("[name=stills-0-alt]", "third.jpg")
    save(page)
    assert Poster.objects.get().renditions(UPRIGHT)[-1].box == (500, 0, 900, 600)
    assert list(film.stills.values_list("alt", "width")) == [("second.webp", 320), ("third.jpg", 240)]
    assert {name for name in stored() if not name.startswith(FOLDER)} == shown()

    # What moves is refused in words, and leaves nothing.
    before = stored()
    page.set_input_files("[name=poster-0-image]", file("moving.jpg") | {"buffer": animated()})
    page.click("[name=_continue]")
    expect(page.locator("#poster-0 .errorlist")).to_contain_text(str(ANIMATED % {"frames": 3}))
    expect(page.locator("#poster-0 .picture-lost")).to_be_visible()
    assert stored() == before

    # Deleted one by one, then with the film: what the history can bring back is all that stays, for nobody to see.
    desk.open(address)
    page.check("[name=poster-0-DELETE]")
    save(page)
    assert {name for name in stored() if not name.startswith(FOLDER)} == shown()
    assert Poster.objects.count() == 0
    desk.open(reverse("admin:films_film_delete", args=[film.pk]))
    page.click("#content form [type=submit]")
    page.wait_for_url("**/admin/films/film/*")
    assert Still.objects.count() == 0
    assert stored() == kept_by_history()
    assert len(stored()) == 4


def animated() -> bytes:
    frames = [Image.new("RGB", (40, 40), (shade, 0, 0)) for shade in (0, 100, 200)]
    content = BytesIO()
    frames[0].save(content, "PNG", save_all=True, append_images=frames[1:])
    return content.getvalue()
