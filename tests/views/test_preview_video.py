"""A film under a signed link: its captions and what stands in the player, as long as the link opens."""

import re
from typing import Any

import pytest

from films import preview
from films.models import Film
from tests.factories import WEBVTT, make_caption, make_edition, make_film, make_interview, make_poster, make_video

pytestmark = pytest.mark.django_db
KEPT_OUT = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture
def hidden(db) -> Film:
    """A draft with its film, and captions in two languages."""
    film = make_film(title="未公开的片", status="draft")
    make_video(film=film, file="small.webm")
    make_caption(film=film)
    make_caption(film=film, language="en", kind="captions")
    return film


def link(entry) -> str:
    return f"/preview/{preview.token_of(preview.make(entry, None, 7))}/"


def loaded(page: str) -> list[str]:
    """What the player asks for: what stands before the film, the film, the captions."""
    player = page[page.index("<video") : page.index("</video>")]
    return re.findall(r' (?:poster|src)="([^"]+)"', player)


def fetch(client, address: str) -> Any:
    """An answer with its bytes read, so that its file is closed."""
    answer = client.get(address)
    answer.body = answer.getvalue()
    return answer


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_player_of_a_preview_has_all_that_it_asks_for(client, hidden, prefix):
    address = prefix + link(hidden)
    poster, file, *captions = loaded(client.get(address).text)
    assert [poster, *captions] == [
        f"{address}poster.svg",
        f"{address}captions/zh-Hans-subtitles.vtt",
        f"{address}captions/en-captions.vtt",
    ]
    answers = [fetch(client, asked) for asked in (poster, file, *captions)]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert [answer["Content-Type"] for answer in answers] == [
        "image/svg+xml",
        "video/webm",
        *["text/vtt; charset=utf-8"] * 2,
    ]
    assert f">{hidden.creators.get().name}</text>" in answers[0].body.decode()
    assert answers[2].body.decode() == WEBVTT
    for answer in (answers[0], *answers[2:]):
        assert {name: answer[name] for name in KEPT_OUT} == KEPT_OUT


def test_the_link_of_an_interview_has_what_its_film_s_page_asks_for(client, hidden):
    make_poster(film=hidden)
    talk = make_interview(film=hidden, status="draft")
    asked = loaded(client.get(link(talk)).text)
    assert asked[0].startswith("/media/")
    assert [fetch(client, address).status_code for address in asked] == [200] * 4


def test_the_link_of_an_edition_shows_its_films_posters_and_nothing_archived(client):
    edition = make_edition(status="draft")
    films = [make_film(edition=edition, status=status) for status in ("draft", "archived")]
    posters = [make_poster(film=film).renditions()[0].name for film in films]
    assert [fetch(client, f"/media/{name}").status_code for name in posters] == [404, 404]
    link(edition)
    assert [fetch(client, f"/media/{name}").status_code for name in posters] == [200, 404]


@pytest.mark.parametrize("end", ["withdrawn", "published", "forged"])
def test_what_the_player_asks_for_is_gone_with_the_link(client, hidden, end):
    address = link(hidden)
    own = [f"{address}{name}" for name in ("poster.svg", "captions/en-captions.vtt")]
    assert [client.get(asked).status_code for asked in own] == [200, 200]
    if end == "withdrawn":
        preview.withdraw(hidden)
    elif end == "published":
        hidden.status = "published"
        hidden.save()
    else:
        own = [asked.replace("/preview/", "/preview/x") for asked in own]
    assert [client.get(asked).status_code for asked in own] == [404, 404]


def test_a_link_gives_the_captions_of_its_own_film_alone(client, hidden):
    other = make_film(status="draft")
    edition = make_edition(status="draft")
    for entry in (other, edition):
        assert client.get(f"{link(entry)}captions/en-captions.vtt").status_code == 404
    assert client.get(f"{link(hidden)}captions/fr-captions.vtt").status_code == 404
    assert client.get(f"{link(hidden)}captions/en-captions.vtt").status_code == 200
