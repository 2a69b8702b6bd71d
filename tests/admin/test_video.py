"""The film itself and its captions in the film's form."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from films import search
from films.models import Caption, Film, User, Video
from tests.admin.forms import errors_of, filled
from tests.factories import UPLOADS, WEBVTT, make_caption, make_film, make_video

pytestmark = pytest.mark.django_db
SHARED = "https://youtu.be/dQw4w9WgXcQ?si=x"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def url(film: Film) -> str:
    return reverse("admin:films_film_change", args=[film.pk])


def sent(name: str, content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (UPLOADS / name).read_bytes() if content is None else content)


def save(desk: Client, film: Film, **changes: Any) -> Any:
    return desk.post(url(film), filled(desk, url(film)) | changes)


def captions(*texts: Any, **values: Any) -> dict[str, Any]:
    """The controls of new captions; a file goes into the control for files."""
    data: dict[str, Any] = {"captions-TOTAL_FORMS": str(len(texts))}
    for number, text in enumerate(texts):
        controls = {"language": "zh-Hans", "kind": "subtitles", "id": "", **values}
        controls |= {"text": text} if isinstance(text, str) else {"upload": text, "text": ""}
        data |= {f"captions-{number}-{name}": value for name, value in controls.items()}
    return data


def said(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_an_upload_is_stored_and_said_back(desk: Client, media: Path) -> None:
    film = make_film()
    response = save(desk, film, **{"video-0-file": sent("small.webm")})
    assert response.status_code == 302
    video = Video.objects.get()
    assert "影片认出为 WebM · 160×90 · 8秒 · 57.8" in said(response)
    assert "WebM · 160×90 · 8秒" in desk.get(url(film)).content.decode()
    assert [path.name for path in media.rglob("*.*")] == [Path(video.file.name).name]


def test_an_address_is_recognised_and_said_back(desk: Client) -> None:
    film = make_film()
    response = save(desk, film, **{"video-0-address": SHARED})
    assert (Video.objects.get().site, Video.objects.get().site_id) == ("youtube", "dQw4w9WgXcQ")
    assert "YouTube 上的 dQw4w9WgXcQ" in said(response)
    data = filled(desk, url(film))
    assert data["video-0-address"] == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    assert desk.post(url(film), data).status_code == 302
    assert Video.objects.get().site_id == "dQw4w9WgXcQ"


def test_what_is_given_now_takes_the_place_of_what_was_there(
    desk: Client, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    film = make_video().film
    save(desk, film, **{"video-0-file": sent("small.mp4")})
    video = Video.objects.get()
    assert (video.site, video.site_id, bool(video.file)) == ("", "", True)
    with django_capture_on_commit_callbacks(execute=True):
        save(desk, film, **{"video-0-address": "https://vimeo.com/76979871"})
    assert (Video.objects.get().site, Video.objects.get().file.name) == ("vimeo", "")
    assert [path for path in media.glob("videos/*") if path.is_file()] == []
    save(desk, film, **{"video-0-DELETE": "on"})
    assert not Video.objects.exists()


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "both": ({"video-0-file": sent("small.mp4"), "video-0-address": SHARED}, "请留下其中一个"),
    "a page": ({"video-0-file": sent("film.mp4", b"<html>")}, "看的是内容"),
    "nothing in it": ({"video-0-file": sent("film.mp4", b"")}, "空"),
    "a short link": ({"video-0-address": "https://b23.tv/x"}, "b23.tv 是短链接"),
    "markup": (captions(WEBVTT + "\n00:07.000 --> 00:08.000\n<script>x</script>\n"), "第 10 行有 WebVTT 不认识的标记"),
    "a file in another encoding": (captions(sent("a.vtt", WEBVTT.encode("gb18030"))), "第 4 行不是 UTF-8"),
    "captions without text": (captions("", language="en"), "字幕是空的"),
    "the same twice": (captions(WEBVTT, WEBVTT), "写了两份"),
}  # fmt: skip


@pytest.mark.parametrize("title", REFUSED)
def test_a_refusal_is_one_sentence_and_stores_nothing(desk: Client, media: Path, title: str) -> None:
    changes, words = REFUSED[title]
    for value in changes.values():
        if isinstance(value, SimpleUploadedFile):
            value.seek(0)
    film = make_film()
    errors = [str(error) for error in errors_of(save(desk, film, **changes))]
    # Django says besides, beside the rows themselves, that they are the same.
    assert [words in error for error in errors if "重复" not in error] == [True], errors
    assert (Video.objects.count(), Caption.objects.count()) == (0, 0)
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_captions_are_pasted_uploaded_found_and_put_in_order(desk: Client) -> None:
    film = make_film()
    search.rebuild()
    data = captions(WEBVTT.replace("\n", "\r\n"), sent("en.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nA deer\n"))
    assert save(desk, film, **data | {"captions-1-language": "en"}).status_code == 302
    assert dict(Caption.objects.values_list("language", "transcript")) == {
        "zh-Hans": "小鹿走进森林 它再也没有回来", "en": "A deer",
    }  # fmt: skip
    hits = search.search("森林").hits
    assert [hit.url for hit in hits] == [f"{film.get_absolute_url()}#transcript-zh-Hans-subtitles"]
    save(desk, film, **{"captions-0-text": WEBVTT.replace("森林", "大海")})
    assert (search.search("森林").total, search.search("大海").total, search.check()) == (0, 1, [])
    save(desk, film, **{"captions-0-DELETE": "on", "captions-1-DELETE": "on"})
    assert (search.search("大海").total, search.check(), Caption.objects.count()) == (0, [], 0)


def test_who_may_only_view_sees_the_film_and_changes_nothing(desk_of: Any) -> None:
    film = make_video().film
    make_caption(film=film)
    desk = desk_of("view_film")
    page = desk.get(url(film)).content.decode()
    assert "YouTube 上的 dQw4w9WgXcQ" in page
    assert "小鹿走进森林" in page
    assert not re.search(r'name="(video|captions)-0-(file|address|upload|text)"', page)
    assert desk.post(url(film), {"video-0-address": "https://vimeo.com/1"}).status_code == 403
    assert Video.objects.get().site == "youtube"


def test_a_contributor_gives_a_film_to_a_draft_of_their_own(desk_of: Any) -> None:
    desk = desk_of("add_film", "add_creator")
    film = make_film(status="draft", created_by=User.objects.get(username__startswith="staff"))
    assert save(desk, film, **{"video-0-address": SHARED}).status_code == 302
    assert Video.objects.get().film == film
