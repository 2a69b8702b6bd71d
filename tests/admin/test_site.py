"""The front door: language, order, what is left to do."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse

from films import readiness
from films.admin.condition import BROKEN
from films.readiness import Word
from tests.factories import make_edition, make_film, make_interview

INDEX = "admin:index"


def in_language(client: Client, language: str) -> Client:
    url = reverse(INDEX)
    response = client.post(reverse("set_language"), {"language": language, "next": url})
    assert response.url == url
    return client


def test_the_desk_is_read_in_either_language_and_back(desk: Client) -> None:
    assert '<html lang="zh-hans"' in desk.get(reverse(INDEX)).text
    assert '<html lang="en"' in in_language(desk, "en").get(reverse(INDEX)).text
    assert '<html lang="zh-hans"' in in_language(desk, "zh-hans").get(reverse(INDEX)).text


def test_the_sign_in_page_offers_the_other_language(client: Client, db: None) -> None:
    assert '<html lang="zh-hans"' in client.get(reverse("admin:login")).text
    page = in_language(client, "en").get(reverse("admin:login")).text
    assert '<html lang="en"' in page
    assert 'name="language" value="zh-hans"' in page
    assert "door-edition" not in page
    make_edition(theme="未公开", year=2027, status="draft")
    make_edition(theme="极乐世界", year=2025)
    wrong = {"username": "nobody", "password": "wrong"}
    for page in (client.get(reverse("admin:login")).text, client.post(reverse("admin:login"), wrong).text):
        assert '<div class="door-edition" data-pigment="azurite"><p lang="zh-Hans">极乐世界</p></div>' in page
        assert "未公开" not in page


def test_a_browser_in_english_meets_english(desk: Client) -> None:
    assert '<html lang="en"' in desk.get(reverse(INDEX), headers={"accept-language": "en-GB,en"}).text


def test_the_desk_does_not_change_the_language_of_public_pages(desk: Client) -> None:
    in_language(desk, "en")
    assert '<html lang="en"' not in desk.get("/").text


def test_nouns_stand_in_the_order_of_the_work(desk: Client) -> None:
    groups = desk.get(reverse(INDEX)).context["app_list"]
    assert [(str(group["name"]), [model["object_name"] for model in group["models"]]) for group in groups] == [
        ("节目", ["Film", "Edition", "Creator", "Organisation"]),
        ("访谈", ["Interview", "Exchange", "Topic"]),
        ("目录", ["Theme", "Tool", "Work"]),
        ("来源与记录", ["Source", "ImportRun", "SlugRedirect", "SecurityEvent"]),
        ("账号", ["User", "Group"]),
    ]


def test_what_films_lack_is_counted_and_linked(desk: Client) -> None:
    make_film(title="")
    make_interview(film=make_film(title="鹿", runtime_seconds=60))
    todo = desk.get(reverse(INDEX)).context["todo"]
    url = reverse("admin:board")
    assert [(str(item["gap"].label), item["count"]) for item in todo] == [
        ("片名", 1),
        ("片长", 1),
        ("制作时间", 2),
        ("工具", 2),
        ("访谈", 1),
        ("来源", 2),
        ("英文片名", 1),
        ("英文简介", 2),
        ("英文名", 2),
        ("归题", 1),
        ("海报图", 2),
    ]
    assert todo[0]["url"] == f"{url}?missing=title"
    assert "1 部短片缺片名" in desk.get(reverse(INDEX)).text


def broken_disk() -> tuple[Word, str]:
    return Word.FAILED, "/srv/elysium: 0 MB left"


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    probes = readiness.probes() | {"disk": broken_disk}
    monkeypatch.setattr(readiness, "probes", lambda: probes)
    readiness.WATCH.forget()
    yield
    readiness.WATCH.forget()


def test_administrators_read_that_all_is_well(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "LITTLE_ROOM", 0)
    readiness.WATCH.forget()
    page = desk.get(reverse(INDEX)).text
    assert "站点状态" in page
    assert "一切正常" in page


def test_everyone_at_the_desk_reads_what_is_broken_and_administrators_where(
    desk: Client, desk_of: Callable[..., Client], full_disk: None
) -> None:
    page = desk.get(reverse(INDEX)).text
    assert "磁盘满了" in page
    assert "不用重启" in page
    assert "/srv/elysium: 0 MB left" in page
    theirs = desk_of("view_film").get(reverse(INDEX)).text
    assert "磁盘满了" in theirs
    assert "请告诉管理服务器的人" in theirs
    assert "/srv/elysium" not in theirs


def test_others_hear_nothing_of_a_site_that_works(desk_of: Callable[..., Client]) -> None:
    assert "站点状态" not in desk_of("view_film").get(reverse(INDEX)).text


def test_every_part_has_words(db: None) -> None:
    assert set(BROKEN) == set(readiness.probes())
