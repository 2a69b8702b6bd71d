"""The film itself on its page: the player, what machines are told, and captions for the public alone."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from films import preview
from films.models import Film, User
from films.models.picture import SHARED
from tests.factories import make_caption, make_film, make_poster, make_video

pytestmark = pytest.mark.django_db
ENGLISH = "WEBVTT\n\n00:01.000 --> 00:02.000\nA deer &amp; a wood\n"


def page(client: Client, film: Film, prefix: str = "") -> str:
    return client.get(prefix + film.get_absolute_url()).content.decode()


def told(html: str) -> dict[str, Any]:
    """What machines are told of the film."""
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    [movie] = [node for node in json.loads(text)["@graph"] if node["@type"] == "Movie"]
    return movie


def test_a_film_of_ours_plays_with_its_captions(client: Client, django_assert_num_queries: Any) -> None:
    video = make_video(file="small.webm")
    make_caption(film=video.film)
    make_caption(film=video.film, kind="captions")
    make_caption(film=video.film, language="en", text=ENGLISH)
    page(client, video.film)
    with django_assert_num_queries(1):
        html = page(client, video.film)
    assert f'<video controls preload="metadata" playsinline poster="/posters/{video.film.slug}.svg"' in html
    assert f'<source src="/media/{video.file.name}" type="video/webm">' in html
    tracks = re.findall(r'<track kind="(\w+)" src="([^"]+)" srclang="([^"]+)" label="([^"]+)"( default)?>', html)
    base = f"/captions/{video.film.slug}/"
    assert tracks == [
        ("subtitles", f"{base}zh-Hans-subtitles.vtt", "zh-Hans", "简体中文", " default"),
        ("captions", f"{base}zh-Hans-captions.vtt", "zh-Hans", "简体中文 [CC]", ""),
        ("subtitles", f"{base}en-subtitles.vtt", "en", "English", ""),
    ]
    assert ('label="English" default' in page(client, video.film, "/en"), html.count("<details>")) == (True, 3)
    object_ = told(html)["video"]
    assert (object_["contentUrl"], object_["duration"]) == (f"http://testserver/media/{video.file.name}", "PT0M8S")
    assert object_["transcript"] == "小鹿走进森林 它再也没有回来"
    assert told(page(client, video.film, "/en"))["video"]["transcript"] == "A deer & a wood"


def test_a_film_elsewhere_is_a_plain_link_until_the_click(client: Client) -> None:
    film = make_video(site="vimeo", site_id="76979871/8272103f6e").film
    response = client.get(film.get_absolute_url())
    html = response.content.decode()
    assert '<a href="https://vimeo.com/76979871/8272103f6e" rel="external noopener noreferrer" data-frame=' in html
    assert "<iframe" not in html
    assert not re.findall(r'\s(?:src|poster|srcset)="(?:https?:)?//', html)
    assert "frame-src https://player.vimeo.com" in response.headers["Content-Security-Policy"].split("; ")
    assert 'autoplay=("https://player.vimeo.com")' in response.headers["Permissions-Policy"]
    assert told(html)["video"]["embedUrl"].startswith("https://player.vimeo.com/video/76979871?")


@pytest.mark.parametrize("at", [{}, {"file": "small.webm"}])
def test_the_picture_before_the_film_is_its_poster_with_whose_it_is(client: Client, at: dict[str, str]) -> None:
    film = make_video(**at).film
    [shared] = make_poster(film=film, credit="阿米 提供").renditions(SHARED)
    screen = page(client, film).partition('class="screen')[2].partition('class="set')[0]
    assert re.findall(r'(?:poster|src)="(/media/pictures/[^"]+)"', screen) == [f"/media/{shared.name}"]
    assert '<p class="picture_credit">图：<span lang="zh-Hans">阿米 提供</span>' in screen


def test_without_a_film_nothing_is_shown(client: Client) -> None:
    html = page(client, make_film())
    assert [word for word in ("<video", "screen", "transcript", "film_screen") if word in html] == []
    assert "video" not in told(html)


def test_the_interface_tells_of_film_and_captions(client: Client) -> None:
    film = make_video(file="small.mp4").film
    make_caption(film=film, language="en", text=ENGLISH)
    found = client.get(f"/api/v1/films/{film.slug}/").json()
    assert found["video"] == {
        "file": f"http://testserver/media/{film.video.file.name}", "type": "video/mp4", "site": None, "page": None,
        "width": 160, "height": 90, "seconds": 8,
    }  # fmt: skip
    assert found["captions"] == [
        {"url": f"http://testserver/captions/{film.slug}/en-subtitles.vtt", "language": "en", "kind": "subtitles",
         "transcript": "A deer & a wood"}
    ]  # fmt: skip


def test_captions_are_served_as_they_are_kept_and_of_public_films_alone(client: Client) -> None:
    caption = make_caption()
    response = client.get(caption.address)
    assert response.content.decode() == caption.text
    assert response.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    for name in ("en-subtitles", "zh-Hans-captions", "subtitles", "x"):
        assert client.get(f"/captions/{caption.film.slug}/{name}.vtt").status_code == 404
    assert client.get(make_caption(film=make_film(status="draft")).address).status_code == 404
    old, caption.film.slug = caption.address, "new-place"
    caption.film.save()
    assert client.get(old).headers["Location"] == caption.address == "/captions/new-place/zh-Hans-subtitles.vtt"


def test_a_preview_shows_the_film_that_is_to_come(client: Client) -> None:
    film = make_video(film=make_film(status="draft")).film
    make_caption(film=film)
    link = preview.make(film, User.objects.create_superuser("editor"), 1)
    response = client.get(f"/preview/{preview.token_of(link)}/")
    html = response.content.decode()
    assert 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"' in html
    assert "小鹿走进森林" in html
    assert "/posters/" not in html
    assert "frame-src https://www.youtube-nocookie.com" in response.headers["Content-Security-Policy"].split("; ")
