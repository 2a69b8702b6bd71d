"""The image for sharing: rendered once, kept by its content, never there for what is not public."""

import datetime as dt
import struct
import zlib
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from films import share_image
from films.models import Film
from films.poster import PIGMENTS
from tests.factories import make_edition, make_film

pytestmark = pytest.mark.django_db
SEEDS = str(project.BASE_DIR / "seeds")
RENDERS = pytest.mark.skipif(
    not share_image.can_render(), reason="needs resvg-py and a Han font; on Debian: apt install fonts-noto-cjk"
)


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "share"


@pytest.fixture
def without_extra(monkeypatch):
    monkeypatch.setattr(share_image, "can_render", lambda: False)


def address(film: Film) -> str:
    return reverse("share_image", args=[film.slug])


def size_of(png: bytes) -> tuple[int, ...]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


@RENDERS
def test_a_public_film_has_its_poster_as_an_image(client, media):
    film = make_film(title="梅花鹿")
    answer = client.get(address(film))
    assert (answer.status_code, answer["Content-Type"], size_of(answer.content)) == (200, "image/png", (1200, 630))
    assert [path.read_bytes() for path in media.iterdir()] == [answer.content]
    assert answer.content != share_image.plain(share_image.wide_facts(film))


@RENDERS
def test_the_title_is_in_the_picture():
    titled = make_film(title="梅花鹿", poster_pigment="ink", poster_figure="dome", poster_seed="x")
    other = make_film(title="梅花马", poster_pigment="ink", poster_figure="dome", poster_seed="x")
    other.credits.update(creator=titled.credits.get().creator)
    assert share_image.share_image(titled) != share_image.share_image(other)


def test_it_is_rendered_once_and_again_when_the_poster_changes(client, media):
    film = make_film(title="梅花鹿")
    first = client.get(address(film)).content
    (kept,) = media.iterdir()
    kept.write_bytes(b"kept")
    assert client.get(address(film)).content == b"kept"
    film.poster_pigment = next(name for name in PIGMENTS if name != film.poster_pigment)
    film.save()
    assert client.get(address(film)).content not in (b"kept", first)
    assert len(list(media.iterdir())) == 2


def test_preparing_renders_public_films_only(media):
    share_image.prepare(
        [make_film(), make_film(status="draft"), make_film(publish_at=timezone.now().replace(year=2999))]
    )
    assert len(list(media.iterdir())) == 1


def test_an_import_that_publishes_nothing_prepares_nothing(media):
    call_command("import_seeds", SEEDS, "--dry-run", verbosity=0)
    assert not media.exists()
    call_command("import_seeds", SEEDS, "--draft", verbosity=0)
    assert not media.exists()


def test_an_import_prepares_what_it_made_public(media):
    call_command("import_seeds", SEEDS, verbosity=0)
    expected = {share_image.file_name(share_image.wide_facts(film)) for film in Film.objects.published()}
    assert len(expected) == 5
    assert {path.stem for path in media.iterdir()} == expected


def test_an_import_that_changes_nothing_prepares_nothing(media):
    call_command("import_seeds", SEEDS, verbosity=0)
    for path in media.iterdir():
        path.unlink()
    call_command("import_seeds", SEEDS, verbosity=0)
    assert list(media.iterdir()) == []


def test_publishing_from_the_list_prepares_what_became_public(media, admin_client, django_capture_on_commit_callbacks):
    films = [make_film(status="draft") for _ in range(2)]
    chosen = {"action": "publish", "_selected_action": [film.pk for film in films]}
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(reverse("admin:films_film_changelist"), chosen)
    fresh = Film.objects.published().filter(pk__in=[film.pk for film in films])
    assert {path.stem for path in media.iterdir()} == {
        share_image.file_name(share_image.wide_facts(film)) for film in fresh
    }
    assert len(fresh) == 2


def test_the_newest_are_prepared_first_and_no_more_than_asked(media):
    old, *films = [make_film() for _ in range(5)]
    Film.objects.filter(pk=old.pk).update(updated_at=timezone.now() - dt.timedelta(days=1))
    done = []
    share_image.prepare_changed(timezone.now() - dt.timedelta(hours=1), 3, lambda *step: done.append(step))
    assert done == [(1, 3), (2, 3), (3, 3)]
    expected = {share_image.file_name(share_image.wide_facts(film)) for film in films[-3:]}
    assert {path.stem for path in media.iterdir()} == expected


def test_a_closed_disk_does_not_stop_an_import(media):
    media.parent.mkdir(parents=True, exist_ok=True)
    media.write_text("a file where the folder should be")
    call_command("import_seeds", SEEDS, verbosity=0)
    assert Film.objects.published().count() == 5


@pytest.mark.parametrize("kind", ["share_image", "wide_poster"])
@pytest.mark.parametrize("status", ["draft", "review", "archived"])
def test_what_is_not_public_has_no_image_even_when_one_was_kept(client, kind, status):
    film = make_film(title="梅花鹿")
    path = reverse(kind, args=[film.slug])
    assert client.get(path).status_code == 200
    film.status = status
    film.save()
    assert client.get(path).status_code == 404
    film.status, film.publish_at = "published", timezone.now().replace(year=2999)
    film.save()
    assert client.get(path).status_code == 404


def test_kept_files_have_no_address_of_their_own(client, media):
    client.get(address(make_film()))
    (kept,) = media.iterdir()
    assert client.get(f"/media/share/{kept.name}").status_code == 404


def test_a_hidden_edition_is_not_in_the_picture(client):
    hidden = make_film(title="梅花鹿", edition=make_edition(theme="隐藏", status="draft"))
    words = client.get(reverse("wide_poster", args=[hidden.slug])).content.decode()
    assert "梅花鹿" in words
    assert "隐藏" not in words


@pytest.mark.parametrize("kind", ["share_image", "wide_poster"])
def test_an_old_address_leads_to_the_present_one(client, kind):
    film = make_film(slug="old")
    film.slug = "new"
    film.save()
    answer = client.get(reverse(kind, args=["old"]))
    assert (answer.status_code, answer["Location"]) == (301, reverse(kind, args=["new"]))


def test_the_wide_poster_is_a_picture_that_may_load_nothing(client):
    answer = client.get(reverse("wide_poster", args=[make_film(title="<b>&").slug]))
    assert answer["Content-Type"] == "image/svg+xml"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert b"&lt;b&gt;&amp;" in answer.content


def test_without_the_extra_the_pigment_and_the_empty_marks_stand_in(without_extra):
    film = make_film(title="梅花鹿", poster_pigment="ink")
    image = share_image.share_image(film)
    assert size_of(image) == (1200, 630)
    rows = zlib.decompress(image[image.index(b"IDAT") + 4 : -16])
    middle = rows[(1 + 3 * 1200) * 315 :][1 : 1 + 3 * 1200]
    ground, stroke = (bytes.fromhex(colour[1:]) for colour in ("#14191c", "#eef2ee"))
    assert (middle[:3], middle[3 * 600 : 3 * 601], middle[3 * 330 : 3 * 331]) == (ground, ground, stroke)
    assert middle == b"".join(middle[3 * x : 3 * x + 3] for x in range(1199, -1, -1))


def test_a_disk_that_cannot_be_written_costs_no_answer(client, settings, without_extra):
    settings.MEDIA_ROOT = "/proc/nowhere"
    assert size_of(client.get(address(make_film())).content) == (1200, 630)


def test_a_films_page_names_its_image(client):
    film = make_film(title="梅花鹿")
    page = client.get(film.get_absolute_url()).text
    image = page.split('property="og:image" content="')[1].split('"')[0]
    assert image.startswith(f"http://testserver{address(film)}?v=")
    assert client.get(image).status_code == 200
