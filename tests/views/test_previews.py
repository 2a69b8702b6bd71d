"""An entry as it will look, under a signed link."""

import datetime as dt
import re

import pytest
import time_machine
from django.utils import timezone

from films import preview
from films.choices import Status
from films.models import User, WorkMention
from films.publishing import move
from tests.factories import (
    make_creator,
    make_edition,
    make_exchange,
    make_film,
    make_interview,
    make_source,
    make_tool,
    make_tool_use,
    make_topic,
    make_work,
)

DAY = dt.timedelta(days=1)
HEADERS = ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")


@pytest.fixture
def boss(db):
    return User.objects.create_superuser("boss")


def link(entry, boss, prefix=""):
    return f"{prefix}/preview/{preview.token_of(preview.make(entry, boss, 7))}/"


def whole_film(**values):
    """A film whose makers, tools, works, topics and source nobody has read of yet."""
    source = make_source(headline="未公开的文章", slug="article")
    film = make_film(title="未公开的片", source=source, source_key="a", adapted_from=make_work(title="原作"), **values)
    talk = make_interview(film=film, exchanges=0, source=source, source_key="t", status="review")
    answer = make_exchange(interview=talk, speaker=make_creator(), topic=make_topic(), answer="未公开的回答")
    make_tool_use(film=film, tool=make_tool(), exchange=answer, quote="未公开的原句")
    WorkMention.objects.create(film=film, work=make_work(title="提到的书"), exchange=answer)
    return film


@pytest.mark.parametrize("status", ["draft", "review"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_film_is_shown_whole(client, boss, status, prefix):
    page = client.get(link(whole_film(status=status), boss, prefix))
    assert page.status_code == 200
    for words in ("未公开的片", "未公开的回答", "未公开的原句", "提到的书", "原作"):
        assert words in page.text
    assert [page.headers[name] for name in HEADERS] == [
        "no-store, private",
        "noindex, nofollow, noarchive",
        "no-referrer",
    ]
    assert not page.cookies
    assert page.text.count('class="preview_bar"') == 1


def body(html):
    """What a page shows, apart from the preview's own bar and the links that do not lead anywhere yet."""
    main = html[html.index("<main") :]
    return re.sub(r' href="[^"]*"| aria-disabled="true"|<p class="print_address">.*?</p>', "", main)


def test_the_preview_is_the_page_to_be(client, boss):
    soon = timezone.now() + DAY
    film = whole_film(status="published", publish_at=soon)
    film.interviews.update(status="published", publish_at=soon, first_published_at=soon)
    before = client.get(link(film, boss)).text
    with time_machine.travel(soon, tick=False):
        after = client.get(film.get_absolute_url()).text
    assert "未公开的回答" in body(after)
    assert body(before) == body(after)


def test_no_link_of_a_preview_is_broken_and_none_names_the_page_to_machines(client, boss):
    page = client.get(link(whole_film(status="draft"), boss))
    assert "canonical" not in page.text
    assert "og:" not in page.text
    assert "ld+json" not in page.text
    assert page.text.count('aria-disabled="true"') >= 4
    addresses = {
        found
        for found in re.findall(r'(?:href|src)="(/[^"#]*)', page.text)
        if not found.startswith(("/static/", "/favicon"))
    }
    assert len(addresses) > 5
    assert {client.get(address).status_code for address in addresses} == {200}


def test_an_interview_about_a_public_film_is_read_on_the_films_page(client, boss):
    film = make_film(title="公开的片")
    other = make_interview(film=film, status="draft", exchanges=0)
    make_exchange(interview=other, answer="别的草稿")
    talk = make_interview(film=film, status="draft", exchanges=0)
    make_exchange(interview=talk, answer="要看的草稿")
    page = client.get(link(talk, boss))
    assert "公开的片" in page.text
    assert "要看的草稿" in page.text
    assert "别的草稿" not in page.text


def test_talk_about_no_one_film_has_its_own_page(client, boss):
    talk = make_interview(heading="圆桌", status="draft")
    page = client.get(link(talk, boss))
    assert page.templates[0].name == "films/interview_detail.html"
    assert talk.exchanges.get().answer in page.text


def test_an_edition_is_shown_with_all_that_is_to_come(client, boss):
    soon = timezone.now() + DAY
    later = {"status": "published", "publish_at": soon, "first_published_at": soon}
    edition, topic = (
        make_edition(theme="未公开的题", source=make_source(slug="call"), source_key="e", **later),
        make_topic(),
    )
    films = [make_film(edition=edition, position=place, title=f"第{place}部", **later) for place in (1, 2)]
    make_film(edition=edition, title="收起来的片", status="archived")
    for film in films:
        make_exchange(interview=make_interview(film=film, exchanges=0, **later), topic=topic)
    make_interview(heading="圆桌", edition=edition, **later)
    address = link(edition, boss)
    before = client.get(address)
    assert (before.status_code, before.text.count('class="preview_bar"')) == (200, 1)
    assert "收起来的片" not in before.text
    assert client.get(edition.get_absolute_url()).status_code == 404
    with time_machine.travel(soon, tick=False):
        after = client.get(edition.get_absolute_url()).text
        assert client.get(address).status_code == 410
    assert all(words in body(after) for words in ("第1部", "第2部", "圆桌", topic.name))
    assert body(before.text) == body(after)


def test_archived_talk_stays_out_of_a_preview(client, boss):
    film = make_film(status="draft")
    talk = make_interview(film=film, status="archived", exchanges=0)
    make_exchange(interview=talk, answer="收起来的回答")
    assert "收起来的回答" not in client.get(link(film, boss)).text
    assert "收起来的回答" in client.get(link(talk, boss)).text


def test_every_dead_link_is_as_missing_as_one_that_never_was(client, boss):
    film, other = make_film(status="draft"), make_film(status="draft")
    made = timezone.now()
    first = link(film, boss)
    second = link(film, boss)
    token = second.removeprefix("/preview/").removesuffix("/")
    foreign = link(other, boss)
    other.delete()
    for address in (first, f"/preview/{token}x/", f"/preview/x{token}/", f"/preview/{token[:-1]}/", foreign):
        never = client.get("/preview/never-was/")
        gone = client.get(address)
        assert gone.status_code == never.status_code == 404
        assert gone.content.decode().replace(address, "/preview/never-was/") == never.content.decode()
    assert client.get(second).status_code == 200
    with time_machine.travel(made + 8 * DAY, tick=False):
        assert client.get(second).status_code == 404
    preview.withdraw(film)
    assert client.get(second).status_code == 404


def test_a_link_is_over_once_the_entry_is_public(client, boss):
    film = make_film(status="review")
    address = link(film, boss)
    move(film, Status.PUBLISHED, boss)
    page = client.get(address)
    assert page.status_code == 410
    assert film.get_absolute_url() in page.text
    assert film.title not in page.text
    assert page.headers["Cache-Control"] == "no-store, private"


def test_a_preview_is_read_and_not_written(client, boss):
    address = link(make_film(status="draft"), boss)
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


def test_queries_do_not_grow_with_the_answers(client, boss, same_query_count):
    film = whole_film(status="draft")
    address = link(film, boss)
    talk = film.interviews.get()
    same_query_count(lambda: make_exchange(interview=talk), lambda: client.get(address))


def test_a_question_says_as_on_its_public_page_how_many_answer_it(client, boss):
    topic = make_topic(name="最难？", slug="hardest")
    for _ in range(2):
        make_exchange(interview=make_interview(exchanges=0), topic=topic, question="最难？")
    film, draft = make_film(), make_film(status="draft")
    talk = make_interview(film=film, exchanges=0, status="review")
    hidden = make_interview(heading="圆桌", exchanges=0, status="draft")
    for interview in (make_interview(film=draft, exchanges=0), talk, hidden):
        make_exchange(interview=interview, topic=topic, question="最难？")
    for entry in (draft, talk, hidden):
        assert "（2 个回答）" in client.get(link(entry, boss)).text
    move(talk, Status.PUBLISHED, boss)
    assert "（3 个回答）" in client.get(film.get_absolute_url()).text


def test_a_preview_ends_with_the_films_that_the_public_page_ends_with(client, boss):
    edition = make_edition()
    films = [make_film(edition=edition, position=place, title=f"第{place}部") for place in range(1, 9)]
    shown = client.get(films[0].get_absolute_url()).context
    talk = make_interview(film=films[0], status="draft")
    preview_shown = client.get(link(talk, boss)).context
    assert preview_shown["others"] == shown["others"] == films[1:7]
    assert preview_shown["has_more_others"] is shown["has_more_others"] is True
