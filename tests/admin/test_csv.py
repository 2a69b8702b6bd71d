"""Lists taken along as tables: what the person sees, read by a spreadsheet as what it is."""

import csv
import io

import pytest
from django.contrib.admin import helpers

from films.admin.csv_export import cell
from films.choices import Role
from films.models import Credit, Film, Theme, User
from tests.admin.people import sign_in
from tests.factories import make_creator, make_film, make_interview, make_source

pytestmark = pytest.mark.django_db
FILMS = "/admin/films/film/"


def table(response) -> list[dict[str, str]]:
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    body = b"".join(response.streaming_content)
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


@pytest.fixture
def editor():
    return sign_in(Role.EDITORS)[1]


def test_the_chosen_rows_are_exported(editor):
    films = [make_film(title=f"片{number}") for number in range(3)]
    data = {"action": "export_selected", helpers.ACTION_CHECKBOX_NAME: [films[0].pk, films[2].pk]}
    assert {row["片名"] for row in table(editor.post(FILMS, data))} == {"片0", "片2"}


def test_the_whole_filtered_list_is_exported_and_the_page_leads_there(editor):
    make_film(title="公开", status="published")
    make_film(title="草稿", status="draft")
    page = editor.get(FILMS, {"status__exact": "draft"}).content.decode()
    assert 'href="/admin/films/film/csv/?status__exact=draft"' in page
    assert [row["片名"] for row in table(editor.get(f"{FILMS}csv/", {"status__exact": "draft"}))] == ["草稿"]
    assert len(table(editor.get(f"{FILMS}csv/"))) == 2
    assert [row["片名"] for row in table(editor.get(f"{FILMS}csv/", {"q": "公开"}))] == ["公开"]


def test_a_row_tells_its_fields_and_what_belongs_to_it(editor):
    first, second = make_creator(name="甲"), make_creator(name="乙")
    film = make_film(title="梅花鹿", creator=second, runtime_seconds=276, source=make_source(headline="文章"))
    Credit.objects.create(film=film, creator=first, position=9)
    film.themes.add(Theme.objects.create(name="动物"))
    [row] = table(editor.get(f"{FILMS}csv/"))
    assert row["创作者"] == "乙; 甲"
    assert row["主题词"] == "动物"
    assert row["来源"] == "文章"
    assert row["状态"] == "已发布"
    assert "276" in row.values()


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula(editor, begin):
    make_film(title=f'{begin}HYPERLINK("x")', slug="x")
    [row] = table(editor.get(f"{FILMS}csv/"))
    assert row["片名"] == f'\'{begin}HYPERLINK("x")'


@pytest.mark.parametrize(
    ("value", "written"),
    [(-3, -3), (0, 0), (None, ""), (True, 1), ("a=b", "a=b"), (["=a", "b"], "'=a; b"), ("", "")],
)
def test_numbers_stay_numbers(value, written):
    assert cell(value) == written


def test_a_contributor_exports_their_own_drafts_and_no_rows_of_other_kinds():
    user, client = sign_in(Role.CONTRIBUTORS)
    own = make_film(title="自己的", status="draft", creator=make_creator(name="甲"))
    Film.objects.filter(pk=own.pk).update(created_by=user)
    make_film(title="别人的", status="draft")
    [row] = table(client.get(f"{FILMS}csv/"))
    assert row["片名"] == "自己的"
    assert "创作者" not in row
    assert "来源" not in row


def test_accounts_and_passwords_cannot_be_exported():
    client = sign_in(Role.ADMINISTRATORS)[1]
    assert "text/csv" not in client.get("/admin/films/user/csv/", follow=True).headers["Content-Type"]
    data = {"action": "export_selected", helpers.ACTION_CHECKBOX_NAME: [User.objects.get().pk]}
    assert "text/csv" not in client.post("/admin/films/user/", data).headers["Content-Type"]


def test_an_address_that_filters_by_what_is_not_offered_is_refused(editor):
    assert editor.get(f"{FILMS}csv/", {"title__regex": "^a"}).status_code == 400


def test_the_number_of_queries_does_not_grow(editor, same_query_count):
    def make() -> None:
        make_interview(film=make_film(source=make_source()))

    same_query_count(make, lambda: table(editor.get(f"{FILMS}csv/")))
