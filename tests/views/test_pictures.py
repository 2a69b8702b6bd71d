"""Pictures where visitors and machines see them."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from films.generation import writes_content
from films.models.picture import SHARED, UPRIGHT, WHOLE
from tests.factories import make_creator, make_edition, make_film, make_portrait, make_poster, make_still, picture_file

pytestmark = pytest.mark.django_db


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def pictures_in(body: str) -> list[str]:
    return re.findall(r"<picture>.*?</picture>", body)


def urls(picture: Any, ladder: Any, kind: str) -> list[str]:
    return [f"/media/{file.name} {file.width}w" for file in picture.renditions(ladder) if file.format == kind]


def test_the_picture_hangs_in_the_frame_of_the_film(client: Client) -> None:
    film = make_film()
    poster = make_poster(film=film, image=picture_file(600, 900), alt="雪地里的鹿", credit="阿米 提供")
    body = page(client, film.get_absolute_url())
    [shown] = pictures_in(body)
    assert f'<source type="image/avif" srcset="{", ".join(urls(poster, UPRIGHT, "avif"))}"' in shown
    assert f'srcset="{", ".join(urls(poster, UPRIGHT, "webp"))}"' in shown
    assert 'width="600" height="900" alt="雪地里的鹿" lang="zh-Hans" loading="eager"' in shown
    assert "阿米 提供" in body
    assert '<svg class="poster"' not in body


def test_a_film_without_a_picture_keeps_its_typographic_poster(client: Client) -> None:
    body = page(client, make_film().get_absolute_url())
    assert pictures_in(body) == []
    assert 'class="poster"' in body


@pytest.mark.parametrize("lacking", ["alt", "credit"])
def test_a_picture_without_its_words_is_not_shown(client: Client, lacking: str) -> None:
    film, maker = make_film(), make_creator()
    make_film(creator=maker)
    make_poster(film=film, **{lacking: ""})
    make_still(film=film, **{lacking: ""})
    make_portrait(creator=maker, **{lacking: ""})
    for path in (film.get_absolute_url(), "/films/", maker.get_absolute_url()):
        assert "/media/" not in page(client, path)
    told = client.get(f"/api/v1/films/{film.slug}/").json()
    assert (told["poster"], told["stills"]) == (None, [])


def test_cards_and_lists_show_it_when_they_are_scrolled_to(client: Client) -> None:
    film = make_film(edition=make_edition())
    make_poster(film=film)
    for path in ("/", "/films/", film.edition.get_absolute_url(), film.creators.get().get_absolute_url()):
        [shown] = pictures_in(page(client, path))
        assert 'width="60" height="90" alt="" loading="lazy"' in shown


def test_stills_stand_in_their_order(client: Client) -> None:
    film = make_film()
    second = make_still(film=film, position=2, alt="第二张", credit="乙", image=picture_file(200, 100))
    first = make_still(film=film, position=1, alt="第一张", credit="甲", image=picture_file(100, 50))
    body = page(client, film.get_absolute_url())
    shown = pictures_in(body)
    assert [re.search(r'alt="(.*?)"', one)[1] for one in shown] == ["第一张", "第二张"]
    assert urls(first, WHOLE, "webp")[-1] in shown[0]
    assert 'width="200" height="100"' in shown[1]
    assert all('loading="lazy"' in one for one in shown)
    assert body.index("甲") < body.index("乙")
    assert str(second.image) not in body


def test_a_portrait_stands_on_its_makers_page(client: Client) -> None:
    maker = make_film().creators.get()
    make_portrait(
        creator=maker, alt="她在剪辑台前", alt_en="She sits at the editing table", image=picture_file(400, 400)
    )
    [shown] = [one for one in pictures_in(page(client, maker.get_absolute_url())) if "她在剪辑台前" in one]
    assert 'width="320" height="400"' in shown
    data = json.loads(re.search(r"ld\+json\">(.*?)</script>", page(client, maker.get_absolute_url()))[1])
    person = next(node for node in data["@graph"] if node["@type"] == "Person")
    assert re.fullmatch(r"http://testserver/media/pictures/\w\w/\w+-320\.webp", person["image"])


def test_english_readers_hear_english_or_the_chinese_as_chinese(client: Client) -> None:
    film = make_film()
    make_poster(film=film, alt="雪地里的鹿", alt_en="A deer in the snow")
    make_still(film=film, alt="林中", alt_en="")
    body = page(client, f"/en{film.get_absolute_url()}")
    assert 'alt="A deer in the snow" lang="en"' in body
    assert 'alt="林中" lang="zh-Hans"' in body


@pytest.mark.parametrize("make", [make_poster, make_still])
def test_other_sites_show_the_picture(client: Client, make: Any) -> None:
    film = make_film()
    [shared] = make(film=film, image=picture_file(1300, 900)).renditions(SHARED)
    body = page(client, film.get_absolute_url())
    address = f"http://testserver/media/{shared.name}"
    assert f'<meta property="og:image" content="{address}">' in body
    assert '<meta property="og:image:type" content="image/jpeg">' in body
    assert '<meta property="og:image:width" content="1200">' in body
    assert '<meta property="og:image:height" content="630">' in body
    data = json.loads(re.search(r"ld\+json\">(.*?)</script>", body)[1])
    assert next(node for node in data["@graph"] if node["@type"] == "Movie")["image"] == address


def test_machines_get_every_file_with_its_words(client: Client) -> None:
    film = make_film()
    make_still(film=film)
    poster = make_poster(film=film, alt_en="A deer")
    told = client.get(f"/api/v1/films/{film.slug}/").json()
    assert {name: told["poster"][name] for name in ("alt", "alt_en", "credit")} == {
        "alt": "雪地里的鹿", "alt_en": "A deer", "credit": "CamRed 提供",
    }  # fmt: skip
    assert told["poster"]["files"][0] == {
        "url": f"http://testserver/media/{poster.renditions(UPRIGHT)[0].name}",
        "type": "image/avif", "width": 60, "height": 90,
    }  # fmt: skip
    assert [len(still["files"]) for still in told["stills"]] == [2]
    assert client.get("/api/v1/films/").json()["items"][0]["poster"] == told["poster"]


def test_pages_ask_no_more_for_pictures(client: Client, same_query_count: Any) -> None:
    edition = make_edition()

    def make() -> None:
        film = make_film(edition=edition)
        make_poster(film=film), make_still(film=film), make_portrait(creator=film.creators.get())

    assert same_query_count(make, lambda: client.get("/films/")) == 4
    film = edition.films.first()
    assert same_query_count(lambda: make_still(film=film), lambda: client.get(film.get_absolute_url())) == 2


def test_a_picture_is_content_that_pages_show() -> None:
    assert writes_content('INSERT INTO "films_poster" ("image") VALUES (%s)')
    assert writes_content('UPDATE "films_still" SET "alt" = %s')
    assert writes_content('DELETE FROM "films_portrait" WHERE "id" IN (%s)')
