import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from films.models import Creator, Credit, Film, Organisation, Partnership, WorkMention
from tests.factories import make_creator, make_edition, make_film, make_source, make_tool, make_tool_use, make_work

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("title", "origin"), [("", "not_stated"), ("鹿", "heading"), ("鹿", "editor")])
def test_a_title_and_its_origin_go_together(title, origin):
    film = make_film(title=title, title_origin=origin)
    film.full_clean()
    assert Film.objects.get().title == title


@pytest.mark.parametrize(("title", "origin"), [("", "heading"), ("", "stated_by_maker"), ("鹿", "not_stated")])
def test_a_title_without_origin_or_an_origin_without_title_is_refused(title, origin):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_film(title=title, title_origin=origin)
    with pytest.raises(ValidationError, match="出处"):
        Film(title=title, title_origin=origin, slug="x").full_clean()


def test_an_untitled_film_is_named_as_such():
    assert str(make_film(title="")) == "无题"
    assert str(make_film(title="梅花鹿")) == "《梅花鹿》"


@pytest.mark.parametrize("date", ["", "2024", "2024-09", "2024-09-07", "2024-02-29"])
def test_dates_are_as_exact_as_the_source(date):
    film = make_film(made_from=date, made_to=date)
    film.full_clean()
    assert Film.objects.get().made_from == date


@pytest.mark.parametrize("date", ["2024-13", "2023-02-29", "2024-9", "24", "0000", "2024-09-07T10:00", "９月"])
def test_a_date_that_the_calendar_lacks_is_refused(date):
    with pytest.raises(ValidationError) as refused:
        Film(slug="x", made_from=date).full_clean()
    assert list(refused.value.message_dict) == ["made_from"]


@pytest.mark.parametrize("seconds", [0, 86_401])
def test_a_running_time_out_of_reason_is_refused(seconds):
    with pytest.raises(ValidationError) as refused:
        Film(slug="x", runtime_seconds=seconds).full_clean()
    assert list(refused.value.message_dict) == ["runtime_seconds"]


@pytest.mark.parametrize("title", ["梅花\n鹿", "梅\x00花鹿", "梅\t花鹿", "梅\x7f花鹿"])
def test_a_title_is_one_line(title):
    with pytest.raises(ValidationError) as refused:
        Film(slug="x", title=title, title_origin="editor").full_clean()
    assert list(refused.value.message_dict) == ["title"]


def test_the_same_passage_never_makes_two_films():
    source = make_source()
    make_film(source=source, source_key="film:1")
    make_film(source=make_source(), source_key="film:1")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_film(source=source, source_key="film:1")


def test_films_typed_by_editors_need_no_key():
    make_film()
    make_film()
    assert Film.objects.filter(source=None, source_key="").count() == 2


def test_a_person_is_credited_once_for_a_role():
    film = make_film()
    with pytest.raises(IntegrityError), transaction.atomic():
        Credit.objects.create(film=film, creator=film.creators.get())
    Credit.objects.create(film=film, creator=film.creators.get(), role="editor")
    assert film.credits.count() == 2


def test_a_work_is_mentioned_once_by_a_film():
    film, work = make_film(), make_work()
    WorkMention.objects.create(film=film, work=work)
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkMention.objects.create(film=film, work=work)


def test_films_sort_by_the_sound_of_their_title():
    for title in ("中国", "阿", "Zoo", "梅花鹿"):
        make_film(title=title)
    assert list(Film.objects.order_by("title_sort").values_list("title", flat=True)) == ["阿", "梅花鹿", "中国", "Zoo"]


def test_a_renamed_film_sorts_by_its_new_title():
    film = make_film(title="鹿")
    film.title = "马"
    film.save(update_fields=["title"])
    assert Film.objects.get().title_sort == "ma"


def test_a_person_is_one_however_the_name_is_spelled():
    make_creator(name="CamRed")
    for spelling in ("camred", "ＣａｍＲｅｄ", "Cam\u200bRed"):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_creator(name=spelling)


def test_an_editor_may_mend_the_reading_of_a_surname():
    creator = make_creator(name="曾某", sort_key="zeng mou")
    creator.bio = "导演"
    creator.save()
    assert Creator.objects.get().sort_key == "zeng mou"


def test_a_renamed_person_is_compared_by_the_new_name():
    creator = make_creator(name="阿米")
    creator.name = "阿迷"
    creator.save(update_fields=["name"])
    assert Creator.objects.get().compared_name == "阿迷"


def test_a_list_of_cards_needs_the_same_queries_however_long(same_query_count):
    def read() -> list[object]:
        cards = Film.objects.with_card_data()
        return [(film.edition, [credit.creator.name for credit in film.credits.all()]) for film in cards]

    assert same_query_count(lambda: make_film(edition=make_edition()), read) == 2


def test_a_films_page_needs_the_queries_it_says(same_query_count):
    def make() -> None:
        film = make_film(edition=make_edition())
        organisation = Organisation.objects.create(name=f"机构{film.pk}")
        Partnership.objects.create(edition=film.edition, organisation=organisation)
        make_tool_use(film=film, tool=make_tool())
        WorkMention.objects.create(film=film, work=make_work())

    def read() -> list[object]:
        pages = Film.objects.with_page_data()
        return [
            (
                [use.tool.name for use in film.tool_uses.all()],
                [mention.work.title for mention in film.mentions.all()],
                [partnership.organisation.name for partnership in film.edition.partnerships.all()],
                [*film.themes.all()],
            )
            for film in pages
        ]

    assert same_query_count(make, read) == 9
