"""What is missing: one definition for the board, the to-do list and the list filter."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from films import missing
from films.admin.board import FIELDS, PER_PAGE
from films.choices import Role
from films.models import Credit, Film, Interview, LinkCheck, MediaCheck, Organisation, Portrait, Poster, Source, Still
from tests.admin.forms import filled, undrawn
from tests.admin.people import sign_in
from tests.admin.rows import full_film
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
    make_video,
)

BOARD = "admin:board"


def whole_film(**values: Any) -> Film:
    """A film that lacks nothing."""
    values = {
        "title": "鹿",
        "title_en": "Deer",
        "synopsis_en": "A deer.",
        "runtime_seconds": 60,
        "made_to": "2025",
        "source": make_source(),
    } | values
    film = make_film(creator=make_creator(name_en="Ami"), **values)
    worded_poster(film)
    make_tool_use(film=film, tool=make_tool())
    make_exchange(interview=make_interview(film=film, exchanges=0), topic=make_topic())
    return film


def worded_poster(film: Film, **values: Any) -> None:
    """A poster's row; no file is needed to know what is missing."""
    words = {"alt": "鹿", "alt_en": "A deer", "credit": "阿米", "width": 2, "height": 3, "sha256": ""}
    Poster.objects.bulk_create([Poster(film=film, image=f"originals/{film.pk}.jpg", **words | values)])


def with_dead_link(film: Film) -> None:
    LinkCheck.objects.create(address="https://gone.example/", reason="gone", status=404, dead_since=timezone.now())
    maker = film.creators.first()
    maker.links = ["https://alive.example/", "https://gone.example/"]
    maker.save()


def without_credit(film: Film) -> None:
    Credit.objects.filter(film=film).delete()


def with_unnamed_maker(film: Film) -> None:
    Credit.objects.create(film=film, creator=make_creator(name="阿米"), role="music")


def with_open_question(film: Film) -> None:
    make_exchange(interview=film.interviews.get())


def with_doubts(film: Film) -> None:
    Source.objects.filter(pk=film.source_id).update(
        report={"points": [{"code": "damaged", "line": 7, "doubt": True}, {"code": "aside", "doubt": False}]}
    )
    Film.objects.filter(pk=film.pk).update(status="draft", first_published_at=None)


def changed(**values: Any) -> Any:
    return lambda film: Film.objects.filter(pk=film.pk).update(**values)


# Gap → what makes a whole film lack just that.
WAYS = {
    "title": changed(title="", title_en="", title_origin="not_stated"),
    "maker": without_credit,
    "synopsis": changed(synopsis="", synopsis_en=""),
    "runtime": changed(runtime_seconds=None),
    "year": changed(made_to=""),
    "tools": lambda film: film.tool_uses.all().delete(),
    "interview": lambda film: film.interviews.all().delete(),
    "interviewer": lambda film: film.interviews.update(interviewer=""),
    "source": changed(source=None),
    "origin": changed(title_origin="stated_by_maker"),
    "doubts": with_doubts,
    "title_en": changed(title_en=""),
    "synopsis_en": changed(synopsis_en=""),
    "name_en": with_unnamed_maker,
    "topic": with_open_question,
    "picture": lambda film: film.poster.delete(),
    "alt": lambda film: Poster.objects.filter(film=film).update(alt_en=""),
    "dead_link": with_dead_link,
}


def test_every_gap_has_a_way_to_make_it() -> None:
    assert list(WAYS) == [gap.name for gap in missing.GAPS]


@pytest.mark.django_db
@pytest.mark.parametrize("name", WAYS)
def test_a_gap_is_found_counted_and_linked_to_its_field(name: str, desk: Client) -> None:
    film = whole_film()
    assert missing.counts(Film.objects.all()) == {"all": 1} | dict.fromkeys(WAYS, 0)
    WAYS[name](film)
    assert missing.counts(Film.objects.all()) == {"all": 1} | dict.fromkeys(WAYS, 0) | {name: 1}
    response = desk.get(reverse(BOARD), {"missing": name})
    [row] = response.context["rows"]
    assert (row.film.pk, row.film.gap_count) == (film.pk, 1)
    [link] = [link for cell in row.cells for link in cell.links]
    assert f'href="{link.url.replace("&", "&amp;")}"' in response.text
    address, _mark, fragment = link.url.partition("#")
    page = desk.get(address).text
    assert not fragment or re.search(rf'\bid="{fragment}"', page) or name == "doubts"


@pytest.mark.django_db
def test_each_gap_of_the_films_own_form_names_a_control_of_it(desk: Client) -> None:
    page = desk.get(reverse("admin:films_film_change", args=[full_film().pk])).text
    assert [name for name in FIELDS.values() if f'id="{name}"' not in page] == []


@pytest.mark.django_db
def test_the_to_do_list_the_board_and_the_list_filter_agree(desk: Client) -> None:
    for change in WAYS.values():
        change(whole_film())
    todo = desk.get(reverse("admin:index")).context["todo"]
    assert [item["gap"].name for item in todo] == list(WAYS)
    for item in todo:
        with undrawn():
            board: Any = desk.get(item["url"])
            changelist: Any = desk.get(reverse("admin:films_film_changelist"), {"missing": item["gap"].name})
        board, listed = board.context_data, changelist.context_data["cl"]
        assert item["count"] == board["total"] == len(board["rows"]) == listed.result_count, item["gap"].name


@pytest.mark.django_db
def test_the_board_is_narrowed_by_edition_and_state_and_sorted(desk: Client) -> None:
    edition = make_edition()
    whole, bare = whole_film(edition=edition), make_film(title="")
    gone = make_film(title="旧", status="archived")
    url = reverse(BOARD)

    def films(**asked: Any) -> list[int]:
        return [row.film.pk for row in desk.get(url, asked).context["rows"]]

    assert films() == [bare.pk, whole.pk]
    assert films(order="gaps") == [whole.pk, bare.pk]
    assert films(order="-new", state="all") == [gone.pk, bare.pk, whole.pk]
    assert films(edition=edition.pk) == [whole.pk]
    assert films(state="archived") == [gone.pk]
    assert films(state="draft") == []
    assert films(edition="1; DROP", state="nonsense", order="status", missing="pk__gt", page="x") == [
        bare.pk,
        whole.pk,
    ]


@pytest.mark.django_db
def test_pages_keep_what_was_asked(desk: Client) -> None:
    maker = make_creator()
    for _ in range(PER_PAGE + 1):
        make_film(title="", creator=maker)
    response = desk.get(reverse(BOARD), {"missing": "title", "order": "title"})
    assert len(response.context["rows"]) == PER_PAGE
    assert response.context["next"] == "?missing=title&order=title&page=2"
    last = desk.get(reverse(BOARD) + response.context["next"])
    assert len(last.context["rows"]) == 1
    assert last.context["previous"] == "?missing=title&order=title&page=1"


@pytest.mark.django_db
def test_the_table_says_what_its_cells_mean(desk: Client) -> None:
    film = whole_film(title="", title_en="")
    page = desk.get(reverse(BOARD)).text
    page = page[page.index('<table class="board"') :]
    assert page.count("<caption") == 1
    assert len(re.findall(r'<th scope="col"', page)) == len(missing.GAPS) + 2
    assert len(re.findall(r'<th scope="colgroup"', page)) == len(missing.KIND_LABELS)
    assert page.count('<th scope="row"') == 1
    assert page.count("不缺") == len(missing.GAPS) - 1
    assert str(film) in page
    english = desk.get(reverse(BOARD), headers={"accept-language": "en"}).text
    assert "<h1>What is missing</h1>" in english
    assert '<span class="gap-name">Title</span> add' in english


@pytest.mark.django_db
def test_an_empty_desk_says_so(desk: Client) -> None:
    assert "这里还没有短片。" in desk.get(reverse(BOARD)).text
    whole_film()
    assert "没有一部短片缺这一项。" in desk.get(reverse(BOARD), {"missing": "title"}).text


@pytest.mark.django_db
def test_only_who_may_see_films_sees_the_board(desk_of: Any, client: Client) -> None:
    make_film(title="")
    assert client.get(reverse(BOARD)).status_code == 302
    other = desk_of("view_tool")
    assert other.get(reverse(BOARD)).status_code == 403
    assert other.get(reverse("admin:index")).context["todo"] == []
    assert reverse(BOARD) not in other.get(reverse("admin:index")).text
    reader = desk_of("view_film")
    assert reader.get(reverse(BOARD)).status_code == 200
    assert reverse(BOARD) in reader.get(reverse("admin:index")).text


@pytest.mark.django_db
def test_each_cell_leads_where_a_contributor_may_go() -> None:
    user, client = sign_in(Role.CONTRIBUTORS)
    film = full_film(title="", status="draft", created_by=user)
    Interview.objects.filter(film=film).update(interviewer="", created_by=user, status="draft")
    with_open_question(film)
    with_doubts(film)
    [row] = client.get(reverse(BOARD)).context["rows"]
    links = {cell.gap.name: [link.url for link in cell.links] for cell in row.cells if cell.links}
    assert {"title", "runtime", "interviewer", "doubts", "name_en", "topic"} <= set(links)
    assert (set(links["doubts"]), set(links["name_en"])) == ({""}, {""})
    urls = {url.partition("#")[0] for found in links.values() for url in found if url}
    assert {client.get(url).status_code for url in urls} == {200}


@pytest.mark.django_db
def test_the_board_costs_the_same_for_one_film_and_three(desk: Client, same_query_count: Any) -> None:
    def lack_everything() -> None:
        film = full_film(title="", title_en="")
        Interview.objects.filter(film=film).update(interviewer="")
        with_open_question(film)
        with_doubts(film)

    assert same_query_count(lack_everything, lambda: desk.get(reverse(BOARD), {"state": "all"})) <= 17


@pytest.mark.django_db
def test_a_thousand_films_are_counted_in_one_query_and_a_look_at_dead_links() -> None:
    edition, creator = make_edition(), make_creator()
    films = Film.objects.bulk_create(Film(slug=f"f{n}", edition=edition) for n in range(1000))
    Credit.objects.bulk_create(Credit(film=film, creator=creator) for film in films)
    with CaptureQueriesContext(connection) as captured:
        counted = missing.counts(Film.objects.all())
    assert (len(captured), counted["all"], counted["title"], counted["maker"]) == (2, 1000, 1000, 0)
    # A question put for each film took minutes for ten thousand.
    assert "EXISTS" not in captured.captured_queries[-1]["sql"]


# Back to the board


def opened(desk: Client, film: Film, page: str) -> str:
    """The address behind the cell that says that the running time is missing."""
    [row] = desk.get(page).context["rows"]
    [cell] = [cell for cell in row.cells if cell.gap.name == "runtime"]
    [link] = cell.links
    assert link.url.endswith("#id_runtime_seconds")
    return str(link.url)


def test_saving_from_a_cell_leads_back_to_the_board_as_it_was(desk: Client) -> None:
    film, page = make_film(), f"{reverse(BOARD)}?missing=runtime&order=title"
    url = opened(desk, film, page).partition("#")[0]
    data = filled(desk, url, runtime_seconds="60")
    staying = desk.post(url, data | {"_continue": "1"})
    assert "_return=" in staying.url
    response = desk.post(url, filled(desk, url, runtime_seconds="61"))
    assert (response.status_code, response.url) == (302, page)
    assert desk.get(page).context["rows"] == []


@pytest.mark.parametrize("kind", ["film", "exchange", "creator", "source"])
def test_leaving_a_form_without_saving_leads_back_too(kind: str, desk: Client) -> None:
    film, page = full_film(), f"{reverse(BOARD)}?missing=runtime"
    rows = {
        "film": film,
        "exchange": film.interviews.get().exchanges.first(),
        "creator": film.credits.first().creator,
        "source": film.source,
    }
    url = reverse(f"admin:films_{kind}_change", args=[rows[kind].pk])
    ways = re.compile(r'<a href="([^"]*)"(?: class="closelink")?>(?:缺什么|Close|关闭)</a>')
    plain = ways.findall(desk.get(url).text)
    assert plain == [reverse(BOARD)]
    assert ways.findall(desk.get(f"{url}?{urlencode({'_return': page})}").text) == [reverse(BOARD), page, page]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/admin/board/",
        "//evil.example/admin/board/",
        "/\\evil.example/admin/board/",
        "javascript:alert(1)",
        "/admin/board/../logout/",
        "/admin/logout/",
        "/films/",
        "board/",
    ],
)
def test_a_forged_way_back_is_not_taken(elsewhere: str, desk: Client) -> None:
    film = make_film()
    url = f"{reverse('admin:films_film_change', args=[film.pk])}?{urlencode({'_return': elsewhere})}"
    response = desk.post(url, filled(desk, url, runtime_seconds="60"))
    assert response.url.startswith(reverse("admin:films_film_changelist"))
    assert desk.get(response.url, follow=True).status_code == 200


@pytest.mark.django_db
def test_pictures_without_words_and_dead_addresses_lead_each_to_its_field(desk: Client) -> None:
    film = whole_film()
    words = {"alt": "鹿", "alt_en": "Deer", "credit": "阿米", "width": 3, "height": 2, "sha256": ""}
    bare = [
        Still(film=film, position=n, image=f"originals/s{n}.jpg", **words | ({"alt": ""} if n == 2 else {}))
        for n in (1, 2)
    ]
    Still.objects.bulk_create(bare)
    maker = film.creators.get()
    Portrait.objects.bulk_create([Portrait(creator=maker, image="originals/p.jpg", **words | {"alt_en": ""})])
    make_video(film=film)
    LinkCheck.objects.create(address=film.video.page_url, reason="gone", status=404, dead_since=timezone.now())
    LinkCheck.objects.create(address="https://society.example/", reason="no_host", dead_since=timezone.now())
    society = Organisation.objects.create(name="社", link="https://society.example/")
    MediaCheck.objects.create(name="originals/stray.jpg", fault="orphan", size=5)
    response = desk.get(reverse(BOARD))
    [row] = response.context["rows"]
    links = {
        cell.gap.name: [
            link.url.partition("?")[0] + link.url.partition("#")[1] + link.url.partition("#")[2] for link in cell.links
        ]
        for cell in row.cells
        if cell.links
    }
    form, face = (
        reverse(f"admin:films_{m}_change", args=[pk]) for m, pk in (("film", film.pk), ("creator", maker.pk))
    )
    assert {name: sorted(found) for name, found in links.items()} == {
        "alt": sorted([f"{form}#id_stills-1-alt", f"{face}#id_portrait-0-alt"]),
        "dead_link": [f"{form}#id_video-0-address"],
    }
    assert f"{reverse('admin:films_organisation_change', args=[society.pk])}#id_link" in response.text
    assert "没有条目使用 1" in response.text
    for address in (*links["alt"], *links["dead_link"]):
        page, _mark, fragment = address.partition("#")
        assert f'id="{fragment}"' in desk.get(page).text


@pytest.mark.django_db
def test_a_poster_whose_file_is_lost_is_no_poster(desk: Client) -> None:
    film = whole_film()
    MediaCheck.objects.create(name=str(film.poster.image), fault="missing")
    assert missing.counts(Film.objects.all())["picture"] == 1
