import pytest
from django.db import IntegrityError, transaction

from films.models import Creator, Film, SlugRedirect
from films.models.slugged import SLUG_LENGTH, free_slug
from films.shortcuts import find
from tests.factories import make_creator, make_edition, make_film, make_interview, make_tool, make_topic, make_work

pytestmark = pytest.mark.django_db


def old_slugs(model: str) -> dict[str, int]:
    return dict(SlugRedirect.objects.filter(model=model).values_list("slug", "target_id"))


def test_a_slug_is_the_pinyin_of_the_title():
    assert make_film(title="梅花鹿").slug == "mei-hua-lu"


@pytest.mark.parametrize(
    ("make", "slug"),
    [
        (lambda: make_creator(name="朱齐云"), "zhu-qi-yun"),
        (lambda: make_edition(theme="极乐世界", year=2025), "ji-le-shi-jie-2025"),
        (lambda: make_edition(theme="", name="未来影像计划"), "wei-lai-ying-xiang-ji-hua"),
        (lambda: make_tool(name="Stable Diffusion"), "stable-diffusion"),
        (lambda: make_topic(name="最难的是什么?"), "zui-nan-de-shi-shen-me"),
        (lambda: make_work(title="山海经"), "shan-hai-jing"),
        (lambda: make_interview(heading="圆桌"), "yuan-zhuo"),
        (lambda: make_interview(film=make_film(title="梅花鹿")), "mei-hua-lu"),
        (lambda: make_creator(name="🦌"), "creator"),
    ],
)
def test_every_noun_has_its_address(make, slug):
    assert make().slug == slug


def test_an_editor_may_choose_the_slug():
    assert make_film(title="梅花鹿", slug="sika-deer").slug == "sika-deer"


def test_the_same_title_gets_a_number():
    assert [make_film(title="鹿").slug for _ in range(3)] == ["lu", "lu-2", "lu-3"]


def test_a_slug_that_starts_alike_is_not_in_the_way():
    make_film(title="鹿鸣")
    assert make_film(title="鹿").slug == "lu"


def test_nouns_do_not_take_each_others_slugs():
    assert make_film(title="鹿").slug == make_work(title="鹿").slug == "lu"


def test_a_long_title_leaves_room_for_a_number():
    first, second = (make_film(title="长" * 200).slug for _ in range(2))
    assert len(first) < len(second) <= SLUG_LENGTH
    assert second == f"{first}-2"


def test_free_slug_takes_the_first_gap():
    assert free_slug("lu", set()) == "lu"
    assert free_slug("lu", {"lu", "lu-2", "lu-4"}) == "lu-3"


def test_two_films_never_share_an_address():
    make_film(slug="lu")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_film(slug="lu")


def test_a_new_title_leaves_the_address_alone():
    film = make_film(title="鹿")
    film.title = "梅花鹿"
    film.save()
    assert Film.objects.get().slug == "lu"
    assert old_slugs("film") == {}


def test_a_changed_slug_is_remembered():
    film = Film.objects.get(pk=make_film(slug="old").pk)
    film.slug = "new"
    film.save()
    assert old_slugs("film") == {"old": film.pk}


def test_a_slug_changed_right_after_creation_is_remembered():
    film = make_film(slug="old")
    film.slug = "new"
    film.save()
    assert old_slugs("film") == {"old": film.pk}


def test_each_former_slug_leads_to_the_entry():
    film = make_film(slug="one")
    for slug in ("two", "three"):
        film.slug = slug
        film.save()
    assert old_slugs("film") == {"one": film.pk, "two": film.pk}


def test_going_back_to_an_old_slug_leaves_no_circle():
    film = make_film(slug="one")
    for slug in ("two", "one"):
        film.slug = slug
        film.save()
    assert old_slugs("film") == {"two": film.pk}


def test_an_address_once_given_is_not_given_to_another():
    film = make_film(title="鹿")
    film.slug = "deer"
    film.save()
    assert make_film(title="鹿").slug == "lu-2"


def test_an_editor_may_give_an_old_address_to_another_film():
    first = make_film(slug="deer")
    first.slug = "sika"
    first.save()
    second = make_film(slug="deer")
    assert find(Film.objects.all(), "deer") == second
    second.slug = "doe"
    second.save()
    assert find(Film.objects.all(), "deer") == second
    assert old_slugs("film") == {"deer": second.pk}


def test_an_emptied_slug_is_made_anew_and_the_old_one_remembered():
    film = make_film(title="鹿", slug="deer")
    film.slug = ""
    film.save(update_fields=["slug"])
    assert Film.objects.get().slug == "lu"
    assert old_slugs("film") == {"deer": film.pk}


def test_a_slug_that_was_not_written_is_not_remembered():
    film = make_film(slug="old")
    film.slug = "new"
    film.save(update_fields=["synopsis"])
    assert Film.objects.get().slug == "old"
    assert old_slugs("film") == {}
    film.save()
    assert Film.objects.get().slug == "new"
    assert old_slugs("film") == {"old": film.pk}


def test_a_slug_is_remembered_when_it_alone_is_written():
    film = make_film(slug="old")
    film.slug = "new"
    film.save(update_fields=["slug"])
    assert old_slugs("film") == {"old": film.pk}


def test_an_entry_loaded_without_its_slug_keeps_it():
    make_creator(name="阿米")
    creator = Creator.objects.only("name").get()
    creator.bio = "画家"
    creator.save(update_fields=["bio"])
    assert Creator.objects.get().slug == "a-mi"
    assert old_slugs("creator") == {}


def test_an_old_slug_is_remembered_even_if_it_was_not_loaded():
    make_creator(name="阿米")
    creator = Creator.objects.defer("slug").get()
    creator.slug = "ami"
    creator.save()
    assert old_slugs("creator") == {"a-mi": creator.pk}


def test_an_address_that_nobody_saw_can_be_given_up():
    film = make_film(title="鹿", slug="film-2")
    film._loaded_slug = ""  # as the desk does when it names an untitled film after its maker
    film.slug = "deer"
    film.save()
    assert old_slugs("film") == {}
