import datetime as dt

import pytest
from django.utils import timezone

from films import preview
from films.models import Film, Portrait, User, Video
from tests.factories import make_creator, make_film, make_portrait, make_poster, make_still, make_video

pytestmark = pytest.mark.django_db

SIZE = 10_000


def name_publicly(name: str) -> None:
    """A public film has this file; what is in it does not matter here."""
    Video.objects.bulk_create([Video(film=make_film(), file=name)])


@pytest.fixture
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "films").mkdir()
    (settings.MEDIA_ROOT / "films" / "a.mp4").write_bytes(bytes(number % 251 for number in range(SIZE)))
    (tmp_path / "secret").write_text("secret")
    name_publicly("films/a.mp4")
    return settings.MEDIA_ROOT


@pytest.fixture
def get(client, folder):
    """Ask for a file, and read the answer to its end, where the client closes it: it holds a file open."""

    def ask(path, method="get", **headers):
        response = getattr(client, method)(
            path, headers={name.replace("_", "-"): words for name, words in headers.items()}
        )
        response.body = b"".join(response.streaming_content) if response.streaming else response.content
        return response

    return ask


def test_a_file_whole(get, folder):
    file = get("/media/films/a.mp4")
    assert (file.status_code, len(file.body)) == (200, SIZE)
    assert file.headers["Content-Type"] == "video/mp4"
    assert file.headers["Accept-Ranges"] == "bytes"
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert file.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Set-Cookie" not in file.headers
    packed = get("/media/films/a.mp4", accept_encoding="gzip", range="bytes=0-4999")
    assert "Content-Encoding" not in packed.headers
    assert packed.body == file.body[:5000]
    head = get("/media/films/a.mp4", "head")
    assert (head.headers["Content-Length"], head.body) == (str(SIZE), b"")


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-1", 0, 1),
        ("bytes=0-0", 0, 0),
        ("bytes=9999-", 9999, 9999),
        ("bytes=100-199", 100, 199),
        ("bytes=9000-", 9000, 9999),
        ("bytes=-500", 9500, 9999),
        ("bytes=9990-20000", 9990, 9999),
    ],
)
def test_a_part(get, folder, asked, first, last):
    part = get("/media/films/a.mp4", range=asked)
    whole = (folder / "films" / "a.mp4").read_bytes()
    assert (part.status_code, part.body) == (206, whole[first : last + 1])
    assert part.headers["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert part.headers["Content-Length"] == str(last + 1 - first)


def test_a_part_behind_the_end(get, folder):
    part = get("/media/films/a.mp4", range="bytes=10000-")
    assert (part.status_code, part.headers["Content-Range"]) == (416, f"bytes */{SIZE}")


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "lines=1-2", "bytes=x-y", "bytes=", "nothing"])
def test_a_range_that_makes_no_sense_is_passed_over(get, folder, asked):
    assert get("/media/films/a.mp4", range=asked).status_code == 200


def test_a_part_of_another_file_is_not_mixed_in(get, folder):
    file = get("/media/films/a.mp4")
    for name in ("ETag", "Last-Modified"):
        same = get("/media/films/a.mp4", range="bytes=5-6", if_range=file.headers[name])
        assert same.status_code == 206
    for condition in ('"other"', f"W/{file.headers['ETag']}", "Thu, 01 Jan 1970 00:00:00 GMT"):
        other = get("/media/films/a.mp4", range="bytes=5-6", if_range=condition)
        assert other.status_code == 200


def test_who_has_the_file_gets_304(get, folder):
    etag = get("/media/films/a.mp4").headers["ETag"]
    assert get("/media/films/a.mp4", if_none_match=etag).status_code == 304


@pytest.mark.parametrize("kind", ["html", "svg", "pdf", "js", ""])
def test_what_could_run_is_only_saved(get, folder, kind):
    (folder / f"b.{kind}").write_text("<script>alert(1)</script>")
    name_publicly(f"b.{kind}")
    file = get(f"/media/b.{kind}")
    assert file.headers["Content-Type"] == "application/octet-stream"
    assert file.headers["Content-Disposition"] == "attachment"


@pytest.mark.parametrize(
    "name",
    [
        "../secret",
        "films/../../secret",
        "%2e%2e/secret",
        "/etc/passwd",
        "films",
        "films/",
        "none.png",
        "a%00.mp4",
        "x" * 300,
    ],
)
def test_nothing_else_is_there(get, folder, name):
    assert get(f"/media/{name}").status_code == 404


def test_a_file_being_written_is_not_there_yet(get, folder):
    (folder / ".part.mp4").write_bytes(b"half")
    (folder / ".films").mkdir()
    (folder / ".films" / "a.mp4").write_bytes(b"half")
    assert get("/media/.part.mp4").status_code == get("/media/.films/a.mp4").status_code == 404


def test_nothing_can_be_sent_to_it(get, folder):
    assert get("/media/films/a.mp4", "post").status_code == 405


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    film = make_film(creator=make_creator())
    rows = [make_poster(film=film), make_still(film=film), make_portrait(creator=film.creators.get())]
    video = make_video(film=film, file="small.webm")
    return film, [*(file.name for row in rows for file in row.renditions()), str(video.file)]


def seen(client, names: list[str]) -> set[int]:
    answers = [client.get(f"/media/{name}") for name in names]
    for answer in answers:
        answer.getvalue()
    return {answer.status_code for answer in answers}


def test_files_of_a_public_film_and_its_maker_are_shown_and_those_of_a_draft_are_not(client, media):
    film, names = media
    assert seen(client, names) == {200}
    film.status = "draft"
    film.save()
    assert seen(client, names) == {404}
    film.status, film.publish_at = "published", timezone.now() + dt.timedelta(days=1)
    film.save()
    assert seen(client, names) == {404}


def test_the_desk_sees_the_files_of_a_draft_and_no_cache_keeps_them(client, media):
    names = media[1]
    Film.objects.update(status="draft")
    client.force_login(User.objects.create_user("desk", is_staff=True))
    answer = client.get(f"/media/{names[0]}")
    answer.getvalue()
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"].startswith("private, no-store")
    client.force_login(User.objects.create_user("reader"))
    assert seen(client, names) == {404}


def test_a_preview_s_files_are_shown_as_long_as_its_link_opens(client, media):
    film, names = media
    Film.objects.update(status="draft", first_published_at=None)
    film.refresh_from_db()
    of_film = [name for name in names if name not in [file.name for file in Portrait.objects.get().renditions()]]
    preview.make(film, None, 1)
    assert seen(client, of_film) == {200}
    preview.withdraw(film)
    assert seen(client, of_film) == {404}


def test_a_file_costs_the_same_however_many_pictures_there_are(client, media, same_query_count):
    film, names = media

    def ask() -> None:
        assert seen(client, names[:1]) == {200}

    assert same_query_count(lambda: make_still(film=film), ask) <= 5
